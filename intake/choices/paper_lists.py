"""The papers that are printed, by their names in addresses."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PaperCode(TextChoices):
    """文书; what each is about and when there is one stands in `casework.printing.paper_table`."""

    REGISTRATION = "registration", _("信访件登记表")
    CALL = "call", _("来电记录")
    VISIT = "visit", _("来访登记表")
    FIX_NOTICE = "fix-notice", _("立行立改通知书")
    LOAN = "loan", _("借阅登记")
    SET = "set", _("整套材料")
    LETTER = "letter", _("移交函")
    LIST = "list", _("移交清单")
    ACKNOWLEDGEMENT = "acknowledgement", _("签收回执")
    OPENING = "opening", _("举报箱开箱记录")
    SEALED = "sealed", _("密封件登记")
    NOT_ARCHIVED = "not-archived", _("不归档材料鉴定清单")
