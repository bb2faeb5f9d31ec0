"""What a clerk may choose from, and which body of the round a few words mean."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from inspection.current import Published
from inspection.models import Target

MOST_NAMED = 6


@dataclass(frozen=True, slots=True)
class Choosable:
    """What the member may choose from, and the round that it is registered in."""

    published: Published
    boxes: "QuerySet[Any]"
    openings: "QuerySet[Any]"
    receivers: "QuerySet[Any]"
    desks: "QuerySet[Any]"


def body_meant(published: Published, typed: str) -> Target | None:
    """By code, name or part of a name; None where nothing was typed.

    Raises ValidationError where several are meant, or none of the round.
    """
    if not typed:
        return None
    exact = published.target(typed) or _named(published, typed)
    if exact:
        return exact
    found = published.finder.find(typed)
    if found.is_sure and len(found.targets) == 1:
        return found.targets[0]
    names = "、".join(str(target.name) for target in found.targets[:MOST_NAMED])
    if len(found.targets) > MOST_NAMED:
        names += "等"
    if names and found.is_sure:
        raise ValidationError(f"有几个这样的单位：{names}。请写全一些。", code="several")
    if names:
        raise ValidationError(f"名单上没有这个单位。是不是{names}？", code="unsure")
    raise ValidationError(
        "名单上没有这个单位。不在名单上的请空着这一格，写在“村（社区）或下属单位”里。", code="none"
    )


def _named(published: Published, typed: str) -> Target | None:
    return next((target for target in published.targets if target.name == typed), None)
