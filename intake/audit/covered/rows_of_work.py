"""Of what clerks work on beside items: which rows the chain covers."""

from intake.audit.covered.row_kinds import KEY, SEALED, Covered
from intake.models import (
    BoxOpening,
    CaseFile,
    DeadlineExtension,
    DeadlinePause,
    SealedMatter,
    Voiding,
)

_A_REASON = "只是一句理由，期限不由它定；换受理席时要换封"
WORK: tuple[Covered, ...] = (
    Covered(
        CaseFile,
        {
            "submission": "所属的信访件",
            "desk": "受理席",
            "version": "版本",
            "sealed_digest": "内容的指纹",
            "reporter_digest": "反映人信息的指纹",
            "saved_by": "保存人",
            "saved_at": "保存时间",
        },
        left_out={"id": KEY, "sealed": SEALED, "sealed_reporter": SEALED},
    ),
    Covered(
        DeadlineExtension,
        {
            "submission": "所属的信访件",
            "rule": "期限",
            "extra": "延长多少",
            "granted_by": "批准人",
            "granted_on": "批准日期",
        },
        left_out={"id": KEY, "sealed_reason": _A_REASON},
    ),
    Covered(
        DeadlinePause,
        {
            "submission": "所属的信访件",
            "rule": "期限",
            "first": "从哪天起暂停",
            "until": "哪天恢复",
            "paused_by": "暂停人",
            "resumed_by": "恢复人",
        },
        left_out={"id": KEY, "sealed_reason": _A_REASON},
    ),
    Covered(
        BoxOpening,
        {
            "round": "轮次",
            "desk": "受理席",
            "drop_box": "举报箱",
            "opened_at": "开箱时间",
            "count": "取出件数",
            "first_number": "起号",
            "last_number": "止号",
            "is_damaged": "破损的标记",
            "recorded_by": "记录人",
            "recorded_at": "记录时间",
            "confirmed_by": "确认人",
            "confirmed_at": "确认时间",
            "explained_by": "说明人",
            "explained_at": "说明时间",
            "explained_count": "说明的件数",
            "agreed_by": "同意说明的人",
            "agreed_at": "同意说明的时间",
            "sealed_digest": "现在的指纹",
        },
        left_out={"id": KEY, "sealed": SEALED},
    ),
    Covered(
        SealedMatter,
        {
            "round": "轮次",
            "number": "密封件编号",
            "received_on": "收件日期",
            "keeper": "保管人",
            "recorded_at": "登记时间",
            "sent_on": "上送日期",
            "first_signed_by": "送出人签名",
            "second_signed_by": "见证人签名",
            "submission": "网上来件",
        },
        left_out={"id": KEY},
    ),
    Covered(
        Voiding,
        {
            "submission": "作废的信访件",
            "asked_by": "申请人",
            "asked_at": "申请时间",
            "end": "结果",
            "settled_by": "确认人",
            "settled_at": "确认时间",
        },
        left_out={"id": KEY},
    ),
)
