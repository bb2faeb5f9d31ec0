"""What a number of the notice is for, from its label and the words around it."""

import pytest

from inspection.parsing import parse
from tests.reading import NOTICE

PHONE, FAX = "0999-6210001", "0999-6210002"


@pytest.mark.parametrize(
    ("line", "contacts"),
    [
        (f"传真：{FAX}", [("fax", FAX)]),
        (f"传真电话：{FAX}", [("fax", FAX)]),
        (f"传真号码为{FAX}", [("fax", FAX)]),
        (f"联系电话：{FAX}（传真）", [("fax", FAX)]),
        (f"信访电话：{PHONE}，传真：{FAX}", [("phone", PHONE), ("fax", FAX)]),
        (f"电话{PHONE}，传真{FAX}", [("phone", PHONE), ("fax", FAX)]),
        (f"可以拨打电话{PHONE}或者发传真至{FAX}。", [("phone", PHONE), ("fax", FAX)]),
        (f"监督电话：{PHONE}，传真{FAX}", [("supervision", PHONE), ("fax", FAX)]),
        (f"电话（传真）：{PHONE}", [("phone", PHONE), ("fax", PHONE)]),
        (f"传真/电话：{PHONE}", [("phone", PHONE), ("fax", PHONE)]),
        (f"联系电话：{PHONE}（兼传真）", [("phone", PHONE), ("fax", PHONE)]),
        (f"欢迎通过来电、传真反映问题，值班电话{PHONE}。", [("phone", PHONE)]),
    ],
)
def test_a_fax_is_not_read_as_a_phone(line: str, contacts: list[tuple[str, str]]) -> None:
    text = NOTICE.replace("信访电话：0999-6210001（工作日8:30—18:00）", line)
    assert [(found.kind, found.value) for found in parse(text).contacts] == contacts


def test_nobody_has_to_sit_beside_a_fax() -> None:
    line = f"信访电话：{PHONE}，传真：{FAX}（工作日8:30—18:00）"
    text = NOTICE.replace("信访电话：0999-6210001（工作日8:30—18:00）", line)
    phone, fax = parse(text).contacts
    assert (phone.value, fax.value, fax.hours) == (PHONE, FAX, None)
