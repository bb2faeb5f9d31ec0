"""Pages for what was not taken: they give back everything typed, and ask the database nothing."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict

from inspection.current import Published, last_read, last_read_target
from inspection.schedule import Window, WindowState
from inspection.screen.asked import code_asked_for, received_at
from inspection.screen.links import address
from inspection.unseen import readable
from inspection.wording import closing_words, day_words, in_the_word
from intake.choices import Category, Identity
from intake.citizen.forms import ReportForm
from intake.citizen.forms.files_ahead import AHEAD
from intake.citizen.forms.typed_text import Tick
from intake.citizen.incoming.what_was_sent import Typed
from intake.citizen.pages.giving_back import page_giving_back
from intake.citizen.windows import supplement_words
from intake.report.draft import UNLISTED

REPORT, SUPPLEMENT = "/report/", "/receipt/supplement/"
KEPT = "没有提交成功，您写的内容还在这个页面上，没有丢。请过一会儿再点“再提交一次”，或者先抄下来。"
KEPT_TO_COPY = "没有提交成功，您写的内容还在这个页面上，没有丢。请先抄下来。"
NOTHING_STORED = "您的内容没有提交，也没有留在我们这里。它还在下面，可以抄走。"
AWAY = "这是网站的问题，不是您的问题。着急的，可以打公告上的电话。"
TITLES = {
    400: "没有提交成功",
    404: "没有找到这个查询码",
    413: "内容太大，没有收下",
    422: "没有提交成功",
    429: "来的信太多，请等一会儿",
    503: "没有提交成功",
}
# What the forms carry beside the words: sent again with them, and shown nowhere.
_CARRIED = ("form_token", "code", "round", AHEAD)
_NOT_SHOWN = ("narrative", "website", "agree_privacy", "agree_sensitive", *_CARRIED)
_NO_ROUND: dict[str, object] = {
    "title": "现在没有在受理信访",
    "state": WindowState.CLOSED,
    "says_whom_to_call": True,
}


def refused(
    request: HttpRequest,
    typed: Typed,
    *,
    status: int,
    sentences: Iterable[object],
    again: str = "",
    title: str = "",
) -> HttpResponse:
    """Not taken now; what was typed can be sent again to the address `again` as it is."""
    back = given_back(typed)
    kept = [KEPT if again else KEPT_TO_COPY] if back["gives_back"] else []
    published = last_read()
    context = {
        "state": published.state(received_at(request)) if published else "",
        "title": title or TITLES[status],
        "sentences": [*kept, *sentences],
        "again": again,
        "says_whom_to_call": status >= 500,
        **back,
    }
    return _page(request, context, status)


def no_round(request: HttpRequest, typed: Typed) -> HttpResponse:
    """403: there is no round at all that could take it."""
    context = {**_NO_ROUND, **given_back(typed), "sentences": [NOTHING_STORED]}
    return _page(request, context, 403)


def too_late_to_add(request: HttpRequest, typed: Typed, window: Window) -> HttpResponse:
    """403: the period in which a report can be added to is over."""
    context = {
        "title": "补充材料的时间已经结束",
        "line": f"截止时间是{closing_words(window)}",
        "sentences": [NOTHING_STORED],
        "says_whom_to_call": True,
        "state": WindowState.CLOSED,
        **given_back(typed),
    }
    return _page(request, context, 403)


def outside_window(
    request: HttpRequest, typed: Typed, published: Published, window: Window, at: datetime
) -> HttpResponse:
    """403: not accepted yet, or not any more; everything typed to copy, and whom to turn to."""
    state = WindowState.UPCOMING if at < window.opens else WindowState.CLOSED
    if published.window.contains(at):
        return _outside_one_teams(request, typed, published, window, at)
    words = window_words(window, state)
    sentences = [NOTHING_STORED, *words.pop("sentences")]
    context = {**words, **given_back(typed), "state": state, "sentences": sentences}
    return _page(request, context, 403)


def _outside_one_teams(
    request: HttpRequest, typed: Typed, published: Published, window: Window, at: datetime
) -> HttpResponse:
    """403: only the chosen body's team takes nothing now; sent again it goes to the office."""
    is_early = at < window.opens
    day = day_words(window.first_day)
    when = f"从{day}起受理" if is_early else f"受理到{closing_words(window)}为止"
    back = given_back(typed)
    back["hidden"] = [(n, UNLISTED if n == "target" else v) for n, v in _carried(typed.data)]
    context = {
        "title": "这个单位的受理还没有开始" if is_early else "这个单位的受理已经结束",
        "state": published.state(at),
        "sentences": [
            NOTHING_STORED,
            f"您选的单位，{when}。别的单位还在受理。",
            "点“再提交一次”，就按“说不清是哪个单位”交上来，由巡察办核对；也可以重新打开表格，选别的单位。",
        ],
        "again": REPORT,
        **back,
    }
    return _page(request, context, 403)


def no_form(request: HttpRequest, published: Published | None, at: datetime) -> HttpResponse:
    """What stands at the form's address while there is no form to give."""
    if published is None:
        return _page(request, _NO_ROUND, 200)
    state = published.state(at)
    context = {**window_words(published.window, state), "state": state}
    if state == WindowState.CLOSED:
        context["sentences"].append(supplement_words(published, at))
    else:
        context["paper"] = address("/report/paper/", round=code_asked_for(request, "round"))
    return _page(request, context, 200)


def window_words(window: Window, state: WindowState) -> dict[str, Any]:
    """Title, line and sentences about a window that is not open."""
    if state == WindowState.UPCOMING:
        title, line = "信访受理还没有开始", f"从{day_words(window.first_day)}起可以提交"
        sentences = [
            "您可以先看看哪些单位在本轮范围内，把时间、地点、人和事想清楚。",
            "事情紧急的不用等，可拨打12388或12345；遇到危险请打110。",
        ]
    else:
        title, line = "信访受理已经结束", f"截止时间是{closing_words(window)}"
        sentences = ["这里不能再提交新的反映。以前交过的不用再交。"]
    return {"title": title, "line": line, "sentences": sentences, "says_whom_to_call": True}


def given_back(typed: Typed) -> dict[str, object]:
    """What a template asks for to give back everything that was typed."""
    data = typed.data
    narrative, facts = readable(data.get("narrative", ""))[0], list(_facts(data))
    return {
        "gives_back": bool(narrative or facts or typed.files),
        "narrative": narrative,
        "facts": facts,
        "hidden": _carried(data),
        "had_files": bool(typed.files),
    }


def _carried(data: QueryDict) -> list[tuple[str, str]]:
    """What is sent again beside the narrative."""
    names = dict.fromkeys((*ReportForm.base_fields, *_CARRIED))
    carried = [name for name in names if name in data and name not in ("narrative", "website")]
    return [(name, readable(data.get(name, ""))[0]) for name in carried]


def _facts(data: QueryDict) -> Iterable[tuple[str, str]]:
    """(label, words) of everything typed or chosen beside the narrative."""
    for name, field in ReportForm.base_fields.items():
        value = readable(data.get(name, ""))[0].strip()
        if not value or name in _NOT_SHOWN:
            continue
        if isinstance(field, Tick):
            yield _worded(field.label), "已勾选" if Tick.means_yes(value) else "没有勾选"
        else:
            yield str(field.label), _shown(name, value)


def _shown(name: str, value: str) -> str:
    """A choice in the words of the page, everything else as typed."""
    if name == "target":
        target = last_read_target(value)
        return target.name if target else "说不清，或者不在名单上"
    if name == "identity":
        return "留姓名和电话" if value == Identity.NAMED else "不留姓名"
    if name == "category" and value in Category.values:
        return _worded(Category(value).label)
    return value


def _worded(text: object) -> str:
    """In the word of the round that was read last: for one more the database is not asked."""
    published = last_read()
    return in_the_word(text, published.round.word) if published else str(text)


def _page(request: HttpRequest, context: dict[str, object], status: int) -> HttpResponse:
    return page_giving_back(request, "intake/not_sent.html", context, status=status)
