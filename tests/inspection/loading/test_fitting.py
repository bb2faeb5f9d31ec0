"""A text that does not fit its column is refused by name, the same in both databases."""

from dataclasses import replace

import pytest

from inspection.loading import CannotLoad, load
from inspection.models import DropBox, Round
from inspection.parsing import parse
from tests.reading import NOTICE

pytestmark = pytest.mark.django_db


def test_a_text_longer_than_its_column_is_refused():
    notice = parse(NOTICE)
    team = replace(notice.teams[1], series="类" * 21)

    with pytest.raises(CannotLoad, match="巡察组“县委第二巡察组”的类别太长：有21个字，最多20个字"):
        load(replace(notice, teams=(notice.teams[0], team)))

    assert not Round.objects.exists()


def test_a_text_that_just_fits_is_loaded():
    load(parse(NOTICE.replace("柳泉乡政府门口东侧", "东" * 200)))

    assert DropBox.objects.get(number=2).location == "东" * 200


def test_an_update_that_does_not_fit_changes_nothing():
    before = load(parse(NOTICE)).round
    text = NOTICE.replace("6月20日", "6月25日").replace("政府门口东侧", "东" * 201)

    with pytest.raises(CannotLoad, match="“2 号箱”的位置太长：有204个字"):
        load(parse(text), update=True)

    assert Round.objects.get().accepts_until == before.accepts_until
    assert DropBox.objects.get(number=2).location == "柳泉乡政府门口东侧"
