"""Which number comes next in a series of a round; the caller holds the round until the commit."""

from inspection.models import Round
from intake.choices import NumberSeries
from intake.models import Submission


def hold_numbers(round_id: int) -> Round:
    """The round, whose numbers nobody else gives; no citizen's report waits for this lock."""
    return Round.objects.select_for_update(no_key=True).get(pk=round_id)


def next_number(round_: Round, series: NumberSeries) -> int:
    """The first that no item of the series has."""
    given = Submission.objects.filter(round=round_, number_series=series, number__isnull=False)
    last = given.order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1
