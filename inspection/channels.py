"""The ways of reporting that a notice's rules enumerate (受理方式): one entry each. Pure."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Self


@dataclass(frozen=True)
class ChannelFacts:
    """`word` is the staff's; `said` is how notices call it."""

    word: str
    said: re.Pattern[str]


class Channel(StrEnum):
    """The codes are the contract's; a notice's channels stand in this order."""

    facts: ChannelFacts

    def __new__(cls, code: str, word: str, said: str) -> Self:
        channel = str.__new__(cls, code)
        channel._value_ = code
        channel.facts = ChannelFacts(word, re.compile(said))
        return channel

    LETTER = "letter", "来信", r"来信|信件|书信|信函|写信|寄信"
    PHONE = "phone", "来电", r"来电|电话"
    VISIT = "visit", "来访", r"来访|走访|面谈|接访"
    SMS = "sms", "短信", r"短信"
    EMAIL = "email", "电子邮件", r"电子邮件|邮件(?!专)|电子邮箱|电子信箱|邮箱"
    WECHAT = "wechat", "微信", r"微信"
    WEB = "web", "网络", r"网络|网上|网站|来网"
    BOX = "box", "举报箱", r"举报箱|意见箱"
