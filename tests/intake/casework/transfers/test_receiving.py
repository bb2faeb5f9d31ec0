"""Which item may go to which receiver: one table."""

import pytest

from intake.casework.transfers.receiving import Body, Matter, Taker, hides_identity, refusals
from intake.choices import ListKind, Nature, ReceiverKind, Scope

TOWN, OTHER_TOWN, COUNTY = 1, 2, 3
ALL = frozenset(Nature.values)
TAKERS = {
    "discipline": Taker("discipline", frozenset({"accusation"}), (Body(None, ("市纪委监委",)),)),
    "petitions": Taker("petitions", frozenset({"appeal"}), (Body(None, ("市信访局",)),)),
    "shut": Taker("petitions", ALL, (Body(None, ("旧信访局",)),), is_active=False),
    "bureau": Taker("department", ALL, (Body(None, ("岚台市教育局",)),)),
    "under the town": Taker(
        "department", ALL, (Body(None, ("青石镇财政所",)), Body(TOWN, ("青石镇",)))
    ),
    "town": Taker("inspected", ALL, (Body(TOWN, ("岚东县青石镇", "青石镇")),)),
    "inspected bureau": Taker("petitions", ALL, (Body(COUNTY, ("县信访局",)),)),
}
NO_ACCUSED = "检举控告不能交给被反映的单位，也不能交给归它管的单位。"
FIX, LIST = ListKind.FIX, ListKind.TRANSFER

# nature, scope, target, accused bodies, receiver, kind, the notice names the body, beginning of why
TABLE: list[tuple[str, str, int | None, tuple[str, ...], str, ListKind, bool, str]] = [
    ("accusation", "in", TOWN, (), "discipline", LIST, False, ""),
    ("accusation", "in", None, ("市纪委监委",), "discipline", LIST, False, NO_ACCUSED),
    ("accusation", "in", None, ("纪委监委",), "discipline", LIST, False, NO_ACCUSED),
    ("accusation", "in", None, ("市 纪委（监委）",), "discipline", LIST, False, NO_ACCUSED),
    ("accusation", "in", TOWN, (), "bureau", LIST, False, ""),
    ("accusation", "in", TOWN, ("教育局",), "bureau", LIST, False, NO_ACCUSED),
    ("accusation", "in", TOWN, ("局",), "bureau", LIST, False, ""),
    ("accusation", "in", TOWN, (), "under the town", LIST, False, NO_ACCUSED),
    (
        "accusation",
        "in",
        OTHER_TOWN,
        ("青石镇人民政府",),
        "under the town",
        LIST,
        False,
        NO_ACCUSED,
    ),
    ("accusation", "out", TOWN, (), "town", LIST, True, NO_ACCUSED),
    ("accusation", "out", OTHER_TOWN, (), "town", LIST, True, "只有申诉"),
    ("accusation", "in", TOWN, (), "town", FIX, True, NO_ACCUSED),
    ("appeal", "in", TOWN, (), "petitions", LIST, False, ""),
    ("suggestion", "in", TOWN, (), "petitions", LIST, False, "这个单位不接收“批评建议”"),
    ("appeal", "in", TOWN, (), "shut", LIST, False, "这个接收单位已经停用"),
    ("", "in", TOWN, (), "bureau", LIST, False, "还没有判明"),
    ("appeal", "out", TOWN, (), "town", LIST, True, ""),
    ("out_of_scope", "in", TOWN, (), "town", LIST, True, ""),
    ("suggestion", "out", OTHER_TOWN, (), "town", LIST, True, ""),
    ("appeal", "out", TOWN, (), "town", LIST, False, "公告没有写明"),
    ("appeal", "in", TOWN, (), "town", LIST, True, "只有受理范围以外"),
    ("appeal", "unchecked", TOWN, (), "town", LIST, True, "只有受理范围以外"),
    ("empty", "out", TOWN, (), "town", LIST, True, "只有申诉"),
    ("appeal", "out", TOWN, ("青石镇",), "town", LIST, True, "这一件反映的就是"),
    ("appeal", "in", TOWN, (), "inspected bureau", LIST, False, ""),
    ("appeal", "in", COUNTY, (), "inspected bureau", LIST, False, "公告没有写明"),
    ("appeal", "in", TOWN, (), "town", FIX, False, ""),
    ("appeal", "in", TOWN, ("青石镇",), "town", FIX, False, ""),
    ("appeal", "in", OTHER_TOWN, (), "town", FIX, False, "立行立改通知书只发给"),
    ("appeal", "in", None, (), "petitions", FIX, False, "立行立改通知书只发给"),
    ("empty", "in", TOWN, (), "town", FIX, False, "只有申诉"),
]


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row[0]}-{row[4]}-{row[7][:6]}")
def test_who_may_receive_what(
    row: tuple[str, str, int | None, tuple[str, ...], str, ListKind, bool, str],
):
    nature, scope, target, accused, taker, kind, names_body, why = row
    matter = Matter(nature, scope, target, accused)
    found = list(refusals(matter, TAKERS[taker], kind, notice_names_body=names_body))
    assert (found[0] if found else "")[: len(why) or 1] == why, found


# subject, place, receiver: what the report itself says, with nothing in the case file.
TOLD = [
    ("教育局王局长", "", "bureau", NO_ACCUSED),
    ("张三，岚台市教育局局长", "", "bureau", NO_ACCUSED),
    ("张三 市教育局（局长）", "", "bureau", NO_ACCUSED),
    ("", "岚台市教育局", "bureau", NO_ACCUSED),
    ("", "教育局人事科", "bureau", NO_ACCUSED),
    ("纪委监委的王某", "", "discipline", NO_ACCUSED),
    ("青石镇书记", "", "under the town", NO_ACCUSED),
    ("", "岚东县青石镇", "under the town", NO_ACCUSED),
    # Another bureau, a post without a body, and a village that lies in the town.
    ("岚东县教育局局长", "", "bureau", ""),
    ("局长", "岚台市", "bureau", ""),
    ("", "岚东县青石镇石桥村", "under the town", ""),
    ("", "", "bureau", ""),
]


@pytest.mark.parametrize(("subject", "place", "taker", "why"), TOLD)
def test_what_the_report_itself_accuses(subject: str, place: str, taker: str, why: str):
    matter = Matter("accusation", "in", OTHER_TOWN, (), subject, place)
    found = list(refusals(matter, TAKERS[taker], LIST, notice_names_body=False))
    assert found == ([why] if why else [])
    # An appeal may be settled by the very body that it names.
    appeal = Matter("appeal", "in", OTHER_TOWN, (), subject, place)
    assert NO_ACCUSED not in refusals(appeal, TAKERS[taker], LIST, notice_names_body=False)


@pytest.mark.parametrize(
    ("taker", "target", "kind", "hides"),
    [
        ("petitions", TOWN, LIST, False),
        ("town", TOWN, LIST, True),
        ("town", OTHER_TOWN, LIST, True),
        ("inspected bureau", COUNTY, LIST, True),
        ("inspected bureau", TOWN, LIST, False),
        ("town", TOWN, FIX, True),
    ],
)
def test_no_name_goes_to_the_body_itself(taker: str, target: int, kind: ListKind, hides: bool):
    matter = Matter(Nature.APPEAL, Scope.OUT, target)
    assert hides_identity(matter, TAKERS[taker], kind) == hides


def test_each_kind_of_receiver_has_its_word():
    assert {taker.kind for taker in TAKERS.values()} <= set(ReceiverKind.values)
