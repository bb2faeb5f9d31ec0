"""What the staff's own site adds to every page: 404 for what is not yours, and the audit."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from inspection.admin.changes import changes_in, facts_in
from inspection.admin.offered import OfferedOnly, refuse_beside_a_list
from inspection.screen.asked import received_at
from intake import audit
from intake.admin.traces.row_history import log_of
from intake.admin.who import member, office_rounds
from intake.choices import Action

M = TypeVar("M", bound=models.Model)
EVENTS_SHOWN = 200


class OwnOnly(OfferedOnly[models.Model]):
    """A row that is not there and a row that is not yours get the same plain 404.

    Whoever may see no row of the kind at all gets 403, whether the row is there or not.
    """

    show_full_result_count = False
    view_on_site: bool | Callable[[Any], str] = False
    actions: Any = None
    has_history = False

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Any:
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        found = super().get_object(request, object_id, from_field)
        if found is None:
            raise Http404
        return found

    def to_field_allowed(self, request: HttpRequest, to_field: str) -> bool:
        """Rows are addressed by their own key alone."""
        return to_field == self.opts.pk.name

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        title = {"title": self.opts.verbose_name_plural}
        return super().changelist_view(request, {**title, **(extra_context or {})})

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        name = self.opts.verbose_name
        title = {"title": name if object_id else f"新增{name}", "has_history": self.has_history}
        return super().changeform_view(
            request, object_id, form_url, {**title, **(extra_context or {})}
        )

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        title = {"title": f"删除{self.opts.verbose_name}", "subtitle": None}
        return super().delete_view(request, object_id, {**title, **(extra_context or {})})

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The audit events of one row, for whoever may see the row."""
        refuse_beside_a_list(request)
        found = self.get_object(request, unquote(object_id))
        if not self.has_view_or_change_permission(request, found):
            raise PermissionDenied
        events = log_of(found, member(request), most=EVENTS_SHOWN + 1)
        context = {
            **self.admin_site.each_context(request),
            "title": "更正留痕",
            "subtitle": str(found),
            "opts": self.opts,
            "events": events[:EVENTS_SHOWN],
            "events_cut": len(events) > EVENTS_SHOWN,
            "back": reverse(
                f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[found.pk]
            ),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/object_history.html", context)


class Audited(OwnOnly):
    """Every correction of a published fact is an event with old and new values.

    Only the office of a row's own round may correct it; the notice itself everybody may read.
    """

    has_history = True

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and self._is_ours(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and self._is_ours(request, obj)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A new row can only be put into an own round, and under its teams."""
        formfield = super().formfield_for_foreignkey(db_field, request, **kwargs)
        lookup = {"round": "pk__in", "team": "round__in", "target": "team__round__in"}
        if formfield is not None and formfield.queryset is not None and db_field.name in lookup:
            ours = {lookup[db_field.name]: office_rounds(member(request))}
            formfield.queryset = formfield.queryset.filter(**ours)
        return formfield

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> Any:
        return facts_in(form) if add else changes_in(form)

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        self._record(request, obj, "新增", message)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        if message:
            self._record(request, obj, "更正", message)

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        with transaction.atomic():
            for obj in queryset:
                self._record(request, obj, "删除", {})

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """The team's bodies are rows of their own, with events of their own."""
        for row in formset.deleted_forms:
            if row.instance.pk is not None:
                self._record(request, row.instance, "删除", {})
        super().save_formset(request, form, formset, change)
        for row in formset.initial_forms:
            if row not in formset.deleted_forms and (changes := changes_in(row)):
                self._record(request, row.instance, "更正", changes)
        for row in formset.extra_forms:
            if row not in formset.deleted_forms and row.instance.pk is not None:
                self._record(request, row.instance, "新增", facts_in(row))

    def _record(self, request: HttpRequest, obj: Any, deed: str, detail: dict[str, str]) -> None:
        said: dict[str, Any] = {"做法": deed, str(obj._meta.verbose_name): str(obj), **detail}
        by, at = member(request), received_at(request)
        audit.record(Action.CORRECT, by=by, at=at, obj=obj, **said)

    def _is_ours(self, request: HttpRequest, obj: Any) -> bool:
        round_id = round_id_of(obj)
        return round_id is None or round_id in office_rounds(member(request))


def round_id_of(obj: Any) -> int | None:
    """The round that a published fact belongs to; None for what belongs to no round."""
    if obj is None:
        return None
    if obj._meta.model_name == "round":
        return int(obj.pk)
    holder = obj.team if obj._meta.model_name == "target" else obj
    return getattr(holder, "round_id", None)
