"""Makes the load, as a process of its own: `python -m tests.benchmarks.load PLAN SECONDS`.

PLAN is a file of length-prefixed HTTP requests, each sent once, on 16 connections that stay
open. It prints one JSON line: answers by status, and how long it took.
"""

import json
import selectors
import socket
import struct
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

CONNECTIONS = 16
_LENGTH = struct.Struct(">I")


def write_plan(path: Path, requests: list[bytes]) -> None:
    """Keeps requests in the form that this process reads."""
    path.write_bytes(b"".join(_LENGTH.pack(len(r)) + r for r in requests))


def read_plan(path: Path) -> Iterator[bytes]:
    """The requests of a plan, in order."""
    raw = memoryview(path.read_bytes())
    start = 0
    while start < len(raw):
        (length,) = _LENGTH.unpack_from(raw, start)
        start += _LENGTH.size
        yield bytes(raw[start : start + length])
        start += length


class Connection:
    """One open connection that has one request under way at a time."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = b""

    def send(self, request: bytes) -> None:
        self.buffer = b""
        self.socket.sendall(request)

    def receive(self) -> int | None:
        """The status of the answer once it is complete, else None."""
        chunk = self.socket.recv(262144)
        if not chunk:
            raise ConnectionError("the server closed a connection")
        self.buffer += chunk
        head_end = self.buffer.find(b"\r\n\r\n")
        if head_end < 0:
            return None
        head = self.buffer[:head_end].lower()
        at = head.index(b"content-length:") + 15
        length = int(head[at : at + 20].split(b"\r\n", 1)[0])
        if len(self.buffer) < head_end + 4 + length:
            return None
        return int(self.buffer[9:12])


def run(port: int, requests: Iterator[bytes], seconds: float) -> dict[str, object]:
    """Sends requests for `seconds`, or until they are used up; waits for every answer."""
    selector = selectors.DefaultSelector()
    statuses: Counter[int] = Counter()
    started = time.perf_counter()
    under_way = 0
    for _ in range(CONNECTIONS):
        connection = Connection(port)
        selector.register(connection.socket, selectors.EVENT_READ, connection)
        connection.send(next(requests))
        under_way += 1
    while under_way:
        for key, _ in selector.select():
            status = key.data.receive()
            if status is None:
                continue
            statuses[status] += 1
            request = None
            if time.perf_counter() - started < seconds:
                request = next(requests, None)
            if request is None:
                under_way -= 1
                selector.unregister(key.data.socket)
                key.data.socket.close()
            else:
                key.data.send(request)
    return {"statuses": dict(statuses), "seconds": time.perf_counter() - started}


if __name__ == "__main__":
    plan, port, seconds = Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
    sys.stdout.write(json.dumps(run(port, iter(list(read_plan(plan))), seconds)) + "\n")
