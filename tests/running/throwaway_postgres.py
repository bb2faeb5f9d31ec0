"""A PostgreSQL server on a socket in a temporary folder, for one test run."""

import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from urllib.parse import quote

HOW = "apt-get install postgresql"
# The disk only: what a connection is told, `synchronous_commit` too, stays as in production.
NOTHING_TO_LOSE = "-c fsync=off -c full_page_writes=off"


class NoPostgres(RuntimeError):
    """There is no PostgreSQL to start."""


def _programs() -> Path:
    """The folder of initdb and pg_ctl, newest version first."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    on_path = shutil.which("initdb")
    if on_path:
        folders.append(Path(on_path).resolve().parent)
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    raise NoPostgres(f"no PostgreSQL server is installed; {HOW}")


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running server; `url` is a DATABASE_URL for it."""

    folder: Path
    programs: Path
    user: str

    @property
    def url(self) -> str:
        return f"postgres://{self.user}@{quote(str(self.folder), safe='')}/postgres"

    @classmethod
    def start(cls, max_connections: int = 200, *, durable: bool = True) -> Self:
        """Makes and starts a server that listens on no port; `durable` as a real one is."""
        programs = _programs()
        folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
        user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
        if os.geteuid() == 0:
            try:
                shutil.chown(folder, "postgres", "postgres")
            except LookupError as error:
                raise NoPostgres(
                    f"root cannot run a server without user postgres; {HOW}"
                ) from error
        folder.chmod(0o755)
        cluster = cls(folder, programs, user)
        cluster._run("initdb", "-D", f"{folder}/data", "-A", "trust", "-E", "UTF8", "--no-sync")
        options = (
            f"-c listen_addresses='' -c unix_socket_directories={folder} "
            f"-c max_connections={max_connections} {'' if durable else NOTHING_TO_LOSE}"
        )
        cluster._run(
            "pg_ctl", "-D", f"{folder}/data", "-w", "-o", options, "-l", f"{folder}/log", "start"
        )
        return cluster

    def stop(self) -> None:
        """Stops the server and removes its folder."""
        self._run("pg_ctl", "-D", f"{self.folder}/data", "-m", "immediate", "-w", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self.programs / program), *arguments]
        if os.geteuid() == 0:
            command = [
                "setpriv",
                "--reuid=postgres",
                "--regid=postgres",
                "--clear-groups",
                *command,
            ]
        # pg_ctl leaves a server behind that would hold a pipe open, so nothing is captured.
        done = subprocess.run(
            command,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        )
        if done.returncode != 0:
            raise NoPostgres(f"{program} failed with {done.returncode}; see {self.folder}/log")
