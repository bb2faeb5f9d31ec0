"""One round with everything that its notice announced, as it was read."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar

from inspection.current.target_finder import TargetFinder
from inspection.models import ContactPoint, DropBox, FocusTopic, Round, Target, Team
from inspection.schedule import Calendar, Window, WindowState

# Pages of a few minutes, sizes and bodies; the rest is made again.
MOST_REMEMBERED = 200

_Made = TypeVar("_Made")


@dataclass(frozen=True)
class Published:
    """One round with everything that its notice announced, as it stood when it was read."""

    round: Round
    teams: tuple[Team, ...]
    contacts: tuple[ContactPoint, ...]
    boxes: tuple[DropBox, ...]
    focus: tuple[FocusTopic, ...]
    calendar: Calendar
    others: tuple[Round, ...] = ()
    _remembered: dict[Hashable, Any] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def window(self) -> Window:
        """From the round's first day until the latest last day among the round and its teams."""
        windows = [self.round.window(), *(team.window() for team in self.teams)]
        return max(windows, key=lambda window: window.closes)

    def window_of(self, target: Target | None) -> Window:
        """When reports are accepted: about this body, or about any."""
        return target.team.window() if target else self.window

    def state(self, at: datetime) -> WindowState:
        """How the window stands at this moment."""
        return self.window.state(at)

    def is_running(self, at: datetime) -> bool:
        """Whether the inspection of the last team has not ended yet."""
        return at < self.running.closes

    @cached_property
    def running(self) -> Window:
        """Until the inspection of the last team ends."""
        windows = [self.round.running(), *(team.running() for team in self.teams)]
        return max(windows, key=lambda window: window.closes)

    def others_accepting(self, at: datetime) -> list[Round]:
        """The other rounds that take reports at this moment."""
        return [other for other in self.others if other.whole_window().contains(at)]

    def remember(self, key: Hashable, make: Callable[[], _Made]) -> _Made:
        """What `make` gave the first time that this key was asked for."""
        made: _Made | None = self._remembered.get(key)
        if made is None:
            made = make()
            if len(self._remembered) >= MOST_REMEMBERED:
                self._remembered.clear()
            self._remembered[key] = made
        return made

    @cached_property
    def targets(self) -> tuple[Target, ...]:
        """Every body of the round, in the notice's order."""
        return tuple(target for team in self.teams for target in team.targets.all())

    @cached_property
    def finder(self) -> TargetFinder:
        """Finds the bodies that a few typed words mean."""
        return TargetFinder(self.targets)

    def target(self, code: str) -> Target | None:
        """The body with this code, if the round has it."""
        return self._by_code.get(code)

    @cached_property
    def team_of_body(self) -> dict[int, Team]:
        """The team of each body, by the body's primary key."""
        return {target.pk: team for team in self.teams for target in team.targets.all()}

    @cached_property
    def _by_code(self) -> dict[str, Target]:
        return {target.code: target for target in self.targets}
