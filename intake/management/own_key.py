"""A member's own key in a command: whoever runs it on the server logs in as on the page."""

import getpass
import sys

from django.core.management.base import CommandError

from inspection import clock
from intake.staff.entering.guesses import NotLetIn
from intake.staff.entering.signing_in import sign_in
from intake.staff.hashing import TryAgain
from intake.staff.keyring import Keyring

NOT_READY = "这个账号还没有选自己的密码、绑定验证器，或者密钥打不开。请先在网站上登录一次。"


def keyring_by_login(username: str, *, from_stdin: bool) -> Keyring:
    """The keys of a member, by password and one-time code; guesses count as on the page.

    CommandError in the same words for all that fails before both were right.
    """
    password = typed("密码：", from_stdin=from_stdin)
    code = typed("验证码：", from_stdin=from_stdin)
    try:
        entry = sign_in(username, password, code, at=clock.now(), real_at=clock.real_now())
    except NotLetIn as refused:
        raise CommandError(refused.message) from refused
    except TryAgain as crowd:
        raise CommandError(crowd.message) from crowd
    if entry.device is None or entry.secret is None or not entry.user.has_own_password:
        raise CommandError(NOT_READY)
    return Keyring(entry.user, entry.secret)


def typed(words: str, *, from_stdin: bool) -> str:
    """Typed without being shown, or as the next line of the standard input."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    return getpass.getpass(words)
