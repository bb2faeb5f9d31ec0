"""验证器: the phone that shows a member's one-time codes."""

from secrets import token_bytes

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django_otp.models import DeviceManager
from django_otp.plugins.otp_totp.models import TOTPDevice

from intake.models.staff_user import StaffUser
from intake.sealing import second_factor_seal

_NAME = "验证器"
_SECRET_BYTES = 20


class AuthenticatorManager(DeviceManager):  # type: ignore[misc]
    """Makes devices, and tells who has one."""

    def bind(
        self, user: StaffUser, *, confirmed: bool, secret: bytes | None = None
    ) -> "Authenticator":
        """A device with a new secret, or with one that is known."""
        key = second_factor_seal.sealed(
            secret or token_bytes(_SECRET_BYTES), owner=user.pk, key=settings.SECOND_FACTOR_KEY
        )
        device: Authenticator = self.create(user=user, name=_NAME, confirmed=confirmed, key=key)
        return device

    def is_bound(self, user: StaffUser) -> bool:
        """Whether logging in needs a code already."""
        return bool(self.devices_for_user(user, confirmed=True).exists())


class Authenticator(TOTPDevice):  # type: ignore[misc]
    """django-otp's device; its `key` is sealed under a key that the database does not hold."""

    objects = AuthenticatorManager()

    class Meta:
        proxy = True
        verbose_name = _("验证器")
        verbose_name_plural = _("验证器")

    @property
    def bin_key(self) -> bytes:
        """The secret itself; SealBroken when it does not open."""
        return second_factor_seal.opened(
            self.key, owner=self.user_id, key=settings.SECOND_FACTOR_KEY
        )
