"""Which days a desk was given figures of before, as the log tells it."""

from inspection.models import Round
from intake.casework.figures.spans import Span
from intake.choices import Action
from intake.models import AuditEvent


def spans_given(round_: Round, made_for: str) -> list[Span]:
    """Of each edition that was taken for this desk; one that was open ended that day."""
    events = AuditEvent.objects.filter(
        action=Action.TAKE_STATISTICS, object_type="round", object_id=str(round_.pk)
    )
    found = []
    for at, detail in events.values_list("at", "detail").iterator(500):
        if detail.get("made_for") == made_for:
            span = Span.read(detail["days"])
            found.append(span.until(at.astimezone(round_.zone).date()))
    return list(dict.fromkeys(found))
