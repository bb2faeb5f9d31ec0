"""What large files do to small reports, and whether one arrives over a weak line that breaks.

python -m tests.benchmarks.uploads.large_files         five films of 30 MB, beside small reports
python -m tests.benchmarks.uploads.large_files weak    100 MB at 2 Mbit/s, cut three times

On a throwaway PostgreSQL whose log has been through its files once, as that of docs/deployment.md
has after its first days, under granian. Small reports come one after the other, alone and beside
the films in turn; the figure is the ratio of their slowest hundredth.

The films come from a process of their own, so that to send them holds up nobody who measures. That
costs some 0.01 s of the processor a film; to take one costs 0.4 s in the site and 0.3 s in the
database. The goal names no line, so it stands for films that come as fast as they are taken, from
the same machine and one after another without an end: more than any office sends. What a line of
100 Mbit/s brings, all films together, is measured beside that.
"""

import http.client
import json
import secrets
import statistics
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

import psycopg

from tests.benchmarks import requests
from tests.benchmarks.servers import run_python, serving, site_environment
from tests.benchmarks.uploads import sending_films
from tests.running.throwaway_postgres import Cluster

MEGABYTE = 1024 * 1024
FILMS, ROUNDS, REPORTS = 5, 3, 400
# In bytes a second, of all films together; 0 is as fast as they are taken.
LINES = {"without a line": 0, "on a line of 100 Mbit/s": 12_500_000}
BEFORE_THEY_COUNT = 2.0
LOG_FILES_MB = 1024
WEAK_SIZE, BYTES_A_SECOND, CUTS = 100 * MEGABYTE, 250_000, (7, 40, 81)


def main(what: str) -> None:
    """Prints the figures."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(dir="/var/tmp")))
        cluster = Cluster.start()
        stack.callback(cluster.stop)
        _make_log_files(cluster.url)
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


def _make_log_files(url: str) -> None:
    """Until there are as many as stay ready, each new one would stop every commit for a moment."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"ALTER SYSTEM SET min_wal_size = '{LOG_FILES_MB}MB'")
        connection.execute("SELECT pg_reload_conf()")
        connection.execute(
            "SELECT count(pg_logical_emit_message(false, '', repeat('x', 1048576)))"
            " FROM generate_series(1, %s)",
            [LOG_FILES_MB],
        )
        connection.execute("CHECKPOINT")


def _compare(site: dict[str, str], port: int) -> None:
    _small(port, requests.site_reports(site, requests.url_encoded, 50))
    found: dict[str, list[float]] = {name: [] for name in LINES}
    for _ in range(ROUNDS):
        for name, rate in LINES.items():
            alone = _small(port, requests.site_reports(site, requests.url_encoded, REPORTS))
            reports = requests.site_reports(site, requests.url_encoded, REPORTS)
            tokens = run_python(site, "-m", "tests.benchmarks.make_tokens", str(FILMS)).split()
            with sending_films.under_way(port, rate / FILMS, tokens) as said:
                time.sleep(BEFORE_THEY_COUNT)
                beside = _small(port, reports)
            found[name].append(beside / alone)
            sys.stdout.write(
                f"{name}: p99 alone {alone * 1000:.0f} ms, beside films {beside * 1000:.0f} ms; "
                f"{said['films']} films, the slowest {said['slowest']:.0f} s, "
                f"{said['processor']:.2f} s of the processor to send them\n"
            )
    for name, ratios in found.items():
        middle, least, most = statistics.median(ratios), min(ratios), max(ratios)
        sys.stdout.write(f"{name}: ratio {middle:.2f} ({least:.2f} to {most:.2f}), goal 2\n")


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


def _send_over_a_weak_line(site: dict[str, str], port: int) -> None:
    """As the page's script does: part by part, and after a cut where the site says it is."""
    (token,) = run_python(site, "-m", "tests.benchmarks.make_tokens", "1").split()
    headers = {"X-Form-Token": token, "X-File": secrets.token_hex(8), "X-Size": str(WEAK_SIZE)}
    content = sending_films.HEAD + secrets.token_bytes(WEAK_SIZE - len(sending_films.HEAD))
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
