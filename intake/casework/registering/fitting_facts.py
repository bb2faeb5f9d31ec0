"""Whether what was filled in fits together, beside its dates; what does not is a sentence. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any

from intake.report.on_paper.known_reporter import named_twice, names_in


def misfits(facts: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(field, sentence), of what is right by itself; what is wrong already is not among them."""
    opening, box = facts.get("opening"), facts.get("drop_box")
    if opening and box and opening.drop_box_id != box.pk:
        yield "opening", "这份开箱记录是另一个举报箱的，请核对。"
    yield from _of_the_number(facts.get("box_number"), opening)
    for field, whose in (("signer_names", "联名人"), ("representatives", "代表")):
        if twice := named_twice(names_in(facts.get(field, ""))):
            yield field, f"{whose}里“{twice[0]}”写了不止一次；不是同一个人，请写得能分清。"
    if facts.get("receiver") and facts["receiver"] == facts.get("second_receiver"):
        yield "second_receiver", "接待要两个人，同一个人不能选两次。"
    if facts.get("number_refused") and facts.get("reporter_phone"):
        yield "reporter_phone", "来电人不同意记号码，请删掉号码，或者去掉那个勾。"
    names = names_in(facts.get("signer_names", ""))
    if facts.get("signers") is not None and len(names) > facts["signers"] > 0:
        yield "signers", f"联名人写了 {len(names)} 个名字，比联名人数多，请核对。"
    present = names_in(facts.get("representatives", ""))
    if facts.get("people") is not None and len(present) > facts["people"] > 0:
        yield "people", f"代表写了 {len(present)} 名，比来访人数多，请核对。"


def _of_the_number(number: int | None, opening: Any) -> Iterator[tuple[str, str]]:
    """What was written on a letter on the spot is one of the numbers of its opening."""
    if not number:
        return
    if opening is None:
        yield "box_number", "先选开箱记录，才有信上的开箱编号。"
    elif opening.first_number is None or opening.last_number is None:
        yield "box_number", "这次开箱没有取出信，没有编号。"
    elif not opening.first_number <= number <= opening.last_number:
        span = f"{opening.first_number} 号到 {opening.last_number} 号"
        yield "box_number", f"这次开箱写的是{span}，请核对。"
