"""Makes the site's database ready, under its own environment: the notice, open today, and desks."""

import sys
from datetime import timedelta
from pathlib import Path

import django


def main(folder: Path) -> None:
    """Migrates, loads the notice, moves its dates around today, opens the desks."""
    django.setup()
    from django.core.management import call_command

    from inspection import clock
    from inspection.models import Round
    from tests.benchmarks.servers import ROOT

    call_command("migrate", verbosity=0)
    call_command("load_notice", str(ROOT / "seeds" / "liaocheng-daily-2025-03.txt"))
    today = clock.now().date()
    Round.objects.update(
        notice_date=today - timedelta(days=10),
        period_starts_first=today - timedelta(days=10),
        period_starts_last=today - timedelta(days=10),
        accepts_until=today + timedelta(days=60),
        period_ends_first=today + timedelta(days=70),
        period_ends_last=today + timedelta(days=70),
    )
    call_command("open_desks", Round.objects.get().slug, recovery_file=folder / "recovery")
    call_command("collectstatic", verbosity=0, interactive=False)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
