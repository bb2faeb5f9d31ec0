"""Words that tell what a date is about. A new way of saying it is a word more in one table."""

# Reports are received from or until then.
RECEIVING = (
    "受理", "信访(?![局办])", "举报", "截止", "来信", "来电", "来访", "反映问题", "接收", "接访",
    "受访", "反映情况", "提供线索", "联系方式", "值班电话",
)  # fmt: skip

# The inspection runs from or until then.
RUNNING = ("巡察", "巡视", "进驻", "入驻", "时间", "开展", "工作", "启动", "驻点")

# The teams have come by then: a start at most, never an end.
PUT_OFF = r"原(?:定|计划|公告|来)?(?:于|为|的)?(?:[^,。;]{0,8})$"

ARRIVED = (
    r"(?:已|均|全部|陆续|相继|先后|完成|分批|分别|集中)[^。;,对]{0,8}(?:进驻|入驻|到位|进点)",
    r"(?:进驻|入驻|进点)(?:工作)?(?:完毕|完成|到位|结束|动员)",
)

# What begins on that day.
BEGINS = r"(?:进驻|入驻|启动|展开|开始|正式开展|进点|拉开)"

# The date of a page, a meeting or an announcement: it tells nothing of the round's days.
OTHER_DAYS = (
    "公示期", "公示时间", "公告期", "发布时间", "发布日期", "刊登", "报名", "印发", "通过的",
    "会议",
    "召开", "动员会", "动员部署会", "座谈", "施行", "修订", "整改期限", "以来",
)  # fmt: skip
