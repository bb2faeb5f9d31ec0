"""The kinds of bodies under inspection: one entry each. Pure."""

from dataclasses import dataclass

from inspection.coded import Clue, Coded


@dataclass(frozen=True, kw_only=True)
class BodyFacts:
    """What is true of one kind.

    `word` is the staff's, `counted` stands before a number ('企业8个'). `ends` is how the name of
    such a body ends; `counts` is what a noun behind a number holds that counts such bodies.
    """

    word: str
    counted: str
    counts: Clue
    ends: Clue | None = None


class BodyKind(Coded):
    """The codes are the contract's; the order is that of the staff's choices."""

    facts: BodyFacts

    ENTERPRISE = (
        "enterprise",
        BodyFacts(
            word="企业",
            counted="企业",
            ends=Clue(
                2,
                r"(?:公司|集团|企业|银行|农商行|分行|支行|信用社|信用合作联社|联社|厂|矿|商场|酒店|宾馆)$",
            ),
            counts=Clue(3, r"企业|国企|公司|银行|集团"),
        ),
    )
    TOWN = (
        "town",
        BodyFacts(
            word="乡镇（街道）",
            counted="乡镇（街道）",
            ends=Clue(4, r"(?:镇|乡|街道|街道办事处|苏木|街道办|镇政府|乡政府|办事处|街)$"),
            counts=Clue(2, r"乡镇|街道|^镇|^乡|镇街|乡\(镇"),
        ),
    )
    DEPARTMENT = (
        "department",
        BodyFacts(
            word="部门",
            counted="部门",
            ends=Clue(
                5,
                r"(?:局|委|委员会|办|办公室|部|厅|署|法院|检察院|联合会|工会|妇联|残联|文联|社科联"
                r"|科协|工商联|侨联|红十字会|贸促会|供销社|合作社|合作联社|联合社|协会|学会|政府|人大|政协|机关|队"
                r"|会|处|室|科|台办|团委)$",
            ),
            counts=Clue(4, r"部门|机关|人民团体|群团|法院|检察院|党政"),
        ),
    )
    VILLAGE = (
        "village",
        BodyFacts(
            word="村（社区）",
            counted="村（社区）",
            ends=Clue(1, r"(?:村民委员会|居民委员会|村委会|居委会|行政村|自然村|嘎查|社区|村)$"),
            counts=Clue(1, r"^(?:行政村|村|社区)"),
        ),
    )
    INSTITUTION = (
        "institution",
        BodyFacts(
            word="事业单位",
            counted="学校、医院等单位",
            ends=Clue(
                3,
                r"(?:学校|学院|大学|中学|小学|幼儿园|党校|医院|卫生院|保健院|研究[院所]|设计院"
                r"|疗养院|福利院|养老院|敬老院|中心|馆|电视台|广播台|报社|出版社|杂志社|通讯社|剧团|歌舞团"
                r"|公园|林场|农场|牧场|渔场|场|站|所|高中|初中|一小|二小|三小|附中|附小|(?<!法)(?<!察)院"
                r"|学部|[\u4e00-\u9fff]{2}系|景区管理处|[一二三四五六七八九十\d]中)$",
            ),
            counts=Clue(5, r"学校|高校|院校|医院|事业单位|中小学|中学|小学|科研院所"),
        ),
    )
    COUNTY = (
        "county",
        BodyFacts(
            word="县（市、区）",
            counted="县（市、区）",
            ends=Clue(6, r"(?:自治县|自治州|自治旗|自治区|县|区|市|旗|州|盟|师|新区|省)$"),
            counts=Clue(7, r"^(?:县|市|区|旗|州|设区市|地市|市州)"),
        ),
    )
    OTHER = (
        "other",
        BodyFacts(
            word="其他",
            counted="单位",
            counts=Clue(6, r"单位|党组织|党组|党委|组织|地方|地区"),
        ),
    )
