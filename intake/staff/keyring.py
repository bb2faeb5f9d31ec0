"""The keys that a logged-in member holds.

At login the password opens the member's own identity. The session keeps it locked under a random
key that only the browser's cookie holds: neither half alone opens anything, and the identity
stands in clear only in the memory of a request.
"""

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import IO, Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from intake.models import Desk, DeskAccess, StaffUser
from intake.report.contents import Content
from intake.sealing.sealing import FileSealer, seal
from intake.sealing.unsealing import (
    CannotOpen,
    lock_keyring,
    open_into,
    open_sealed,
    recipient_of_secret,
    unlock_keyring,
)

# Names of a cookie and of the session's entry. Under the second name waits the key that a password
# of somebody else's opened, until the member has chosen an own one: no desk opens by it.
COOKIE = "keyring"
RENEWING = "renewing"
_KEY_BYTES = 32


class KeyringMissing(Exception):
    """The session holds no keys, or the browser's half is gone: the member must log in again."""


class NoDeskAccess(Exception):
    """The member's keys do not open this desk."""


class Keyring:
    """A member's own identity, and with it the desks that it opens."""

    def __init__(self, user: StaffUser, secret: str) -> None:
        self.user = user
        self._secret = secret
        self._desks: dict[int, str] = {}

    def __repr__(self) -> str:
        return f"<Keyring of user {self.user.pk}>"

    def desk_secret(self, desk: Desk) -> str:
        """The desk's identity; the office reaches a team's desk through its own."""
        if desk.pk not in self._desks:
            if not Desk.objects.visible_to(self.user).filter(pk=desk.pk).exists():
                raise NoDeskAccess("这个受理席没有授权给您。")
            self._desks[desk.pk] = self._own(desk) or self._through_office(desk)
        return self._desks[desk.pk]

    def seal_own(self, plaintext: bytes) -> bytes:
        """For nobody but the member; the database is not asked for a public key."""
        return seal(plaintext, recipient_of_secret(self._secret))

    def open_own(self, sealed: bytes) -> bytes:
        """What `seal_own` sealed. Raises CannotOpen where it was under an older key."""
        return open_sealed(sealed, self._secret)

    def own_sealer(self, content: Content) -> FileSealer:
        """What seals a large content so, piece by piece."""
        return FileSealer(content, recipient_of_secret(self._secret))

    def open_own_into(self, sealed: IO[bytes], sink: Any) -> None:
        """Writes what `own_sealer` sealed. Raises CannotOpen, also after some of it."""
        open_into(sealed, sink, self._secret)

    def _own(self, desk: Desk) -> str | None:
        access = DeskAccess.objects.filter(user=self.user, desk=desk).first()
        if access is None:
            return None
        if not access.sealed_identity:
            raise NoDeskAccess("这一轮已经按规定清理，内容已经销毁，不能再打开。")
        return self._open(bytes(access.sealed_identity), self._secret)

    def _through_office(self, desk: Desk) -> str:
        office = Desk.objects.of_offices().filter(round=desk.round_id).first()
        office_secret = self._own(office) if office and desk.is_teams else None
        if office_secret is None:
            raise NoDeskAccess("这个受理席没有授权给您。")
        return self._open(bytes(desk.sealed_identity), office_secret)

    @staticmethod
    def _open(sealed: bytes, secret: str) -> str:
        try:
            return open_sealed(sealed, secret).decode()
        except CannotOpen as error:
            raise NoDeskAccess("授权打不开，请巡察办重新授权。") from error


def keyring_of(request: HttpRequest) -> Keyring:
    """The keyring of the member who makes this request."""
    if not request.user.is_authenticated:
        raise KeyringMissing("为了保护信访内容，请重新登录。")
    return Keyring(request.user, secret_in(request))


def secret_in(request: HttpRequest, *, name: str = COOKIE) -> str:
    """The member's identity, put together from both halves."""
    locked, key = request.session.get(name), _cookie_key(request, name)
    if locked is None or key is None:
        raise KeyringMissing("为了保护信访内容，请重新登录。")
    try:
        return unlock_keyring(locked, key)
    except CannotOpen as error:
        raise KeyringMissing("为了保护信访内容，请重新登录。") from error


def put_in(
    request: HttpRequest, response: HttpResponse, secret: str, *, name: str = COOKIE
) -> None:
    """Locks the member's identity into the session, and gives the browser the key to it."""
    key = secrets.token_bytes(_KEY_BYTES)
    request.session[name] = lock_keyring(secret, key)
    response.set_cookie(
        name,
        urlsafe_b64encode(key).decode(),
        path=settings.SESSION_COOKIE_PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def take_away(request: HttpRequest, response: HttpResponse, *, name: str = COOKIE) -> None:
    """Removes both halves."""
    request.session.pop(name, None)
    response.delete_cookie(name, path=settings.SESSION_COOKIE_PATH, samesite="Strict")


def _cookie_key(request: HttpRequest, name: str) -> bytes | None:
    try:
        key = urlsafe_b64decode(request.COOKIES.get(name, "").encode())
    except ValueError:
        return None
    return key if len(key) == _KEY_BYTES else None
