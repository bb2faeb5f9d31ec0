"""What is asked of a web report at its registration: fields of the table, and a clerk's own."""

from intake.casework.registering.way_table import ASKED, Asked, Part
from intake.choices import Way

# What the reporter wrote is not typed anew; these are a clerk's words and judgement beside it.
_OF_THE_WEB: tuple[Asked, ...] = (
    Asked("abstract", "内容摘要", Part.MATTER, wide=True, hint="用您自己的话，可不填；封存。"),
    Asked("category", "类别", Part.MATTER),
    Asked("nature", "信访件性质", Part.JUDGING),
    Asked("scope", "受理范围", Part.JUDGING),
    Asked("main_problem", "主要问题", Part.JUDGING),
    Asked("focus", "四个聚焦", Part.JUDGING),
    Asked("rank", "职级", Part.JUDGING, hint="主要被反映人的；空着就按上面选的。"),
    Asked("signature", "署名", Part.JUDGING),
    Asked("topics", "专题", Part.JUDGING),
    Asked("is_important", "重要件", Part.JUDGING),
    Asked("other_problems", "其他问题", Part.JUDGING, wide=True),
)
WEB_ASKED: tuple[Asked, ...] = tuple(
    sorted(
        [*(asked for asked in ASKED if Way.WEB in asked.ways), *_OF_THE_WEB],
        key=lambda asked: asked.part.value,
    )
)
