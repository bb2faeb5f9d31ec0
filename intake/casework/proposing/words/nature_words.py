"""The nature of an item, and the marks that inspections count beside the problem. Pure."""

import re
from collections.abc import Sequence

from intake.casework.proposing.words.word_rules import Fit, WordRule, fits
from intake.casework.proposing.written import Passage

ACCUSATION, EMPTY = "accusation", "empty"

# Those of the natures that words tell; an accusation is told by its problem or its accused.
APPEAL = WordRule(
    "appeal",
    "申诉",
    strong="""
            不服[^,。]{0,10}(?:处分|处理决定|开除|复查|复核)
            (?:处分|开除)[^,。]{0,8}(?:太重|过重|不公|错误|有误)
            (?:撤销|重新审查|复查|复核)[^,。]{0,8}(?:处分|决定) 恢复[^,。]{0,4}(?:党籍|公职) 申诉
        """,
)
OUT_OF_SCOPE = WordRule(
    "out_of_scope",
    "业务范围外",
    strong="""
            打官司 判得不公 法院[^,。]{0,6}判 判决 执行(?:难|不了|款) 仲裁 再审 上诉 离婚 邻里纠纷
            邻居[^,。]{0,10}(?:噪音|吵|漏水|垃圾|占道|狗|纠纷)
            垃圾[^,。]{0,6}(?:没人|没有人|清运|堆) 路灯[^,。]{0,6}(?:不亮|坏) 停水 停电 漏水 噪音
            物业费 物业公司 暖气不热 供暖[^,。]{0,4}不 小区[^,。]{0,8}(?:停车|电梯|下水道) 下水道
            宅基地纠纷 欠薪 拖欠工资 讨薪 合同纠纷 交通事故 医疗纠纷 网贷 消费纠纷 退费 户口
        """,
)
SUGGESTION = WordRule(
    "suggestion",
    "批评建议",
    strong="""
            (?:提|有)(?:一|个|一个|几|几点|点|一点|些)?(?:小)?建议 我(?:的)?建议
            建议(?:是|:|在|把|增|设|加|镇|村|对|应|多|能|给|政府|改)
            希望(?:政府|[镇村乡县]里|领导)?(?:能|可以|多|增加|改进|镇里多|村里多) 合理化建议
        """,
)

TOPIC_RULES = (
    WordRule(
        "personnel",
        "选人用人",
        strong="""
            选人用人 任人唯亲 买官 卖官 跑官 带病提拔 违规提拔
            (?:提拔|招聘|招人|录用|调动|安排工作)[^。]{0,30}(?:亲戚|亲属|内定|关系户|走后门|送钱|送礼|儿子|女儿|侄|外甥|女婿)
            萝卜(?:招聘|岗) 吃空饷 近亲繁殖 干部(?:任用|选拔)[^,。]{0,8}(?:不|违)
            (?:涂改|篡改|伪造)[^,。]{0,3}(?:档案|年龄|学历)
            (?:档案|年龄|学历)造假
        """,
    ),
    WordRule(
        "ideology",
        "意识形态",
        strong="""
            意识形态 非法宗教 私设(?:教堂|佛堂|聚会点) 参加邪教 法轮功 妄议 封建迷信
            (?:朋友圈|微信群|网上|抖音)[^,。]{0,10}(?:诋毁|攻击|抹黑|辱骂)[^,。]{0,6}(?:党|国家|政府)
        """,
    ),
    WordRule(
        "eight_rules",
        "违反中央八项规定精神",
        strong="""
            八项规定 公款(?:吃喝|旅游|宴请|送礼|接待|请客)
            大吃大喝 公车私用 开公车 大操大办 超标准接待
            超标接待 接待费 办公室超标 (?:违规|滥|乱)发[^,。]{0,4}(?:津贴|补贴|奖金|福利)
            (?:收|收受|收了|收取|接受)(?:过)?[^,。没]{0,12}?(?:红包|礼金|礼品|烟酒|名烟|名酒|茅台|购物卡|宴请|土特产|加油卡)
            吃请 送(?:了|去)?[^,。]{0,6}(?:购物卡|茅台|礼金|烟酒) 形式主义 官僚主义
            逢年过节[^,。]{0,8}送
        """,
    ),
)

_WORDS = re.compile(r"[一-鿿]")
_GREETING = re.compile(
    r"测试|试一下|试试|您好|你好|在吗|谢谢|有人吗|收到|哈哈|大家好|[。,!?\s0-9a-z.]"
)
# With fewer characters left of it a text says nothing; no accusation is that short.
_FEWEST = 5


def is_empty(texts: Sequence[Passage]) -> bool:
    """Whether nothing is left but greetings and signs."""
    said = _GREETING.sub("", "".join(text.folded for text in texts))
    return len(_WORDS.findall(said)) < _FEWEST


def nature_fits(texts: Sequence[Passage], *, is_accusing: bool) -> list[Fit]:
    """Of the natures that words tell, the one that fits.

    Who accuses may also have gone to court and have wishes; who appeals says so expressly.
    """
    natures = (APPEAL,) if is_accusing else (APPEAL, OUT_OF_SCOPE, SUGGESTION)
    return fits(natures, texts)[:1]
