"""The details of an audit event in the staff's words."""

from collections.abc import Iterator

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from intake.choices import Purpose, Role, Scope
from intake.models import AuditEvent
from intake.report.check_code import check_code_of

NAMES = {
    "attachments": "证明材料份数",
    "attachments_digest": "证明材料的指纹",
    "attempt": "第几次",
    "came_with": "随哪份来",
    "carried": "转到新密钥的授权",
    "count": "件数",
    "digest": "指纹",
    "dropped": "收回的授权",
    "events": "以前的条数",
    "factor": "验证方式",
    "from_desk": "原受理席",
    "from_scope": "原受理范围",
    "kind": "方式",
    "notice_digest": "公告原文的指纹",
    "number": "编号",
    "position": "第几份",
    "purpose": "用途",
    "recipient": "核对码",
    "role": "角色",
    "scope": "受理范围",
    "sealed_digest": "现在的指纹",
    "sealed_parts": "一起换封的补充和材料",
    "supplements": "补充材料份数",
    "supplements_digest": "补充材料的指纹",
    "tries": "没有这个账号的登录次数",
}
VALUES = {
    "confirmed": "确认",
    "first": "本人换下别人设的密码",
    "own": "本人",
    "recovery_code": "恢复码",
    "report": "来件",
    "refused": "现在的密码不对，没有改",
    "reset": "重设",
    "supplement": "补充",
    "totp": "验证器",
    **{role.value: str(role.label) for role in Role},
    **{scope.value: str(scope.label) for scope in Scope},
    **{purpose.value: str(purpose.label) for purpose in Purpose},
}
OBJECTS = {
    "contactpoint": "联系方式",
    "dropbox": "举报箱",
    "focustopic": "巡察重点",
    "round": "轮次",
    "staffuser": "工作人员",
    "submission": "信访件",
    "target": "巡察对象",
    "team": "巡察组",
    "workcalendarday": "工作日安排",
}
LEFT_OUT = {"attachment"}
FINGERPRINT_SHOWN = 12


def details_of(event: AuditEvent) -> Iterator[tuple[str, str]]:
    """Name and value of each detail; fingerprints are cut, they stand whole on their own page."""
    for name, value in event.detail.items():
        # An id says nothing to a person; 'came_with' and 'position' name the file.
        if name in LEFT_OUT:
            continue
        words = f"{len(value)}份" if isinstance(value, dict) else str(value)
        words = check_code_of(words) if name == "recipient" else VALUES.get(words, words)
        is_long = name.endswith("digest")
        yield NAMES.get(name, name), f"{words[:FINGERPRINT_SHOWN]}…" if is_long else words


def what_of(event: AuditEvent) -> SafeString:
    """All details as one piece of a page."""
    return format_html_join(" ", '<span class="detail">{}：{}</span>', details_of(event))
