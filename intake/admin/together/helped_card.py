"""What a helper's page of an item shows beside the letter: whose it is, how far, what to do."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intake.access import Deed
from intake.admin.items.clock_card import clock_context
from intake.admin.items.item_lines import moment
from intake.admin.judging.handling_card import way_of
from intake.admin.judging.judging_form import facts_in_words
from intake.casework.moving.needed import LONGEST_WORDS_OF_A_DEED
from intake.casework.together.helped_items import own_helping
from intake.models import StaffUser, Submission


class OpinionForm(forms.Form):
    """What the helper found."""

    opinion = forms.CharField(
        label=_("协办意见"),
        max_length=LONGEST_WORDS_OF_A_DEED,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("封存给主办，主办和巡察办能看；您的办理卷里也记一条。交了不能改，可以再交。"),
        error_messages={"required": _("请写协办意见。")},
    )


def helped_context(item: Submission, user: StaffUser, at: datetime) -> dict[str, Any]:
    """For `helped.html`: it moves, judges and pauses nothing, so that none of its forms is here."""
    helping = own_helping(user).filter(submission=item).select_related("desk__team", "added_by")
    row = helping.order_by("added_at").first()
    clocks = clock_context(item, user, at)["clocks"]
    zone = item.round.zone
    return {
        "way": way_of(item),
        "judged": facts_in_words(item),
        "clock_lines": [(clock.line, clock.tag) for clock in clocks],
        "helping": row,
        "asked_at": f"{row.added_by}于{moment(row.added_at, zone)}请您的组协办" if row else "",
        "told": [moment(one.given_at, zone) for one in row.opinions.all()] if row else [],
        "opinion_form": OpinionForm(label_suffix="") if user.may(Deed.WRITE_CASE) else None,
    }
