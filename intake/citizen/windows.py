"""Which windows hold for a report: the one that it is accepted in, and the one to add to it."""

from datetime import datetime

from inspection.current import Published
from inspection.models import Round, Team
from inspection.schedule import Window, inspection_window
from inspection.screen.window_card import Afterword
from inspection.wording import closing_words, day_words
from intake.models import Submission
from intake.report.acceptance import supplements_window


def window_for(published: Published, target_code: str | None) -> Window:
    """The window of the chosen body's team; without a body, the latest of all."""
    return published.window_of(published.target(target_code) if target_code else None)


def to_add_to(submission: Submission, round_: Round, team: Team | None) -> Window:
    """When a stored report can be added to, whose body or desk is this team's."""
    accepted = Window(submission.window_opens, submission.window_closes, round_.zone)
    own = team.period_ends_last if team else None
    return supplements_window(inspection_window(accepted, own or round_.period_ends_last))


def supplement_words(published: Published, at: datetime) -> str:
    """Until when an accepted report can be added to, or that this is over."""
    if not _takes_supplements(published, at):
        ended = day_words(published.running.last_day)
        return f"{published.round.word}已在{ended}结束，补充材料的时间也过了。"
    until = _same_end(published)
    if until:
        return f"以前交过的，凭查询码可以补充材料，到{until}为止。"
    return "以前交过的，凭查询码可以补充材料；到哪一天为止，查询以后就看得到。"


def afterword(published: Published, at: datetime) -> Afterword:
    """What the card of a closed round says of supplements; it leads to the receipt's page."""
    if not _takes_supplements(published, at):
        return Afterword(sentence=supplement_words(published, at))
    until = _same_end(published)
    return Afterword(leads=f"补充以前交的材料，{f'到 {until}为止，' if until else ''}请用")


def _takes_supplements(published: Published, at: datetime) -> bool:
    return at < supplements_window(published.running).closes


def _same_end(published: Published) -> str:
    """The moment until which all reports can be added to, in words; '' where teams end apart."""
    ends = {supplements_window(team.running()).closes for team in published.teams}
    return closing_words(supplements_window(published.running)) if len(ends) <= 1 else ""
