"""What waits about the keys of desks, as lines of the start page."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from intake.admin.start.chore import Asked, Chore
from intake.choices import RecoveryCopy
from intake.staff.entering.member_backend import first_end_of
from intake.staff.rehearsing import not_rehearsed


def own_access_ends(asked: Asked) -> Iterator[Chore]:
    """A substitute is told until when, so that nobody is cut off in the middle of something."""
    end = first_end_of(asked.user)
    if end is not None and asked.desks:
        local = timezone.localtime(end, asked.desks[0].round.zone)
        words = f"您有临时授权，到 {local.month}月{local.day}日 {local:%H:%M} 为止，到时自动收回。"
        yield Chore("临时授权", "soon", words)


def rotations_to_go_on_with(asked: Asked) -> Iterator[Chore]:
    """Until it is over both identities open the desk, the old one as well."""
    for one in asked.watched:
        if one.is_rotating and one.is_seen:
            words = f"{one.desk}正在更换密钥，还没有换完：旧密钥还在。"
            url = reverse("admin:intake_deskaccess_rotate", args=[one.desk.pk])
            yield Chore("更换密钥", "late", words, url, "去继续")


def desks_known_to_others(asked: Asked) -> Iterator[Chore]:
    """Whoever left knew the old keys; and with the office's, those of every team."""
    known = [one for one in asked.watched if one.is_known and one.is_seen and not one.is_rotating]
    waiting = sorted((one.desk for one in known), key=lambda desk: desk.is_teams)
    if waiting:
        words = (
            f"有人离开，或者巡察办换过密钥：{'、'.join(map(str, waiting))}还没有更换密钥。"
            "请从第一个起，一个一个换。"
        )
        url = reverse("admin:intake_deskaccess_rotate", args=[waiting[0].pk])
        yield Chore("更换密钥", "soon", words, url, "去更换")


def offices_with_one_holder(asked: Asked) -> Iterator[Chore]:
    """When that one is ill or forgets the password, only the recovery file is left."""
    for one in asked.watched:
        if one.desk.is_office and one.holders == 1:
            words = f"{one.desk.round.title}：只有一个人能打开巡察办的受理席。请再给一个人授权。"
            yield Chore("缺备份", "soon", words, reverse("admin:intake_deskaccess_add"), "去授权")


def files_not_rehearsed(asked: Asked) -> Iterator[Chore]:
    """Of both holders, in each round, and again after a rotation wrote a new file."""
    rounds: dict[tuple[str, str], list[str]] = {}
    for one in asked.watched:
        copies = [] if one.desk.is_teams else not_rehearsed(one.desk)
        if copies:
            which = "" if len(copies) == len(RecoveryCopy) else str(copies[0].label)
            rounds.setdefault((one.desk.round.title, which), []).append(str(one.desk))
    for (title, which), names in rounds.items():
        words = f"{title}：{'、'.join(sorted(names))}的恢复文件{which}还没有演练过，"
        words += "请保管的人试一次打不打得开。" if which else "请两位保管人各试一次打不打得开。"
        url = reverse("admin:intake_deskaccess_rehearse")
        yield Chore("演练", "soon", words, url, "去演练")
