"""What pages say of supplements: until when they are taken, or that this is over."""

from datetime import date, datetime

import pytest

from inspection import current
from inspection.current import Published
from inspection.models import Team
from intake.citizen.windows import afterword, supplement_words
from tests.making import SHANGHAI, make_intake

pytestmark = pytest.mark.django_db

CLOSED = datetime(2025, 6, 25, 10, tzinfo=SHANGHAI)
ENDED = datetime(2025, 7, 1, tzinfo=SHANGHAI)
OVER = "巡察已在2025年6月30日结束，补充材料的时间也过了。"


def published_at(at: datetime) -> Published:
    current.forget()
    found = current.current_round(at)
    assert found is not None
    return found


def test_while_the_inspection_runs_both_places_name_its_end():
    make_intake()
    published = published_at(CLOSED)
    until = "到2025年6月30日24时为止"

    assert until in supplement_words(published, CLOSED).replace(" ", "")
    card = afterword(published, CLOSED)
    assert (card.sentence, until in card.leads.replace(" ", "")) == ("", True)


def test_once_it_has_ended_both_places_say_so():
    make_intake()
    published = published_at(ENDED)

    assert supplement_words(published, ENDED) == OVER
    assert (afterword(published, ENDED).sentence, afterword(published, ENDED).leads) == (OVER, "")


def test_where_teams_end_apart_no_day_is_named():
    intake = make_intake()
    Team.objects.filter(pk=intake.teams[0].pk).update(period_ends_last=date(2025, 7, 15))
    published = published_at(CLOSED)

    assert "查询以后就看得到" in supplement_words(published, CLOSED)
    assert "为止" not in afterword(published, CLOSED).leads
