"""Each kind of contact and of body is one entry: whoever adds one is told here what is missing."""

from collections.abc import Iterable

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from inspection import current
from inspection.body_kinds import BodyKind
from inspection.coded import Clue
from inspection.contact_kinds import ContactKind
from inspection.loading.differences import spoken_name
from inspection.models import ContactPoint, Target
from inspection.parsing import parse
from inspection.parsing.names.kinds_by_name import kind_of_counted
from inspection.parsing.text import labels
from tests.making import INSIDE, make_contact, make_round, make_target, make_team
from tests.reading import NOTICE

EVERY_CONTACT = pytest.mark.parametrize("kind", list(ContactKind))
EVERY_BODY = pytest.mark.parametrize("kind", list(BodyKind))


def no_two_share_a_rank(clues: Iterable[Clue | None]) -> bool:
    ranks = [clue.rank for clue in clues if clue]
    return len(set(ranks)) == len(ranks)


def test_which_kind_counts_is_never_left_to_chance() -> None:
    assert no_two_share_a_rank(kind.facts.clue for kind in ContactKind)
    assert no_two_share_a_rank(kind.facts.ends for kind in BodyKind)
    assert no_two_share_a_rank(kind.facts.counts for kind in BodyKind)


@EVERY_CONTACT
def test_a_label_that_says_the_kind_is_read_as_it(kind: ContactKind) -> None:
    assert labels.kind_of(kind.facts.fact or kind.facts.word) == kind


@pytest.mark.parametrize("kind", [kind for kind in ContactKind if kind.facts.is_number])
def test_a_number_behind_such_a_label_is_read_as_it(kind: ContactKind) -> None:
    """What a number serves for is settled beside the table, in `number_uses`."""
    line = f"{kind.facts.fact or kind.facts.word}：0999-6210001"
    text = NOTICE.replace("信访电话：0999-6210001（工作日8:30—18:00）", line)
    assert [contact.kind for contact in parse(text).contacts] == [kind]


@EVERY_BODY
def test_a_count_in_the_words_of_a_kind_counts_it(kind: BodyKind) -> None:
    words = kind.facts.counted.translate(str.maketrans("（）", "()"))
    assert kind_of_counted(words) == kind


@EVERY_CONTACT
def test_a_difference_names_the_kind(kind: ContactKind) -> None:
    said = spoken_name(("联系方式", kind.value, "0599-1234567", ""))
    assert said == f"{kind.facts.fact or kind.facts.word} 0599-1234567"


def test_a_code_fits_its_column() -> None:
    for kinds, model in ((ContactKind, ContactPoint), (BodyKind, Target)):
        column = model._meta.get_field("kind").max_length
        assert column is not None
        assert all(len(kind) <= column for kind in kinds)


@pytest.mark.django_db
class TestOnThePage:
    """What the citizens' page says of each kind."""

    @EVERY_CONTACT
    def test_every_kind_of_contact_is_shown(
        self, client: Client, settings: Settings, kind: ContactKind
    ) -> None:
        page = self.page_with(client, settings, kind)
        assert "0599-1234567" in page
        assert kind.facts.label in page
        assert (f'href="{kind.facts.scheme}+865991234567"' in page) == kind.facts.is_dialled
        assert kind.facts.offline_way in page

    @EVERY_BODY
    def test_every_kind_of_body_is_shown(
        self, client: Client, settings: Settings, kind: BodyKind
    ) -> None:
        assert "岚东县某单位" in self.page_with(client, settings, body=kind)

    @EVERY_CONTACT
    def test_staff_choose_it_by_its_word(self, kind: ContactKind) -> None:
        assert ContactPoint(kind=kind.value).get_kind_display() == kind.facts.word

    @EVERY_BODY
    def test_staff_choose_a_body_by_its_word(self, kind: BodyKind) -> None:
        assert Target(kind=kind.value).get_kind_display() == kind.facts.word

    def page_with(
        self,
        client: Client,
        settings: Settings,
        contact: ContactKind = ContactKind.PHONE,
        body: BodyKind = BodyKind.TOWN,
    ) -> str:
        settings.SIMULATED_NOW = INSIDE
        current.forget()
        round_ = make_round()
        make_target(make_team(round_), name="岚东县某单位", kind=body.value)
        # As loading and the staff's form leave it: only what is dialled has a number to dial.
        number = "+865991234567" if contact.facts.is_dialled else ""
        make_contact(round_, kind=contact.value, phone=number)
        answer = client.get("/")
        current.forget()
        assert answer.status_code == 200
        return answer.content.decode()
