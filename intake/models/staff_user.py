"""Members of staff, their keys, and which desks those keys open."""

import unicodedata
from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar, Self

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from intake.access import HELD_BY, HELD_WITH, Deed, Rules, approving, role_choices, rules_of
from intake.choices import DeskKind
from intake.models.desk import Desk


class StaffUser(AbstractUser):
    """A named member of staff. What the role does not grant is denied."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    email = None  # type: ignore[assignment]
    full_name = models.CharField(_("姓名"), max_length=50, blank=True)
    role = models.CharField(_("角色"), max_length=15, choices=role_choices)
    may_approve = models.BooleanField(
        _("可以审批"),
        default=False,
        help_text=_("巡察办主任、巡察组组长打这个勾；只有这两个角色可以有。"),
    )
    is_staff = models.BooleanField(_("可以登录后台"), default=True)
    password_chosen_at = models.DateTimeField(
        _("本人选定密码的时间"),
        null=True,
        editable=False,
        help_text=_("空着就是别人设的密码，只能用来选自己的密码。"),
    )

    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("工作人员")
        verbose_name_plural = _("工作人员")
        constraints = [
            models.CheckConstraint(
                name="staff_nobody_is_superuser",
                condition=models.Q(is_superuser=False),
                violation_error_message=_("没有人可以拥有全部权限。"),
            ),
            models.CheckConstraint(
                name="staff_approves_by_role",
                condition=models.Q(may_approve=False) | models.Q(role__in=approving()),
                violation_error_message=_("只有巡察办和巡察组的人可以审批。"),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name or self.username

    @property
    def told_apart(self) -> str:
        """'wang 王（演示）': two accounts may have one full name, and none two user names."""
        return f"{self.username} {self.full_name}".strip()

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name or self.username

    def clean(self) -> None:
        """A name must look like what it is: invisible characters could make two look alike."""
        super().clean()
        if any(unicodedata.category(character).startswith("C") for character in self.full_name):
            raise ValidationError({"full_name": _("姓名里有看不见的字符，请重新输入。")})

    @property
    def has_own_password(self) -> bool:
        """Whether nobody else set the password, so that nobody else can open the key."""
        return self.password_chosen_at is not None

    @property
    def rules(self) -> Rules:
        """What the role's entry says, whether or not the account is shut."""
        return rules_of(self.role)

    def may(self, deed: Deed) -> bool:
        """By the role's entry, and for a head also what it keeps for heads.

        Rows are narrowed by `visible_to`.
        """
        rules = self.rules
        is_granted = deed in rules.deeds or (self.may_approve and deed in rules.of_heads)
        return self.is_active and is_granted

    def can_hold(self, desk: Desk) -> bool:
        """Whether this is a kind of desk that goes with the role, and with what it needs."""
        kind = DeskKind(desk.kind)
        needed = HELD_WITH.get(kind)
        goes_with_role = self.rules.desks is HELD_BY.get(kind)
        return goes_with_role and (needed is None or self.may(needed))

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Of the pages of Django's admin, those that the role's deeds open."""
        return self.is_active and perm in self.rules.permissions

    def has_perms(self, perm_list: Iterable[str], obj: Any = None) -> bool:
        return all(self.has_perm(perm, obj) for perm in perm_list)

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_active and any(
            perm.startswith(f"{app_label}.") for perm in self.rules.permissions
        )


def member_key(words: Any, **options: Any) -> Any:
    """A column that names who did something; an account with such a row is never deleted."""
    return models.ForeignKey(
        StaffUser, models.PROTECT, related_name="+", verbose_name=words, **options
    )


class StaffKey(models.Model):
    """A member's age key pair; the private half is wrapped under the password."""

    user = models.OneToOneField(StaffUser, models.CASCADE, related_name="key")
    recipient = models.CharField(_("公钥"), max_length=70)
    recipient_code = models.CharField(_("公钥的校验码"), max_length=64, editable=False)
    wrapped_identity = models.TextField(_("以密码加封的私钥"))

    class Meta:
        verbose_name = _("个人密钥")
        verbose_name_plural = _("个人密钥")

    def __str__(self) -> str:
        return f"{self.user} 的密钥"


class DeskAccessQuerySet(models.QuerySet["DeskAccess"]):
    """Accesses by what they are good for."""

    def over(self, at: datetime) -> Self:
        """Those of substitutes whose time has passed."""
        return self.filter(until__lte=at)

    def lasting(self) -> Self:
        """Those that end by nobody's calendar."""
        return self.filter(until__isnull=True)

    def able(self) -> Self:
        """Those whose member can log in: an account that was shut opens nothing."""
        return self.filter(user__is_active=True, user__is_staff=True)


class DeskAccess(models.Model):
    """A desk's identity, sealed to one member."""

    user = models.ForeignKey(
        StaffUser, models.PROTECT, related_name="accesses", verbose_name=_("工作人员")
    )
    desk = models.ForeignKey(
        Desk, models.PROTECT, related_name="accesses", verbose_name=_("受理席")
    )
    sealed_identity = models.BinaryField(_("封给本人的私钥"))
    granted_by = models.ForeignKey(
        StaffUser,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("授权人"),
        help_text=_("空着就是用恢复文件设立的。"),
    )
    granted_at = models.DateTimeField(_("授权时间"))
    # Of a substitute: from this moment on it opens nothing; whoever meets it takes it away.
    until = models.DateTimeField(_("到期时间"), null=True, blank=True)

    objects = DeskAccessQuerySet.as_manager()

    class Meta:
        verbose_name = _("受理席授权")
        verbose_name_plural = _("受理席授权")
        ordering = ["desk", "user"]
        constraints = [
            models.UniqueConstraint(
                name="desk_access_once",
                fields=["user", "desk"],
                violation_error_message=_("这位工作人员已经有这个受理席的授权。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user.told_apart} → {self.desk}"
