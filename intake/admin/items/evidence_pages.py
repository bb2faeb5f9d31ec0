"""Evidence for the clerk: a picture's copy to look at, and the original to take out.

What a browser gets is either a JPEG that we drew, or a download that it does not run.
"""

import io
import logging
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from inspection.screen.asked import received_at
from intake.admin.downloads import AS_IT_IS, saved_as, shown_as
from intake.admin.evidence.flowing_files import flowing
from intake.admin.items.item_page import log_in_again
from intake.admin.who import member
from intake.arriving.policy_headers import policy_text
from intake.arriving.request_places import place_left
from intake.casework.viewing.apart.made_copies import Drawn
from intake.casework.viewing.opening_files import OpenedFile, open_attachment
from intake.casework.viewing.taking_originals import take
from intake.casework.viewing.viewing_copies import CannotShow, CannotShowNow, viewing_copies
from intake.choices import Purpose
from intake.models import Attachment, Submission
from intake.report.documents import UnreadableReport
from intake.report.evidence import download_name
from intake.sealing.unsealing import CannotOpen
from intake.staff.keyring import Keyring, KeyringMissing, NoDeskAccess, keyring_of

logger = logging.getLogger(__name__)

TEMPLATE = "admin/intake/submission/evidence.html"
SLICES_TEMPLATE = "admin/intake/submission/slices.html"
DAMAGED = "封存的材料打不开，可能已经损坏。请告诉系统管理员，不要反复试。"
# The slices stand in their page, so that looking at them opens the file once.
SLICES_POLICY = {**settings.SECURE_CSP, "img-src": ["'self'", "data:"]}

Done = TypeVar("Done")


class PurposeForm(forms.Form):
    """What the original is wanted for; the answers are their own words."""

    reason = forms.ChoiceField(
        label=_("取原件做什么用？"),
        choices=[(purpose.label, purpose.label) for purpose in Purpose],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("请选一条用途。"),
            "invalid_choice": _("请从列出的用途里选一条。"),
        },
    )

    def purpose(self) -> Purpose:
        """The chosen one of a valid form."""
        return next(one for one in Purpose if one.label == self.cleaned_data["reason"])


@dataclass(frozen=True, slots=True)
class EvidencePage:
    """The small page about one file: a question, or why there is nothing to see."""

    request: HttpRequest
    site: admin.AdminSite
    attachment: Attachment

    def answer(
        self, status: int = 200, *, template: str = TEMPLATE, **more: object
    ) -> HttpResponse:
        context = {
            **self.site.each_context(self.request),
            "submission": self.attachment.submission,
            "attachment": self.attachment,
            **more,
        }
        return TemplateResponse(self.request, template, context, status=status)

    def in_slices(self, drawn: Drawn, name: str) -> HttpResponse:
        """The slices of a long picture or the pages of a TIFF, one below the other."""
        pages = [
            (number, [b64encode(copy).decode() for copy in slices])
            for number, slices in drawn.pages.items()
        ]
        answer = self.answer(
            template=SLICES_TEMPLATE,
            title=f"副本：{name}",
            pages=pages,
            is_paged=drawn.total > 1,
            note=drawn.note,
        )
        answer.headers["Content-Security-Policy"] = policy_text(SLICES_POLICY)
        return answer

    def open(self) -> OpenedFile | HttpResponse:
        """The file to be looked at, or the answer that says why it is not."""
        by, at = member(self.request), received_at(self.request)
        # A large one is read for seconds, while citizens wait for the places of this process.
        with place_left():
            return self.with_keys(
                lambda keyring: open_attachment(self.attachment, keyring, by=by, at=at)
            )

    def take(self, purpose: Purpose) -> OpenedFile | HttpResponse:
        """The original to be given out, or the answer that says why it is not."""
        by, at = member(self.request), received_at(self.request)
        with place_left():
            return self.with_keys(
                lambda keyring: take(self.attachment, keyring, purpose=purpose, by=by, at=at)
            )

    def with_keys(self, do: Callable[[Keyring], Done]) -> Done | HttpResponse:
        """What is done with the member's keys, or the answer that says why it is not."""
        try:
            return do(keyring_of(self.request))
        except KeyringMissing:
            return log_in_again(self.request)
        except NoDeskAccess as error:
            return self.answer(403, title="没有打开", problem=str(error))
        except (CannotOpen, UnreadableReport):
            logger.exception("attachment %s does not open", self.attachment.pk)
            return self.answer(500, title="没有打开", problem=DAMAGED)


@require_safe
def copy_view(
    request: HttpRequest, item: Submission, attachment_id: UUID, site: admin.AdminSite
) -> HttpResponse:
    """The picture drawn anew: a JPEG, or a page of what a long one or a TIFF is shown in.

    422 with the reason when there is none to see, 503 when others are being drawn.
    """
    page = EvidencePage(request, site, attachment_of(item, attachment_id))
    opened = page.open()
    if isinstance(opened, HttpResponse):
        return opened
    try:
        with io.BufferedReader(opened.opened) as source:
            drawn = viewing_copies(source, opened.kind)
    except CannotShowNow as problem:
        answer = page.answer(503, title="请过一会儿再看", problem=str(problem))
        answer.headers["Retry-After"] = "10"
        return answer
    except CannotShow as problem:
        return page.answer(422, title="没有副本", problem=str(problem))
    name = _name(opened, "jpeg")
    if drawn.note or len(drawn.copies) > 1:
        return page.in_slices(drawn, name)
    return shown_as(name, HttpResponse(drawn.copies[0], content_type="image/jpeg"))


@require_http_methods(["GET", "HEAD", "POST"])
def original_view(
    request: HttpRequest, item: Submission, attachment_id: UUID, site: admin.AdminSite
) -> HttpResponseBase:
    """Asks what for; then the file as it was sent, which no browser runs."""
    page = EvidencePage(request, site, attachment_of(item, attachment_id))
    form = PurposeForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return page.answer(status, title="取原件", form=form)
    taken = page.take(form.purpose())
    if isinstance(taken, HttpResponse):
        return taken
    return saved_as(_name(taken, taken.kind), flowing(taken.opened, AS_IT_IS))


def _name(opened: OpenedFile, kind: str) -> str:
    """Under which a browser shows or keeps it; two of one name are told apart."""
    return download_name(opened.name, kind, opened.number)


def attachment_of(item: Submission, attachment_id: UUID) -> Attachment:
    """The item's own file; one of another item is not there."""
    rows = Attachment.objects.select_related("submission__desk", "supplement")
    found = rows.filter(submission=item, pk=attachment_id).first()
    if found is None:
        raise Http404
    return found
