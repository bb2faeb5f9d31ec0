"""Builds the demo: the notice, the desks, invented staff with a second factor, reports."""

import json
import secrets
from base64 import b32encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import cycle
from pathlib import Path

from django.db import transaction
from django.db.models import QuerySet

from inspection.current import read
from inspection.loading import read_notice
from inspection.models import Round
from inspection.parsing import decode
from intake import audit
from intake.access import TABLE, Desks
from intake.audit.notice_loading import load_and_record
from intake.choices import Action, DeskKind, Role
from intake.demo.actors import Actors
from intake.demo.invented_help import ask_for_help
from intake.demo.invented_lists import gather_lists
from intake.demo.invented_reports import file_reports, pause_one, register_older
from intake.demo.invented_signing import hand_up, open_boxes
from intake.demo.invented_work import (
    decide_at_the_heads_desk,
    keep_one_out,
    link_a_repeat,
    work_on_items,
)
from intake.models import Desk, StaffUser
from intake.sealing import private_files
from intake.staff import accounts, granting, opening_desks
from intake.staff.entering import second_factor

Login = dict[str, str | bool | None]

# By a role's code; a role that is not named here is its own user name, and has other surnames.
USERNAMES = {"administrator": "sysadmin"}
SURNAMES = {
    "office": "王",
    "team": "张李刘陈杨黄周吴徐",
    "auditor": "赵",
    "administrator": "孙",
}
OTHER_SURNAMES = "马朱胡郭何林高罗郑"


@dataclass(frozen=True, slots=True)
class Person:
    """An invented member, and the desks that he or she holds."""

    username: str
    full_name: str
    desks: list[Desk]
    approves: bool = False


def build(seed: Path, *, folder: Path, at: datetime) -> list[Login]:
    """Fills an empty database; gives the logins of the invented staff."""
    round_ = _load(seed, at)
    begun = min(at, round_.window().opens)
    opening_desks.open_desks(round_, recovery_file=folder / "recovery.txt", at=begun)
    logins = []
    for role in TABLE:
        for person in _people(role, round_):
            member, login = _member(person, role, begun)
            for desk in person.desks:
                _let_in(member, desk, begun)
            logins.append(login)
    file_reports(read(round_), until=at - timedelta(minutes=5))
    _work(round_, Actors({str(one["username"]): str(one["password"]) for one in logins}), at)
    return logins


def _work(round_: Round, actors: Actors, at: datetime) -> None:
    """What the desks have done so far; before the first report there is nothing to do."""
    if not round_.submissions.exists():
        return
    clerk = actors.at(opening_desks.office_desk(round_)).clerk
    with transaction.atomic():
        register_older(round_, clerk, at=at)
        pause_one(round_, by=clerk.user, at=at)
        work_on_items(round_, actors, at=at)
        link_a_repeat(round_, actors, at=at)
        decide_at_the_heads_desk(round_, actors, at=at)
        keep_one_out(round_, actors, at=at)
        ask_for_help(round_, actors, at=at)
        gather_lists(round_, actors, at=at)
        open_boxes(round_, actors, at=at)
        hand_up(round_, actors, at=at)


def write_logins(logins: list[Login], path: Path) -> None:
    """Keeps the logins for the login page and for scripts."""
    path.unlink(missing_ok=True)
    private_files.write_new(path, json.dumps(logins, ensure_ascii=False, indent=1) + "\n")


def count_as_chosen(path: Path, *, at: datetime) -> None:
    """The invented members of an older demo keep the passwords that stand in its file."""
    names = [login["username"] for login in json.loads(path.read_text(encoding="utf-8"))]
    with transaction.atomic():
        for user in StaffUser.objects.filter(username__in=names, password_chosen_at=None):
            user.password_chosen_at = at
            audit.record(
                Action.CHANGE_PASSWORD, by=None, at=at, obj=user, changed=[user], kind="first"
            )
            user.save(update_fields=["password_chosen_at"])


def _load(seed: Path, at: datetime) -> Round:
    notice, settled = read_notice(decode(seed.read_bytes()), {})
    return load_and_record(notice, settled=settled, at=at).round


def _people(role: Role, round_: Round) -> Iterator[Person]:
    """The role's invented members: a clerk and a head a desk, or only one."""
    username = USERNAMES.get(role, role.value)
    surnames, others = cycle(SURNAMES.get(role, OTHER_SURNAMES)), cycle(OTHER_SURNAMES)
    held: dict[Desks, list[Desk | None]] = {
        Desks.NONE: [None],
        Desks.THE_OFFICES: [opening_desks.office_desk(round_)],
        Desks.A_TEAMS: list(
            Desk.objects.of_teams()
            .filter(round=round_)
            .select_related("team")
            .order_by("team__order")
        ),
    }
    for number, desk in enumerate(held[TABLE[role].desks], start=1):
        name = f"{username}{number if desk and desk.team else ''}"
        yield Person(name, f"{next(surnames)}（演示）", [desk] if desk else [])
        if desk and TABLE[role].of_heads:
            desks = [desk, *_heads_desk(round_)] if desk.is_office else [desk]
            yield Person(f"{name}-head", f"{next(others)}（演示）", desks, approves=True)


def _heads_desk(round_: Round) -> "QuerySet[Desk]":
    return Desk.objects.filter(round=round_, kind=DeskKind.HEAD)


def _let_in(member: StaffUser, desk: Desk, at: datetime) -> None:
    identity = opening_desks.identity_for(desk)
    if identity is None:
        raise RuntimeError("the recovery file that was just written is gone")
    granting.grant_with_recovery(member, desk, identity=identity, at=at)


def _member(person: Person, role: Role, at: datetime) -> tuple[StaffUser, Login]:
    """An account with a random password and a second factor that the demo shows.

    It counts as if the member had chosen the password.
    """
    password = secrets.token_urlsafe(12)
    secret = b32encode(secrets.token_bytes(20)).decode()
    user = accounts.create(
        person.username,
        password,
        role=role,
        full_name=person.full_name,
        may_approve=person.approves,
        at=at,
        is_own=True,
    )
    second_factor.give(user, secret=secret)
    return user, {
        "username": person.username,
        "password": password,
        "totp_secret": secret,
        "role": str(role),
        "team": next((str(desk) for desk in person.desks if desk.team), None),
        "approves": person.approves,
    }
