"""What can be done with a record of an opening: one table, from which page and view are made."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from intake.admin.login.signing import SignedForm
from intake.admin.openings.opening_forms import ExplainForm, FoundForm, StandForm, minute
from intake.casework.boxes import box_discrepancies, box_openings
from intake.models import BoxOpening, StaffUser
from intake.report.opening_words import OpeningWords
from intake.staff.keyring import Keyring

Does = Callable[[BoxOpening, Any, Keyring, StaffUser, datetime], BoxOpening]


@dataclass(frozen=True, slots=True)
class OpeningDeed:
    """One form of the record's page."""

    code: str
    heading: str
    note: str
    button: str
    done: str
    kind: type[SignedForm]
    does: Does
    is_folded: bool = False

    def form(self, data: Any = None, **more: Any) -> Any:
        """The form; several stand on one page, so each has ids of its own."""
        return self.kind(data, auto_id=f"{self.code}_%s", **more)


@dataclass(frozen=True, slots=True)
class Shown:
    """A deed with the form that the page shows for it."""

    deed: OpeningDeed
    form: SignedForm


@dataclass(frozen=True, slots=True)
class OpenedRecord:
    """A record as one member sees it, with its words and how many letters are registered."""

    opening: BoxOpening
    words: OpeningWords
    registered: int
    user: StaffUser
    at: datetime

    def shown(self, refused: Shown | None) -> list[Shown]:
        """The forms that fit now; one that was refused comes first, with what was typed."""
        fresh = [
            Shown(deed, deed.form(user=self.user, at=self.at, initial=self._initial()))
            for deed in map(DEEDS.__getitem__, self._fitting())
            if refused is None or deed is not refused.deed
        ]
        return [refused, *fresh] if refused else fresh

    def waits_for(self) -> str:
        """What has to happen next, where it is not this member's to do."""
        opening, both = self.opening, self._may_settle()
        if not opening.is_confirmed:
            return "等另一个开箱的人登录自己的账号来确认。" if self._recorded() else ""
        if self.registered == opening.count:
            return ""
        if opening.explained_count != self.registered:
            return "" if both else "等开箱的两个人说明为什么对不上。"
        if opening.agreed_by_id is None and opening.explained_by_id == self.user.pk:
            return "等另一个开箱的人登录自己的账号来同意这个说明。"
        return "" if both or opening.agreed_by_id else "等开箱的另一个人同意说明。"

    def _fitting(self) -> Iterator[str]:
        opening = self.opening
        if not opening.is_confirmed:
            yield "correct" if self._recorded() else "confirm"
        elif self._may_settle() and self.registered != opening.count:
            fits = opening.explained_count == self.registered
            if fits and opening.agreed_by_id is None and opening.explained_by_id != self.user.pk:
                yield "agree"
            if not (fits and opening.agreed_by_id):
                yield "explain"

    def _initial(self) -> dict[str, Any]:
        opening = self.opening
        return {
            "seen": box_openings.mark_of(opening),
            "drop_box": opening.drop_box_id,
            "opened_at": minute(opening.opened_at),
            "count": opening.count,
            "first_number": opening.first_number,
            "last_number": opening.last_number,
            "damage": self.words.damage,
            "explanation": self.words.explanation,
        }

    def _recorded(self) -> bool:
        return self.opening.recorded_by_id == self.user.pk

    def _may_settle(self) -> bool:
        return box_discrepancies.may_settle(self.opening, self.user)


def _confirm(opening: Any, form: Any, keyring: Keyring, by: StaffUser, at: datetime) -> BoxOpening:
    return box_openings.confirm(opening.pk, seen=form.cleaned_data["seen"], by=by, at=at)


def _correct(opening: Any, form: Any, keyring: Keyring, by: StaffUser, at: datetime) -> BoxOpening:
    seen = form.cleaned_data["seen"]
    return box_openings.correct(opening.pk, form.found(), seen=seen, by=by, at=at)


def _explain(opening: Any, form: Any, keyring: Keyring, by: StaffUser, at: datetime) -> BoxOpening:
    said = form.cleaned_data
    return box_discrepancies.explain(
        opening.pk, said["explanation"], seen=said["seen"], keyring=keyring, by=by, at=at
    )


def _agree(opening: Any, form: Any, keyring: Keyring, by: StaffUser, at: datetime) -> BoxOpening:
    return box_discrepancies.agree(opening.pk, seen=form.cleaned_data["seen"], by=by, at=at)


DEEDS = {
    deed.code: deed
    for deed in (
        OpeningDeed(
            "confirm",
            "确认",
            "开箱时您也在场、上面的都对，就用您自己的密码确认。不对的，请记录人先更正。",
            "我在场，确认",
            "已确认。现在可以登记这一箱的信。",
            StandForm,
            _confirm,
        ),
        OpeningDeed(
            "correct",
            "更正",
            "另一个人确认以前，记录人可以更正；确认以后不能再改。",
            "保存更正",
            "已更正。请另一个开箱的人确认。",
            FoundForm,
            _correct,
            is_folded=True,
        ),
        OpeningDeed(
            "agree",
            "同意说明",
            "上面的说明属实，就用您自己的密码同意。不同意的，请在下面另写说明。",
            "同意这个说明",
            "已同意，这份差异已说明清楚。",
            StandForm,
            _agree,
        ),
        OpeningDeed(
            "explain",
            "说明为什么对不上",
            "登记的件数和取出的件数不一样。信还没有登记完的，先去登记；登记完了还对不上，再写说明。",
            "保存说明",
            "说明已保存。请另一个开箱的人登录自己的账号来同意。",
            ExplainForm,
            _explain,
        ),
    )
}
