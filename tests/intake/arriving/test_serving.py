"""The server as docs/deployment.md starts it, and what its log says of a visit: next to nothing."""

import http.client
import re
import shlex
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

from intake.arriving import serving
from tests.benchmarks.servers import ROOT
from tests.benchmarks.servers import serving as running_server
from tests.running.serving_site import DATABASE
from tests.sending import NARRATIVE

DEPLOYMENT = ROOT / "docs" / "deployment.md"
ADDRESS = "203.0.113.77"
CODE = "1234 5678 9012 3456 7890"
LINE = re.compile(r"\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d{4}\] (GET|POST) \d{3} \d+ ms")

ASKED = ["POST 403", "POST 422", "GET 302", "GET 404", "GET 404"]


@pytest.fixture(scope="module")
def log(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[str]]:
    """The lines that the server wrote while it was visited."""
    folder = tmp_path_factory.mktemp("server")
    shutil.copy(migrated / DATABASE, folder)
    environment = {
        "PATH": "/usr/bin:/bin",
        "DEBUG": "true",
        "DATABASE_URL": f"sqlite:///{folder / DATABASE}",
        "MEDIA_ROOT": str(folder / "sealed"),
        "SPOOL_ROOT": str(folder / "spool"),
        "TRUSTED_PROXIES": "127.0.0.1",
    }
    path = folder / "log"
    with (
        path.open("wb") as output,
        running_server(
            serving.APPLICATION,
            environment,
            "/healthz",
            options=serving.WITH_ACCESS_LOG,
            output=output,
        ) as port,
    ):
        visit(port)
        wait_for_visits(path)
    yield path.read_text(encoding="utf-8").splitlines()


def told() -> str:
    return DEPLOYMENT.read_text(encoding="utf-8")


def visit(port: int) -> None:
    """A report, a code, and what somebody types into the line for the address."""
    words = urlencode({"narrative": NARRATIVE, "agree_privacy": "on"})
    assert ask(port, "POST", "/report/?target=t1", words) == 403
    assert ask(port, "POST", "/receipt/?x=y", urlencode({"code": CODE})) == 422
    assert ask(port, "GET", f"/{quote(NARRATIVE)}?q={quote(CODE)}") == 302
    assert ask(port, "GET", f"/receipt/{quote(CODE)}") == 404
    assert ask(port, "GET", "/no%0A[2025-04-15%2010:00:00%20+0800]%20GET%20200%201%20ms") == 404
    assert ask(port, "GET", "/privacy/?from=wechat") == 200


def ask(port: int, method: str, path: str, body: str = "") -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Forwarded-For": ADDRESS,
        "User-Agent": "MicroMessenger/8.0",
        "Referer": "https://elsewhere.example/",
    }
    try:
        connection.request(method, path, body, headers)
        return connection.getresponse().status
    finally:
        connection.close()


def visits_in(log: list[str]) -> list[str]:
    """What the lines say, but for the visits that went well, of which the start makes some."""
    visits = [line.split("] ")[1].rsplit(" ", 2)[0] for line in log if LINE.fullmatch(line)]
    return [visit for visit in visits if visit != "GET 200"]


def wait_for_visits(path: Path) -> None:
    """A worker writes its line after the answer, perhaps later than the other writes the next."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        if len(visits_in(path.read_text(encoding="utf-8").splitlines())) >= len(ASKED):
            return
        time.sleep(0.1)


def test_each_request_is_one_line_of_when_how_and_how_long(log: list[str]):
    assert sorted(visits_in(log)) == sorted(ASKED)


def test_no_line_tells_who_where_or_what(log: list[str]):
    assert [line for line in log if not LINE.fullmatch(line)] == []
    written = "\n".join(log)
    for secret in (ADDRESS, "127.0.0.1", "Micro", "elsewhere", "target", "?", "机动", "1234"):
        assert secret not in written


def test_the_deployment_starts_the_server_with_these_very_options():
    unit = re.search(r"^ExecStart=(.*?granian.*?[^\\])$", told(), re.M | re.S)
    assert unit
    # In a unit a percent sign is written twice.
    program, *options = shlex.split(unit[1].replace("\\\n", " ").replace("%%", "%"))
    assert Path(program).name == "granian"
    assert options == [
        *serving.address("127.0.0.1", 8000),
        *serving.WITH_ACCESS_LOG,
        serving.APPLICATION,
    ]


def test_the_proxys_log_has_no_variable_that_tells_who_or_what():
    formats = re.findall(r"^log_format (\w+) (.*);$", told(), re.M)
    assert [name for name, _ in formats] == ["without_address"]
    used = set(re.findall(r"\$(\w+)", formats[0][1]))
    assert used == {"time_iso8601", "request_method", "page", "status", "request_time"}
    logs = re.findall(r"access_log (.*);", told())
    assert all(log == "off" or log.endswith(" without_address") for log in logs)


def test_every_setting_of_the_environment_is_told():
    settings = (ROOT / "intake" / "settings.py").read_text(encoding="utf-8")
    names = re.findall(r"environment\.\w+\(\s*\"([A-Z_]+)\"", settings)
    assert len(names) > 10
    assert [name for name in names if f"`{name}`" not in told()] == []
