"""What a correction changed, in words: old and new value of each field."""

from collections.abc import Iterable
from datetime import date, time
from typing import Any

from django import forms
from django.db.models import Model

from inspection.admin.fields import HoursField, RowsField, hours_text

EMPTY = "（空）"


def changes_in(form: "forms.ModelForm[Any]") -> dict[str, str]:
    """{'位置': '旧位置 → 新位置'} for a valid form, in the order of its fields."""
    return {
        _label(form, name): (
            f"{in_words(form.fields[name], form.get_initial_for_field(form.fields[name], name))}"
            f" → {in_words(form.fields[name], form.cleaned_data.get(name))}"
        )
        for name in form.changed_data
        if name in form.fields
    }


def facts_in(form: "forms.ModelForm[Any]") -> dict[str, str]:
    """{'位置': '…'} of everything that was filled in for a new row."""
    return {
        _label(form, name): in_words(form.fields[name], form.cleaned_data.get(name))
        for name in form.changed_data
        if name in form.fields
    }


def in_words(field: forms.Field, value: Any) -> str:
    """A field's value as a person would say it."""
    if isinstance(field, HoursField):
        return hours_text(value)
    if isinstance(field, RowsField):
        return _plainly(field.said(field.to_python(value)))
    if isinstance(field, forms.ModelChoiceField):
        return _row_in_words(field, value)
    choices = getattr(field, "choices", None)
    return _plainly(value) if choices is None else _choice_in_words(dict(_flat(choices)), value)


def _plainly(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "；".join(str(item) for item in value) or EMPTY
    if isinstance(value, date | time):
        return value.isoformat()
    return EMPTY if value is None or value == "" else str(value)


def _label(form: "forms.ModelForm[Any]", name: str) -> str:
    return str(form.fields[name].label or name)


def _row_in_words(field: "forms.ModelChoiceField[Any]", value: Any) -> str:
    if value in (None, ""):
        return EMPTY
    if isinstance(value, Model) or field.queryset is None:
        return str(value)
    return str(field.queryset.filter(pk=value).first() or value)


def _choice_in_words(words: dict[str, str], value: Any) -> str:
    values = value if isinstance(value, list) else [value]
    said = [words.get(_key(item), str(item)) for item in values if item not in (None, "")]
    return "、".join(said) or EMPTY


def _flat(choices: Iterable[tuple[Any, Any]]) -> Iterable[tuple[str, str]]:
    return ((_key(value), str(label)) for value, label in choices)


def _key(value: Any) -> str:
    return "" if value is None else str(value).lower()
