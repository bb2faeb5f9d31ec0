"""A member's own key in a command: whoever runs it on the server types the password themselves."""

import getpass
import sys

from django.core.management.base import CommandError

from intake.models import StaffUser
from intake.sealing.unsealing import CannotOpen, WrongPassword
from intake.staff import hashing
from intake.staff.keyring import Keyring


def keyring_by_password(username: str, *, from_stdin: bool) -> Keyring:
    """The keys of an account that can log in. CommandError in the same words for all that fails."""
    user = StaffUser.objects.filter(username=username, is_active=True).first()
    password = typed_password(from_stdin=from_stdin)
    if user is None or not user.has_own_password:
        raise CommandError("用户名或者密码不对。")
    try:
        return Keyring(user, hashing.unwrap(user.key.wrapped_identity, password))
    except (WrongPassword, CannotOpen) as error:
        raise CommandError("用户名或者密码不对。") from error


def typed_password(*, from_stdin: bool) -> str:
    """Typed without being shown, or as the first line of the standard input."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    return getpass.getpass("密码：")
