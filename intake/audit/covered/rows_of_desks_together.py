"""Of what desks and items have to do with one another: which rows the chain covers."""

from intake.audit.covered.row_kinds import KEY, SEALED, Covered
from intake.models import (
    HelpingCopy,
    HelpingDesk,
    HelpingFile,
    HelpingOpinion,
    Recusal,
    RepeatLink,
)

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
        HelpingDesk,
        {
            "submission": "所属的信访件",
            "desk": "协办的受理席",
            "added_by": "指定人",
            "added_at": "指定时间",
            "ended_by": "结束人",
            "ended_at": "结束时间",
        },
        left_out={"id": KEY},
    ),
    Covered(
        HelpingCopy,
        {
            "helping": "协办",
            "supplement": "补充材料",
            "sealed_digest": "现在的指纹",
            "source_digest": "所抄内容的指纹",
        },
        left_out={
            "id": KEY,
            "sealed": SEALED,
            "opened_at": "只用来标出新补充，启封另有留痕",
        },
    ),
    Covered(
        HelpingFile,
        {"helping": "协办", "attachment": "证明材料", "sealed_sha256": "现在的指纹"},
        left_out={"id": KEY, "sealed_file": SEALED},
    ),
    Covered(
        HelpingOpinion,
        {
            "helping": "协办",
            "given_by": "写意见的人",
            "given_at": "写意见的时间",
            "sealed_digest": "现在的指纹",
        },
        left_out={"id": KEY, "sealed": SEALED},
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
