"""The report's form: checks what a person typed and hands over a draft."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from intake.arriving.decoding.kept_files import Uploads
from intake.choices import Category, Identity
from intake.citizen.forms.attached_files import Files, TakesFiles
from intake.citizen.forms.files_ahead import names_in
from intake.citizen.forms.form_sheet import read_sheet
from intake.citizen.forms.phone import read_phone
from intake.citizen.forms.typed_text import NumberText, Tick, TypedForm, Words
from intake.report import evidence
from intake.report.draft import UNLISTED, Attachment, Draft, read_choice
from intake.report.report_limits import LONGEST, SHORTEST_NARRATIVE

EMPTY = _("请写下要反映的事情，至少 %(shortest)d 个字；不方便写的，可以交一段录音。")
TOO_SHORT = _(
    "请写下要反映的事情，至少 %(shortest)d 个字，现在是 %(count)d 个字；"
    "不方便写的，可以交一段录音。"
)


class ReportForm(TakesFiles, TypedForm):
    """The fields of the contract, in the order in which the page asks."""

    target = Words(
        required=False,
        longest=LONGEST["target"],
        label=_("反映哪个单位？"),
        help_text="说不清就空着，写在下一格，我们来核对。",
    )
    place = Words(
        required=False,
        longest=LONGEST["place"],
        label=_("具体是哪个村、公司、街道？"),
        help_text="写上乡镇、村名或者公司名就行。",
    )
    subject = Words(
        required=False,
        longest=LONGEST["subject"],
        label=_("说的是谁？"),
        help_text="姓名、职务，知道多少写多少。",
    )
    happened = Words(
        required=False,
        longest=LONGEST["happened"],
        label=_("什么时候、在什么地方？"),
        help_text="记不准的写“大概”。",
    )
    narrative = Words(
        required=False,
        longest=LONGEST["narrative"],
        has_lines=True,
        label=_("是什么事？"),
        help_text="时间、地点、人和经过，知道多少写多少。听说的写“听说”。",
    )
    category = forms.ChoiceField(
        required=False,
        choices=Category.choices,
        label=_("大概是哪一类事？"),
        error_messages={"invalid_choice": _("请从列表里选一类，或者空着。")},
    )
    attachments = Files()
    identity = forms.ChoiceField(
        required=False,
        choices=Identity.choices,
        label=_("要不要留姓名？"),
        error_messages={"invalid_choice": _("请选“不留姓名”或者“留姓名和电话”。")},
    )
    reporter_name = Words(required=False, longest=LONGEST["reporter_name"], label=_("您的姓名"))
    reporter_phone = NumberText(
        required=False, longest=LONGEST["reporter_phone"], label=_("您的电话")
    )
    withhold_identity = Tick(
        required=False,
        label=_("移交时不附我的姓名和电话"),
        help_text="要转给别的部门办的时候，只转事情，不转您的姓名和电话。",
    )
    agree_sensitive = Tick(
        required=False,
        label=_("我单独同意处理我填写的敏感信息"),
        help_text="姓名、电话和您写的事，只用于核实和办理，加密保存，只有经手人员能看。",
    )
    about_inspectors = Tick(
        required=False, label=_("要反映的是巡察干部"), help_text="选这里，内容不经过任何一个组。"
    )
    about_office = Tick(
        required=False,
        label=_("要反映的是巡察办，或者巡察办的负责人"),
        help_text="请先找上一级：打12388，或者写信给上一级机关。也可以在这里交："
        "内容封存起来，这里谁也打不开，只转给上一级。",
    )
    agree_privacy = Tick(
        label=_("我已看明白隐私说明并同意"),
        error_messages={"required": _("请先看隐私说明，再勾选同意。")},
    )
    website = Words(required=False, longest=LONGEST["website"], label=_("请空着这一格"))
    form_token = forms.CharField(required=False)

    def __init__(
        self,
        data: Mapping[str, str] | None,
        files: Uploads | None = None,
        *,
        has_target: Callable[[str], object],
        at: datetime,
        initial: Mapping[str, str] | None = None,
    ) -> None:
        """`has_target` tells whether a code can be chosen; `at` is the real time."""
        super().__init__(data, files, initial=initial)
        self.has_target = has_target
        self.sheet = read_sheet(self.data.get("form_token", ""), at=at)

    def clean_target(self) -> str:
        code: str = self.cleaned_data["target"]
        if code not in ("", UNLISTED) and not self.has_target(code):
            raise ValidationError(_("名单上没有您选的这个单位，请重新选；说不清可以空着。"))
        return code

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            # A browser may have filled it in for a person, who could not see it to empty it.
            self.data = {**self.data, "website": ""}
            raise ValidationError(
                _("这一格应当空着，可能是浏览器自动填上的，我们已经清空。请再点一次“提交”。")
            )
        return ""

    def clean(self) -> dict[str, Any]:
        self._check_told()
        super().clean()
        if self.sheet.problem:
            self.add_error(None, ValidationError(self.sheet.problem, code="token"))
        if self.cleaned_data.get("identity") == Identity.NAMED:
            self._check_named()
        if self.came_ahead:
            self.take_ahead()
            self._check_told()
        return self.cleaned_data

    def _check_told(self) -> None:
        """The matter is written down, or it is spoken."""
        facts = self.cleaned_data
        written: str | None = facts.get("narrative")
        if written is None or len(written) >= SHORTEST_NARRATIVE or self._is_spoken():
            return
        counts = {"shortest": SHORTEST_NARRATIVE, "count": len(written)}
        self.add_error("narrative", ValidationError(TOO_SHORT if written else EMPTY, params=counts))

    def _is_spoken(self) -> bool:
        """Of files that were refused, the names tell: who spoke is not asked to write as well."""
        if evidence.promises_sound(names_in(self.came_ahead)):
            return True
        taken: tuple[Attachment, ...] | None = self.cleaned_data.get("attachments")
        if taken is not None:
            return evidence.has_sound(file.kind for file in taken)
        chosen = self.files.getlist("attachments")
        return evidence.promises_sound(file.name or "" for file in chosen)

    def _check_named(self) -> None:
        """Who gives a name gives a telephone too and agrees to both being kept."""
        facts = self.cleaned_data
        if facts.get("reporter_name") == "":
            self.add_error("reporter_name", _("请写下姓名；不想留姓名，请选“不留姓名”。"))
        if "reporter_phone" in facts:
            try:
                facts["reporter_phone"] = read_phone(facts["reporter_phone"])
            except ValidationError as error:
                self.add_error("reporter_phone", error)
        if not facts.get("agree_sensitive"):
            self.add_error("agree_sensitive", _("留姓名和电话，需要您单独勾选同意。"))

    def to_draft(self) -> Draft:
        """The draft of a valid form, which gives its files away.

        Who chose to be anonymous leaves no name and no phone.
        """
        facts = self.cleaned_data
        target_code, unlisted = read_choice(facts["target"])
        is_named = facts["identity"] == Identity.NAMED
        return Draft(
            narrative=facts["narrative"],
            nonce=cast(str, self.sheet.nonce),
            target_code=target_code,
            unlisted=unlisted,
            place=facts["place"],
            about_inspectors=facts["about_inspectors"],
            about_office=facts["about_office"],
            category=facts["category"],
            subject=facts["subject"],
            happened=facts["happened"],
            attachments=facts.pop("attachments"),
            identity="named" if is_named else "anonymous",
            reporter_name=facts["reporter_name"] if is_named else "",
            reporter_phone=facts["reporter_phone"] if is_named else "",
            withhold_identity=facts["withhold_identity"],
            agree_sensitive=facts["agree_sensitive"],
        )

    @property
    def leaves_out_a_name(self) -> bool:
        """Whether a name or a phone was typed though the person chose to be anonymous."""
        typed = self.cleaned_data["reporter_name"] or self.cleaned_data["reporter_phone"]
        return bool(typed) and self.cleaned_data["identity"] != Identity.NAMED
