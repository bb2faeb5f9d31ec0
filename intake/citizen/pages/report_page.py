"""The report's form as a page: blank, from memory; or with everything that was typed."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from inspection import clock
from inspection.current import Published
from inspection.models import Round, Target
from inspection.schedule import WindowState
from inspection.screen.asked import code_asked_for
from inspection.screen.links import address
from inspection.screen.page_frame import LARGE, page_of
from inspection.screen.who_inspects import bodies_by_county, own_closing_words
from inspection.wording import (
    closing_hour,
    closing_words,
    day_words,
    in_the_word,
    out_of_scope_words,
    span_words,
)
from intake.citizen.forms import ReportForm, fresh_token
from intake.citizen.pages.giving_back import page_giving_back
from intake.citizen.pages.letting_speak import let_speak
from intake.filing.desks_now import desks_of

ADDRESS = "/report/"
# Stands in the remembered page where each visitor's own token goes.
_SHEET = "mark-of-this-sheet"
_STRANGE_CODE = "您打开的链接里的单位不在本轮名单上，请自己选；说不清可以不选。"


@dataclass(frozen=True)
class BodiesOfTeam:
    """A team's bodies of a county as choices; none where the team's own last day is over."""

    team: str
    county: str
    bodies: tuple[Target, ...]
    is_closed: bool


def blank(request: HttpRequest, published: Published, at: datetime) -> HttpResponse:
    """A fresh sheet, with the body of `?target=` chosen."""
    code = code_asked_for(request, "target")
    chosen = published.target(code) if code else None
    key = ("report", chosen.code if chosen else bool(code), request.GET.get("size") == LARGE)
    # Between two window boundaries, which the memory never crosses, only the state changes,
    # and on the last day the time that is left.
    state = published.state(at)
    minute = int(at.timestamp()) // 60 if state == WindowState.LAST_DAY else 0
    halves = published.remember(
        (*key, state, minute),
        lambda: _render_blank(request, published, at, chosen, is_strange=bool(code)),
    )
    token = fresh_token(at=clock.real_now()).encode()
    response = HttpResponse(token.join(halves))
    # The sheet is one person's: no cache may hand it to another.
    response.headers["Cache-Control"] = "private, no-cache"
    return let_speak(response)


def _render_blank(
    request: HttpRequest,
    published: Published,
    at: datetime,
    chosen: Target | None,
    *,
    is_strange: bool,
) -> tuple[bytes, bytes]:
    is_open = chosen is not None and chosen.team.window().contains(at)
    form = ReportForm(
        None,
        has_target=published.target,
        at=clock.real_now(),
        initial={"target": chosen.code if chosen and is_open else ""},
    )
    page = page_of(request, published)
    others = _other_forms(published, at, size=LARGE if page.is_large else "")
    slug = published.round.slug if others and not chosen else ""
    which = {"target": chosen.code if chosen else "", "round": slug}
    size = "" if page.is_large else LARGE
    context = {
        **_context(published, at, form),
        "page": replace(page, other_size=address(ADDRESS, **which, size=size)),
        "other_forms": others,
        "paper": address(f"{ADDRESS}paper/", **which),
        "token": _SHEET,
        "chosen_note": _chosen_note(published, chosen, at)
        if chosen
        else _STRANGE_CODE * is_strange,
    }
    before, after = render_to_string("intake/report.html", context).split(_SHEET)
    return before.encode(), after.encode()


def again(
    request: HttpRequest, published: Published, at: datetime, form: ReportForm, *, status: int
) -> HttpResponse:
    """The sheet with what is wrong with it, everything typed kept, under the same nonce."""
    context = {
        **_context(published, at, form),
        "page": page_of(request, published),
        "token": form.sheet.renewed(clock.real_now()),
        "problems": form.problems,
        "files_again": bool(form.files),
    }
    return let_speak(page_giving_back(request, "intake/report.html", context, status=status))


def afterwards(round_: Round | None) -> str:
    """What happens next, as the notice promises it."""
    who = f"{round_.word}组" if round_ else "我们"
    silent = round_ is None or not round_.feedback
    sentence = f"{who}不负责向反映人反馈有关情况；" if silent else ""
    return sentence + out_of_scope_of(round_)


def out_of_scope_of(round_: Round | None) -> str:
    """What becomes of what is none of the round's; without a round, what the rules ask."""
    return round_.out_of_scope_words if round_ else out_of_scope_words("", "巡察")


def _context(published: Published, at: datetime, form: ReportForm) -> dict[str, Any]:
    window, state = published.window, published.state(at)
    hour = closing_hour(window)
    left = span_words(window.time_left(at))
    return {
        "form": form,
        "round": published.round,
        "state": state,
        "closing": closing_words(window),
        "groups": _groups(published, at),
        "finder": published.finder,
        "afterwards": afterwards(published.round),
        "about_inspectors": in_the_word(form["about_inspectors"].label, published.round.word),
        "about_office": in_the_word(form["about_office"].label, published.round.word),
        "reaches_the_superior": desks_of(published).reaches_the_superior,
        "last_day_note": (
            f"今天是最后一天，网上受理到{'今晚' if hour == '24时' else '今天'}{hour}，还有 {left}。"
            "材料没找全，可以先把主要事情写清楚交上来。"
        )
        if state == WindowState.LAST_DAY
        else "",
    }


def _other_forms(published: Published, at: datetime, *, size: str) -> list[tuple[str, str]]:
    """(title, address) of the other rounds that take reports now."""
    return [
        (other.title, address(ADDRESS, round=other.slug, size=size))
        for other in published.others_accepting(at)
    ]


def _groups(published: Published, at: datetime) -> list[BodiesOfTeam]:
    return [
        BodiesOfTeam(
            f"{team} · {county.name}" if county.name else str(team),
            county.name,
            county.bodies,
            not team.window().contains(at),
        )
        for team in published.teams
        for county in bodies_by_county(team)
    ]


def _chosen_note(published: Published, chosen: Target, at: datetime) -> str:
    window = chosen.team.window()
    if window.contains(at):
        own = own_closing_words(published, chosen.team)
        until = f"这个单位受理到{own}。" if own else ""
        return f"已经按您打开的链接选好：{chosen.name}（{chosen.team}）。{until}不对可以改。"
    if at < window.opens:
        return f"{chosen.name}的受理从{day_words(window.first_day)}开始。"
    return f"{chosen.name}的受理已经在{closing_words(window)}截止，请看看是不是别的单位。"
