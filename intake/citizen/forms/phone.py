"""Telephone numbers of any country as people write them, with what they remark beside."""

import re
import unicodedata

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from phonenumbers import Leniency, PhoneNumberFormat, PhoneNumberMatch, PhoneNumberMatcher

HOME = "CN"
# Where somebody names the place, a number is read as it is dialled there.
_PLACES = {
    place: country
    for country, places in {
        **{"HK": "香港", "MO": "澳门 澳門", "TW": "台湾 台灣 臺灣 台北 臺北 高雄", "SG": "新加坡"},
        **{"JP": "日本 东京 東京 大阪", "KR": "韩国 韓國 首尔 首爾", "US": "美国 美國 加拿大"},
        **{"GB": "英国 英國 伦敦", "FR": "法国 法國 巴黎", "DE": "德国 德國", "IT": "意大利"},
        **{"ES": "西班牙", "RU": "俄罗斯 俄羅斯 莫斯科", "AU": "澳大利亚 澳大利亞 澳洲"},
        **{"NZ": "新西兰 新西蘭", "MY": "马来西亚 馬來西亞", "TH": "泰国 泰國", "VN": "越南"},
        **{"PH": "菲律宾 菲律賓", "ID": "印度尼西亚 印尼", "MM": "缅甸 緬甸", "LA": "老挝"},
        **{"KH": "柬埔寨", "AE": "阿联酋 迪拜", "MN": "蒙古国"},
    }.items()
    for place in places.split()
}
# Whatever place is named, a row of digits so long and so parted is a number of the mainland.
_MAINLAND = re.compile(
    r"(?<!\d)(?:1[3-9]\d[ -]?\d{4}[ -]?\d{4}|0[3-9]\d\d[ -]\d{7,8})(?!\d)", re.ASCII
)
# Beside a number, as in 'wx同号' or '-8点以后', these keep the library from seeing it.
_NOT_OF_A_NUMBER = re.compile(r"[A-Za-z]|(?<=(?<!\d)1\d{10})[-~]")
# Between the groups of a number, where the library knows no such sign.
_DASHES = "_~·•‧∙⋅"
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
    """The mainland's own, those of a place that is named, the rest; or with a plus left out."""
    plain = _plain(typed)
    countries = [country for place, country in _PLACES.items() if place in typed]
    of_home = [m for m in _matches(plain, HOME) if _MAINLAND.search(m.raw_string)]
    rest = [match for country in (*countries, HOME) for match in _matches(plain, country)]
    found: list[PhoneNumberMatch] = []
    for match in of_home + rest:
        if all(match.end <= other.start or other.end <= match.start for other in found):
            found.append(match)
    return sorted(found, key=lambda match: match.start) or _with_plus(plain)


def _with_plus(plain: str) -> list[PhoneNumberMatch]:
    found = _matches(_CODE_WITHOUT_PLUS.sub("+", plain, count=1), HOME)[:1]
    # In what was typed it ends one place earlier.
    for match in found:
        match.end -= 1
    return found


def _matches(plain: str, country: str) -> list[PhoneNumberMatch]:
    return list(PhoneNumberMatcher(plain, country, leniency=Leniency.VALID))


def _plain(typed: str) -> str:
    """As long as what was typed: digits and signs of one width, 'x' before an extension."""
    narrow = "".join(_narrow(character) for character in typed)
    pieces: list[str] = []
    end = 0
    for match in _EXTENSION.finditer(narrow):
        # A switchboard behind a switchboard: what is dialled last stays beside as a remark.
        is_second = bool(pieces) and narrow[end : match.start()].isdigit()
        pieces += [
            _NOT_OF_A_NUMBER.sub("，", narrow[end : match.start()]),
            "，" * len(match[0]) if is_second else "x".ljust(len(match[0])),
        ]
        end = match.end()
    return "".join([*pieces, _NOT_OF_A_NUMBER.sub("，", narrow[end:])])


def _narrow(character: str) -> str:
    narrow = unicodedata.normalize("NFKC", character)
    if narrow in _DASHES:
        return "-"
    return narrow if len(narrow) == 1 else character


def _as_dialled(number: phonenumbers.PhoneNumber) -> str:
    """Set as usual where it belongs; an extension is written as it is asked for."""
    is_at_home = number.country_code == phonenumbers.country_code_for_region(HOME)
    style = PhoneNumberFormat.NATIONAL if is_at_home else PhoneNumberFormat.INTERNATIONAL
    extension, number.extension = number.extension, None
    written = phonenumbers.format_number(number, style)
    return f"{written} 转 {extension}" if extension else written
