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


def _own_folder() -> tuple[Path, str]:
    """A folder for a server, and the system's user who may run it."""
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
    if os.geteuid() == 0:
        try:
            shutil.chown(folder, "postgres", "postgres")
        except LookupError as error:
            raise NoPostgres(f"root cannot run a server without user postgres; {HOW}") from error
    folder.chmod(0o755)
    return folder, user


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running server; `url` is a DATABASE_URL for it."""

    folder: Path
    programs: Path
    user: str
    options: str

    @property
    def url(self) -> str:
        return f"postgres://{self.user}@{quote(str(self.folder), safe='')}/postgres"

    @classmethod
    def start(cls, max_connections: int = 200, *, durable: bool = True) -> Self:
        """Makes and starts a server that listens on no port; `durable` as a real one is."""
        programs = _programs()
        folder, user = _own_folder()
        options = (
            f"-c listen_addresses='' -c max_connections={max_connections} "
            f"{'' if durable else NOTHING_TO_LOSE}"
        )
        cluster = cls(folder, programs, user, options)
        cluster._run("initdb", "-D", f"{folder}/data", "-A", "trust", "-E", "UTF8", "--no-sync")
        cluster.begin()
        return cluster

    def as_standby(self) -> Self:
        """A second server that follows this one; it does not run yet."""
        folder, user = _own_folder()
        standby = type(self)(folder, self.programs, user, self.options)
        source = ("-h", str(self.folder), "-U", user)
        standby._run("pg_basebackup", "-D", f"{folder}/data", "-R", "-c", "fast", *source)
        return standby

    def begin(self) -> None:
        """Starts it, and returns when it answers."""
        self._control(
            "-w", "-o", f"{self.options} -c unix_socket_directories={self.folder}", "start"
        )

    def kill(self) -> None:
        """It ends at once, as in a crash; what is on the disk stays."""
        self._control("-m", "immediate", "-w", "stop")

    def promote(self) -> None:
        """A standby takes over."""
        self._control("-w", "promote")

    def stop(self) -> None:
        """Stops the server and removes its folder."""
        if (self.folder / "data" / "postmaster.pid").exists():
            self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _control(self, *arguments: str) -> None:
        self._run("pg_ctl", "-D", f"{self.folder}/data", "-l", f"{self.folder}/log", *arguments)

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
