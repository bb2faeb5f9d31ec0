"""The long tasks of a round's end as pages that go on in slices, and the archive to take away."""

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from inspection.models import Round
from inspection.screen.asked import received_at
from intake.admin.downloads import ZIP, saved_as
from intake.admin.ending.ending_page import ended_round
from intake.admin.items.item_page import log_in_again
from intake.admin.stepping import stepping_page
from intake.admin.stepping.stepping_page import Task
from intake.admin.who import member
from intake.casework.ending import archiving, purging, taking_away
from intake.casework.ending.purging import CannotPurge
from intake.casework.ending.starting_archive import CannotArchive, may_end
from intake.models import DestroyedSeal, RoundArchive, RoundPurge
from intake.report.documents import UnreadableReport
from intake.retention.archive_folder import ArchiveDamaged
from intake.sealing.unsealing import CannotOpen
from intake.staff.keyring import KeyringMissing, keyring_of
from intake.stepping.slices import Progress, work_for

logger = logging.getLogger(__name__)
_ARCHIVING = (
    "逐份封给档案部门的公钥，写完一份就打开核对一份，明文不落盘。可以随时停下，下次接着做。"
)
_PURGING = "受理席的私钥已经先销毁，现在逐项清理封存的内容。可以停下再接着做，但不能恢复。"
_DAMAGED = "有一件封存的内容打不开，可能已经损坏，归档包停在这里。请告诉系统管理员。"
_FULL = "磁盘写不下，或者归档文件夹写不了，停在这里。请告诉系统管理员，解决以后再继续。"


@require_http_methods(["GET", "HEAD", "POST"])
def archive_view(request: HttpRequest, round_id: int) -> HttpResponse:
    """POST: a slice of the newest archive of the round; GET says how far it is."""
    round_ = _to_end(request, round_id)
    archive = round_.archives.first()
    if archive is None:
        raise Http404
    total = max(archive.parts.count(), archive.part_count, 1)
    progress = Progress(archive.parts.count(), total, is_over=archive.is_verified)
    if request.method == "POST":
        try:
            steps = _archive_steps(request, archive)
            progress = work_for(lambda: next(steps))
        except KeyringMissing:
            return log_in_again(request)
        except (CannotArchive, CannotOpen, UnreadableReport, ArchiveDamaged, OSError) as error:
            return _stopped(request, round_, error)
    page = reverse("admin:ending_round", args=[round_.pk])
    task = Task("做归档包", _ARCHIVING, page, "归档包已经做完，逐份核对过。", page, round_.title)
    return stepping_page.answer(request, task, progress)


def _archive_steps(request: HttpRequest, archive: RoundArchive) -> Iterator[Progress]:
    by, at = member(request), received_at(request)
    return archiving.go_on(archive, keyring_of(request), by=by, at=at)


@require_http_methods(["GET", "HEAD", "POST"])
def purge_view(request: HttpRequest, round_id: int) -> HttpResponse:
    """POST: a slice of a purge that was begun; GET says how far it is."""
    round_ = _to_end(request, round_id)
    purge = RoundPurge.objects.filter(round=round_).select_related("round", "archive").first()
    if purge is None:
        raise Http404
    done = DestroyedSeal.objects.filter(purge=purge).count()
    progress = Progress(done, max(done, 1), is_over=purge.finished_at is not None)
    if request.method == "POST":
        steps = purging.go_on(purge, by=member(request), at=received_at(request))
        try:
            progress = work_for(lambda: next(steps))
        except (CannotPurge, OSError) as error:
            return _stopped(request, round_, error)
    page = reverse("admin:ending_round", args=[round_.pk])
    task = Task("清理这一轮", _PURGING, page, "清理完成。", page, round_.title)
    return stepping_page.answer(request, task, progress)


def download_view(request: HttpRequest, round_id: int) -> HttpResponse:
    """POST: the newest archive that was verified, sealed as it lies there, as one zip."""
    round_ = _to_end(request, round_id)
    archive = purging.archive_of(round_)
    if archive is None or not Path(archive.folder).is_dir():
        messages.error(request, "没有做好的归档包，或者文件夹已经不在服务器上。")
        return redirect("admin:ending_round", round_.pk)
    pieces = taking_away.take_archive(archive, by=member(request), at=received_at(request))
    response = saved_as(f"{archive.name}.zip", StreamingHttpResponse(pieces, content_type=ZIP))
    # The stubs hold that no page of ours streams.
    return cast(HttpResponse, response)


def _to_end(request: HttpRequest, round_id: int) -> Round:
    round_ = ended_round(request, round_id)
    if not may_end(round_, member(request)):
        raise PermissionDenied
    return round_


def _stopped(request: HttpRequest, round_: Round, error: Exception) -> HttpResponse:
    """Says on the round's page why it does not go on; what was done is done."""
    if isinstance(error, CannotArchive | CannotPurge):
        messages.error(request, str(error))
    else:
        logger.error("the end of round %s stopped: %s", round_.pk, type(error).__name__)
        messages.error(request, _FULL if isinstance(error, OSError) else _DAMAGED)
    return redirect("admin:ending_round", round_.pk)
