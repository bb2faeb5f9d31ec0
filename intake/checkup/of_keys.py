"""Desks and their keys: whether reports can be taken and read, and who else could read them."""

from collections.abc import Iterator
from datetime import datetime

from inspection.models import Round, Team
from intake import audit
from intake.checkup.finding import Finding, mind, well, wrong
from intake.choices import DeskKind
from intake.models import Authenticator, Desk, DeskAccess, DeskRotation
from intake.sealing.second_factor_seal import SealBroken
from intake.staff.opening_desks import files_still_here, teams_without_desk
from intake.staff.rehearsing import not_rehearsed

# Both holders of the office's identity, should one of them be ill.
_ENOUGH = 2


def look(at: datetime) -> Iterator[Finding]:
    """Of every round that has not been cleared away."""
    desks = list(Desk.objects.select_related("round", "team"))
    if not desks:
        yield wrong(
            "还没有设立受理席：收不了信访件。",
            "请运行 manage.py open_desks（见 docs/deployment.md）。",
        )
    yield from _not_genuine(desks)
    yield from _files_left(desks)
    yield from _teams_without(at)
    for desk in desks:
        yield from _of_desk(desk)
    yield from _rotations()
    yield from _second_factors()


def _not_genuine(desks: list[Desk]) -> Iterator[Finding]:
    strange = [str(desk) for desk in desks if not audit.is_genuine_desk(desk)]
    if strange:
        yield wrong(
            f"{'、'.join(strange)}的公钥和留痕对不上，网站不再往那里收件："
            "AUDIT_KEY 变了，或者公钥被换过。",
            "请先把 AUDIT_KEY 改回原值；没有改过它的，请运行 manage.py verify_audit，"
            "并查是谁动了数据库。",
        )
    elif desks:
        yield well(f"{len(desks)}个受理席的公钥都和留痕一致。")


def _files_left(desks: list[Desk]) -> Iterator[Finding]:
    for path in files_still_here(desks):
        yield wrong(
            f"恢复文件还在这台机器上（{path}），它能打开这一轮的全部信访件。",
            "请移到不联网的地方，放两处，由两个人保管，并从这台机器上删除。",
        )


def _teams_without(at: datetime) -> Iterator[Finding]:
    waiting: dict[Round, list[str]] = {}
    for team in teams_without_desk(Team.objects.all(), at):
        waiting.setdefault(team.round, []).append(str(team))
    for round_, names in waiting.items():
        yield wrong(
            f"{round_.title}：{'、'.join(names)}还没有受理席。",
            f"请运行 manage.py open_desks {round_.slug}（第一次设立要加 --recovery-file）。",
        )


def _of_desk(desk: Desk) -> Iterator[Finding]:
    called = f"{desk.round.title}：{desk}"
    if desk.kind == DeskKind.OFFICE:
        holders = DeskAccess.objects.able().lasting().filter(desk=desk).count()
        if holders == 0:
            yield wrong(
                f"{called}没有人能打开信访件。",
                "请建好账号，本人登录过以后，由保管恢复文件的人运行 manage.py grant_desk。",
            )
        elif holders < _ENOUGH:
            yield mind(f"{called}只有一个人能打开信访件。", "请在后台再给一个人授权。")
    if not desk.is_teams and (copies := not_rehearsed(desk)):
        which = "、".join(str(copy.label) for copy in copies)
        yield mind(
            f"{called}的恢复文件（{which}）还没有演练过。",
            f"请保管的人各运行一次 manage.py rehearse_recovery {desk.round.slug}，或在后台演练。",
        )


def _rotations() -> Iterator[Finding]:
    for rotation in DeskRotation.objects.running().select_related("desk"):
        yield mind(
            f"{rotation.desk}正在更换密钥，还没有换完：旧密钥还在。",
            "请在后台继续，或再运行一次同样的 manage.py rotate_desk。",
        )


def _second_factors() -> Iterator[Finding]:
    """One that opens is enough: all of them are sealed under the one key."""
    device = Authenticator.objects.filter(confirmed=True).order_by("-pk").first()
    if device is None:
        return
    try:
        device.bin_key  # noqa: B018
    except SealBroken:
        yield wrong(
            "手机验证码的密钥打不开，谁也登录不了："
            "SECOND_FACTOR_KEY（没有设它时是 SECRET_KEY）变了。",
            "请把 SECOND_FACTOR_KEY 设成 SECRET_KEY 原来的值（见 docs/deployment.md）。",
        )
    else:
        yield well("手机验证码的密钥和设置一致。")
