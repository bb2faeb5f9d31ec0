"""Makes the load, as a process of its own: `python -m tests.benchmarks.load PLAN PORT PLAN PORT`.

Each of the two plans is a file of length-prefixed HTTP requests for the server at its port. Each
request is sent once, on 16 connections that stay open. The two servers are loaded in turn, for a
quarter of a second each: a machine that is not alone changes its speed within seconds, and this
way it does so for both. It prints one JSON line: for each plan answers by status, and how long
they took.
"""

import json
import selectors
import socket
import struct
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

CONNECTIONS = 16
TURNS = 12
SECONDS_OF_A_TURN = 0.25
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


@dataclass(slots=True)
class Load:
    """What one server gets, and what became of it."""

    requests: Iterator[bytes]
    connections: list[Connection]
    statuses: Counter[int] = field(default_factory=Counter)
    seconds: float = 0.0

    def run(self, seconds: float) -> None:
        """Sends requests for `seconds`, or until they are used up; waits for every answer."""
        selector = selectors.DefaultSelector()
        started = time.perf_counter()
        for connection in self.connections:
            selector.register(connection.socket, selectors.EVENT_READ, connection)
            self._send_next(selector, connection)
        while selector.get_map():
            for key, _ in selector.select():
                status = key.data.receive()
                if status is None:
                    continue
                self.statuses[status] += 1
                if time.perf_counter() - started < seconds:
                    self._send_next(selector, key.data)
                else:
                    selector.unregister(key.data.socket)
        self.seconds += time.perf_counter() - started

    def _send_next(self, selector: selectors.BaseSelector, connection: Connection) -> None:
        request = next(self.requests, None)
        if request is None:
            selector.unregister(connection.socket)
        else:
            connection.send(request)


def main(arguments: list[str]) -> None:
    """Loads both in turn, first the one and then the other first."""
    loads = [
        Load(iter(list(read_plan(Path(plan)))), [Connection(int(port)) for _ in range(CONNECTIONS)])
        for plan, port in zip(arguments[::2], arguments[1::2], strict=True)
    ]
    for turn in range(TURNS):
        for load in loads if turn % 2 else reversed(loads):
            load.run(SECONDS_OF_A_TURN)
    outcomes = [{"statuses": dict(load.statuses), "seconds": load.seconds} for load in loads]
    sys.stdout.write(json.dumps(outcomes) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
