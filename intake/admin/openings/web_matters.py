"""What came over the web for the level above: taken up as a matter, and downloaded to hand on."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect

from inspection.screen.asked import received_at
from intake.access import Deed
from intake.admin.downloads import ZIP, saved_as
from intake.admin.finding.way_back import kept_list, list_at, row_address
from intake.admin.items.item_lines import Tag, moment
from intake.admin.openings.matter_lines import due_days, tag_before
from intake.admin.who import member
from intake.casework.sealed import handing_up
from intake.casework.sealed.sealed_matters import DueDays
from intake.models import SealedMatter, Submission


@dataclass(frozen=True, slots=True)
class WebLine:
    """One that nobody has taken up: its key, when it came, and by when it must go up."""

    key: UUID
    received: str
    due: Tag


def web_lines(request: HttpRequest) -> list[WebLine]:
    """Oldest first; their days run from arrival, not from when somebody takes them up."""
    items, at = handing_up.waiting_items(member(request)), received_at(request)
    return [_line(item, due_days(request), at) for item in items]


def _line(item: Submission, days: DueDays, at: datetime) -> WebLine:
    zone = item.round.zone
    last = days.after(item.received_at.astimezone(zone).date())
    tag = tag_before(last, at.astimezone(zone).date())
    return WebLine(item.pk, moment(item.received_at, zone), tag)


def taken_up_view(request: HttpRequest) -> HttpResponse:
    """POST `item`."""
    if not member(request).may(Deed.KEEP_SEALED_MATTERS):
        raise PermissionDenied
    try:
        key = UUID(request.POST.get("item", ""))
        matter = handing_up.take_up(key, by=member(request), at=received_at(request))
    except ValueError as error:
        raise Http404 from error
    except Submission.DoesNotExist:
        messages.warning(request, "没有登记：这一件不在等着，可能刚才已经有人登记了。")
        return redirect(list_at(kept_list(request, SealedMatter), model=SealedMatter))
    messages.success(request, f"已登记，编号 {matter}，由您保管。请下载上送文件，按期上送。")
    return redirect(row_address(request, matter))


def bundle_view(request: HttpRequest, matter: SealedMatter) -> StreamingHttpResponse:
    """POST: one file with all that came, sealed; the audit says that it was taken."""
    try:
        bundle = handing_up.sealed_bundle(matter, by=member(request), at=received_at(request))
    except SealedMatter.DoesNotExist as error:
        raise Http404 from error
    return saved_as(f"{matter}.zip", StreamingHttpResponse(bundle, content_type=ZIP))
