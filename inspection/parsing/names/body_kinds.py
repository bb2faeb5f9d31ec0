"""What kind of body a name denotes, and what kind of bodies a count counts."""

import re

from inspection.notice import BodyKind

_ENDINGS: tuple[tuple[BodyKind, str], ...] = (
    ("village", r"村民委员会|居民委员会|村委会|居委会|行政村|自然村|嘎查|社区|村"),
    ("enterprise", r"公司|集团|企业|银行|信用社|信用合作联社|联社|厂|矿|商场"),
    ("institution", r"学校|学院|大学|中学|小学|幼儿园|党校|医院|卫生院|保健院|研究[院所]"
                    r"|设计院|疗养院|福利院|养老院|敬老院|中心|[图书档案博物文化体育科技]馆|电视台|广播台|报社|日报社|公园|林场|农场|[一二三四五六七八九十\d]中"),
    ("town", r"镇|乡|街道|街道办事处|苏木|街道办|镇政府|乡政府|办事处"),
    ("department", r"局|委|委员会|办|办公室|部|厅|署|法院|检察院|联合会|工会|妇联|残联|文联|社科联"
                   r"|科协|工商联|侨联"
                   r"|红十字会|贸促会|供销社|合作社|协会|学会|政府|人大|政协|机关|队|所|站|会|院|行|处"),
    ("county", r"自治县|自治州|自治旗|县|区|市|旗|州|盟|师|新区"),
)  # fmt: skip
_BY_NAME = tuple((kind, re.compile(rf"(?:{ends})$")) for kind, ends in _ENDINGS)
_MAYBE_NOTE = re.compile(r"\([^()]*\)$")

_COUNTED: tuple[tuple[BodyKind, str], ...] = (
    ("village", r"^(?:行政村|村|社区)"),
    ("town", r"乡镇|街道|^镇|^乡|镇街|乡\(镇"),
    ("enterprise", r"企业|国企|公司|银行|集团"),
    ("department", r"部门|机关|人民团体|群团|法院|检察院|党政"),
    ("institution", r"学校|高校|院校|医院|事业单位|中小学|中学|小学|科研院所"),
    ("other", r"单位|党组织|党组|党委|组织|地方|地区"),
    ("county", r"^(?:县|市|区|旗|州|设区市|地市|市州)"),
)
_BY_COUNT = tuple((kind, re.compile(pattern)) for kind, pattern in _COUNTED)


def kind_of_body(name: str) -> BodyKind:
    """The kind of the body with this full name."""
    bare = _MAYBE_NOTE.sub("", name)
    return next((kind for kind, ending in _BY_NAME if ending.search(bare)), "other")


def kind_of_counted(noun: str) -> BodyKind | None:
    """The kind that a count's noun means; None for what is no body."""
    return next((kind for kind, pattern in _BY_COUNT if pattern.search(noun)), None)


def looks_like_body(name: str) -> bool:
    """Whether a text can be the name of a body."""
    return kind_of_body(name) != "other"
