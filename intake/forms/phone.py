"""Telephone numbers of any country as people write them, with what they remark beside."""

import re
import unicodedata

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from phonenumbers import Leniency, PhoneNumberFormat, PhoneNumberMatch, PhoneNumberMatcher

HOME = "CN"
# Where somebody names the place, a number is read as it is dialled there. Not so in America:
# one of its numbers and a mobile number of the mainland can look alike.
_PLACES = {
    **{"香港": "HK", "澳门": "MO", "澳門": "MO", "台湾": "TW", "台灣": "TW", "臺灣": "TW"},
    **{"日本": "JP", "韩国": "KR", "韓國": "KR", "新加坡": "SG"},
}
# Beside a number, as in 'wx同号' or '-8点以后', these keep the library from seeing it.
_NOT_OF_A_NUMBER = re.compile(r"[A-Za-z]|(?<=(?<!\d)1\d{10})[-~]")
# What stands before an extension; for the library it becomes an 'x'.
_EXTENSION = re.compile(
    r"(?:(?<=\d)[\s,-]*(?:转|轉|分机号?|分機號?|内线|ext|x)+[\s:.]*|(?<=\d)[*#]"
    r"|(?:(?<=(?<!\d)\d{7})|(?<=(?<!\d)\d{8}))-)(?=\d{1,6}(?!\d))",
    re.IGNORECASE,
)
# Codes that people write without a plus: such a row of digits is no number of the mainland.
_CODE_WITHOUT_PLUS = re.compile(r"(?<![\d+])(?=(?:852|853|886)(?:\D{0,2}\d){8})")

NO_PHONE = _(
    "这个电话好像不对。手机号是 11 位；固定电话请带区号，例如 0635-8220719；"
    "境外电话请先写 + 和国家或地区号，例如 +852 9123 4567。"
)


def read_phone(typed: str) -> str:
    """What was typed, with each valid number in it set as usual: '138 0000 0000（晚上打）'.

    Raises ValidationError when there is no valid number in it.
    """
    if not typed:
        raise ValidationError(_("请写下电话；不想留电话，请选“不留姓名”。"))
    found = _numbers_in(typed)
    if not found:
        raise ValidationError(NO_PHONE)
    pieces, end = [], 0
    for match in found:
        pieces += [typed[end : match.start], _as_dialled(match.number)]
        end = match.end
    return "".join([*pieces, typed[end:]])


def _numbers_in(typed: str) -> list[PhoneNumberMatch]:
    """Read as in a place that is named, else as at home, else with the plus that was left out."""
    plain = _plain(typed)
    places = [place for word, place in _PLACES.items() if word in typed]
    for country in (*places, HOME):
        if found := list(PhoneNumberMatcher(plain, country, leniency=Leniency.VALID)):
            return found
    with_plus = _CODE_WITHOUT_PLUS.sub("+", plain, count=1)
    found = list(PhoneNumberMatcher(with_plus, HOME, leniency=Leniency.VALID))
    # The one that got its plus ends one place earlier in what was typed.
    for match in found:
        match.end -= 1
    return found[:1]


def _plain(typed: str) -> str:
    """As long as what was typed: digits and signs of one width, 'x' before an extension."""
    narrow = "".join(_narrow(character) for character in typed)
    pieces, end = [], 0
    for match in _EXTENSION.finditer(narrow):
        pieces += [
            _NOT_OF_A_NUMBER.sub("，", narrow[end : match.start()]),
            "x".ljust(len(match[0])),
        ]
        end = match.end()
    return "".join([*pieces, _NOT_OF_A_NUMBER.sub("，", narrow[end:])])


def _narrow(character: str) -> str:
    narrow = unicodedata.normalize("NFKC", character)
    if narrow == "_":
        return "-"
    return narrow if len(narrow) == 1 else character


def _as_dialled(number: phonenumbers.PhoneNumber) -> str:
    is_at_home = number.country_code == phonenumbers.country_code_for_region(HOME)
    style = PhoneNumberFormat.NATIONAL if is_at_home else PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, style)
