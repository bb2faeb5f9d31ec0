"""Words in the names of teams. A new kind of team is a word more in one of these tables."""

# What tells the teams of one notice apart; the longer first: 市县统筹 is a series of its own.
SERIES = ("市县统筹", "回头看", "授权", "常规", "提级", "专项", "机动", "交叉")

# What else may stand before the number of a team or behind it.
QUALIFIERS = (
    "市县统筹", "县区统筹", "市县联动", "市区联动", "上下联动", "联动", "统筹", "授权",
    "常规", "提级", "专项", "机动", "交叉", "村级", "综合", "巡村", "延伸", "直巡", "“回头看”",
    "回头看", "“回头看",
)  # fmt: skip

# The party bodies that send teams, as they end before the words of a team.
COMMITTEES = (
    "自治区党委", "自治州党委", "党工委", "党委", "党组", "省委", "市委", "县委", "区委",
    "州委", "旗委", "盟委", "地委", "工委", "中央",
)  # fmt: skip

# A team behind one of these is reached or reported to, not said to do something.
REACHED_BEHIND = ("转", "向", "给", "至", "寄", "请", "交", "到", "致", "对")

# A team before one of these receives post, or is told of: no statement about it follows.
NO_STATEMENT = ("收", "的", "办公", "组长", "成员", "工作人员", "反映", "负责同志", "信箱", "举报")
