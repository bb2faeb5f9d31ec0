"""The ways of reporting that a notice's rules enumerate (受理方式): one entry each. Pure."""

import re
from dataclasses import dataclass

from inspection.coded import Coded


@dataclass(frozen=True)
class ChannelFacts:
    """`word` is the staff's; `said` is how notices call it."""

    word: str
    said: re.Pattern[str]


class Channel(Coded):
    """The codes are the contract's; a notice's channels stand in this order."""

    facts: ChannelFacts

    LETTER = "letter", ChannelFacts("来信", re.compile(r"来信|信件|书信|信函|写信|寄信"))
    PHONE = "phone", ChannelFacts("来电", re.compile(r"来电|电话"))
    VISIT = "visit", ChannelFacts("来访", re.compile(r"来访|走访|面谈|接访"))
    SMS = "sms", ChannelFacts("短信", re.compile(r"短信"))
    EMAIL = (
        "email",
        ChannelFacts("电子邮件", re.compile(r"电子邮件|邮件(?!专)|电子邮箱|电子信箱|邮箱")),
    )
    WECHAT = "wechat", ChannelFacts("微信", re.compile(r"微信"))
    WEB = "web", ChannelFacts("网络", re.compile(r"网络|网上|网站|来网"))
    BOX = "box", ChannelFacts("举报箱", re.compile(r"举报箱|意见箱"))
