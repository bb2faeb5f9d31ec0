"""How far the own export is, for a page and for its script; and a press that stops it."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from inspection import clock
from intake.access import Deed
from intake.admin.who import member
from intake.casework.ledger import runs
from intake.choices import RunState
from intake.models import LedgerRun

STOPPING = "已经告诉它停下，写完手上这几件就停。"
NOTHING_RUNS = "现在没有正在进行的导出。"
_WORDS = {
    RunState.RUNNING: "正在导出：已写 {done} 件，共 {total} 件。",
    RunState.DONE: "上一次导出了 {total} 件，已经写完。",
    RunState.STOPPED: "上一次按您的要求停下了，没有导出完。下载到一半的文件打不开，请删除。",
    RunState.LOST: (
        "上一次没有导出完：登录到时、网络断开，或者网站出了故障。下载到一半的文件打不开，"
        "请删除，再导一次。"
    ),
}


@dataclass(frozen=True, slots=True)
class RunLine:
    """The last export of a member in one sentence."""

    words: str
    done: int
    total: int
    is_running: bool


def line_of(run: LedgerRun) -> RunLine:
    state = RunState(run.state)
    words = _WORDS[state].format(done=run.done, total=run.total)
    return RunLine(words, run.done, run.total, state is RunState.RUNNING)


def last_line(request: HttpRequest) -> RunLine | None:
    """None for who has never exported anything."""
    run = runs.last_of(member(request), real_at=clock.real_now())
    return line_of(run) if run else None


@require_safe
def progress_view(request: HttpRequest) -> JsonResponse:
    """GET: how far it is, for a script."""
    _may(request)
    line = last_line(request)
    told = {"words": line.words, "done": line.done, "total": line.total} if line else {}
    return JsonResponse({"is_running": bool(line and line.is_running), **told})


def stop_view(request: HttpRequest) -> HttpResponse:
    """POST: the own export ends, whatever page it was pressed on."""
    _may(request)
    was_running = runs.ask_to_stop(member(request))
    messages.info(request, STOPPING if was_running else NOTHING_RUNS)
    return redirect("admin:ledger")


def _may(request: HttpRequest) -> None:
    if not member(request).may(Deed.OPEN):
        raise PermissionDenied
