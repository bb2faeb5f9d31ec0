"""The round as staff correct it: what the notice announced as a whole."""

from types import MappingProxyType
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from inspection.admin.fields import CountsField, PairsField, counts_text, pairs_text
from inspection.admin.notice_admin import NoticeAdmin, PlainForm
from inspection.admin.preview import preview_page
from inspection.channels import Channel
from inspection.models import Round
from inspection.notice import Severity

CHANNELS = [(channel.value, channel.facts.word) for channel in Channel]


class RoundForm(PlainForm[Round]):
    """Channels are ticked; special checks and stated counts stand one a line."""

    channels = forms.MultipleChoiceField(
        label=_("受理方式"),
        choices=CHANNELS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    special_checks = PairsField(label=_("专项检查"), required=False)
    counts_stated = CountsField(label=_("公告所称数目"), required=False)

    class Meta:
        model = Round
        # What was read stands beside what is corrected, so that the next reading can compare.
        exclude = (
            "slug",
            "time_zone",
            "source_text",
            "source_sha256",
            "source_notice",
            "findings",
            "settled",
        )

    def clean_channels(self) -> list[str]:
        """The notice's own order, with what was added after it."""
        chosen: list[str] = self.cleaned_data["channels"]
        before = [channel for channel in self.instance.channels if channel in chosen]
        return before + [channel for channel in chosen if channel not in before]


class RoundAdmin(NoticeAdmin[Round]):
    """Change only: a round comes from a published notice."""

    form = RoundForm
    list_display = ("title", "notice_date", "accepts_until", "issuer")
    ordering = ("-accepts_until",)
    in_words = MappingProxyType(
        {
            "channels": "channels_in_words",
            "special_checks": "checks_in_words",
            "counts_stated": "counts",
        }
    )
    readonly_fields = (
        "preview",
        "slug",
        "time_zone",
        "notes",
        "settled_facts",
        "original",
    )
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "title",
                    "word",
                    "issuer",
                    "notice_date",
                    "is_public",
                    "preview",
                    "slug",
                    "time_zone",
                )
            },
        ),
        (
            _("名称里的数"),
            {"classes": ("collapse",), "fields": ("committee", "session", "ordinal", "batch")},
        ),
        (
            _("受理时间"),
            {
                "fields": (
                    "accepts_from",
                    ("accepts_until", "accepts_until_time"),
                    "letters_by_postmark",
                    "postmark_stated",
                )
            },
        ),
        (
            _("巡察时间"),
            {
                "fields": (
                    "period_text",
                    ("period_starts_first", "period_starts_last"),
                    ("period_ends_first", "period_ends_last"),
                )
            },
        ),
        (
            _("受理规则"),
            {
                "fields": (
                    "channels",
                    "out_of_scope",
                    "out_of_scope_text",
                    "feedback",
                    "feedback_text",
                    "supervise_inspectors",
                    "special_checks",
                )
            },
        ),
        (_("读取公告时的发现"), {"fields": ("counts_stated", "notes", "settled_facts")}),
        (_("公告原文"), {"classes": ("collapse",), "fields": ("original",)}),
    )

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(self.preview_view)
        route = path("<path:object_id>/preview/", page, name="inspection_round_preview")
        return [route, *super().get_urls()]

    def preview_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The notice page for whoever may see the round."""
        round_ = self.get_object(request, unquote(object_id))
        if round_ is None:
            raise Http404
        if not self.has_view_permission(request, round_):
            raise PermissionDenied
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        return preview_page(request, round_)

    @admin.display(description=_("公告页"))
    def preview(self, round_: Round) -> SafeString:
        address = reverse("admin:inspection_round_preview", args=[round_.pk])
        return format_html('<a href="{}">预览给群众看的页面</a>', address)

    @admin.display(description=_("受理方式"))
    def channels_in_words(self, round_: Round) -> str:
        words = dict(CHANNELS)
        return "、".join(str(words.get(channel, channel)) for channel in round_.channels)

    @admin.display(description=_("专项检查"))
    def checks_in_words(self, round_: Round) -> str:
        return "；".join(pairs_text(round_.special_checks))

    @admin.display(description=_("公告所称数目"))
    def counts(self, round_: Round) -> str:
        return "，".join(counts_text(round_.counts_stated)) or "没有写明"

    @admin.display(description=_("发现"))
    def notes(self, round_: Round) -> SafeString | str:
        rows = ((_finding(finding),) for finding in round_.findings)
        listed = format_html_join("", "<li>{}</li>", rows)
        return format_html('<ul class="plain">{}</ul>', listed) if listed else "没有"

    @admin.display(description=_("由人确定的事实"))
    def settled_facts(self, round_: Round) -> str:
        return "；".join(f"{name} = {value}" for name, value in round_.settled.items()) or "没有"

    @admin.display(description=_("原文"))
    def original(self, round_: Round) -> SafeString:
        # It scrolls, so the keyboard must reach it.
        tag = '<div class="original" tabindex="0" role="region" aria-label="公告原文">{}</div>'
        return format_html(tag, round_.source_text)


def _finding(finding: dict[str, Any]) -> str:
    words = {str(severity): severity.facts for severity in Severity}
    word = words.get(finding.get("severity", ""), Severity.INFO.facts)
    line = f"（第 {finding['line']} 行）" if finding.get("line") else ""
    return f"{word}：{finding.get('message', '')}{line}"
