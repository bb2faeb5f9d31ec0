"""The forms say in plain words what is wrong, and hand over exactly what was meant."""

import re
from datetime import datetime, timedelta
from typing import Any, cast

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.datastructures import MultiValueDict

from intake.arriving.decoding.kept_files import OversizedFile
from intake.citizen.forms import ReportForm, SupplementForm, fresh_token
from intake.citizen.forms.attached_files import ChosenFiles
from intake.report.draft import Draft
from intake.report.report_limits import LONGEST, MAX_FILE_BYTES
from tests.intake.report.evidence import evidence_corpus as corpus
from tests.sending import NARRATIVE, photo

AT = datetime.fromisoformat("2025-04-15T10:00:00+08:00")
KNOWN = {"town-1"}
BAD = ("木马.exe", b"MZ\x90\x00program")


def form_of(files: tuple[Any, ...] = (), **changes: Any) -> ReportForm:
    typed = {"form_token": fresh_token(at=AT), "narrative": NARRATIVE, "agree_privacy": "on"}
    return ReportForm(
        {**typed, **changes},
        MultiValueDict({"attachments": list(files)}),
        has_target=KNOWN.__contains__,
        at=AT,
    )


def draft_of(**changes: Any) -> Draft:
    form = form_of(**changes)
    assert form.is_valid(), form.errors
    return form.to_draft()


def errors_of(**changes: Any) -> dict[str, list[str]]:
    return {name: [str(e) for e in errors] for name, errors in form_of(**changes).errors.items()}


def test_only_the_required_fields_make_an_anonymous_draft():
    draft = draft_of()
    assert (draft.narrative, draft.identity, draft.target_code) == (NARRATIVE, "anonymous", None)
    assert not draft.unlisted


def test_everything_typed_reaches_the_draft():
    draft = draft_of(
        target="town-1",
        place="某村",
        subject="某人",
        happened="去年",
        category="land",
        about_inspectors="on",
        identity="named",
        reporter_name="张三",
        reporter_phone="13800000000",
        withhold_identity="on",
        agree_sensitive="on",
    )
    assert (draft.target_code, draft.place, draft.subject) == ("town-1", "某村", "某人")
    assert (draft.happened, draft.category, draft.about_inspectors) == ("去年", "land", True)
    assert (draft.reporter_name, draft.reporter_phone) == ("张三", "138 0000 0000")
    assert (draft.identity, draft.withhold_identity) == ("named", True)


def test_unlisted_is_an_answer():
    draft = draft_of(target="unlisted")
    assert (draft.target_code, draft.unlisted) == (None, True)


def test_an_unknown_target_is_told_at_its_field():
    assert "重新选" in errors_of(target="nowhere")["target"][0]


def test_the_draft_has_the_nonce_of_its_sheet():
    token = fresh_token(at=AT)
    assert draft_of(form_token=token).nonce == token.split(".")[1]


@pytest.mark.parametrize("narrative", ["", "   \n ", "九个字不够长呀呀"])
def test_too_short_a_narrative(narrative: str):
    assert "至少 10 个字" in errors_of(narrative=narrative)["narrative"][0]


@pytest.mark.parametrize("narrative", ["", "见录音"])
@pytest.mark.parametrize("spoken", ["weba", "m4a", "amr"])
def test_who_sends_a_sound_may_leave_the_narrative_empty(narrative: str, spoken: str):
    name, make = corpus.GOOD[spoken]
    form = form_of((photo(name, make()),), narrative=narrative)
    assert form.is_valid(), form.errors
    assert form.to_draft().narrative == narrative


@pytest.mark.parametrize("other", ["jpeg", "webm", "txt"])
def test_another_file_speaks_for_nobody(other: str):
    name, make = corpus.GOOD[other]
    errors = form_of((photo(name, make()),), narrative="").errors
    assert list(errors) == ["narrative"]
    assert "可以交一段录音" in str(errors["narrative"])


@pytest.mark.parametrize("refused", [("录音1.webm", b""), ("会议.mp3", b"MZ\x90\x00program")])
def test_who_spoke_in_vain_is_told_of_the_file_alone(refused: tuple[str, bytes]):
    assert list(form_of((photo(*refused),), narrative="").errors) == ["attachments"]


def test_who_spoke_on_a_sheet_of_nobody_is_not_asked_to_write():
    name, make = corpus.GOOD["weba"]
    form = form_of((photo(name, make()),), narrative="", form_token="none of ours")
    assert list(form.errors) == ["__all__"]


def test_ten_characters_are_enough():
    assert draft_of(narrative="一二三四五六七八九十").narrative


def test_the_longest_narrative_counts_a_line_end_once():
    lines = LONGEST["narrative"] // 2 - 1
    assert draft_of(narrative="字\r\n" * lines + "字尾").narrative.count("\n") == lines


def test_one_character_too_many_is_told_with_the_count():
    too_many = LONGEST["narrative"] + 1
    assert str(too_many) in errors_of(narrative="字" * too_many)["narrative"][0]


@pytest.mark.parametrize("missing", ["reporter_name", "reporter_phone", "agree_sensitive"])
def test_who_is_named_gives_a_name_a_phone_and_agrees(missing: str):
    person = {
        "identity": "named",
        "reporter_name": "张三",
        "reporter_phone": "13800000000",
        "agree_sensitive": "on",
    }
    assert list(errors_of(**{**person, missing: ""})) == [missing]


def test_who_is_anonymous_leaves_no_name_though_one_was_typed():
    form = form_of(identity="anonymous", reporter_name="张三", reporter_phone="不是电话")
    assert form.is_valid()
    assert form.leaves_out_a_name
    draft = form.to_draft()
    assert (draft.reporter_name, draft.reporter_phone) == ("", "")


@pytest.mark.parametrize("typed", ["8220719", "1380000000", "12388", "无", "1" * 40])
def test_what_is_no_phone_is_told(typed: str):
    person = {"identity": "named", "reporter_name": "张", "agree_sensitive": "on"}
    assert "区号" in errors_of(**person, reporter_phone=typed)["reporter_phone"][0]


@pytest.mark.parametrize("mark", ["\x00", "\x07", "\x1b", "\x84", "\u202e", "\u2066", "\ufffd"])
@pytest.mark.parametrize("name", ["narrative", "place", "subject", "happened"])
def test_unseen_characters_are_told_and_taken_out_of_what_is_given_back(mark: str, name: str):
    form = form_of(**{name: f"前面的十个字在这里了{mark}后面"})
    assert "看不见" in str(form.errors[name][0])
    assert form[name].value() == "前面的十个字在这里了后面"


COPIED = ["\u2068{}\u2069", "\u202d{}\u202c", "\ufeff{}\u00ad", "\u200b{}\u200d"]


@pytest.mark.parametrize("around", COPIED)
@pytest.mark.parametrize(
    ("name", "words"),
    [
        *(("narrative", NARRATIVE), ("place", "某村"), ("subject", "某人"), ("happened", "4月1日")),
        *(("reporter_name", "张三"), ("target_code", "town-1"), ("category", "land")),
    ],
)
def test_what_nobody_sees_is_taken_out_of_every_field_in_silence(
    around: str, name: str, words: str
):
    person = {"identity": "\ufeffnamed", "reporter_name": "张三", "reporter_phone": "13800000000"}
    field = name.removesuffix("_code")
    draft = draft_of(**{**person, "agree_sensitive": "on", field: around.format(words)})
    assert getattr(draft, name) == words


@pytest.mark.parametrize("half", ["\u202d138 0000 0000", "138 0000 0000\u2069（晚上\u200d打）"])
def test_half_of_the_marks_beside_a_telephone_is_no_mistake(half: str):
    person = {"identity": "named", "reporter_name": "张三", "agree_sensitive": "on"}
    assert draft_of(**person, reporter_phone=half).reporter_phone.startswith("138 0000 0000")


@pytest.mark.parametrize("end", ["\x0b", "\x0c", "\x85", "\u2028", "\u2029", "\r"])
def test_every_end_of_a_line_keeps_words_apart(end: str):
    draft = draft_of(narrative=f"{NARRATIVE}{end}第二行", place=f"某镇{end}某村")
    assert (draft.narrative, draft.place) == (f"{NARRATIVE}\n第二行", "某镇 某村")


def test_emoji_stay_as_typed():
    family = "他家👨\u200d👩\u200d👧和❤\ufe0f\u200d🔥都在这里，十个字"
    assert draft_of(narrative=family).narrative == family


def test_the_trap_is_emptied_and_told():
    form = form_of(website="http://example.com")
    assert "清空" in str(form.errors["website"][0])
    assert form["website"].value() == ""


def test_a_choice_that_is_none_is_told():
    assert list(errors_of(category="murder", identity="secret")) == ["category", "identity"]


def test_an_expired_sheet_keeps_its_nonce():
    token = fresh_token(at=AT - timedelta(hours=49))
    form = form_of(form_token=token)
    assert "太久" in form.problems[-1][1]
    assert form.sheet.renewed(AT).split(".")[1] == token.split(".")[1]


@pytest.mark.parametrize(
    "token",
    ["", "x", "1.2.3", fresh_token(at=AT)[:-1] + "!"],
    ids=["none", "short", "dotted", "altered"],
)
def test_a_forged_sheet_gets_a_new_nonce(token: str):
    form = form_of(form_token=token)
    assert not form.is_valid()
    assert form.sheet.nonce is None


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"", "空.jpg", "空文件"),
        (b"MZ\x90\x00program", "木马.exe", "格式"),
        (b"<svg xmlns='x'></svg>", "图.jpg", "格式"),
    ],
)
def test_a_refused_file_is_named_with_its_reason(content: bytes, name: str, reason: str):
    names_the_reason(photo(name, content), name, reason)


def test_a_file_that_is_too_large_is_named_with_its_reason():
    names_the_reason(too_large("大.jpg", MAX_FILE_BYTES + 1), "大.jpg", "100 MB")


def too_large(name: str, size: int) -> OversizedFile:
    file = OversizedFile(size=size)
    file.name = name
    return file


def names_the_reason(file: Any, name: str, reason: str) -> None:
    form = form_of(files=(photo(), file))
    (sentence,) = form.errors["attachments"]
    assert name in str(sentence)
    assert reason in str(sentence)


def test_ten_files_are_too_many():
    form = form_of(files=tuple(photo(f"{n}.jpg") for n in range(10)))
    assert "10 个" in str(form.errors["attachments"][0])


@pytest.mark.parametrize(
    "token", ["", "x", fresh_token(at=AT)[:-1] + "!"], ids=["none", "short", "altered"]
)
@pytest.mark.parametrize("kind", [ReportForm, SupplementForm])
def test_no_file_is_looked_at_on_a_sheet_that_is_none_of_ours(kind: Any, token: str):
    """Nothing is said of them: neither which are refused nor which are good."""
    typed = {"narrative": NARRATIVE, "agree_privacy": "on", "form_token": token}
    files = MultiValueDict({"attachments": [photo(*BAD), photo()]})
    more = {"has_target": KNOWN.__contains__} if kind is ReportForm else {}
    form = kind(typed, files, at=AT, **more)
    assert not form.is_valid()
    assert "attachments" not in form.errors
    assert list(form["attachments"].good_names) == []
    assert all(file.tell() == 0 for file in files.getlist("attachments")), "not even read"


def test_a_file_is_looked_at_on_a_sheet_that_lay_open_too_long():
    form = form_of(files=(photo(*BAD),), form_token=fresh_token(at=AT - timedelta(hours=49)))
    assert "attachments" in form.errors


def test_a_supplement_of_files_alone_is_not_told_to_be_empty_when_its_sheet_is_none_of_ours():
    files = MultiValueDict({"attachments": [photo()]})
    assert "narrative" not in SupplementForm({"form_token": "x"}, files, at=AT).errors


def good_names(*files: Any, **changes: Any) -> list[str]:
    form = form_of(files=files, **changes)
    assert not form.is_valid()
    return list(cast(ChosenFiles, form["attachments"]).good_names)


def test_the_good_files_beside_a_refused_one_are_known_by_name():
    files = (photo("好.jpg"), photo(*BAD), photo("C:\\图\u202e\\说明.txt", "写下来了".encode()))
    assert good_names(*files) == ["好.jpg", "说明.txt"]


def test_all_files_are_good_where_something_else_is_wrong():
    assert good_names(photo("好.jpg"), photo("甲.jpg"), narrative="短") == ["好.jpg", "甲.jpg"]
    assert good_names(narrative="短") == []


def test_no_file_is_to_be_chosen_again_where_fewer_must_be():
    assert good_names(*(photo(f"{n}.jpg") for n in range(10))) == []
    assert good_names(photo(), *(too_large(f"{n}.jpg", MAX_FILE_BYTES) for n in range(3))) == []


def test_the_page_names_the_good_files_in_the_words_that_scripts_take_away():
    form = form_of(files=(photo("好<b>.jpg"), photo("照片.jpg"), photo(*BAD)))
    context = {"field": form["attachments"], "files_again": True}
    page = render_to_string("intake/_files.html", context)
    again = re.findall(r'<p class="hint hint--again">(.*?)</p>', page)
    assert again == [
        "刚才选的文件没有留下，请重新选一次。",
        "这些文件没有问题，也要重新选：好&lt;b&gt;.jpg、照片.jpg。",
    ]
    blank = render_to_string("intake/_files.html", {**context, "files_again": False})
    assert "hint--again" not in blank


def test_good_files_reach_the_draft_in_order():
    form = form_of(files=(photo("甲.jpg"), photo("乙.jpg")))
    assert form.is_valid()
    assert [(a.name, a.kind) for a in form.to_draft().attachments] == [
        ("甲.jpg", "jpeg"),
        ("乙.jpg", "jpeg"),
    ]


def test_problems_stand_in_the_order_of_the_page():
    form = form_of(narrative="短", agree_privacy="", target="nowhere", form_token="")
    assert [anchor for anchor, _ in form.problems] == [
        "target",
        "narrative",
        "agree_privacy",
        "submit",
    ]


def test_a_form_of_django_s_kind_of_data_is_read_too():
    data = QueryDict(f"narrative={NARRATIVE}&agree_privacy=1&form_token={fresh_token(at=AT)}")
    assert ReportForm(data, has_target=KNOWN.__contains__, at=AT).is_valid()


@pytest.mark.parametrize("value", ["", "0", "false", "off"])
def test_a_box_that_is_not_ticked(value: str):
    assert "agree_privacy" in errors_of(agree_privacy=value)


def test_a_supplement_needs_words_or_a_file():
    code = "123456789012345678" + f"{98 - 123456789012345678 * 100 % 97:02d}"
    typed = {"code": code, "narrative": "", "form_token": fresh_token(at=AT)}
    assert "narrative" in SupplementForm(typed, at=AT).errors
    assert SupplementForm({**typed, "narrative": "短"}, at=AT).is_valid()
    with_file = MultiValueDict({"attachments": [photo()]})
    assert SupplementForm(typed, with_file, at=AT).is_valid()
