"""What a report's words propose, as lines to tick; a tick puts it into its field."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from intake.admin.web_registration.web_fields import WEB_ASKED
from intake.casework.proposing import Proposals
from intake.casework.registering.web_reports import Offer, offers_of
from intake.choices import Category
from intake.models import Problem, Submission

OFFERED_AS = {"accused": "被反映人", **{asked.name: asked.label for asked in WEB_ASKED}}
FOUND_IN = {"subject": "被反映人", "place": "地点", "happened": "时间地点", "narrative": "反映内容"}
SEVERAL = ("other_problems", "topics")
TAKE = "accept"
NOT_BOTH = "这里选的和勾的建议不一样，请只留一个。"


@dataclass(frozen=True, slots=True, repr=False)
class OfferLine:
    """A line to tick: never ticked beforehand. `values` are those of its fields, for a script."""

    key: str
    label: str
    words: str
    why: str
    values: str


def offers_for(item: Submission, found: Proposals) -> list[Offer]:
    """Without what the reporter chose already."""
    is_chosen = item.category not in ("", Category.UNSURE)
    return [one for one in offers_of(found) if not (one.field == "category" and is_chosen)]


def lines_of(item: Submission, found: Proposals) -> list[OfferLine]:
    """'反映内容里写着“村支书王某某”'."""
    return [
        OfferLine(
            offer.key,
            OFFERED_AS[offer.field],
            offer.words,
            "；".join(
                dict.fromkeys(f"{FOUND_IN[one.field]}里写着“{one.words}”" for one in offer.found)
            ),
            json.dumps(_values(offer, found), ensure_ascii=False),
        )
        for offer in offers_for(item, found)
    ]


def put_in(data: Any, offers: Iterable[Offer], found: Proposals) -> list[str]:
    """Puts what was ticked into the data of the form; gives the fields that say otherwise.

    A field that was left as the page showed it takes what is ticked.
    """
    ticked, against = set(data.getlist(TAKE)), []
    for offer in offers:
        if offer.key not in ticked:
            continue
        if offer.field == "accused":
            _put_accused(data, _values(offer, found))
            continue
        ((name, value),) = _values(offer, found).items()
        if name in SEVERAL:
            data.setlist(name, list(dict.fromkeys([*data.getlist(name), value])))
        elif data.get(name, "") in ("", value, data.get(f"initial-{name}", "")):
            data[name] = value
        else:
            against.append(name)
    return against


def _values(offer: Offer, found: Proposals) -> dict[str, str]:
    """By the names of the fields; of an accused by those of one row."""
    if offer.field == "accused":
        one = found.accused[int(offer.code)]
        return {"name": one.name, "post": one.post, "body": one.body, "rank": one.rank}
    return {offer.field: _value(offer)}


def _value(offer: Offer) -> str:
    """A problem is chosen by the key of its row, all else by its code."""
    if offer.field != "main_problem":
        return offer.code
    return str(Problem.objects.get(code=offer.code).pk)


def _put_accused(data: Any, values: dict[str, str]) -> None:
    """Into the first empty row, unless such a person stands in one; a new row where none is."""
    count = int(data.get("accused-TOTAL_FORMS") or 0)
    for number in range(count):
        row = {name: data.get(f"accused-{number}-{name}", "") for name in values}
        if row == values:
            return
        if not any(row.values()):
            break
    else:
        number, count = count, count + 1
        data["accused-TOTAL_FORMS"] = str(count)
    for name, value in values.items():
        data[f"accused-{number}-{name}"] = value
