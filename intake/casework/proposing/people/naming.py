"""Where a name begins and ends: surname, and a given name of one or two characters. Pure.

A name stands between words without a space, so its end is told by what follows; where nothing tells
it, there is no name.
"""

from intake.casework.proposing.people.surnames import ALSO_WORDS, COMPOUND, NO_NAMES, SINGLE

# What is in nobody's given name as people write it: particles, pronouns, and verbs of complaints.
_NEVER = frozenset(
    "的了着过把将被是不没说让又还就都也对跟与及已你我他她它们这那哪个去收拿吃骂贪挪侵套骗冒私逼"
    "叫找违滥做搞借卖买送请拆挖霸欺给当吧呢吗啊村镇乡县局厂司委书副职务岁款账钱很再只每且却并"
)
# Some names end so, but as the second character of a given name they nearly always begin a word.
_RARELY_LAST = frozenset("和在从向因曾等任带打占克截上下去来到后前里和同以用为亲")
# What given names of two characters often end with.
_OFTEN_LAST = frozenset(
    "军强明华国伟平红英梅兰芳丽霞玲燕娟秀珍凤云桂香花莲菊荣琴敏静洁娜婷雪琳倩颖慧莉萍艳杰勇刚"
    "辉斌波涛鹏飞宇浩亮磊超峰龙虎林森海洋江河山川岩石松柏春夏秋冬生福贵财宝金银玉珠祥瑞吉庆喜"
    "乐安康宁顺昌盛旺兴发达成功立志远长年德仁义礼智信忠孝文武才学良善民友新建设光东南西北方正"
    "清廉广宏大宽厚田仓粮满丰根柱栓锁铁钢铜胜利战斗卫富堂祖奎魁元先臣彬博栋梁俊凯威毅坤乾岭岗"
    "峻潮泉源水木星阳晨升旭晓亭芝芬芹美娥姣媛琪瑶璐琼瑛爱勤俭增添进步法群团结领守业家洪鸿雁鹤"
    "麟驰骏腾翔展鑫淼岳泰恒常永久昆庭轩子涵梓豪然奇锋钧锐铭锦存茂苗禾谷章岱屹彪彦彤怀恩惠慈敬"
    "旗昭朝朋枫楠楷欣汉沛治泽润淑渊湘滨灿烈照煜熙爽玮珊珂理琛琦瑜甫畅益盈睿硕禄程竹笑纯纲绪维"
    "翠耀聪芸苹荷莹菲萌蓉蕾薇虹衡裕谦贤赫辰连迪逸运道邦雄雅震霖露青靖韬韵颂骁黎二四五六"
)
# Words that begin behind a name, where the first character could end it.
_BEGINNINGS = """
    建房 建了 建设 建厂 发放 发包 发展 强占 强行 强迫 强拆 多次 多年 多报 多占 多拿 一直 一个
    一家 一人 一手 一次 一伙 修路 修了 修建 报销 报了 报复 要求 要钱 要了 要我 利用 伙同 两次
    两人 两年 三次 三人 三年 年初 年底 年前 擅自 经常 通过 勾结 指使 安排 雇人 公款 公车 公开
    公然 长期 常年 常常 大吃 大量 大办 大操 大搞 低价 高价 包工 包养 包庇 包了 优亲 组织 家里
    家中 家属 家有 家的 亲自 亲戚 儿子 妻子 媳妇 弟弟 哥哥 父亲 母亲 小舅 外甥 侄子 本人 同志
    先生 女士 平时 自己 自从 今年 近年 近几 春节 中秋 过年 期间 喝酒 赌博 酒后 醉酒 乱收 乱搞
    工作 作风 作为 身为 态度 有钱 有权 有关 有个 有时 有问 涉嫌 开会 开车 开着 倒卖 变卖 出租
    承包 转包 转让 胡作 无视 无理 无故 横行 殴打 辱骂 威胁 恐吓 刁难 推诿 嫖娼 老婆 老公 爱人
    司机 拒绝 拒不 故意 恶意 隐瞒 瞒着 瞒报 弄虚 谎报 伪造 篡改 吞了 独吞 独断 操纵 垄断 偷偷
    偷着 背着 背地 签字 签了 同意 同他 批准 批了 默许 纵容 主持 负责 分管 管理 管着 兼任 担任
    现任 原任 时任 退休 调到 调任 住在 家住 暗中 现在 目前 当时 直接 私自 先后 天天 虚报 虚开
    虚假 男 女 以权 以村 以低 以公 为了 为人 为自 为其 为亲 用公 用村 用权 占用 占了 占地 占村
    占着 月月 日常 明知 明目 仗着 仗势 依仗 凭借 接受 索要 索取 享受 参与 参加 处理 处事 生活
    说一 任人 任职 任期 向我 向村 向群 数次 四处 到处 至今 仍然 仍在 连续 连年 主任 书记 会计
    支书 校长 经理 局长 镇长 乡长 所长 站长 队长 组长 科长 院长 主席 委员 文书 出纳 董事 总经 副
    暗示 明示 逼迫 授意 串通 联合 纠集 带领 带着 召集 拉拢 打压 压制 排挤 报账 做账 私分 瓜分
    变相 非法 无证 乘机 趁机 借机 借口 谎称 声称 号称 自称 承诺 答应 保证 每逢 每次 逢年 过节
    结婚 离婚 嫁女 娶亲 开设 开了 开办 经营 入股 投资 购买 购置 装修 盖了 盖房 建起 养殖 种植
    骗走 强征 征地 流转 断水 停电 安置 发给 分给 送给 借给 卖给 租给 包给 交给 转给 拨给 是否
    究竟 到底 一共 共计 总共 大约 大概 左右 另外 此外 仅仅 几乎 至少 以上 甚至 居然 竟然 才把
    才能 才给 依然 一贯 一向 始终 立即 马上 随意 任意 肆意 大肆 恣意 蓄意 有意 强制 强令 强收
    强卖 少报 少发 少给 重复 超标 超生 超占 截取 倒买 变造 销毁 隐匿 转移 安插 提拔 任用 排斥
    干预 插手 过问 放任 不按 未经 未按 未把 无偿 无正 以其 以开 以修 以次 以各 用低 用工 用人
    收取 收礼 收钱 吃拿 吃喝 吃空 家访 办酒 办事 办公 办了 办理 分配 分了 主管 主动 亲手 亲口
    当面 当众 当场 当天 会上 会后 名下 手里 手下 手中 那里 那边 这边 这里 一事 之流 之子 之妻
    之弟 等三 等四 等五 等六 等几
"""
_BEGIN = frozenset(_BEGINNINGS.split())
_HIDDEN = "某×xX*＊"
_GROUP_WORDS = "村庄镇乡街县市区局厂社校院所站"


def _is_han(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"


def surname_at(text: str, at: int) -> int:
    """How many characters of a surname begin here."""
    if text[at : at + 2] in COMPOUND:
        return 2
    return 1 if text[at : at + 1] and text[at] in SINGLE else 0


def name_at(text: str, at: int) -> int | None:
    """Where the name ends that begins here; None if none does, or its end is not told."""
    size = surname_at(text, at)
    given = at + size
    if not size or not text[given : given + 1]:
        return None
    if text[given] in _HIDDEN:
        return given + (2 if text[given + 1 : given + 2] in (*_HIDDEN,) else 1)
    if _cannot_begin(text, at, given):
        return None
    end = _end(text, given + 1, at)
    # '张庄村', '高楼镇': a place that begins with a surname.
    is_place = end is not None and text[end : end + 1] in (*_GROUP_WORDS,)
    return None if is_place else end


def _cannot_begin(text: str, at: int, given: int) -> bool:
    is_word = given - at == 1 and text[at : at + 2] in NO_NAMES
    return is_word or not _is_han(text[given]) or text[given] in _NEVER


def _end(text: str, at: int, start: int) -> int | None:
    """Whether the character at `at` still belongs to the name that begins at `start`."""
    if not text[at : at + 1] or not _is_han(text[at]):
        return at
    if text[at] in _NEVER or text[at] in _GROUP_WORDS or begins_word(text, at):
        return at
    is_certain = not text[at + 1 : at + 2] or not _is_han(text[at + 1])
    if text[at] in _RARELY_LAST:
        return at + 1 if is_certain else _end_by_others(text, at, start)
    if is_certain or text[at + 1] in _NEVER or begins_word(text, at + 1):
        return at + 1
    if text[at + 1] in _RARELY_LAST:
        return at + 1
    return _end_by_others(text, at, start)


def begins_word(text: str, at: int) -> bool:
    return text[at : at + 2] in _BEGIN or text[at : at + 1] in ("男", "女", "副")


def _end_by_others(text: str, at: int, start: int) -> int | None:
    """By the other places where they stand: a name is always followed by its rest.

    Where nobody is named twice, by what such names often end with.
    """
    short, long = text[start:at], text[start : at + 1]
    times, whole = text.count(short), text.count(long)
    if times > 1:
        return at + 1 if whole == times else at
    return at + 1 if text[at] in _OFTEN_LAST else at


def is_surname_before(text: str, at: int) -> bool:
    """Whether the one character before `at` is a surname that stands by itself: '李镇长'."""
    if at < 1 or text[at - 1] not in SINGLE or text[at - 1] in ALSO_WORDS:
        return False
    before = text[at - 2 : at - 1] if at > 1 else ""
    return not before or not _is_han(before) or before in _BEFORE_SURNAME


# What may stand right before '李镇长'; behind anything else the surname belongs to another word.
_BEFORE_SURNAME = frozenset(
    "的了和与跟是被向找给对让叫说映报告发原前现任老里村镇乡街局司集院校所站但由"
)
