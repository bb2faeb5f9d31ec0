"""How granian is started: the demo does it so, and docs/deployment.md says it so."""

from intake.report.report_limits import MOST_BODIES, PIECE

# Neither address nor query, and no path either: granian writes it out decoded, so that whoever
# asks for one could put words, or a line of their own, into the log.
ACCESS_LOG_FORMAT = "[%(time)s] %(method)s %(status)d %(dt_ms).0f ms"

WORKERS = 2
# Most threads wait for slow senders, see intake/arriving/reception.py; granian warns of so many.
# Some are left when all of those wait, so that pages are given out all the while.
_THREADS = MOST_BODIES + 64
OPTIONS = (
    *("--interface", "wsgi", "--http", "1", "--no-ws"),
    *("--workers", str(WORKERS), "--blocking-threads", str(_THREADS)),
    *("--log-level", "error"),
    # What the server reads ahead of each sender; headers must fit into it too.
    *("--http1-buffer-size", str(PIECE)),
)
WITH_ACCESS_LOG = (*OPTIONS, "--access-log", "--access-log-fmt", ACCESS_LOG_FORMAT)
APPLICATION = "intake.wsgi:application"


def address(host: str, port: int) -> tuple[str, ...]:
    """The options that say where it listens."""
    return ("--host", host, "--port", str(port))
