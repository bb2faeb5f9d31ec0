"""Of what desks and items have to do with one another: which rows the chain covers."""

from intake.audit.covered.row_kinds import KEY, Covered
from intake.models import Recusal, RepeatLink

DESKS_TOGETHER: tuple[Covered, ...] = (
    Covered(
        RepeatLink,
        {
            "lead": "首件",
            "repeat": "重复件",
            "made_by": "确认人",
            "made_at": "确认时间",
            "undone_by": "取消人",
            "undone_at": "取消时间",
        },
        left_out={"id": KEY},
    ),
    Covered(
        Recusal,
        {
            "submission": "所属的信访件",
            "user": "回避的人",
            "ordered_by": "决定人",
            "ordered_at": "决定时间",
            "ended_by": "结束人",
            "ended_at": "结束时间",
        },
        left_out={"id": KEY, "sealed_reason": "只是一句理由，谁回避不由它定"},
    ),
)
