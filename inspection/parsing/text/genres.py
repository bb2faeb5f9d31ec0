"""What a text about inspection is, if it is no notice: one entry each."""

import re
from dataclasses import dataclass

from inspection.parsing.text.not_a_notice import NotANotice


@dataclass(frozen=True)
class Genre:
    """A kind of text that notices are mistaken for.

    `heads` speaks of it in a headline or the first words, `says` anywhere in the text; either
    is enough unless `unless` stands in the text too.
    """

    name: str
    heads: re.Pattern[str]
    says: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None


_RECEIVES = re.compile(
    r"受理[^。]{0,30}(?:截止|截至|信访|来信|来电|来访|举报)|(?:截止|截至)[^。]{0,20}受理|接收[^。]{0,10}信访"
)

_OF_INSPECTION = re.compile(
    r"巡[察视]组|[委组]巡[察视]|巡[察视](?:对象|办|工作领导小组)|轮巡[察视]"
)

GENRES = (
    Genre(
        "已经结束的巡察的消息",
        re.compile(r"(?:巡[察视])[^。]{0,12}(?:圆满结束|已经?结束|完成撤点|撤离)"),
        re.compile(
            r"(?:停止|不再|已停止|已结束|结束)(?:受理|接收|接受)(?:信访|举报|来信|来电|来访|群众)"
            r"|(?:受理|信访|举报)(?:工作|时间|渠道|期限)?(?:已经?|现已|均已)(?:结束|截止|届满|关闭|停止)"
            r"|(?:渠道|电话|信箱|邮箱|举报箱)[^。]{0,12}(?:已|现已|均已|已经|即日起|今日起)(?:一并|同时|全部)?(?:关闭|停用|停止使用|撤除|拆除|撤销)"
        ),
    ),
    Genre(
        "巡察整改情况的通报",
        re.compile(
            r"整改(?:进展|落实|工作)?(?:情况|进展)|整改[^。]{0,10}(?:通报|公示|公布|公开|报告)"
        ),
        re.compile(
            r"现将巡[察视]整改[^。]{0,20}(?:公布|通报|公开)|巡[察视]整改(?:进展|落实)?情况(?:予以)?(?:公布|公开)"
        ),
    ),
    Genre(
        "巡察反馈的消息",
        re.compile(
            r"反馈(?:会|意见|情况|问题|会议|巡)|(?:完成|集中|进行|召开)[^。]{0,6}反馈|巡[察视]反馈"
        ),
        None,
        _RECEIVES,
    ),
    Genre(
        "干部任前公示或招聘",
        re.compile(
            r"任前公示|拟任|任职公示|任免|拟提拔|考察对象|选聘|招聘|遴选|选调|公开选拔|名单公示"
        ),
    ),
    Genre(
        "生态环境保护督察的公告",
        re.compile(r"(?:生态环境|环境|环保)(?:保护)?(?:工作)?(?:例行)?督察"),
        None,
        _OF_INSPECTION,
    ),
    Genre(
        "安全生产等巡查检查的公告",
        re.compile(
            r"(?:安全生产|消防|土地|耕地|食品安全|教育|信访|统计)[^。]{0,12}(?:督察|督查|督导|巡查|检查|大检查)"
            r"|(?:督察|督查|督导|巡查)组"
        ),
        None,
        _OF_INSPECTION,
    ),
    Genre(
        "财会监督、审计等检查的公告",
        re.compile(r"财会监督|财政监督|审计(?:公告|监督|进点)|监督检查的公告"),
        None,
        _OF_INSPECTION,
    ),
    Genre(
        "群众的投诉信或举报信",
        re.compile(r"投诉信|举报信|控告信|检举信|求助信|公开信|^尊敬的|感谢信"),
        re.compile(
            r"(?:反映人|举报人|投诉人):|请求领导|我是[^。,]{0,20}(?:居民|村民|业主|职工|员工)"
        ),
        re.compile(r"巡[察视](?:工作领导小组)?办公室|现(?:就|将)[^。]{0,12}公[告布]"),
    ),
    Genre(
        "查处问题的通报",
        re.compile(
            r"(?:问题|典型案例|案件)[^。]{0,12}通报|查处情况|问题线索[^。]{0,6}(?:查处|通报)|通报曝光"
        ),
        re.compile(r"典型案例通报|(?:受到|给予)[^。]{0,12}(?:处分|警告)"),
    ),
    Genre(
        "动员会、培训会等会议的消息",
        re.compile(r"(?:动员|部署|推进|培训|座谈|汇报|领导小组)(?:部署)?(?:会|会议|班)"),
        None,
        re.compile(r"电话|信箱|邮箱|举报箱|意见箱|截止"),
    ),
)


def refuse_other_genres(title: str | None, text: str, line: int | None) -> None:
    """Raises NotANotice for a text that is something else, and says what it looks like."""
    if name := _other_genre(title, text):
        raise NotANotice(f"这段文字像是{name}，不是受理信访的巡察公告。", line)


def looks_like(title: str | None, text: str) -> str:
    """What a text without ways and last days looks like, as the end of a sentence."""
    name = _other_genre(title, text) or next(
        (genre.name for genre in GENRES if genre.heads.search(text[:600])), ""
    )
    return f"，看起来是{name}" if name else ""


def _other_genre(title: str | None, text: str) -> str | None:
    head = title or text[:60]
    for genre in GENRES:
        if genre.unless and genre.unless.search(text):
            continue
        if genre.heads.search(head) or (genre.says and genre.says.search(text)):
            return genre.name
    return None
