"""Saving the case file, and what belongs to the page that it is written on."""

from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import QueryDict
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator

from inspection.screen.asked import received_at
from intake.access import Deed
from intake.admin import not_done
from intake.admin.finding.way_back import item_address
from intake.admin.items import item_page
from intake.admin.link_targets import only_post
from intake.admin.together.helped_list import item_to_read
from intake.admin.who import member
from intake.admin.writing import reporter_page
from intake.admin.writing.case_card import place_of
from intake.admin.writing.case_form import MORE_ROWS, case_fields, with_more_rows
from intake.admin.writing.case_sheet import CaseSheet
from intake.admin.writing.written_page import Answer, answer_of, forget_saved
from intake.casework import case_files
from intake.casework.case_and_item import ProposalStands
from intake.casework.case_files import CaseChangedMeanwhile
from intake.casework.writing import opened_with
from intake.models import Submission
from intake.staff.keyring import KeyringMissing, NoDeskAccess, keyring_of


def fields_of_the_case(request: HttpRequest, item_id: UUID) -> dict[str, Any]:
    """What the form asks, the same of any item."""
    return case_fields()


class CasePages(admin.ModelAdmin):  # type: ignore[type-arg]
    """The addresses below an item that its case file needs."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        pages = {
            "case": self.case_view,
            "leave": self.leave_view,
            "reporter": self.reporter_view,
        }
        return [
            *(
                path(f"<uuid:item_id>/{name}/", wrap(view), name=f"intake_submission_{name}")
                for name, view in pages.items()
            ),
            path(
                "<uuid:item_id>/reporter/save/",
                wrap(self.save_reporter_view),
                name="intake_submission_save_reporter",
            ),
            *super().get_urls(),
        ]

    @not_done.asks(fields_of_the_case)
    @method_decorator(only_post)
    def case_view(self, request: HttpRequest, item_id: UUID) -> HttpResponse:
        """POST the fields of the case file: 302, 422 with errors, 409 when another saved."""
        item = self._item(request, item_id)
        try:
            return saved_view(request, item, self.admin_site)
        except KeyringMissing:
            return item_page.log_in_again(request)
        except NoDeskAccess:
            return item_page.show(request, item, self.admin_site)
        except Submission.DoesNotExist as error:
            raise Http404 from error

    @method_decorator(only_post)
    def leave_view(self, request: HttpRequest, item_id: UUID) -> HttpResponse:
        """POST `opened`: the page that was opened then is left. A script says so."""
        with suppress(ValueError):
            opened_at = datetime.fromisoformat(request.POST.get("opened", ""))
            if opened_at.tzinfo is not None:
                opened_with.leave(item_id, by=member(request), opened_at=opened_at)
        return HttpResponse(status=204)

    def reporter_view(self, request: HttpRequest, item_id: UUID) -> HttpResponse:
        """GET asks what for; POST `reason`: name and telephone."""
        item = self._item(request, item_id)
        return reporter_page.reporter_view(request, item, self.admin_site)

    @not_done.asks(reporter_page.reporter_fields)
    @method_decorator(only_post)
    def save_reporter_view(self, request: HttpRequest, item_id: UUID) -> HttpResponse:
        """POST what a clerk knows of the reporter."""
        item = self._item(request, item_id)
        return reporter_page.saved_view(request, item, self.admin_site)

    def _item(self, request: HttpRequest, item_id: UUID) -> Submission:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return item_to_read(request, self, item_id)


def saved_view(request: HttpRequest, item: Submission, site: admin.AdminSite) -> HttpResponse:
    """Saves, or shows the page once more with all that was typed."""
    user, place = member(request), place_of(item)
    if not user.may(Deed.WRITE_CASE):
        raise PermissionDenied
    answer = answer_of(request, place)
    if isinstance(answer, QueryDict):
        return item_page.show(request, item, site, sheet=CaseSheet.typed(answer))
    if answer is Answer.THROWN_AWAY:
        messages.info(request, "没有保存的内容已经删掉。")
        return redirect(item_address(request, item))
    if MORE_ROWS in request.POST:
        typed = with_more_rows(request.POST)
        return item_page.show(request, item, site, sheet=CaseSheet.typed(typed))
    sheet = CaseSheet.typed(request.POST)
    if not sheet.is_valid():
        return item_page.show(request, item, site, sheet=sheet, status=422)
    try:
        case_files.save(
            item,
            keyring_of(request),
            words=sheet.case_words(),
            note=sheet.note(),
            seen=sheet.seen(),
            by=user,
            at=received_at(request),
        )
    except (ProposalStands, CaseChangedMeanwhile) as refused:
        again, status = _after(refused, sheet)
        return item_page.show(request, item, site, sheet=again, status=status)
    forget_saved(request, place)
    messages.success(request, "办理卷已保存。")
    return redirect(item_address(request, item))


def _after(
    refused: ProposalStands | CaseChangedMeanwhile, sheet: CaseSheet
) -> tuple[CaseSheet, int]:
    """What is shown instead, with all that was typed, and under which code."""
    if isinstance(refused, CaseChangedMeanwhile):
        return CaseSheet.after(refused, sheet), 409
    sheet.words.add_error("proposal", str(refused))
    return sheet, 422
