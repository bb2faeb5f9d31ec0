"""Which rows the chain covers, and what of each: one table.

A new column or model is one entry here, either under `columns` or, with the reason, under
`left_out`; a test names what was forgotten. Whoever changes a covered value gives the row to
`audit.record` as `changed`, before saving it; which events may do that says `event_table`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, QuerySet

from intake.models import (
    Attachment,
    Desk,
    DeskAccess,
    StaffKey,
    StaffUser,
    Submission,
    Supplement,
)
from intake.models.stored_values import stored_values


@dataclass(frozen=True, slots=True)
class Covered:
    """A kind of row; `columns` has the name for people of each value that the chain covers.

    What citizens send adds no event: with `count_as` the next one records it.
    """

    model: type[Model]
    columns: Mapping[str, str]
    left_out: Mapping[str, str]
    unit: str = ""
    count_as: str = ""
    # What events of before a renaming call a column.
    formerly: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """'submission'."""
        return str(self.model._meta.model_name)

    @property
    def words(self) -> str:
        """'信访件'."""
        return str(self.model._meta.verbose_name)

    @property
    def is_chained_later(self) -> bool:
        """Whether rows come in without an event."""
        return bool(self.count_as)

    def rows(self) -> QuerySet[Any, Any]:
        """All rows of the kind, in the order of their keys."""
        return self.model._default_manager.order_by("pk")

    def stored(self, rows: QuerySet[Any, Any]) -> Iterator[tuple[Any, Any, list[Any]]]:
        """Of each row its key, the event that recorded it, and its covered values."""
        chained_in = ("chained_in_id",) if self.is_chained_later else ()
        for pk, *values in stored_values(rows, "pk", *chained_in, *self.columns):
            event = values.pop(0) if chained_in else None
            yield pk, event, values


_KEY = "它就是这一行的名字"
_SEALED = "核对时重新计算它的指纹"
_CHAINED_IN = "核对时与所记的那一条比较"

COVERED = (
    Covered(
        Submission,
        {
            "round": "轮次",
            "number": "编号",
            "receipt_digest": "查询码的指纹",
            "idempotency_key": "表单的指纹",
            "desk": "受理席",
            "target": "巡察对象",
            "route_reason": "分送理由",
            "way": "信访方式",
            "origin": "信访来源",
            "drop_box": "举报箱",
            "received_at": "收件时间",
            "window_opens": "受理起始时间",
            "window_closes": "受理截止时间",
            "postmarked_on": "邮戳日期",
            "is_late": "截止后来件的标记",
            "registered_by": "登记人",
            "registered_at": "登记时间",
            "category": "类别",
            "signature": "署名",
            "scope": "受理范围",
            "status": "状态",
            "status_since": "进入这个状态的时间",
            "version": "版本",
            "nature": "信访件性质",
            "main_problem": "主要问题",
            "other_problems": "其他问题",
            "focus": "四个聚焦",
            "topics": "专题",
            "rank": "职级",
            "is_important": "重要件",
            "signers": "联名人数",
            "people": "来访人次",
            "proposed": "拟办的处理方式",
            "proposed_by": "拟办人",
            "proposed_at": "拟办时间",
            "approved_by": "审批人",
            "approved_at": "审批时间",
            "handled_as": "处理方式",
            "closed_at": "办结时间",
            "deadline_rule": "办理期限的规则",
            "deadline_from": "办理期限起算日",
            "attachment_count": "证明材料份数",
            "received_digest": "收到时的指纹",
            "sealed_digest": "现在的指纹",
        },
        left_out={"id": _KEY, "sealed": _SEALED, "chained_in": _CHAINED_IN},
        unit="件",
        count_as="count",
        formerly={"way": "source"},
    ),
    Covered(
        Supplement,
        {
            "submission": "所属的信访件",
            "received_at": "收到时间",
            "idempotency_key": "表单的指纹",
            "received_digest": "收到时的指纹",
            "sealed_digest": "现在的指纹",
        },
        left_out={
            "id": _KEY,
            "sealed": _SEALED,
            "chained_in": _CHAINED_IN,
            "opened_at": "只是给受理席看的记号，每次启封另有留痕",
        },
        unit="份",
        count_as="supplements",
    ),
    Covered(
        Attachment,
        {
            "submission": "所属的信访件",
            "supplement": "所属的补充材料",
            "position": "顺序",
            "size": "大小",
            "kind": "格式",
            "received_digest": "收到时的指纹",
            "sealed_sha256": "现在的指纹",
        },
        left_out={
            "id": _KEY,
            "sealed_file": "核对时重新计算这个文件的指纹",
            "chained_in": _CHAINED_IN,
        },
        unit="份",
        count_as="attachments",
    ),
    Covered(
        Desk,
        {
            "kind": "种类",
            "round": "轮次",
            "team": "巡察组",
            "recipient": "封存公钥",
            "recipient_code": "封存公钥的校验码",
            "sealed_identity": "封给巡察办的私钥",
        },
        left_out={"id": _KEY, "recovery_path": "只说恢复文件写到了哪里，不打开什么"},
    ),
    Covered(
        StaffUser,
        {
            "username": "用户名",
            "full_name": "姓名",
            "role": "角色",
            "may_approve": "可以审批",
            "is_active": "可以登录",
            "is_staff": "可以登录后台",
            "is_superuser": "全部权限",
            "date_joined": "建立时间",
            "password_chosen_at": "本人选定密码的时间",
        },
        left_out={
            "id": _KEY,
            "password": "换了它只能登录，打不开个人密钥；登录时还会自己换算法",
            "last_login": "每次登录都变，登录另有留痕",
        },
    ),
    Covered(
        StaffKey,
        {
            "user": "工作人员",
            "recipient": "公钥",
            "recipient_code": "公钥的校验码",
        },
        left_out={"id": _KEY, "wrapped_identity": "换了它只会打不开，公钥还在链上"},
    ),
    Covered(
        DeskAccess,
        {
            "user": "工作人员",
            "desk": "受理席",
            "sealed_identity": "封给本人的私钥",
            "granted_by": "授权人",
            "granted_at": "授权时间",
        },
        left_out={"id": _KEY},
    ),
)
CHAINED_LATER = tuple(covered for covered in COVERED if covered.is_chained_later)
BY_NAME = {covered.name: covered for covered in COVERED}

# Rows of these models change all the time and decide nothing that the chain answers for.
NOT_COVERED = {
    "authenticator": "验证器的密钥另外封着，换了只会对不上",
    "auditevent": "它就是链本身，每一条都有指纹和密钥的校验码",
    "problem": "只是给人选的类别，改动另有更正留痕",
    "counter": "只用来限制滥用，十分钟左右就删",
}
