"""The proposed desk with its reason, as the page shows it while the clerk types."""

from dataclasses import dataclass

from inspection.wording import closing_words
from intake.admin.registering.handing_over import draft_of, is_coming_late
from intake.admin.registering.register_form import RegisterForm
from intake.casework.proposing import Written
from intake.casework.proposing.own_people import reminders
from intake.casework.registering.sending_to import propose
from intake.models import StaffUser

LEAVES = "登记以后，您这里就看不到这一件了。"


@dataclass(frozen=True, slots=True)
class Proposed:
    """Where it would go, about which body, why, and what else is to be said before saving."""

    desk: str
    target: str
    reason: str
    notes: tuple[str, ...]


def proposed_of(form: RegisterForm, by: StaffUser) -> Proposed:
    """What the routing makes of what is typed, right or not yet."""
    form.is_valid()
    draft = draft_of(form)
    sending = propose(draft, form.choosable.published, by)
    notes = [str(sentence) for sentence in form.errors.get("target", ())]
    written = Written(draft.narrative, draft.subject, draft.place, draft.happened)
    notes += reminders(written, is_ticked=draft.about_inspectors)
    notes += [LEAVES] if sending.leaves else []
    if is_coming_late(form, sending):
        last = closing_words(form.choosable.published.window_of(sending.target))
        notes.append(f"受理到{last}为止：这件将作为截止后来件登记，不会丢。")
    target = str(sending.target) if sending.target else ""
    return Proposed(str(sending.desk), target, sending.reason, tuple(notes))
