"""Sends films, in a process of its own, which else would hold up whoever measures beside it.

python -m tests.benchmarks.uploads.sending_films PORT BYTES_A_SECOND TOKEN...

For each token a film after another goes out, at so many bytes a second or, at 0, as fast as they
are taken, until a line comes on standard input. Prints how many came to a receipt, how long the
slowest took, and the seconds of the processor that sending all of them cost.
"""

import json
import secrets
import socket
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from subprocess import PIPE, Popen
from typing import Any

from tests.benchmarks.servers import ROOT

MEGABYTE = 1024 * 1024
SIZE = 30 * MEGABYTE
HEAD = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom"
_BOUNDARY = "----film"
_PIECE = 64 * 1024


class Films:
    """Those that one process sends; each sender's first is shorter, so that no two end at once."""

    def __init__(self, port: int, rate: float, tokens: list[str]) -> None:
        self.port, self.rate, self.tokens = port, rate, tokens
        self.content = memoryview(HEAD + secrets.token_bytes(SIZE - len(HEAD)))
        self.is_over = threading.Event()
        self.took: list[float] = []

    def send_until(self, is_over: Any) -> None:
        """Returns when all that were begun are answered."""
        count = len(self.tokens)
        with ThreadPoolExecutor(count) as senders:
            sizes = [SIZE * place // count for place in range(1, count + 1)]
            lines = [
                senders.submit(self._go_on, *one) for one in zip(self.tokens, sizes, strict=True)
            ]
            is_over.readline()
            self.is_over.set()
        for line in lines:
            line.result()

    def _go_on(self, token: str, size: int) -> None:
        while not self.is_over.is_set():
            began = time.perf_counter()
            self._send(token, self.content[:size])
            self.took.append(time.perf_counter() - began)
            size = SIZE

    def _send(self, token: str, content: memoryview) -> None:
        """A report with one film; its words are its own, so that each is a new report."""
        before, after = _around(token)
        length = len(before) + len(content) + len(after)
        with socket.create_connection(("127.0.0.1", self.port), timeout=120) as line:
            line.sendall(_head(length) + before)
            began = time.perf_counter()
            for start in range(0, len(content), _PIECE):
                line.sendall(content[start : start + _PIECE])
                if self.rate:
                    due = began + (start + _PIECE) / self.rate
                    time.sleep(max(0.0, due - time.perf_counter()))
            line.sendall(after)
            answer = b"".join(iter(lambda: line.recv(_PIECE), b""))
        if not answer.startswith(b"HTTP/1.1 200 "):
            raise RuntimeError(f"a film was answered with {answer[:20]!r}")


@contextmanager
def under_way(port: int, rate: float, tokens: list[str]) -> Iterator[dict[str, float]]:
    """Films are sent as long as the block lasts; what was printed stands in the result then."""
    command = [sys.executable, "-m", __name__, str(port), str(rate), *tokens]
    said: dict[str, float] = {}
    with Popen(command, cwd=ROOT, stdin=PIPE, stdout=PIPE, text=True) as sender:
        assert sender.stdout is not None
        sender.stdout.readline()
        yield said
        out, _ = sender.communicate("\n")
    if sender.returncode != 0:
        raise RuntimeError("films were not taken")
    said.update(json.loads(out))


def _around(token: str) -> tuple[bytes, bytes]:
    """What stands before and after the film in the form."""
    words = {"narrative": f"（演示）录像里都有。{secrets.token_hex(8)}", "agree_privacy": "on"}
    parts = "".join(
        f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in {**words, "form_token": token}.items()
    )
    before = (
        f'{parts}--{_BOUNDARY}\r\nContent-Disposition: form-data; name="attachments"; '
        'filename="film.mp4"\r\nContent-Type: video/mp4\r\n\r\n'
    )
    return before.encode(), f"\r\n--{_BOUNDARY}--\r\n".encode()


def _head(length: int) -> bytes:
    return (
        "POST /report/ HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Forwarded-Proto: https\r\n"
        f"Content-Type: multipart/form-data; boundary={_BOUNDARY}\r\n"
        f"Content-Length: {length}\r\nConnection: close\r\n\r\n"
    ).encode()


def main(port: int, rate: float, tokens: list[str]) -> None:
    """Says that it begins, and at the end what came of it."""
    films = Films(port, rate, tokens)
    sys.stdout.write("sending\n")
    sys.stdout.flush()
    began = time.process_time()
    films.send_until(sys.stdin)
    cost = time.process_time() - began
    if not films.took:
        raise RuntimeError("no film was taken")
    said = {"films": len(films.took), "slowest": max(films.took), "processor": cost}
    sys.stdout.write(json.dumps(said) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]), sys.argv[3:])
