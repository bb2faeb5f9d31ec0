"""What the round looks at."""

from types import MappingProxyType

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from inspection.admin.fields import LinesField
from inspection.admin.notice_admin import NoticeAdmin, OfOneRoundForm
from inspection.models import FocusTopic


class FocusTopicForm(OfOneRoundForm[FocusTopic]):
    """The items stand one a line."""

    items = LinesField(
        label=_("内容"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8, "class": "lines"}),
    )

    class Meta:
        model = FocusTopic
        fields = ("round", "order", "kind", "heading", "items")


class FocusTopicAdmin(NoticeAdmin[FocusTopic]):
    """One topic for one kind of body."""

    form = FocusTopicForm
    list_display = ("heading", "kind", "order")
    list_filter = ("round", "kind")
    fields = ("round", "order", "kind", "heading", "items")
    in_words = MappingProxyType({"items": "items_in_words"})

    @admin.display(description=_("内容"))
    def items_in_words(self, topic: FocusTopic) -> str:
        return "\n".join(topic.items)
