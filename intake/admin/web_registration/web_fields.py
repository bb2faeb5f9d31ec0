"""What is asked of a web report at its registration: fields of the table, and a clerk's own."""

from intake.admin.judging.judging_form import LABELS
from intake.casework.registering.way_table import ASKED, Asked, Part
from intake.choices import Way


def _judged(name: str, *, hint: str = "", wide: bool = False) -> Asked:
    return Asked(name, str(LABELS[name]), Part.JUDGING, hint=hint, wide=wide)


# What the reporter wrote is not typed anew; these are a clerk's words and judgement beside it.
_OF_THE_WEB: tuple[Asked, ...] = (
    Asked("abstract", "内容摘要", Part.MATTER, wide=True, hint="用您自己的话，可不填；封存。"),
    Asked("category", "类别", Part.MATTER),
    _judged("nature"),
    _judged("scope"),
    _judged("main_problem"),
    _judged("focus"),
    _judged("rank", hint="主要被反映人的；空着就按上面选的。"),
    _judged("signature"),
    _judged("topics"),
    _judged("is_important"),
    _judged("other_problems", wide=True),
)
WEB_ASKED: tuple[Asked, ...] = tuple(
    sorted(
        [*(asked for asked in ASKED if Way.WEB in asked.ways), *_OF_THE_WEB],
        key=lambda asked: asked.part.value,
    )
)
