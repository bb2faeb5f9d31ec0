"""Closed lists of the staff: what somebody is, and what the chain records of what they did."""

from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What a member of staff is; nobody is two things."""

    OFFICE = "office", _("巡察办")
    TEAM = "team", _("巡察组")
    AUDITOR = "auditor", _("审计员")
    ADMINISTRATOR = "administrator", _("系统管理员")


class DeskKind(TextChoices):
    """Whose a desk is. A round has one of each, and of the teams' one a team."""

    OFFICE = "office", _("巡察办")
    # What is about inspectors: the head of the office alone opens it.
    HEAD = "head", _("主任席")
    TEAM = "team", _("巡察组")
    # What is about the office or its head: no member ever opens it.
    SUPERIOR = "superior", _("上级")


class NumberSeries(TextChoices):
    """Which numbers an item takes its own from: the head's desk makes no gap in the others'."""

    MAIN = "main", _("统一编号")
    HEAD = "head", _("主任席编号")

    @property
    def before(self) -> str:
        """What stands before the round and the number."""
        return "主-" if self is NumberSeries.HEAD else ""


class Purpose(TextChoices):
    """What the original of a file is taken out for.

    A closed list: own words would stand in the audit, which the auditor reads, and would soon tell
    what a report is about.
    """

    CHECKING = "checking", _("核对细节")
    FILING = "filing", _("复制归档")
    TRANSFER = "transfer", _("移交承办")
    APPRAISAL = "appraisal", _("送去鉴定真伪")
    SUPERIOR = "superior", _("上级或者巡察办调阅")
    OTHER = "other", _("其他原因")


class ReporterPurpose(TextChoices):
    """What a clerk wants a reporter's name and telephone for; closed for the same reason."""

    ASKING = "asking", _("联系反映人核实情况")
    SIGNATURE = "signature", _("核对署名")
    FILLING_IN = "filling_in", _("登记或者填写表格")
    TRANSFER = "transfer", _("移交承办")
    ANSWER = "answer", _("答复反映人")
    REPEAT = "repeat", _("核对是不是重复件")
    OTHER = "other", _("其他原因")


class DeedSort(TextChoices):
    """What a deed does with what there is; each kind of event is of one sort."""

    ENTER = "enter", _("登录和退出")
    READ = "read", _("打开查看")
    TAKE = "take", _("打印、导出和取出")
    LOOK_FOR = "look_for", _("查找")
    WORK = "work", _("办理和设置")


class Action(TextChoices):
    """What an audit event can record; the rest of each stands in `intake/audit/event_table/`."""

    LOGIN = "login", _("登录")
    LOGIN_FAILED = "login_failed", _("登录失败")
    LOGIN_LOCKED = "login_locked", _("账号锁定")
    LOGOUT = "logout", _("退出")
    ENROL = "enrol", _("绑定验证器")
    CHANGE_PASSWORD = "change_password", _("修改密码")
    CREATE_STAFF = "create_staff", _("建立账号")
    OPEN_DESKS = "open_desks", _("设立受理席")
    GRANT = "grant", _("授权受理席")
    REVOKE = "revoke", _("收回授权")
    LOAD_NOTICE = "load_notice", _("载入公告")
    CORRECT = "correct", _("更正")
    OPEN = "open", _("启封")
    VIEW_EVIDENCE = "view_evidence", _("查看材料副本")
    MAKE_COPY = "make_copy", _("做材料副本")
    TAKE_ORIGINAL = "take_original", _("取材料原件")
    REGISTER = "register", _("登记")
    REROUTE = "reroute", _("改派")
    CHECKPOINT = "checkpoint", _("来件入链")
    CLOSE_CHAIN = "close_chain", _("封住以前的留痕")
    SET_SCOPE = "set_scope", _("核对受理范围")
    ADD_COLUMNS = "add_columns", _("补记新的栏目")
    SAVE_CASE = "save_case", _("保存办理卷")
    SHOW_REPORTER = "show_reporter", _("查看反映人")
    PAUSE_CLOCK = "pause_clock", _("暂停期限")
    EXTEND_CLOCK = "extend_clock", _("延长期限")
    RESUME_CLOCK = "resume_clock", _("恢复期限")
    TELL_REPORTER = "tell_reporter", _("告知反映人")
    JUDGE = "judge", _("甄别")
    CORRECT_ITEM = "correct_item", _("更正登记")
    MOVE = "move", _("办理")
    ASK_VOIDING = "ask_voiding", _("申请作废")
    DROP_VOIDING = "drop_voiding", _("撤下作废申请")
    START_LIST = "start_list", _("起草移交清单")
    GATHER = "gather", _("放进移交清单")
    TAKE_OUT = "take_out", _("移出移交清单")
    WRITE_ABSTRACT = "write_abstract", _("写移交摘要")
    OPEN_LIST = "open_list", _("打开移交清单")
    MOVE_LIST = "move_list", _("办理移交清单")
    OPEN_BOX = "open_box", _("开箱")
    CORRECT_BOX = "correct_box", _("更正开箱记录")
    CONFIRM_BOX = "confirm_box", _("确认开箱")
    READ_BOX = "read_box", _("查看开箱说明")
    EXPLAIN_BOX = "explain_box", _("说明件数差异")
    AGREE_BOX = "agree_box", _("同意件数说明")
    NOT_SIGNED = "not_signed", _("签名的密码不对")
    KEEP_SEALED = "keep_sealed", _("登记密封件")
    CORRECT_SEALED = "correct_sealed", _("更正密封件登记")
    SEND_SEALED = "send_sealed", _("上送密封件")
    SIGN_SEALED = "sign_sealed", _("见证上送")
    TAKE_SEALED = "take_sealed", _("取上送文件")
    PRINT_PAPER = "print_paper", _("打印文书")
    EXPORT_LEDGER = "export_ledger", _("导出台账")
    TAKE_STATISTICS = "take_statistics", _("导出统计表")
    SEARCH_SEALED = "search_sealed", _("查封存内容")
    LOOK_FOR_REPEATS = "look_for_repeats", _("找重复件")
    COMPARE_REPEATS = "compare_repeats", _("比对重复件")
    LINK_REPEAT = "link_repeat", _("并入重复件")
    UNLINK_REPEAT = "unlink_repeat", _("另作一件")
    ADD_HELPER = "add_helper", _("请协办")
    END_HELPER = "end_helper", _("结束协办")
    PASS_ON = "pass_on", _("转给协办")
    GIVE_OPINION = "give_opinion", _("交协办意见")
    ORDER_RECUSAL = "order_recusal", _("回避")
    END_RECUSAL = "end_recusal", _("结束回避")
    EXPORT_EVENTS = "export_events", _("导出操作留痕")
    CHECK_EVENTS = "check_events", _("检查操作留痕")
    START_ARCHIVE = "start_archive", _("开始做归档包")
    ARCHIVE_PART = "archive_part", _("写进归档包")
    VERIFY_ARCHIVE = "verify_archive", _("核对归档包")
    TAKE_ARCHIVE = "take_archive", _("取走归档包")
    START_PURGE = "start_purge", _("开始清理")
    WRITE_SEALED = "write_sealed", _("写出封存的文件")
    TAKE_DESTROYED = "take_destroyed", _("取销毁清单")
    DROP_PURGE = "drop_purge", _("不清理了")
    PURGE_KEYS = "purge_keys", _("销毁受理席私钥")
    PURGE_ROWS = "purge_rows", _("清理内容")
    END_PURGE = "end_purge", _("清理完成")
    HOLD = "hold", _("暂缓销毁")
    LIFT_HOLD = "lift_hold", _("解除暂缓")
    MAKE_APPRAISAL = "make_appraisal", _("制鉴定清单")
    SIGN_APPRAISAL = "sign_appraisal", _("签鉴定清单")
    DROP_APPRAISAL = "drop_appraisal", _("撤销鉴定清单")
    BEGIN_ROTATION = "begin_rotation", _("开始更换密钥")
    RESEAL = "reseal", _("换封")
    END_ROTATION = "end_rotation", _("换完密钥")
    REHEARSE = "rehearse", _("演练恢复文件")
    LEAVE = "leave", _("办理离开")


def action_choices() -> list[tuple[str, Any]]:
    """Code and label of each action.

    The migrations name this function and not the actions, so that a further one needs none.
    """
    return list(Action.choices)
