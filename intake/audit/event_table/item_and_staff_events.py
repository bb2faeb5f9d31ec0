"""The kinds of events about the staff, the notice, and items."""

from inspection.models import (
    ContactPoint,
    DropBox,
    FocusTopic,
    Round,
    Target,
    Team,
    WorkCalendarDay,
)
from intake.audit.event_shape import (
    EventKind,
    check_code,
    count,
    fingerprint,
    one_of,
    parts,
    several_of,
    text,
    unshown,
)
from intake.audit.event_table.work_events import STATUSES
from intake.choices import Action, CopySort, DeedSort, Purpose, Role, Scope
from intake.models import (
    Attachment,
    CaseFile,
    DeadlineRule,
    Desk,
    DeskAccess,
    HelpingOpinion,
    Problem,
    Receiver,
    RetentionClass,
    StaffKey,
    StaffUser,
    Submission,
    Supplement,
)

_ITEM = (Submission,)
_MEMBER = (StaffUser,)
_NOTICE = (Round, Team, Target, ContactPoint, DropBox, FocusTopic, WorkCalendarDay)

_ATTEMPT = count("attempt", "第几次")
_DROPPED = count("dropped", "收回的授权")
_NUMBER_OF_ROWS = count("count", "件数")
_KEY = check_code("recipient", "核对码")
_NOTICE_DEED = text("做法")
_FILE = (
    one_of("came_with", "随哪份来", {"report": "来件", "supplement": "补充"}),
    count("position", "第几份"),
    unshown("attachment"),
)
_SEEN = (
    several_of("shown", "看了", {sort.value: str(sort.label) for sort in CopySort}),
    count("first", "从第几页起"),
    count("shown_count", "几份副本"),
)
_ENROLMENTS = {"confirmed": "确认", "reset": "重设"}
_PASSWORDS = {
    "first": "本人换下别人设的密码",
    "own": "本人",
    "refused": "现在的密码不对，没有改",
    "reset": "重设",
}

ITEM_AND_STAFF_EVENTS = (
    EventKind(
        action=Action.LOGIN,
        sort=DeedSort.ENTER,
        about=_MEMBER,
        must=(one_of("factor", "验证方式", {"totp": "验证器", "recovery_code": "恢复码"}),),
    ),
    EventKind(
        action=Action.LOGIN_FAILED,
        sort=DeedSort.ENTER,
        about=(StaffUser, None),
        may=(_ATTEMPT, count("tries", "没有这个账号的登录次数")),
    ),
    EventKind(action=Action.LOGIN_LOCKED, sort=DeedSort.ENTER, about=_MEMBER),
    EventKind(action=Action.LOGOUT, sort=DeedSort.ENTER, about=_MEMBER),
    EventKind(
        action=Action.ENROL,
        sort=DeedSort.ENTER,
        about=_MEMBER,
        must=(one_of("kind", "方式", _ENROLMENTS),),
        may=(_DROPPED,),
        removes=(DeskAccess,),
    ),
    EventKind(
        action=Action.CHANGE_PASSWORD,
        sort=DeedSort.ENTER,
        about=_MEMBER,
        must=(one_of("kind", "方式", _PASSWORDS),),
        may=(_KEY, count("carried", "转到新密钥的授权"), _DROPPED, _ATTEMPT),
        makes=(StaffKey,),
        changes={
            StaffUser: ("password_chosen_at",),
            StaffKey: ("recipient", "recipient_code"),
            DeskAccess: ("sealed_identity",),
        },
        removes=(DeskAccess,),
    ),
    EventKind(
        action=Action.CREATE_STAFF,
        about=_MEMBER,
        must=(one_of("role", "角色", Role), _KEY),
        may=(one_of("approves", "可以审批", {"yes": "是"}),),
        makes=(StaffUser, StaffKey),
    ),
    EventKind(action=Action.OPEN_DESKS, about=(Round,), must=(_NUMBER_OF_ROWS,), makes=(Desk,)),
    EventKind(
        action=Action.GRANT,
        about=_MEMBER,
        at_desk=True,
        must=(_KEY,),
        may=(text("until", "到什么时候"),),
        makes=(DeskAccess,),
    ),
    EventKind(
        action=Action.REVOKE,
        about=_MEMBER,
        at_desk=True,
        may=(one_of("why", "原因", {"over": "授权到期", "left": "离开"}),),
        removes=(DeskAccess,),
    ),
    EventKind(
        action=Action.LOAD_NOTICE,
        sort=DeedSort.WORK,
        about=(Round,),
        must=(_NOTICE_DEED, text("轮次"), fingerprint("notice_digest", "公告原文的指纹")),
        may=(text("变动"), text("由人确定")),
    ),
    EventKind(
        action=Action.CORRECT,
        about=(*_NOTICE, DeadlineRule, Receiver, Problem, RetentionClass, StaffUser),
        # The page of an account calls `is_active` by what it means here.
        may=(_NOTICE_DEED, text("可以登录")),
        says_fields=True,
        # Another beginning of a rule is one of the items whose clock it is.
        changes={
            StaffUser: ("full_name", "is_active", "may_approve"),
            Submission: ("deadline_from",),
        },
    ),
    EventKind(action=Action.OPEN, sort=DeedSort.READ, about=_ITEM, at_desk=True),
    EventKind(
        action=Action.VIEW_EVIDENCE,
        sort=DeedSort.READ,
        about=_ITEM,
        at_desk=True,
        must=_FILE,
        may=_SEEN,
    ),
    EventKind(
        action=Action.MAKE_COPY,
        sort=DeedSort.WORK,
        about=_ITEM,
        at_desk=True,
        must=(*_FILE, count("first", "从第几页起")),
    ),
    EventKind(
        action=Action.TAKE_ORIGINAL,
        sort=DeedSort.TAKE,
        about=_ITEM,
        at_desk=True,
        must=(*_FILE, one_of("purpose", "用途", Purpose)),
    ),
    EventKind(
        action=Action.REGISTER,
        about=_ITEM,
        at_desk=True,
        must=(count("number", "编号"), *STATUSES),
        changes={
            Submission: (
                *("number", "number_series", "registered_by", "registered_at", "status"),
                *("status_since", "version", "deadline_rule", "deadline_from"),
            )
        },
    ),
    EventKind(
        action=Action.REROUTE,
        about=_ITEM,
        at_desk=True,
        must=(text("from_desk", "原受理席"),),
        once=(
            fingerprint("sealed_digest", "现在的指纹"),
            parts("sealed_parts", "一起换封的补充和材料"),
        ),
        changes={
            Submission: (
                "desk",
                "target",
                "version",
                "route_reason",
                "sealed_digest",
                "number",
                "number_series",
            ),
            Supplement: ("sealed_digest",),
            Attachment: ("sealed_sha256",),
            CaseFile: ("desk", "sealed_digest", "reporter_digest"),
            HelpingOpinion: ("sealed_digest",),
        },
    ),
    EventKind(
        action=Action.CHECKPOINT,
        about=(None,),
        may=(
            _NUMBER_OF_ROWS,
            count("supplements", "补充材料份数"),
            count("attachments", "证明材料份数"),
        ),
        once=(
            fingerprint("digest", "指纹"),
            fingerprint("supplements_digest", "补充材料的指纹"),
            fingerprint("attachments_digest", "证明材料的指纹"),
        ),
        makes=(Submission, Supplement, Attachment),
    ),
    EventKind(
        action=Action.CLOSE_CHAIN,
        sort=DeedSort.WORK,
        about=(None,),
        must=(count("events", "以前的条数"),),
    ),
    EventKind(
        action=Action.SET_SCOPE,
        about=_ITEM,
        at_desk=True,
        must=(one_of("from_scope", "原受理范围", Scope), one_of("scope", "受理范围", Scope)),
        changes={Submission: ("scope", "version")},
    ),
    EventKind(
        action=Action.ADD_COLUMNS,
        about=(None,),
        must=(_NUMBER_OF_ROWS,),
        changes={Desk: ("kind",), StaffUser: ("may_approve",)},
    ),
)
