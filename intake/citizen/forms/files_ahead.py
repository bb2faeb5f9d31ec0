"""The files that a form names and that came ahead of it, a line each: identifier, size, name."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from intake.arriving.ahead import waiting_content, waiting_files
from intake.arriving.ahead.sheet_keys import SheetKey
from intake.arriving.ahead.waiting_content import NotWhole, Taken, TakenContent, WaitingContent
from intake.arriving.ahead.waiting_files import Announced, NotTaken
from intake.arriving.turns import NoTurn, Turns
from intake.report import evidence
from intake.report.contents import BytesContent
from intake.report.draft import Attachment
from intake.report.evidence import Offered, Seen
from intake.report.report_limits import MAX_FILES, MAX_TOTAL_BYTES

# The field of a form.
AHEAD = "ahead"
# To read and look at 200 MB takes some seconds; who waits for it holds no place.
READING = Turns(most=12, longest_seconds=60)
LATER = _("现在收大文件的人多，还没有轮到。您写的都在，请过一会儿再点一次“提交”。")
NOT_WHOLE = _("“%(name)s”没有传完。请再点一次“提交”，会接着传；还是不行，请重新选这个文件。")
GONE = _("选的文件已经随上一次提交登记了。改了内容再交，请重新选一次文件。")
NOT_OURS = _("先传来的文件对不上，请重新选文件。")


@dataclass(frozen=True, slots=True)
class Named:
    """A file as a form names it; its name as it was chosen."""

    file: Announced
    name: str


def named_in(text: str) -> list[Named]:
    """The files that a form names; nothing is read yet. Raises ValidationError."""
    # A browser ends lines in its own way.
    lines = [line for line in text.replace("\r\n", "\n").split("\n") if line]
    if len(lines) > MAX_FILES:
        raise ValidationError(NOT_OURS)
    found = [_named(line) for line in lines]
    is_twice = len({one.file.file for one in found}) < len(found)
    if is_twice or sum(one.file.size for one in found) > MAX_TOTAL_BYTES:
        raise ValidationError(NOT_OURS)
    return found


def names_in(text: str) -> list[str]:
    """How the files are called, whatever else is wrong with them."""
    return [line.split(" ", 2)[-1] for line in text.splitlines()[:MAX_FILES]]


def files_ahead(
    named: Sequence[Named], nonce: str, offered: Sequence[Offered]
) -> tuple[Attachment, ...]:
    """The named files, looked at together with those that the form itself `offered`.

    Those of a form that was stored before come as they were looked at then. Raises ValidationError.
    """
    try:
        with READING.one():
            return tuple(_looked_at(named, nonce, offered))
    except NoTurn:
        raise ValidationError(LATER) from None


def _looked_at(
    named: Sequence[Named], nonce: str, offered: Sequence[Offered]
) -> Iterator[Attachment]:
    sheet = waiting_files.sheet_of(nonce)
    found = [(one, _found(sheet, one)) for one in named]
    ahead = [
        Offered(one.name, content, content.size)
        for one, content in found
        if not isinstance(content, TakenContent)
    ]
    looked = evidence.look_at([*offered, *ahead])
    if sentences := evidence.problems_with([*offered, *ahead], looked):
        raise ValidationError([ValidationError(text, code="refused") for text in sentences])
    for one in looked[len(offered) :]:
        if one.seen and one.offered.content:
            yield attachment_of(one.offered, one.seen)
    for named_file, content in found:
        if isinstance(content, TakenContent):
            called = evidence.clean_name(named_file.name)
            yield Attachment(called, content.kind, content, marks=content.marks)


def _found(sheet: SheetKey, named: Named) -> WaitingContent | TakenContent:
    try:
        return waiting_content.find(sheet, named.file)
    except NotWhole:
        params = {"name": evidence.clean_name(named.name)}
        raise ValidationError(NOT_WHOLE, params=params) from None


def attachment_of(file: Offered, seen: Seen) -> Attachment:
    """A file of a draft, under its cleaned name."""
    content = file.content or BytesContent(b"")
    marks = tuple(map(str, seen.marks))
    return Attachment(evidence.clean_name(file.name), seen.kind, content, marks=marks)


def still_waiting(attachments: Iterable[Attachment]) -> list[Taken]:
    """Those of a draft whose parts still wait in the database."""
    return [
        Taken(one.content, one.kind, one.marks)
        for one in attachments
        if isinstance(one.content, WaitingContent)
    ]


def _named(line: str) -> Named:
    file, _space, rest = line.partition(" ")
    size, _space, name = rest.partition(" ")
    try:
        return Named(Announced.of(file, size), evidence.bare_name(name))
    except NotTaken:
        raise ValidationError(NOT_OURS) from None
