"""写摘要: the opened item, and beside it what the receiver will read of it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from inspection.screen.asked import received_at
from intake.admin.finding.way_back import row_address
from intake.admin.items.item_page import log_in_again
from intake.admin.seen_version import version_in
from intake.admin.transfers.abstract_sheet import AbstractSheet
from intake.admin.transfers.list_forms import AbstractForm
from intake.admin.who import member
from intake.admin.writing.others_here import noted_here
from intake.casework import opening
from intake.casework.transfers import abstracts, gathering
from intake.casework.transfers.abstracts import CannotWrite
from intake.casework.transfers.gathering import CannotGather
from intake.casework.transfers.held_lists import ListChangedMeanwhile
from intake.choices import ListState
from intake.models import Submission, TransferEntry, TransferList
from intake.staff.keyring import KeyringMissing, NoDeskAccess, keyring_of

TEMPLATE = "admin/intake/transferlist/entry.html"
CHANGED = (
    "您打开以后，别人已经改过这份清单。您写的没有保存，都还在下面；别人改过摘要的，写在那一栏下面。"
    "请看过再保存。"
)
UNDECIDED = "没有保存：两个人都改了的，请选用哪一份。"
INCOMPLETE = "这一页不完整，没有办。请再按一次。"


@dataclass(frozen=True, slots=True)
class Place:
    """An item on its list."""

    row: TransferList
    entry: TransferEntry
    item: Submission


def abstract_fields(request: HttpRequest, list_id: UUID, entry_id: int) -> dict[str, Any]:
    """What the form asks."""
    return AbstractForm().fields


def entry_view(
    request: HttpRequest, row: TransferList, entry_id: int, site: admin.AdminSite
) -> HttpResponse:
    """GET opens the item beside the form; POST seals the abstract."""
    place = _found(request, row, entry_id)
    try:
        if request.method == "POST":
            return _written(request, place, site)
        keyring = keyring_of(request)
        words = stands = abstracts.words_of(place.entry, row, keyring)
        if not place.entry.is_written:
            words = abstracts.proposed_words(place.item, keyring)
        return _page(request, place, site, AbstractSheet.opened(words, stands))
    except KeyringMissing:
        return log_in_again(request)


def out_view(request: HttpRequest, row: TransferList, entry_id: int) -> HttpResponse:
    """POST `version`: takes the item out of a draft."""
    version = version_in(request)
    if version is None:
        messages.error(request, INCOMPLETE)
        return redirect(row_address(request, row))
    try:
        by, at = member(request), received_at(request)
        gathering.take_out(row.pk, entry_id, version=version, by=by, at=at)
        messages.success(request, "已移出。")
    except TransferEntry.DoesNotExist as error:
        raise Http404 from error
    except (CannotGather, ListChangedMeanwhile) as error:
        messages.error(request, f"没有移出：{error}")
    return redirect(row_address(request, row))


def _found(request: HttpRequest, row: TransferList, entry_id: int) -> Place:
    try:
        entry = row.entries.on_the_list().get(pk=entry_id)
        mine = Submission.objects.visible_to(member(request)).select_related("round", "desk__team")
        return Place(row, entry, mine.get(pk=entry.submission_id))
    except (TransferEntry.DoesNotExist, Submission.DoesNotExist) as error:
        raise Http404 from error


def _written(request: HttpRequest, place: Place, site: admin.AdminSite) -> HttpResponse:
    sheet, version = AbstractSheet.typed(request.POST), version_in(request)
    status, problem = 422, "" if version is not None else INCOMPLETE
    if not sheet.is_valid():
        problem = problem or (UNDECIDED if sheet.deciding.undecided else "")
    elif version is not None:
        try:
            abstracts.write(
                place.row.pk,
                place.entry.pk,
                sheet.words(),
                version=version,
                keyring=keyring_of(request),
                by=member(request),
                at=received_at(request),
            )
        except CannotWrite as error:
            sheet.form.add_faults(error.sentences)
        except ListChangedMeanwhile:
            status, problem = 409, CHANGED
            place.row.refresh_from_db()
            place.entry.refresh_from_db()
            now = abstracts.words_of(place.entry, place.row, keyring_of(request))
            sheet = sheet.over(now)
        else:
            messages.success(request, f"{place.item} 的摘要已保存。")
            return redirect(row_address(request, place.row))
    return _page(request, place, site, sheet, status=status, problem=problem)


def _page(
    request: HttpRequest,
    place: Place,
    site: admin.AdminSite,
    sheet: AbstractSheet,
    *,
    status: int = 200,
    problem: str = "",
) -> HttpResponse:
    opened = None
    try:
        by, at = member(request), received_at(request)
        opened = opening.open(place.item, keyring_of(request), by=by, at=at)
    except NoDeskAccess as error:
        problem, status = str(error), 403
    context = {
        **site.each_context(request),
        "title": f"写摘要 {place.item}",
        "list": place.row,
        "entry": place.entry,
        "submission": place.item,
        "opened": opened,
        "sheet": sheet,
        "form": sheet.form,
        "problem": problem,
        "may_write": place.row.state == ListState.DRAFT,
        **(noted_here(request, place.item) if opened else {}),
    }
    return TemplateResponse(request, TEMPLATE, context, status=status)
