"""Starts the two sites of the benchmark, each under granian as in production."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from urllib.request import urlopen

from intake.arriving.serving import OPTIONS as AS_IN_PRODUCTION
from intake.arriving.serving import address

# For a site that lets all threads run at once: more of them would only be in each other's way.
FEW_THREADS = (*AS_IN_PRODUCTION, "--blocking-threads", "2")
ROOT = Path(__file__).resolve().parents[2]
SECRET = "an-invented-secret-key-of-more-than-fifty-characters-0123456789"


def site_environment(database_url: str, folder: Path) -> dict[str, str]:
    """Production's environment: no DEBUG, a proxy in front that speaks https."""
    return {
        **_base_environment(database_url),
        "DJANGO_SETTINGS_MODULE": "intake.settings",
        "RECEIPT_KEY": "an-invented-receipt-key-of-32-characters-or-more",
        "AUDIT_KEY": "an-invented-audit-key-of-32-characters-or-more",
        "RECEIPT_SIGNING_KEY": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        "ALLOWED_HOSTS": "127.0.0.1",
        "TRUSTED_PROXIES": "127.0.0.1",
        "MEDIA_ROOT": str(folder / "sealed"),
        "SPOOL_ROOT": str(folder / "spool"),
        # All reports of a round together are a flood; each is an ordinary one.
        "FLOOD_SCALE": "1000000",
    }


def yardstick_environment(database_url: str) -> dict[str, str]:
    """The careful developer's settings on a database of their own."""
    return {
        **_base_environment(database_url),
        "DJANGO_SETTINGS_MODULE": "tests.benchmarks.yardstick",
    }


def run_python(environment: dict[str, str], *arguments: str) -> str:
    """Runs Python in the project under an environment; returns what it printed."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(arguments)}: {done.stdout}{done.stderr}")
    return done.stdout


@contextmanager
def serving(
    application: str,
    environment: dict[str, str],
    path: str,
    *,
    options: Sequence[str] = AS_IN_PRODUCTION,
    output: IO[bytes] | None = None,
) -> Iterator[int]:
    """A running server's port; it is stopped at the end. `output` is a file for what it prints."""
    port = _free_port()
    command = [
        str(Path(sys.executable).parent / "granian"),
        *address("127.0.0.1", port),
        *options,
        application,
    ]
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output)
    try:
        _wait_for(f"http://127.0.0.1:{port}{path}", server)
        yield port
    finally:
        server.terminate()
        try:
            server.wait(timeout=30)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _base_environment(database_url: str) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "SECRET_KEY": SECRET,
        "DATABASE_URL": database_url,
    }


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _wait_for(url: str, server: "subprocess.Popen[bytes]") -> None:
    # A busy machine takes long to import two workers; only a server that stopped has failed.
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise RuntimeError(f"the server stopped with {server.returncode}")
        try:
            with urlopen(url, timeout=10):
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"{url} does not answer")
