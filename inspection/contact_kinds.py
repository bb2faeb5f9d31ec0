"""The kinds of ways to reach the inspectors: one entry each, all that differs between them. Pure.

The staff's choices, the page's labels and links, posters, hours, the reader of notices, and the
words of differences are made from it.
"""

from dataclasses import dataclass

from inspection.coded import Clue, Coded


@dataclass(frozen=True, kw_only=True)
class ContactFacts:
    """What is true of one kind.

    `label` stands before it on the citizens' page, `fact` in a difference between two notices.
    `scheme` makes its value a link. `is_number`: written as a phone number is. `has_hours`: one
    has to be there. `is_told_by_team`: its label before the lines of several teams holds for each
    of them. `offline_way`: what a citizen does who has no internet. `clue`: what a notice's label
    for it holds.
    """

    word: str
    label: str
    clue: Clue
    fact: str = ""
    scheme: str = ""
    is_number: bool = False
    wants_area_code: bool = False
    has_hours: bool = False
    is_told_by_team: bool = False
    is_on_posters: bool = False
    offline_way: str = ""

    @property
    def is_dialled(self) -> bool:
        """Whether a phone dials it: its number is kept in the form that a link needs."""
        return self.scheme in ("tel:", "sms:")


class ContactKind(Coded):
    """The codes are the contract's; the order is that of the staff's choices."""

    facts: ContactFacts

    PHONE = (
        "phone",
        ContactFacts(
            word="电话",
            label="电话",
            scheme="tel:",
            is_number=True,
            wants_area_code=True,
            has_hours=True,
            is_on_posters=True,
            offline_way="打电话",
            is_told_by_team=True,
            clue=Clue(
                4,
                r"电话|热线|手机|联系方式|座机|来电|(?:反映|举报|信访)(?:问题)?的?(?:方式|渠道|途径)",
            ),
        ),
    )
    SMS = (
        "sms",
        ContactFacts(
            word="短信",
            label="短信",
            scheme="sms:",
            is_number=True,
            has_hours=True,
            is_on_posters=True,
            is_told_by_team=True,
            clue=Clue(2, r"短信"),
        ),
    )
    FAX = (
        "fax",
        ContactFacts(
            word="传真",
            label="传真",
            is_number=True,
            wants_area_code=True,
            offline_way="发传真",
            is_told_by_team=True,
            clue=Clue(3, r"传真"),
        ),
    )
    EMAIL = (
        "email",
        ContactFacts(
            word="电子邮箱",
            label="邮箱",
            scheme="mailto:",
            is_told_by_team=True,
            clue=Clue(5, r"邮箱|电子信箱|电子邮件|[Ee]-?[Mm]ail"),
        ),
    )
    POSTAL = (
        "postal",
        ContactFacts(
            word="来信",
            label="来信",
            offline_way="寄信",
            is_told_by_team=True,
            clue=Clue(
                7,
                r"信箱|来信|信件|邮寄|地址|(?:通[信讯]|寄信|信访|收信|联系)地点"
                r"|通[信讯]处|[写寄]信$",
            ),
        ),
    )
    WECHAT = (
        "wechat",
        ContactFacts(word="微信公众号", label="微信", clue=Clue(8, r"微信|公众号")),
    )
    RECEPTION = (
        "reception",
        ContactFacts(
            word="来访接待",
            label="来访",
            has_hours=True,
            offline_way="当面说",
            clue=Clue(6, r"来访|接访|接待|走访|当面(?:反映|说|谈)"),
        ),
    )
    WEB = (
        "web",
        ContactFacts(word="网站", label="网站", clue=Clue(9, r"网站|网址|网络|网上|网页|平台")),
    )
    SUPERVISION = (
        "supervision",
        ContactFacts(
            word="监督巡察干部",
            label="监督",
            fact="监督电话",
            scheme="tel:",
            is_number=True,
            wants_area_code=True,
            has_hours=True,
            clue=Clue(
                1,
                r"监督(?:举报)?电话|(?:对|反映)巡[察视][^:]{0,20}监督|纪律(?:作风)?监督"
                r"|监督巡[察视](?:干部|组|人员)|巡[察视](?:干部|人员|工作人员)(?:的)?监督",
            ),
        ),
    )
