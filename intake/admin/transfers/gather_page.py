"""放进移交清单: items that were ticked, or one that is open, into a draft or a new list."""

from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from inspection.admin.offered import WAY_BACK, NotOffered, refuse_what_is_no_text
from inspection.screen.asked import received_at
from intake.admin.items.item_page import log_in_again
from intake.admin.link_targets import keys_in
from intake.admin.transfers.list_forms import GatherForm
from intake.admin.who import member
from intake.casework.transfers.gathering import MOST, CannotGather, Into, gather
from intake.casework.transfers.list_table import MAKES
from intake.choices import ListKind, Status
from intake.models import Submission
from intake.staff.keyring import KeyringMissing, NoDeskAccess, keyring_of

TEMPLATE = "admin/intake/transferlist/gather.html"


class GathersItems:
    """Adds '放进移交清单' to the actions of the list of items."""

    admin_site: admin.AdminSite

    def has_gather_permission(self, request: HttpRequest) -> bool:
        """By this name Django asks before it offers or takes the action."""
        return any(member(request).may(deed) for deed in MAKES.values())

    @admin.action(description="放进移交清单", permissions=["gather"])
    def gather_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse:
        """Asks into which list."""
        return asked(request, [row.pk for row in queryset[: MOST + 1]], self.admin_site)


def gather_view(request: HttpRequest, site: admin.AdminSite) -> HttpResponse:
    """GET `item`: asks into which list. POST `item`, several, `receiver` or `draft`: does it."""
    refuse_what_is_no_text(request.GET)
    if set(request.GET) - {"item", WAY_BACK}:
        raise NotOffered("beside the list")
    source = request.POST if request.method == "POST" else request.GET
    keys = keys_in(source.getlist("item"))
    if request.method != "POST":
        return asked(request, keys, site)
    return _gathered(request, keys, site)


def asked(
    request: HttpRequest,
    keys: list[UUID],
    site: admin.AdminSite,
    *,
    status: int = 200,
    form: GatherForm | None = None,
    refused: CannotGather | None = None,
) -> HttpResponse:
    """The page with the items, and the form where there are any."""
    by = member(request)
    items = _items(keys, by)
    kind = _kind_of(items)
    if items and not by.may(MAKES[kind]):
        raise PermissionDenied
    if items and form is None:
        form = GatherForm(kind, items[0].round_id, by)
    context = {
        **site.each_context(request),
        "title": "放进立行立改通知书" if kind == ListKind.FIX else "放进移交清单",
        "items": items,
        "is_fix": kind == ListKind.FIX,
        "form": form,
        "refused": refused,
    }
    return TemplateResponse(request, TEMPLATE, context, status=status)


def _gathered(request: HttpRequest, keys: list[UUID], site: admin.AdminSite) -> HttpResponse:
    by = member(request)
    items = _items(keys, by)
    kind = _kind_of(items)
    if not items:
        return asked(request, keys, site, status=422)
    form = GatherForm(kind, items[0].round_id, by, request.POST)
    if not form.is_valid():
        return asked(request, keys, site, status=422, form=form)
    into = Into(kind, form.cleaned_data.get("receiver"), form.cleaned_data["draft"])
    try:
        row = gather(keys, into, keyring=keyring_of(request), by=by, at=received_at(request))
    except KeyringMissing:
        return log_in_again(request)
    except NoDeskAccess as error:
        raise PermissionDenied(str(error)) from error
    except CannotGather as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return asked(request, keys, site, status=422, form=form, refused=error)
    messages.success(request, f"已放进 {len(items)} 件。接着给每一件写摘要。")
    return redirect(row)


def _items(keys: list[UUID], by: Any) -> list[Submission]:
    mine = Submission.objects.visible_to(by).filter(pk__in=keys[: MOST + 1])
    return list(mine.select_related("round", "target").defer("sealed").order_by("number"))


def _kind_of(items: list[Submission]) -> ListKind:
    """What is being set right stays with its body; everything else leaves."""
    is_fix = bool(items) and all(item.status == Status.FIXING for item in items)
    return ListKind.FIX if is_fix else ListKind.TRANSFER
