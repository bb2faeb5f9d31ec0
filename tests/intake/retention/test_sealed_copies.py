"""Without the site: what is sealed to a desk is opened by the age program and the recovery file."""

import io
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from intake import audit
from intake.casework.together.item_facts import open_report
from intake.choices import Action
from intake.filing.sealed_table import SEALED_TO_DESKS
from intake.models import AuditEvent, Desk, Submission
from tests.intake.casework.rotating.sealed_world import WORDS, make_sealed
from tests.intake.casework.together.helped_world import Helped
from tests.running.standing_world import standing_world

pytestmark = pytest.mark.django_db
standing = standing_world(make_sealed)


def by_age(sealed: Path, key: str, folder: Path) -> bytes:
    (folder / "key.txt").write_text(key)
    done = subprocess.run(
        ["age", "-d", "-i", str(folder / "key.txt"), str(sealed)], capture_output=True, check=True
    )
    return done.stdout


def test_a_teams_are_opened_in_two_steps_and_the_offices_in_one(
    standing: Callable[[], Helped], tmp_path: Path
):
    world, before = standing(), audit.verify().problems
    office, team = world.intake.office, world.intake.desks[0]
    for desk, name in ((team, str(team)), (office, "office")):
        folder, out = tmp_path / str(desk.pk), io.StringIO()
        call_command("write_sealed", world.intake.round.slug, name, str(folder), stdout=out)
        rows = sum(kind.rows(desk).count() * len(kind.columns) for kind in SEALED_TO_DESKS)
        files = list(folder.iterdir())
        assert len(files) == rows + bool(Desk.objects.get(pk=desk.pk).sealed_identity) > 1
        assert not any(WORDS.encode() in file.read_bytes() for file in files)
        key = world.intake.secrets[office.pk]
        if desk == team:
            key = by_age(folder / "组密钥.age", key, tmp_path).decode()
        assert all(by_age(file, key, tmp_path) for file in files if file.name != "组密钥.age")
    item = Submission.objects.get(pk=world.item.pk)
    key = world.intake.secrets[team.pk]
    told = by_age(tmp_path / str(team.pk) / f"submission-{item.pk}-sealed.age", key, tmp_path)
    assert open_report(item, key).narrative in told.decode()
    with pytest.raises(CommandError, match="已经有了"):
        call_command("write_sealed", world.intake.round.slug, "office", str(folder))
    assert AuditEvent.objects.filter(action=Action.WRITE_SEALED).count() == 2
    assert set(audit.verify().problems) <= set(before)
