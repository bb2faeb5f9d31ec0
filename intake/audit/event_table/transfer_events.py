"""The kinds of events about transfers: lists, their items and receivers. Never their words."""

from django.db.models import Model

from intake.audit.event_shape import EventKind, one_of, several_of, text
from intake.choices import Action, DeedSort, ListKind, ListState
from intake.models import Submission, TransferEntry, TransferList, TransferReminder

_LIST = (TransferList,)
_ITEM = (Submission,)
_RECEIVER = text("receiver", "接收单位")
_VERSION: dict[type[Model], tuple[str, ...]] = {TransferList: ("version",)}
_WROTE = {"signer": "签收人", "reason": "理由", "result": "结果"}

TRANSFER_EVENTS: tuple[EventKind, ...] = (
    EventKind(
        action=Action.START_LIST,
        about=_LIST,
        at_desk=True,
        must=(one_of("list_kind", "清单种类", ListKind), _RECEIVER),
        makes=_LIST,
    ),
    EventKind(
        action=Action.GATHER,
        about=_ITEM,
        at_desk=True,
        must=(_RECEIVER,),
        makes=(TransferEntry,),
        changes=_VERSION,
    ),
    EventKind(
        action=Action.TAKE_OUT,
        about=_ITEM,
        at_desk=True,
        must=(_RECEIVER,),
        changes={**_VERSION, TransferEntry: ("is_out",)},
    ),
    EventKind(
        action=Action.WRITE_ABSTRACT,
        about=_ITEM,
        at_desk=True,
        must=(_RECEIVER, one_of("identity", "姓名和电话", {"with": "附", "without": "不附"})),
        changes={
            **_VERSION,
            TransferEntry: (
                "item_version",
                "without_identity",
                "written_by",
                "written_at",
                "sealed_digest",
            ),
        },
    ),
    EventKind(action=Action.OPEN_LIST, sort=DeedSort.READ, about=_LIST, at_desk=True),
    EventKind(
        action=Action.MOVE_LIST,
        about=_LIST,
        at_desk=True,
        must=(
            one_of("from_list_state", "清单原状态", ListState),
            one_of("list_state", "清单状态", ListState),
        ),
        may=(
            several_of("list_given", "写明", _WROTE),
            one_of("reminded", "督办", {"yes": "是"}),
            one_of("objection", "异议", {"late": "超过期限提出"}),
        ),
        makes=(TransferReminder,),
        changes={
            TransferList: (
                "state",
                "version",
                "document_number",
                "proposed_by",
                "proposed_at",
                "approved_by",
                "approved_at",
                "sent_on",
                "sent_by",
                "signed_on",
                "objection_on",
                "returned_on",
                "returned_by",
                "feedback_on",
                "sealed_digest",
            ),
            TransferEntry: ("is_objected", "is_out", "is_settled", "answered_on"),
        },
    ),
)
