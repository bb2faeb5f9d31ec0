"""The one place that asks what time it is.

`now` is the business time: windows, duty hours and dates of receipt follow it, and the demo may
simulate it. `real_now` is for sessions, form tokens, locks and whatever else is technical.
"""

import time
from datetime import UTC, datetime, timedelta

from django.conf import settings

_started: dict[datetime, float] = {}


def now() -> datetime:
    """The business time, aware; under SIMULATED_NOW a clock that runs on from that moment."""
    simulated: datetime | None = settings.SIMULATED_NOW
    if simulated is None:
        return real_now()
    since = _started.setdefault(simulated, time.monotonic())
    return simulated + timedelta(seconds=time.monotonic() - since)


def real_now() -> datetime:
    """The time on the wall, aware, in UTC."""
    return datetime.now(UTC)


def restart() -> None:
    """Lets simulated clocks begin anew, as each test expects."""
    _started.clear()


# The simulated clock of a process runs from the moment the process is ready, not from its first
# request, so that two workers agree.
if settings.SIMULATED_NOW is not None:
    now()
