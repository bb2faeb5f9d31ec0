"""The files that a form names and that came ahead of it, a line each: identifier, size, name."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from intake.arriving.ahead import waiting_content, waiting_files
from intake.arriving.ahead.waiting_content import NotWhole, Taken, TakenContent, WaitingContent
from intake.arriving.ahead.waiting_files import Announced, NotTaken
from intake.report import evidence
from intake.report.draft import Attachment
from intake.report.evidence import Offered
from intake.report.report_limits import MAX_FILES

# The field of a form.
AHEAD = "ahead"
NOT_WHOLE = _("“%(name)s”没有传完。请再点一次“提交”，会接着传；还是不行，请重新选这个文件。")
GONE = _("选的文件已经随上一次提交登记了。改了内容再交，请重新选一次文件。")
NOT_OURS = _("先传来的文件对不上，请重新选文件。")


def files_ahead(named: str, nonce: str) -> tuple[list[Offered], list[Attachment]]:
    """Files to be looked at, and those of a form that was stored before, as they were looked at.

    Raises ValidationError where one has not come, or is none that a form can name.
    """
    sheet, offered, taken = waiting_files.sheet_of(nonce), list[Offered](), list[Attachment]()
    # A browser ends lines in its own way.
    lines = [line for line in named.replace("\r\n", "\n").split("\n") if line]
    if len(lines) > MAX_FILES:
        raise ValidationError(NOT_OURS)
    for line in lines:
        file, name = _announced(line)
        try:
            content = waiting_content.find(sheet, file)
        except NotWhole:
            params = {"name": evidence.clean_name(name)}
            raise ValidationError(NOT_WHOLE, params=params) from None
        if isinstance(content, TakenContent):
            called = evidence.clean_name(name)
            taken.append(Attachment(called, content.kind, content, marks=content.marks))
        else:
            offered.append(Offered(name, content, content.size))
    return offered, taken


def still_waiting(attachments: Iterable[Attachment]) -> list[Taken]:
    """Those of a draft whose parts still wait in the database."""
    return [
        Taken(one.content, one.kind, one.marks)
        for one in attachments
        if isinstance(one.content, WaitingContent)
    ]


def _announced(line: str) -> tuple[Announced, str]:
    file, _space, rest = line.partition(" ")
    size, _space, name = rest.partition(" ")
    try:
        return Announced.of(file, size), evidence.bare_name(name)
    except NotTaken:
        raise ValidationError(NOT_OURS) from None
