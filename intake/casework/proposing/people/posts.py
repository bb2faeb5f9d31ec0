"""Posts as people write them, and the rank that a post tells. Pure."""

import re

_WORDS = """
    (?:党委|党组|党支部|党总支|党工委|支部|总支|[县市区镇乡纪团]委)?(?:副|第一)?书记
    支书
    (?:[村居]委会|妇联|办事处|街道办(?:事处)?|人大|办公室|妇女|治保|政协|工会)?副?主任(?!科员)
    (?:党委|党组|班子|两委|组织|宣传|纪检|政法|统战|武装)(?:委员|成员)(?!会) 武装部长
    村支委 村委委员
    (?:人大|政协|工会|妇联|残联)?副?主席(?!台)
    副?(?:省|市|县|区|镇|乡|村)长(?![期大久远年途此得])
    (?:常务)?副?(?:[局厅处部科所站校院园行厂场矿队段股组司署]|理事|董事|检察)长(?![期大久远年途此得])
    村民(?:小组|代表)组?长? 总会计师 (?:常务)?副?总?经理(?!人) 副总 监事
    (?:主管)?会计(?![师账学]|凭证|事务|核算|工作) 出纳 文书
    (?:计生|妇女|治保|民政|水利|[包驻]?村|镇|社区|两委)(?:专干|专员|助理|干部|干事) 网格员
    (?:副)?主任科员 科员 办事员 工作人员 采购员 法官 检察官 民警 护士长 教导主任 班主任 教师
    老师 村干部 镇干部 负责人 一把手 当家人 党支部(?:副|第一)?书记
"""
# The longest of several comes first by its order here; an expression takes the first that fits.
POST = re.compile(f"(?:原|前|时任|现任|老)?(?:{'|'.join(_WORDS.split())})")
# Whoever bears one is not one person alone.
GROUPS = (
    "村干部",
    "镇干部",
    "工作人员",
    "负责人",
    "教师",
    "老师",
    "民警",
    "法官",
    "检察官",
    "成员",
    "代表",
)

# The end of a body's name before a post.
_BODY_END = """
    镇 乡 街道 街 村 庄 社区 局 厅 委 办 处 科 所 站 公司 集团 银行 信用社 学校 小学 中学 初中
    高中 幼儿园 医院 卫生院 中心 部 厂 队 县 市 区 省 党委 政府 村委会 居委会 委员会 办公室 大队
    组 院 校 合作社 支部 两委 园区 机关 法院 库 年级 管委会 协会 工会 联社
"""
BODY_END = tuple(_BODY_END.split())
_VILLAGE = r"(?:村|庄|社区|大队|居委会|屯)"
_TOWN = r"(?:镇|乡|街道|街道办|办事处|街道办事处)"
_STATE_FIRM = "(?:国有|国企|水务|公交|城投|热力|燃气|供热|文旅|交投|投资控股|国投|粮食)"
_BEFORE = "(?:原|前|时任|现任|老)?"

# Of the whole of body and post, the first that fits; what tells no rank surely has none. A bureau
# of a city and its head are no pattern here: whether the city is a county's equal is not written.
RANKS: tuple[tuple[str, str], ...] = (
    (
        "other_rural",
        r"""
            村民(?:小组|组|代表) 小组长 生产队长 [村庄][^,。]{0,6}组长
            [一二三四五六七八九十0-9]组组长
        """,
    ),
    ("province", r"省委?副?书记 副?省长 省(?:人大|政协)[^,。]{0,6}主[任席]"),
    ("department", r"省[^,。市县区镇乡村]{1,8}[厅局委][^,。处科]{0,4}(?:厅长|局长|主任) 副?厅长"),
    (
        "county",
        r"""
            副?县长 县委副?书记 县委常委 县(?:人大|政协)[^,。]{0,6}主[任席] 副?区长 区委副?书记
            [市省][^,。]{2,10}副?处长
        """,
    ),
    (
        "village",
        rf"""
            {_VILLAGE}[^,。镇乡]{{0,8}}(?:支书|书记|主任|会计|文书|委员|村长|干部|出纳|负责人)
            ^{_BEFORE}(?:支书|村长|副村长|村干部|村支委|两委(?:成员|干部))
        """,
    ),
    (
        "town",
        rf"""
            副?镇长 副?乡长 {_TOWN}[^,。村庄]{{0,8}}(?:书记|主任|主席|委员|部长)(?!科员)
            县[^,。镇乡村]{{1,10}}[局委办][^,。所站队科股]{{0,4}}(?:局长|主任|书记)
            [市区][^,。镇乡村]{{1,10}}局[^,。]{{0,8}}副?科长 [镇乡]委副?书记
        """,
    ),
    (
        "state_firm",
        rf"""
            {_STATE_FIRM}[^,。]{{0,14}}(?:书记|经理|副总|监事|会计|出纳|主任|采购员|[董事部处科队厂]长|负责人)
        """,
    ),
    (
        "institution",
        r"""
            (?:学校|[小中]学|[初高]中|幼儿园|医院|卫生院)[^,。]{0,8}(?:长|书记|主任|会计|教师|老师|负责人)
            副?校长 教导主任 班主任 护士长 副?园长
        """,
    ),
    (
        "staff",
        rf"""
            (?:[局委办所站]|政府|{_TOWN})[^,。村庄]{{0,10}}(?:科员|办事员|工作人员|干事|专干|助理|会计|出纳)
        """,
    ),
)
_PATTERNS = tuple((code, re.compile("|".join(words.split()))) for code, words in RANKS)


def rank_of(body: str, post: str) -> str:
    """The code of the rank that a body and a post tell together; empty where they do not."""
    if not post or post.startswith(("驻村", "包村")) or "第一书记" in post:
        return ""
    whole = body + post
    return next((code for code, pattern in _PATTERNS if pattern.search(whole)), "")
