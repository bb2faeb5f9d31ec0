"""What the pages of a round's end ask for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from intake.admin.login.signing import SignedForm
from intake.casework.moving.needed import LONGEST_WORDS_OF_A_DEED


class ArchiveForm(SignedForm):
    """To whose key the round is sealed; an open session alone gives no round away."""

    recipient = forms.CharField(
        label=_("档案部门的 age 公钥"),
        max_length=100,
        help_text=_("以 age1 开头，由档案部门给。填好后屏幕上会显示核对码，请打电话和他们对一遍。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("请填档案部门给的公钥。")},
    )


class PurgeForm(forms.Form):
    """The two answers without which nothing is destroyed."""

    slug = forms.CharField(
        label=_("这一轮的代号"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("请照上面写的填这一轮的代号。")},
    )
    proof = forms.CharField(
        label=_("档案部门的接收确认码"),
        max_length=40,
        help_text=_("十二位数字，写在归档包的总目录里，只有档案部门打得开。请打电话问他们。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
        error_messages={"required": _("请填接收确认码。")},
    )
    # Asked for only where the archive's folder is no more on the server.
    sums = forms.CharField(
        label=_("归档包指纹"),
        max_length=64,
        required=False,
        help_text=_(
            "归档包的文件夹已经不在服务器上。请档案部门先运行 sha256sum -c SHA256SUMS，全部一致以后"
            "再运行 sha256sum SHA256SUMS，把结果的前十六位念给您。"
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class HoldForm(forms.Form):
    """What must not be destroyed yet, and why."""

    number = forms.CharField(
        label=_("信访编号"),
        max_length=40,
        required=False,
        help_text=_(
            "只暂缓一件就填它的编号；空着就是整轮。暂缓的件不能归档、也不能定为不归档；有一件暂缓，这一轮就不能做归档包、不能清理。"
        ),
    )
    reason = forms.CharField(
        label=_("理由"),
        max_length=LONGEST_WORDS_OF_A_DEED,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("例如：有关案件还没有办完。理由封存给巡察办。"),
        error_messages={"required": _("请写明理由。")},
    )
