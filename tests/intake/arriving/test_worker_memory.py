"""One worker of a real server stays small under whatever sixty-four requests of one sender hold.

All of them are under way at once, each short of its last byte, before any of them is finished; so
no timing decides what the worker held at most.
"""

import os
import socket
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from intake.arriving import serving
from tests.benchmarks.servers import serving as running_server
from tests.running.serving_site import site_environment

AT_ONCE = 64
MOST_MIB = 300
MB = 1024 * 1024
LONGER_THAN_ANY_ANSWER = 300
URL_ENCODED = "application/x-www-form-urlencoded"
IN_PARTS = "multipart/form-data; boundary=x"
REPORT = ("/report/",)
ADDRESSES = (
    *REPORT,
    "/receipt/",
    "/receipt/supplement/",
    "/receipt/file/",
    "/receipt/verify/",
    "/admin/login/",
)


def part(name: str, value: bytes, more: str = "") -> bytes:
    head = f'--x\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'
    return head.encode() + value + b"\r\n"


def form(*parts: bytes) -> bytes:
    return b"".join(parts) + b"--x--\r\n"


WORDS = 2 * MB - 4096
# What grows when it is read or given back: one byte of some is four in memory, or six on a page.
BODIES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "words": (IN_PARTS, lambda: form(part("narrative", "字".encode() * (WORDS // 3)))),
    "quotes": (IN_PARTS, lambda: form(part("narrative", "😀".encode() + b'"' * (WORDS - 4)))),
    "short words": (IN_PARTS, lambda: form(part("place", b"a\xce\xb1 " * (WORDS // 4)))),
    "many fields": (
        IN_PARTS,
        lambda: form(*(part(f"f{n}", b"&" * (WORDS // 100)) for n in range(90))),
    ),
    "far too much": (IN_PARTS, lambda: form(part("narrative", b"x" * 31 * MB))),
    "escaped": (URL_ENCODED, lambda: b"narrative=" + b"%e5a" * (WORDS // 2)),
    "escaped letters": (URL_ENCODED, lambda: b"narrative=" + b"%41" * WORDS),
    "plain and much": (URL_ENCODED, lambda: b"place=" + b"a+" * (3 * WORDS // 2)),
    "a megabyte": (URL_ENCODED, lambda: b"username=" + b"%41" * (MB // 3 - 100)),
    "files": (
        IN_PARTS,
        lambda: form(
            part("narrative", b"x" * MB),
            *(part("attachments", bytes(9 * MB), f'; filename="{n}.jpg"') for n in range(3)),
        ),
    ),
}
# Where the words go matters for a few; the rest is read before anybody looks at the address.
ADDRESSES_OF = {what: ADDRESSES if what in ("words", "escaped") else REPORT for what in BODIES}


@pytest.fixture(scope="module")
def environment(site: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return site_environment(site, tmp_path_factory.mktemp("site"))


@pytest.fixture
def port(environment: dict[str, str]) -> Iterator[int]:
    """A server of one worker, so that all requests are its own."""
    options = list(serving.OPTIONS)
    options[options.index("--workers") + 1] = "1"
    with running_server(serving.APPLICATION, environment, "/healthz", options=options) as running:
        yield running


def begin(port: int, path: str, kind: str, body: bytes) -> socket.socket:
    """All of a request but its last byte; or as much of it as is taken before an answer comes."""
    begun = socket.create_connection(("127.0.0.1", port), timeout=LONGER_THAN_ANY_ANSWER)
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Forwarded-For: 203.0.113.7\r\n"
        f"Connection: close\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    # Whoever is refused at once is not listened to any longer.
    with suppress(OSError):
        begun.sendall(head.encode())
        begun.sendall(memoryview(body)[:-1])
    return begun


def finish(begun: socket.socket, last: bytes) -> bytes:
    """The status line of the answer; it is read to its end, and only what comes first is kept."""
    first = b""
    with suppress(OSError):
        begun.sendall(last)
    with suppress(OSError):
        while piece := begun.recv(256 * 1024):
            first = first or piece[:12]
    begun.close()
    return first


def highest() -> float:
    """The most memory, in MiB, that the worker of our server ever held."""
    statuses = [_status(path) for path in Path("/proc").glob("[0-9]*/status")]
    parents = {status["Pid"]: status["PPid"] for status in statuses if status}
    workers = [s for s in statuses if s and parents.get(s["PPid"]) == str(os.getpid())]
    return max(int(worker["VmHWM"].split()[0]) / 1024 for worker in workers if "VmHWM" in worker)


def _status(path: Path) -> dict[str, str]:
    try:
        lines = path.read_text().splitlines()
    except OSError:
        return {}
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


def send_all(port: int, path: str, kind: str, body: bytes) -> set[bytes]:
    """Sixty-four requests, all under way before any is finished; the status lines."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        begun = list(pool.map(lambda _: begin(port, path, kind, body), range(AT_ONCE)))
        return set(pool.map(lambda one: finish(one, body[-1:]), begun))


@pytest.mark.parametrize("what", BODIES)
def test_a_worker_stays_small_under_any_sixty_four_requests(port: int, what: str):
    kind, make = BODIES[what]
    body = make()
    answers = set().union(*(send_all(port, path, kind, body) for path in ADDRESSES_OF[what]))
    # Refused in one way or another; who is cut off while sending reads no answer.
    assert answers <= {b"", *(b"HTTP/1.1 %d" % status for status in (400, 403, 413, 422, 429, 503))}
    assert highest() < MOST_MIB
