"""Answers a failed login at the beat, so that how long it took does not tell which names there are.

A name that no account has costs less: it is in no event, and past a limit nothing is hashed.
"""

import threading
import time

from django.conf import settings

from intake.arriving.turns import apart
from intake.staff.hashing import TryAgain

# Each keeps a thread of the server, which has some hundred.
MOST_WAITING = 32
WAITING = threading.Semaphore(MOST_WAITING)


def wait_for_the_beat(seconds_so_far: float) -> None:
    """Waits, apart from others, until a whole number of beats has passed. Raises TryAgain."""
    beat = settings.LOGIN_BEAT_SECONDS
    if not beat:
        return
    if not WAITING.acquire(blocking=False):
        raise TryAgain
    try:
        with apart():
            time.sleep(beat - seconds_so_far % beat)
    finally:
        WAITING.release()
