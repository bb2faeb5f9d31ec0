"""What a clerk has not saved is for the same person alone, bounded, and gone when it is saved."""

from datetime import timedelta

import pytest
from django.db import IntegrityError

from intake.casework.writing import written_words
from intake.casework.writing.written_words import MOST_BYTES, MOST_PLACES, TooMuchWritten
from intake.models import WrittenDraft
from intake.sealing.unsealing import CannotOpen, open_sealed
from intake.staff import passwords
from tests.making import INSIDE, Intake, make_clerk, make_intake
from tests.staff_work import keyring_for

pytestmark = pytest.mark.django_db

FIELDS = (("abstract", "（演示）写了一半"), ("accused-0-name", "王某"), ("accused-0-name", ""))
PLACE = "item:3f0c6b1e-0000-4000-8000-000000000000"


@pytest.fixture
def intake() -> Intake:
    return make_intake()


def test_only_the_same_person_gets_it_back(intake: Intake):
    mine = keyring_for(make_clerk(intake, intake.desks[0]))
    other = keyring_for(make_clerk(intake, intake.desks[0]))
    written_words.keep((("abstract", "早先的"),), place=PLACE, keyring=mine, at=INSIDE)
    written_words.keep(FIELDS, place=PLACE, keyring=mine, at=INSIDE + timedelta(seconds=4))
    found = written_words.found(PLACE, mine)
    assert found is not None
    assert (found.fields, found.saved_at) == (FIELDS, INSIDE + timedelta(seconds=4))
    assert "写了一半" not in repr(found)
    assert written_words.found(PLACE, other) is None
    assert written_words.found("register", mine) is None
    # Nor does the desk's identity, or a colleague's, open the row.
    sealed = bytes(WrittenDraft.objects.get().sealed)
    for secret in (intake.secrets[intake.desks[0].pk], other._secret):
        with pytest.raises(CannotOpen):
            open_sealed(sealed, secret)


def test_it_is_gone_when_it_was_saved(intake: Intake):
    mine, other = (keyring_for(make_clerk(intake, intake.desks[0])) for _ in range(2))
    for keyring in (mine, other):
        written_words.keep(FIELDS, place=PLACE, keyring=keyring, at=INSIDE)
    written_words.forget(PLACE, by=mine.user)
    assert written_words.found(PLACE, mine) is None
    assert written_words.found(PLACE, other) is not None


def test_nothing_comes_back_that_an_older_key_had_sealed(intake: Intake):
    user = make_clerk(intake, intake.desks[0])
    written_words.keep(FIELDS, place=PLACE, keyring=keyring_for(user), at=INSIDE)
    passwords.reset_password(user, "another-invented-password", by=None, at=INSIDE)
    user.refresh_from_db()
    passwords.choose_password(user, "an-invented-password-1", old_secret=None, at=INSIDE)
    user.key.refresh_from_db()
    assert written_words.found(PLACE, keyring_for(user)) is None
    assert not WrittenDraft.objects.exists()


def test_it_is_bounded_in_size_in_number_and_in_time(intake: Intake):
    mine = keyring_for(make_clerk(intake, intake.desks[0]))
    with pytest.raises(TooMuchWritten):
        written_words.keep((("abstract", "x" * MOST_BYTES),), place=PLACE, keyring=mine, at=INSIDE)
    for number in range(MOST_PLACES + 3):
        at = INSIDE + timedelta(minutes=number)
        written_words.keep(FIELDS, place=f"item:{number}", keyring=mine, at=at)
    assert WrittenDraft.objects.count() == MOST_PLACES
    assert written_words.found("item:0", mine) is None
    later = INSIDE + written_words.LONGEST + timedelta(days=1)
    written_words.keep(FIELDS, place=PLACE, keyring=mine, at=later)
    assert [row.place for row in WrittenDraft.objects.all()] == [PLACE]


def test_one_person_has_one_of_a_place(intake: Intake):
    user = make_clerk(intake, intake.desks[0])
    values = {"user": user, "place": PLACE, "sealed": b"sealed", "saved_at": INSIDE}
    WrittenDraft.objects.create(**values)
    with pytest.raises(IntegrityError):
        WrittenDraft.objects.create(**values)
