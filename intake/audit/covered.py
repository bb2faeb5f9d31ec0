"""Which rows the chain covers, what of each, and which events change it: one table.

A new column or model is one entry here, either under `columns` or, with the reason, under
`left_out`; a test names what was forgotten. Whoever changes a covered value gives the row to
`audit.record` as `changed`, before saving it, and names the deed in `changed_by`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

from intake.choices import Action
from intake.models import (
    Attachment,
    Desk,
    DeskAccess,
    StaffKey,
    StaffUser,
    Submission,
    Supplement,
)


@dataclass(frozen=True, slots=True)
class Column:
    """A value that the chain covers: its name for people, and the deeds that may change it."""

    words: str
    changed_by: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True)
class Covered:
    """A kind of row. What citizens send adds no event: with `count_as` the next one records it."""

    model: type[Model]
    columns: Mapping[str, Column]
    left_out: Mapping[str, str]
    made_by: tuple[Action, ...] = ()
    removed_by: tuple[Action, ...] = ()
    unit: str = ""
    count_as: str = ""

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

    def changed_by(self, action: Action) -> tuple[str, ...]:
        """The columns that such an event may change."""
        return tuple(name for name, one in self.columns.items() if action in one.changed_by)

    def stored(self, rows: QuerySet[Any, Any]) -> Iterator[tuple[Any, Any, list[Any]]]:
        """Of each row its key, the event that recorded it, and its covered values."""
        chained_in = ("chained_in_id",) if self.is_chained_later else ()
        for pk, *values in rows.values_list("pk", *chained_in, *self.columns).iterator(2000):
            event = values.pop(0) if chained_in else None
            yield pk, event, values


_REGISTERED = (Action.REGISTER,)
_REROUTED = (Action.REROUTE,)
_SCOPED = (Action.SET_SCOPE,)
_KEY = "它就是这一行的名字"
_SEALED = "核对时重新计算它的指纹"
_CHAINED_IN = "核对时与所记的那一条比较"

COVERED = (
    Covered(
        Submission,
        {
            "round": Column("轮次"),
            "number": Column("编号", _REGISTERED),
            "receipt_digest": Column("查询码的指纹"),
            "idempotency_key": Column("表单的指纹"),
            "desk": Column("受理席", _REROUTED),
            "target": Column("巡察对象", _REROUTED),
            "route_reason": Column("分送理由", _REROUTED),
            "source": Column("来源"),
            "drop_box": Column("举报箱"),
            "received_at": Column("收件时间"),
            "window_opens": Column("受理起始时间"),
            "window_closes": Column("受理截止时间"),
            "postmarked_on": Column("邮戳日期"),
            "is_late": Column("截止后来件的标记"),
            "registered_by": Column("登记人", _REGISTERED),
            "registered_at": Column("登记时间", _REGISTERED),
            "category": Column("类别"),
            "signature": Column("署名"),
            "scope": Column("受理范围", _SCOPED),
            "status": Column("状态", _REGISTERED),
            "attachment_count": Column("证明材料份数"),
            "received_digest": Column("收到时的指纹"),
            "sealed_digest": Column("现在的指纹", _REROUTED),
        },
        left_out={"id": _KEY, "sealed": _SEALED, "chained_in": _CHAINED_IN},
        made_by=(Action.CHECKPOINT,),
        unit="件",
        count_as="count",
    ),
    Covered(
        Supplement,
        {
            "submission": Column("所属的信访件"),
            "received_at": Column("收到时间"),
            "idempotency_key": Column("表单的指纹"),
            "received_digest": Column("收到时的指纹"),
            "sealed_digest": Column("现在的指纹", _REROUTED),
        },
        left_out={
            "id": _KEY,
            "sealed": _SEALED,
            "chained_in": _CHAINED_IN,
            "opened_at": "只是给受理席看的记号，每次启封另有留痕",
        },
        made_by=(Action.CHECKPOINT,),
        unit="份",
        count_as="supplements",
    ),
    Covered(
        Attachment,
        {
            "submission": Column("所属的信访件"),
            "supplement": Column("所属的补充材料"),
            "position": Column("顺序"),
            "size": Column("大小"),
            "kind": Column("格式"),
            "received_digest": Column("收到时的指纹"),
            "sealed_sha256": Column("现在的指纹", _REROUTED),
        },
        left_out={
            "id": _KEY,
            "sealed_file": "核对时重新计算这个文件的指纹",
            "chained_in": _CHAINED_IN,
        },
        made_by=(Action.CHECKPOINT,),
        unit="份",
        count_as="attachments",
    ),
    Covered(
        Desk,
        {
            "round": Column("轮次"),
            "team": Column("巡察组"),
            "recipient": Column("封存公钥"),
            "recipient_code": Column("封存公钥的校验码"),
            "sealed_identity": Column("封给巡察办的私钥"),
        },
        left_out={"id": _KEY, "recovery_path": "只说恢复文件写到了哪里，不打开什么"},
        made_by=(Action.OPEN_DESKS,),
    ),
    Covered(
        StaffUser,
        {
            "username": Column("用户名"),
            "full_name": Column("姓名", (Action.CORRECT,)),
            "role": Column("角色"),
            "is_active": Column("可以登录", (Action.CORRECT,)),
            "is_staff": Column("可以登录后台"),
            "is_superuser": Column("全部权限"),
            "date_joined": Column("建立时间"),
            "password_chosen_at": Column("本人选定密码的时间", (Action.CHANGE_PASSWORD,)),
        },
        left_out={
            "id": _KEY,
            "password": "换了它只能登录，打不开个人密钥；登录时还会自己换算法",
            "last_login": "每次登录都变，登录另有留痕",
        },
        made_by=(Action.CREATE_STAFF,),
    ),
    Covered(
        StaffKey,
        {
            "user": Column("工作人员"),
            "recipient": Column("公钥", (Action.CHANGE_PASSWORD,)),
            "recipient_code": Column("公钥的校验码", (Action.CHANGE_PASSWORD,)),
        },
        left_out={"id": _KEY, "wrapped_identity": "换了它只会打不开，公钥还在链上"},
        made_by=(Action.CREATE_STAFF, Action.CHANGE_PASSWORD),
    ),
    Covered(
        DeskAccess,
        {
            "user": Column("工作人员"),
            "desk": Column("受理席"),
            "sealed_identity": Column("封给本人的私钥", (Action.CHANGE_PASSWORD,)),
            "granted_by": Column("授权人"),
            "granted_at": Column("授权时间"),
        },
        left_out={"id": _KEY},
        made_by=(Action.GRANT,),
        removed_by=(Action.REVOKE, Action.CHANGE_PASSWORD, Action.ENROL),
    ),
)
CHAINED_LATER = tuple(covered for covered in COVERED if covered.is_chained_later)
BY_NAME = {covered.name: covered for covered in COVERED}

# Rows of these models change all the time and decide nothing that the chain answers for.
NOT_COVERED = {
    "authenticator": "验证器的密钥另外封着，换了只会对不上",
    "auditevent": "它就是链本身，每一条都有指纹和密钥的校验码",
    "counter": "只用来限制滥用，十分钟左右就删",
}
