"""Of transfers: which rows the chain covers."""

from intake.audit.covered.row_kinds import KEY, SEALED, Covered
from intake.models import TransferEntry, TransferList, TransferReminder

TRANSFERS: tuple[Covered, ...] = (
    Covered(
        TransferList,
        {
            "round": "轮次",
            "desk": "受理席",
            "receiver": "接收单位",
            "kind": "种类",
            "state": "状态",
            "version": "版本",
            "document_number": "文号",
            "made_by": "起草人",
            "made_at": "起草时间",
            "proposed_by": "送审人",
            "proposed_at": "送审时间",
            "approved_by": "审批人",
            "approved_at": "审批时间",
            "sent_on": "送出日期",
            "sent_by": "移交人",
            "signed_on": "签收日期",
            "objection_on": "提出异议的日期",
            "returned_on": "退回日期",
            "returned_by": "同意退回的人",
            "feedback_on": "反馈日期",
            "sealed_digest": "现在的指纹",
        },
        left_out={"id": KEY, "sealed": SEALED},
    ),
    Covered(
        TransferEntry,
        {
            "list": "移交清单",
            "submission": "信访件",
            "item_version": "放进时信访件的版本",
            "without_identity": "不附姓名和电话",
            "is_objected": "接收单位有异议",
            "is_out": "已移出或退回",
            "is_settled": "清单已办完",
            "answered_on": "反馈日期",
            "written_by": "摘要人",
            "written_at": "写摘要的时间",
            "sealed_digest": "现在的指纹",
        },
        left_out={"id": KEY, "sealed": SEALED},
    ),
    Covered(
        TransferReminder,
        {
            "list": "移交清单",
            "reminded_on": "督办日期",
            "reminded_by": "督办人",
            "recorded_at": "记录时间",
        },
        left_out={"id": KEY},
    ),
)
