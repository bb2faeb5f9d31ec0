"""Every kind of event has one entry in the table; what is recorded otherwise is an error."""

from typing import Any

import pytest
from django.contrib import admin
from django.db import transaction
from django.db.models import Model
from django.test import RequestFactory

from intake import audit
from intake.audit.covered import BY_NAME, CHAINED_LATER
from intake.audit.event_shape import EventKind
from intake.audit.event_table import EVENT_KINDS, kind_of
from intake.choices import Action, DeedSort, Purpose, Role
from intake.models import AuditEvent, StaffUser
from intake.report.check_code import check_code_of
from tests.making import INSIDE, Intake, make_box, make_intake, make_staff
from tests.staff_work import send

KIND = pytest.mark.parametrize("kind", EVENT_KINDS, ids=lambda kind: str(kind.action))


def test_each_action_has_one_entry_and_each_entry_an_action():
    assert [kind.action for kind in EVENT_KINDS] == list(Action)


@KIND
def test_an_event_touches_only_what_the_chain_covers(kind: EventKind):
    covered = {one.model: one for one in BY_NAME.values()}
    assert {*kind.makes, *kind.removes, *kind.changes} <= covered.keys()
    for model, columns in kind.changes.items():
        assert set(columns) <= covered[model].columns.keys()


@KIND
def test_a_detail_is_called_the_same_in_every_event(kind: EventKind):
    said = {one.name: one.words for other in EVENT_KINDS for one in all_of(other)}
    own = all_of(kind)
    assert {one.name: one.words for one in own}.items() <= said.items()
    assert len({one.name for one in own}) == len(own)


def all_of(kind: EventKind) -> list[Any]:
    return [*kind.must, *kind.may, *kind.once]


def test_a_checkpoint_counts_whatever_is_chained_later():
    kind = kind_of(Action.CHECKPOINT)
    assert [one.name for one in kind.may] == [covered.count_as for covered in CHAINED_LATER]
    assert list(kind.makes) == [covered.model for covered in CHAINED_LATER]


def record(action: Action, **values: Any) -> AuditEvent:
    with transaction.atomic():
        return audit.record(action, by=None, at=INSIDE, **values)


@pytest.fixture
def intake() -> Intake:
    return make_intake()


@pytest.fixture
def user() -> StaffUser:
    return make_staff(Role.TEAM)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("action", "detail", "named"),
    [
        (Action.LOGIN, {}, "lacks factor"),
        (Action.LOGIN, {"factor": "pigeon"}, "factor"),
        (Action.LOGIN, {"factor": "totp", "note": "一"}, "note"),
        (Action.LOGOUT, {"count": 1}, "count"),
        (Action.LOGIN_FAILED, {"attempt": "1"}, "attempt"),
        (Action.LOGIN_FAILED, {"tries": True}, "tries"),
        (Action.CHANGE_PASSWORD, {"kind": "confirmed"}, "kind"),
        (Action.CREATE_STAFF, {"role": "office", "recipient": 5}, "recipient"),
        (Action.CORRECT, {"位置": "旧址 → 新址"}, "位置"),
    ],
)
def test_other_details_are_refused(
    user: StaffUser, action: Action, detail: dict[str, Any], named: str
):
    with pytest.raises(audit.WrongEvent, match=named):
        record(action, obj=user, **detail)
    assert not AuditEvent.objects.exists()


@pytest.mark.django_db
def test_what_is_refused_is_not_repeated(user: StaffUser):
    with pytest.raises(audit.WrongEvent) as refused:
        record(Action.LOGIN, obj=user, factor="typed by somebody")
    assert "typed" not in str(refused.value)


@pytest.mark.django_db
def test_an_event_is_about_what_the_table_says(intake: Intake, user: StaffUser):
    box = make_box(intake.round)
    with pytest.raises(audit.WrongEvent, match="not about dropbox"):
        record(Action.LOGOUT, obj=box)
    with pytest.raises(audit.WrongEvent, match="not about nothing"):
        record(Action.LOGOUT)
    with pytest.raises(audit.WrongEvent, match="not about staffuser"):
        record(Action.OPEN, obj=user, desk=intake.office)
    assert record(Action.LOGIN_FAILED, tries=3).detail == {"tries": 3}


@pytest.mark.django_db
def test_what_is_done_at_a_desk_names_it_and_nothing_else_does(intake: Intake, user: StaffUser):
    """An item's log shows the events without a desk to every desk."""
    item = send(intake)
    with pytest.raises(audit.WrongEvent, match="lacks its desk"):
        record(Action.OPEN, obj=item)
    with pytest.raises(audit.WrongEvent, match="takes no desk"):
        record(Action.LOGOUT, obj=user, desk=intake.office)


@pytest.mark.django_db
def test_the_deed_falls_with_a_wrong_event(user: StaffUser):
    with pytest.raises(audit.WrongEvent), transaction.atomic():
        StaffUser.objects.update(full_name="李（演示）")
        audit.record(Action.LOGOUT, by=user, at=INSIDE, obj=user, note="一")
    user.refresh_from_db()
    assert user.full_name == "张（演示）"


def test_what_changes_no_row_says_of_which_sort_it_is():
    """So that what was read is counted, and nothing that reads is forgotten."""
    looked = [kind for kind in EVENT_KINDS if kind.action in audit.ONLY_LOOKED]
    assert [kind.action for kind in looked if kind.sort is None] == []
    sorted_ = [action for sort in DeedSort for action in audit.actions_of(sort)]
    assert sorted(sorted_) == sorted(Action)


@pytest.mark.django_db
def test_a_correction_says_the_fields_of_its_object(intake: Intake):
    box = make_box(intake.round)
    event = record(Action.CORRECT, obj=box, 做法="更正", 举报箱="3 号箱", 位置="旧址 → 新址")
    said = [("做法", "更正"), ("举报箱", "3 号箱"), ("位置", "旧址 → 新址")]
    assert sorted(audit.details_of(event)) == sorted(said)
    with pytest.raises(audit.WrongEvent, match="接听时间"):
        record(Action.CORRECT, obj=box, 接听时间="工作日")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "model",
    [model for model in kind_of(Action.CORRECT).about if model],
    ids=lambda model: model.__name__,
)
def test_whatever_can_be_corrected_on_a_page_fits_into_its_event(model: type[Model]):
    request = RequestFactory().get("/")
    request.user = make_staff(Role.OFFICE)
    page = admin.site.get_model_admin(model)
    obj = model()
    # The form of a new row asks for most; but that an account was made is another event.
    is_account = model is StaffUser
    forms = [page.get_form(request, obj if is_account else None, change=is_account)]
    forms += [
        inline.get_formset(request, obj).form for inline in page.get_inline_instances(request)
    ]
    for form in forms:
        words = {str(one.label or name): "" for name, one in form.base_fields.items()}
        kind_of(Action.CORRECT).check(
            object_type=str(form._meta.model._meta.model_name), has_desk=False, detail=words
        )


@pytest.mark.parametrize(
    ("action", "detail", "said"),
    [
        (Action.LOGIN, {"factor": "recovery_code"}, ("验证方式", "恢复码")),
        (Action.CREATE_STAFF, {"role": "auditor"}, ("角色", "审计员")),
        (Action.GRANT, {"recipient": "age1key"}, ("核对码", check_code_of("age1key"))),
        (Action.SET_SCOPE, {"from_scope": "out"}, ("原受理范围", "范围外")),
        (Action.TAKE_ORIGINAL, {"purpose": "filing"}, ("用途", str(Purpose.FILING.label))),
        (Action.LOAD_NOTICE, {"notice_digest": "0" * 64}, ("公告原文的指纹", "000000000000…")),
        (Action.CHECKPOINT, {"supplements": 2}, ("补充材料份数", "2")),
        (Action.CHECKPOINT, {"digest": "0" * 64}, ("指纹", "000000000000…")),
        (Action.REROUTE, {"sealed_parts": {"a": "b"}}, ("一起换封的补充和材料", "1份")),
        (Action.REROUTE, {"from_desk": "in"}, ("原受理席", "in")),
    ],
)
def test_a_detail_is_said_in_words(action: Action, detail: dict[str, Any], said: tuple[str, str]):
    assert list(audit.details_of(AuditEvent(action=action, detail=detail))) == [said]


@pytest.mark.parametrize(
    ("action", "detail", "said"),
    [
        (Action.LOGIN, {"of before": 1, "factor": "pigeon"}, ["1", "pigeon"]),
        (Action.CHECKPOINT, {"count": None, "digest": ["0"]}, ["None", "['0']…"]),
        ("of before", {"factor": "totp"}, ["totp"]),
        (Action.TAKE_ORIGINAL, {"attachment": "an id"}, []),
        (Action.LOGIN, [], []),
        (Action.LOGIN, None, []),
    ],
)
def test_what_the_table_does_not_know_is_shown_as_it_is(action: str, detail: Any, said: list[str]):
    event = AuditEvent(action=action, detail=detail)
    assert [value for _, value in audit.details_of(event)] == said
