"""What the invented members do in the order of time, as a round would see it."""

import heapq
from collections.abc import Generator, Iterable
from datetime import datetime

# A course of deeds: it says when the next one is due, and is told the moment at which it is done.
Course = Generator[datetime, datetime, None]


def in_turn(courses: Iterable[Course], *, until: datetime) -> None:
    """Each deed of each course, the earliest first; what would come later is done at the end."""
    waiting = [(next(course), place, course) for place, course in enumerate(courses)]
    heapq.heapify(waiting)
    while waiting:
        due, place, course = heapq.heappop(waiting)
        try:
            following = course.send(min(due, until))
        except StopIteration:
            continue
        heapq.heappush(waiting, (max(following, due), place, course))
