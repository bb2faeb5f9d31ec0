"""The fields in which staff correct a notice: as on paper, and unchanged when nothing changed."""

from dataclasses import fields
from datetime import date
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError

from inspection.admin import MODEL_ADMINS
from inspection.admin.changes import changes_in, facts_in, in_words
from inspection.admin.contact_admin import ContactPointForm
from inspection.admin.fields import (
    CountsField,
    HoursField,
    LinesField,
    PairsField,
    hours_text,
    read_windows,
)
from inspection.admin.round_admin import RoundForm
from inspection.admin.team_admin import TargetForm
from inspection.body_kinds import BodyKind
from inspection.models import ContactPoint, Target
from inspection.notice import RoundEntry
from tests.making import make_box, make_contact, make_intake, make_round, make_target, make_team

ANNOUNCED = {"days": "workdays", "windows": [["08:30", "12:00"], ["14:00", "18:00"]]}


@pytest.mark.parametrize(
    "text",
    [
        "08:30—12:00，14:00—18:00",
        "8:30-12:00, 14:00-18:00",
        "8：30至12：00；14：00到18：00",
        "08:30~12:00、14:00–18:00",
        "8:30—12:00 14:00—18:00",
    ],
)
def test_hours_are_read_as_people_write_them(text: str):
    assert read_windows(text) == ANNOUNCED["windows"]


@pytest.mark.parametrize(
    "text", ["上午", "8点到12点", "8:30", "25:00—26:00", "08:61—09:00", "8:30—12:00吧"]
)
def test_hours_that_are_none_are_refused(text: str):
    with pytest.raises(ValidationError):
        read_windows(text)


def test_hours_come_back_as_they_were():
    field = HoursField(label="接听时间")
    shown = field.widget.decompress(ANNOUNCED)
    assert field.clean(shown) == ANNOUNCED
    assert not field.has_changed(ANNOUNCED, shown)
    assert field.clean(["", ""]) is None


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (ANNOUNCED, "工作日 08:30—12:00，14:00—18:00"),
        ({"days": "every_day", "windows": []}, "每天"),
        ({"days": None, "windows": [["08:30", "18:00"]]}, "08:30—18:00"),
        (None, "没有写明"),
    ],
)
def test_hours_in_words(hours: dict[str, Any] | None, words: str):
    assert hours_text(hours) == words


def test_lists_stand_one_a_line():
    field = LinesField(required=False)
    assert field.prepare_value(["甲镇", "乙镇"]) == "甲镇\n乙镇"
    assert field.clean(" 甲镇 \r\n\r\n乙镇\n") == ["甲镇", "乙镇"]
    assert not field.has_changed(["甲镇", "乙镇"], "甲镇\r\n乙镇")


def test_pairs_stand_one_a_line():
    field = PairsField(required=False)
    pairs = [{"by": "组织部", "what": "选人用人专项检查"}]
    assert (
        field.clean("组织部：选人用人专项检查") == field.clean("组织部:选人用人专项检查") == pairs
    )
    assert not field.has_changed(pairs, field.prepare_value(pairs))
    with pytest.raises(ValidationError):
        field.clean("只有一半")


def test_counts_stand_one_a_line():
    field = CountsField(required=False)
    counts = [{"kind": "enterprise", "count": 8}, {"kind": "town", "count": 8}]
    assert field.clean("企业：8\n乡镇（街道）: 8") == counts
    assert not field.has_changed(counts, field.prepare_value(counts))
    for wrong in ("企业", "企业：八", "工厂：8"):
        with pytest.raises(ValidationError, match="看不懂的一行"):
            field.clean(wrong)


@pytest.mark.django_db
def test_every_fact_of_the_round_can_be_corrected():
    parts = {"period": {"period_text", "period_starts_first", "period_ends_last"}}
    facts = {field.name for field in fields(RoundEntry)} - {"slug"}
    shown = set(RoundForm(instance=make_round()).fields)
    assert set().union(*(parts.get(fact, {fact}) for fact in facts)) <= shown


def posted(form: "forms.ModelForm[Any]") -> dict[str, Any]:
    """What the browser sends when nothing was touched."""
    data: dict[str, Any] = {}
    for name, field in form.fields.items():
        value = form[name].value()
        if isinstance(field, HoursField):
            days, windows = field.widget.decompress(value)
            data |= {f"{name}_days": days, f"{name}_windows": windows}
        elif isinstance(value, date):
            data[name] = value.isoformat()
        elif value is not None and value is not False:
            data[name] = value
    return data


@pytest.mark.django_db
def test_a_page_saved_untouched_changes_nothing():
    intake = make_intake()
    intake.round.channels = ["box", "letter"]
    for form_class, row in [
        (RoundForm, intake.round),
        (TargetForm, intake.targets[0]),
        (ContactPointForm, make_contact(intake.round, hours=ANNOUNCED)),
    ]:
        data = posted(form_class(instance=row))
        form = form_class(data, instance=row)
        assert form.is_valid(), form.errors
        assert changes_in(form) == {}
    assert intake.round.channels == ["box", "letter"]


@pytest.mark.django_db
def test_changes_are_told_with_old_and_new_values():
    contact = make_contact(make_round(), hours=ANNOUNCED)
    data = posted(ContactPointForm(instance=contact))
    data |= {"value": "0599-7654321", "hours_days": "every_day", "kind": "sms"}
    form = ContactPointForm(data, instance=contact)
    assert form.is_valid(), form.errors
    assert changes_in(form) == {
        "方式": "电话 → 短信",
        "号码或地址（照公告）": "0599-1234567 → 0599-7654321",
        "接听时间": "工作日 08:30—12:00，14:00—18:00 → 每天 08:30—12:00，14:00—18:00",
    }


@pytest.mark.django_db
def test_a_body_keeps_its_code_and_is_found_by_its_new_name():
    target = make_target(make_team(make_round()), name="岚东县青石镇", short_names=["青石镇"])
    data = posted(TargetForm(instance=target)) | {"name": "岚东县柳泉镇", "short_names": "柳泉镇"}
    form = TargetForm(data, instance=target)
    assert form.is_valid(), form.errors
    saved, code = form.save(), target.code
    assert saved.code == code
    assert "liuquanzhen" in saved.search_key


@pytest.mark.django_db
def test_a_new_body_gets_a_code():
    team = make_team(make_round())
    data = {"team": team.pk, "order": 1, "name": "岚东县青石镇", "kind": BodyKind.TOWN}
    form = TargetForm(data)
    assert form.is_valid(), form.errors
    assert form.save().code == Target.objects.get().code != ""
    assert facts_in(form)["类型"] == "乡镇（街道）"


@pytest.mark.django_db
def test_a_box_cannot_belong_to_the_body_of_another_round():
    intake, other = make_intake(), make_intake()
    form_class = MODEL_ADMINS[type(make_box(intake.round))].form
    box = make_box(intake.round)
    data = {"order": 1, "number": 1, "location": "门外", "target": other.targets[0].pk}
    bound = forms.modelform_factory(type(box), form=form_class, fields=list(data))
    assert "target" in bound(data, instance=box).errors


@pytest.mark.django_db
def test_a_contact_of_a_new_row_cannot_mix_rounds():
    intake, other = make_intake(), make_intake()
    data = {"round": intake.round.pk, "team": other.teams[0].pk, "order": 1, "kind": "email"}
    form = ContactPointForm({**data, "value": "a@example.cn"})
    assert form.errors.keys() == {"team"}
    assert not ContactPoint.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        (forms.BooleanField(), True, "是"),
        (forms.CharField(), "", "（空）"),
        (forms.DateField(), date(2025, 6, 20), "2025-06-20"),
        (forms.ChoiceField(choices=[("a", "甲")]), "a", "甲"),
        (forms.MultipleChoiceField(choices=[("a", "甲"), ("b", "乙")]), ["b", "a"], "乙、甲"),
        (forms.NullBooleanField(), None, "（空）"),
    ],
)
def test_values_in_words(field: forms.Field, value: Any, words: str):
    assert in_words(field, value) == words
