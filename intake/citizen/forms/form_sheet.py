"""The form's token, read and renewed under the site's key."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from intake.report import form_tokens

EXPIRED = _("这一页打开得太久了。您写的都还在，请再点一次“提交”。")
FORGED = _("这一页不完整，可能是网络中断造成的。您写的都还在，请再点一次“提交”。")

FROM_ELSEWHERE = _(
    "这一页是从别的网站送来的，没有登记。您写的都在这里，请看看对不对，再点一次“提交”。"
)


def fresh_token(*, at: datetime, nonce: str | None = None) -> str:
    """A token to put into a form; `at` is the real time, also where business time is simulated."""
    return form_tokens.issue(at=at, key=_key(), nonce=nonce)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of the form, as its token tells: the same nonce is the same sheet.

    `nonce` is None when no token of ours came with it; `problem` is the sentence to say;
    `given_out_at` is known of an accepted one.
    """

    nonce: str | None
    problem: str = ""
    given_out_at: datetime | None = None

    def renewed(self, at: datetime) -> str:
        """A fresh token for this sheet."""
        return fresh_token(at=at, nonce=self.nonce)


def read_sheet(token: str, *, at: datetime) -> Sheet:
    """The sheet that a token stands for, accepted or not."""
    max_age = timedelta(hours=settings.FORM_TOKEN_HOURS)
    try:
        read = form_tokens.read(token, at=at, key=_key(), max_age=max_age)
        return Sheet(read.nonce, given_out_at=read.moment)
    except form_tokens.TokenExpired as expired:
        return Sheet(expired.token.nonce, str(EXPIRED))
    except form_tokens.TokenForged:
        return Sheet(None, str(FORGED))


def planted_sheet() -> Sheet:
    """Instead of the sheet of another site, which knows its nonce: the next one is a fresh one."""
    return Sheet(None, str(FROM_ELSEWHERE))


def _key() -> bytes:
    key: str = settings.SECRET_KEY
    return key.encode()
