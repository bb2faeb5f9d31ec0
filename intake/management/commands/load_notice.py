"""The notice's own command; here what it changes is recorded too."""

from inspection import clock
from inspection.loading import Outcome
from inspection.management.commands import load_notice
from inspection.notice import Notice
from intake.audit.notice_loading import load_and_record


class Command(load_notice.Command):
    """Django takes this one, because the intake stands before inspection in INSTALLED_APPS."""

    def load(
        self, notice: Notice, *, settled: dict[str, str], update: bool, hidden: bool
    ) -> Outcome:
        return load_and_record(
            notice, settled=settled, update=update, hidden=hidden, at=clock.now()
        )
