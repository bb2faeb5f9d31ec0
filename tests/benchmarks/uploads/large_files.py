"""What large files do to small reports, and whether one arrives over a weak line that breaks.

python -m tests.benchmarks.uploads.large_files         five films of 30 MB, beside small reports
python -m tests.benchmarks.uploads.large_files weak    100 MB at 2 Mbit/s, cut three times

On a throwaway PostgreSQL, under granian. Small reports come one after the other, alone and beside
the films in turn; the figure is the ratio of their slowest hundredth.
"""

import http.client
import json
import secrets
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import psycopg

from tests.benchmarks import requests
from tests.benchmarks.servers import run_python, serving, site_environment
from tests.running.throwaway_postgres import Cluster

MEGABYTE = 1024 * 1024
FILMS, FILM_SIZE = 5, 30 * MEGABYTE
ROUNDS, REPORTS = 3, 400
WEAK_SIZE, BYTES_A_SECOND, CUTS = 100 * MEGABYTE, 250_000, (7, 40, 81)
_HEAD = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom"
_FILM = _HEAD + secrets.token_bytes(FILM_SIZE - len(_HEAD))
_BOUNDARY = "----film"


def main(what: str) -> None:
    """Prints the figures."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(dir="/var/tmp")))
        cluster = Cluster.start()
        stack.callback(cluster.stop)
        site = site_environment(cluster.url, folder)
        run_python(site, "-m", "tests.benchmarks.prepare_site", str(folder))
        port = stack.enter_context(serving("intake.wsgi:application", site, "/healthz"))
        if what == "weak":
            _send_over_a_weak_line(site, port)
        else:
            _compare(site, port)
        with psycopg.connect(cluster.url) as connection:
            found = connection.execute(
                "SELECT count(*), coalesce(sum(size), 0) FROM intake_attachment"
            ).fetchone()
        sys.stdout.write(f"stored: {found} files, bytes\n")


def _compare(site: dict[str, str], port: int) -> None:
    ratios = []
    _small(port, requests.site_reports(site, requests.url_encoded, 50))
    for _ in range(ROUNDS):
        alone = _small(port, requests.site_reports(site, requests.url_encoded, REPORTS))
        with ExitStack() as stack:
            for token in run_python(site, "-m", "tests.benchmarks.make_tokens", "5").split():
                stack.enter_context(_Uploading(partial(_film, port, token)))
            beside = _small(port, requests.site_reports(site, requests.url_encoded, REPORTS))
        ratios.append(beside / alone)
        sys.stdout.write(f"p99 alone {alone * 1000:.0f} ms, beside films {beside * 1000:.0f} ms\n")
    middle = statistics.median(ratios)
    sys.stdout.write(f"ratio {middle:.2f} ({min(ratios):.2f} to {max(ratios):.2f}), goal 2\n")


def _small(port: int, sent: list[bytes]) -> float:
    """Seconds that the slowest hundredth of them took at least."""
    from tests.benchmarks.load import Connection

    connection, took = Connection(port), []
    connection.socket.setblocking(True)
    for request in sent:
        began = time.perf_counter()
        connection.send(request)
        while (status := connection.receive()) is None:
            continue
        if status != 200:
            raise RuntimeError(f"a small report was answered with {status}")
        took.append(time.perf_counter() - began)
    return statistics.quantiles(took, n=100)[98]


class _Uploading:
    """A film after another goes out until the block ends; each is answered with a receipt."""

    def __init__(self, send: Callable[[], None]) -> None:
        self._send = send
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._go_on)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *error: object) -> None:
        self._is_over.set()
        self._thread.join()

    def _go_on(self) -> None:
        while not self._is_over.is_set():
            self._send()


def _film(port: int, token: str) -> None:
    """A report with one film; its words are its own, so that each is a new report."""
    words = {"narrative": f"（演示）录像里都有。{secrets.token_hex(8)}", "agree_privacy": "on"}
    parts = "".join(
        f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in {**words, "form_token": token}.items()
    )
    head = (
        f'{parts}--{_BOUNDARY}\r\nContent-Disposition: form-data; name="attachments"; '
        'filename="film.mp4"\r\nContent-Type: video/mp4\r\n\r\n'
    ).encode()
    end = f"\r\n--{_BOUNDARY}--\r\n".encode()
    body = head + _FILM + end
    answer = _ask(
        port,
        "POST",
        "/report/",
        body,
        {"Content-Type": f"multipart/form-data; boundary={_BOUNDARY}"},
    )
    if answer[0] != 200:
        raise RuntimeError(f"a film was answered with {answer[0]}")


def _send_over_a_weak_line(site: dict[str, str], port: int) -> None:
    """As the page's script does: part by part, and after a cut where the site says it is."""
    (token,) = run_python(site, "-m", "tests.benchmarks.make_tokens", "1").split()
    headers = {"X-Form-Token": token, "X-File": secrets.token_hex(8), "X-Size": str(WEAK_SIZE)}
    content = _HEAD + secrets.token_bytes(WEAK_SIZE - len(_HEAD))
    count, sent, cuts, began = -(-WEAK_SIZE // MEGABYTE), 0, list(CUTS), time.perf_counter()
    number = 0
    while number < count:
        piece = content[number * MEGABYTE : (number + 1) * MEGABYTE]
        if cuts and number == cuts[0]:
            cuts.pop(0)
            sent += _cut_off(port, headers, number, piece)
            answer = _ask(port, "GET", "/report/parts/", b"", headers)
        else:
            time.sleep(len(piece) / BYTES_A_SECOND)
            answer = _ask(port, "POST", "/report/parts/", piece, {**headers, "X-Part": str(number)})
            sent += len(piece)
        number = json.loads(answer[1])["come"]
    file = f"{headers['X-File']} {WEAK_SIZE} film.mp4"
    form = {"form_token": token, "agree_privacy": "on", "ahead": file}
    kind, body = requests.url_encoded({**form, "narrative": "（演示）录像里都有，请看。"})
    status, _page = _ask(port, "POST", "/report/", body, {"Content-Type": kind})
    took = time.perf_counter() - began
    sys.stdout.write(f"{status} after {took:.0f} s, {sent / WEAK_SIZE:.3f} of its bytes sent\n")


def _cut_off(port: int, headers: dict[str, str], number: int, piece: bytes) -> int:
    """Half a part, and then nothing."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.putrequest("POST", "/report/parts/")
    more = {"X-Part": str(number), "Content-Length": str(len(piece)), "X-Forwarded-Proto": "https"}
    for name, value in {**headers, **more}.items():
        connection.putheader(name, value)
    connection.endheaders()
    connection.send(piece[: len(piece) // 2])
    time.sleep(len(piece) / 2 / BYTES_A_SECOND)
    connection.close()
    return len(piece) // 2


def _ask(
    port: int, method: str, path: str, body: bytes, headers: dict[str, str]
) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request(method, path, body, {"X-Forwarded-Proto": "https", **headers})
    answer = connection.getresponse()
    return answer.status, answer.read()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "films")
