"""Invented reports of the demo. Every text says that it is invented; no person in them exists.

`{body}` is replaced by the name of the body that a report is about.
"""

from dataclasses import dataclass

from intake.choices import Category, Origin, Way

MARK = "（演示内容，纯属虚构）"


@dataclass(frozen=True, slots=True)
class InventedReport:
    """What an invented reporter says, and how it came in."""

    narrative: str
    category: Category = Category.UNSURE
    way: Way = Way.WEB
    origin: Origin = Origin.OWN
    place: str = ""
    subject: str = ""
    happened: str = ""
    is_named: bool = False
    about_inspectors: bool = False
    about_office: bool = False
    has_picture: bool = False
    supplement: str = ""


# Told of towns; each is used for some of them in turn.
TOWN_REPORTS: tuple[InventedReport, ...] = (
    InventedReport(
        "他们把三组的机动地包给了亲戚，合同没有开会，从去年秋天到现在没有公示过。"
        "村里几次去问，会计说本子在别人手里。",
        category=Category.VILLAGE_MONEY,
        place="某村三组",
        subject="某村书记",
        happened="去年秋天",
        has_picture=True,
        supplement="又想起来，合同是前年腊月签的。",
    ),
    InventedReport(
        "{body}发的临时救助，我们这边五户都没有听说，名单也没有贴出来。听说有两户条件比我们好得多。",
        category=Category.BENEFITS,
        place="某村",
        happened="今年二月",
    ),
    InventedReport(
        "修村里那条路，只挖了一层就铺，下了两场雨就裂了。工程是谁包的，到现在没有公示。",
        category=Category.LAND,
        way=Way.LETTER,
        place="某村到镇上的路",
    ),
    InventedReport(
        "办一个证明跑了四趟，每次都说负责人不在。第五趟说系统坏了，让等通知，等了两个月。",
        category=Category.SERVICE,
        way=Way.BOX,
        happened="去年十一月到今年一月",
    ),
    InventedReport(
        "发展党员没有在会上讨论，名单是直接念的。我是老党员，愿意当面说明情况。",
        category=Category.POSTS,
        way=Way.VISIT,
        is_named=True,
        subject="支部某负责人",
    ),
    InventedReport(
        "上次巡察指出的集体账目不公开，整改的时候贴了一个月，后来又撕了，到现在没有再贴。",
        category=Category.OLD_FINDINGS,
        happened="前年整改以后",
    ),
    InventedReport(
        "逢年过节有人往镇上某办公室送东西，看见过三次，大概是中秋、春节前后。",
        category=Category.BRIBES,
        way=Way.PHONE,
        subject="某办公室人员",
    ),
)

# Told of enterprises.
FIRM_REPORTS: tuple[InventedReport, ...] = (
    InventedReport(
        "{body}的一批设备没有按规定招标，拆成几份小合同买的，供货的是同一家。",
        category=Category.STATE_FIRMS,
        subject="采购部门某负责人",
        happened="去年下半年",
        has_picture=True,
    ),
    InventedReport(
        "公司招人说是公开招聘，笔试成绩一直没有公布，进来的人里有几个是中层的亲戚。",
        category=Category.POSTS,
        happened="去年七月",
    ),
    InventedReport(
        "出租的门面租金比市场低很多，租约一签就是十年，没有评估过。",
        category=Category.STATE_FIRMS,
        way=Way.LETTER,
        place="临街门面",
    ),
    InventedReport(
        "加班费拖了半年，问了几次都说在走流程。安全培训是补签的名，没有真的上过课。",
        category=Category.SERVICE,
        way=Way.BOX,
        supplement="补签名的表我看见过两次，都是月底。",
    ),
    InventedReport(
        "接待费用开成会议费，一个月好几次。我在财务做过，愿意配合核实。",
        category=Category.BRIBES,
        is_named=True,
        happened="前年到去年",
    ),
    InventedReport(
        "上级要求的安全检查只在检查那天做，平时值班表是事后补的。",
        category=Category.POLICY,
        way=Way.EMAIL,
    ),
)

# Told of nobody on the list, of several, of inspectors, or of other matters.
OTHER_REPORTS: tuple[InventedReport, ...] = (
    InventedReport(
        "隔壁小区的垃圾没人清运，打了几次电话没有人管。不知道该归哪个单位。",
        category=Category.SERVICE,
    ),
    InventedReport(
        "我和邻居打官司，觉得判得不公。听说巡察组来了，想问一问。",
        way=Way.LETTER,
    ),
    InventedReport(
        "有一位来谈话的工作人员让我替他买过一次饭，没有给钱，我觉得这样不好。",
        about_inspectors=True,
    ),
    InventedReport(
        "说不清是哪个部门的，只知道在办事大厅二楼，收了材料不给回执。",
        category=Category.UNSURE,
        way=Way.WECHAT,
    ),
    InventedReport(
        "听说有几个镇的惠农补贴是统一代办的，手续费不知道是谁收的。",
        category=Category.BENEFITS,
        way=Way.SMS,
    ),
    InventedReport(
        "单位分房的事，十几年前的了，材料已经不全，大概是这个情况。",
        way=Way.LETTER,
        origin=Origin.SUPERIOR,
    ),
)

# What goes to the level above, unread.
OF_THE_OFFICE = InventedReport(
    "听说巡察办有人把谈话名单提前告诉了被谈话的单位，请上级查一查。", about_office=True
)
IN_BOXES: tuple[InventedReport, ...] = (
    InventedReport("村里的路灯坏了大半年，报修没有人来，钱倒是年年收。", way=Way.BOX, place="某村"),
    InventedReport("食堂承包没有公开，报价最低的没有用，用的是熟人。", way=Way.BOX),
)
AGAIN = InventedReport(
    "上次写过一封信，说合同没有开会的事，现在再说一次：三组的机动地还是没有公示。",
    category=Category.VILLAGE_MONEY,
)
