"""What stands beside each file of an item: how far its copies are, and what was found."""

from collections.abc import Collection

from inspection import clock
from intake.admin.evidence.shown_copies import copies_address, state_words, told_words
from intake.casework.together.item_reader import Reader
from intake.casework.viewing.apart import making_copies
from intake.casework.viewing.viewing_copies import has_copy
from intake.casework.viewing.what_is_told import NOTHING_TOLD, Told, told_by
from intake.choices import CopySort
from intake.keeping import sealed_files
from intake.models import Attachment, CopyMaking, ViewingCopy
from intake.report.evidence import MARK_WORDS, OF_CODE, Mark


class CopiesBeside:
    """Of some files of one item, as the desk that reads it has them: three queries for all."""

    def __init__(self, rows: Collection[Attachment], reader: Reader) -> None:
        self._secret = reader.secret
        makings = CopyMaking.objects.filter(attachment__in=rows, desk=reader.desk, first=1)
        self._makings = {making.attachment_id: making for making in makings}
        said = ViewingCopy.objects.filter(making__in=self._makings.values(), sort=CopySort.TOLD)
        copies = said.select_related("making") if self._makings else said.none()
        self._said = {copy.making.attachment_id: copy for copy in copies}
        self._sealed = sealed_files.small_ones([copy.sealed_file for copy in self._said.values()])

    def told_of(self, row: Attachment) -> Told:
        """What was found out about the file, once its copies were made."""
        said = self._said.get(row.pk)
        return told_by([said], self._secret, self._sealed) if said else NOTHING_TOLD

    def state_of(self, row: Attachment) -> str:
        """'副本做好了'; '' where nobody has asked for any."""
        making = self._makings.get(row.pk)
        goes_on = making is not None and making.goes_on_at(clock.real_now())
        return state_words(making, goes_on=goes_on)


def lines_of(told: Told) -> tuple[str, ...]:
    """In words, a short line each; why there is no copy comes last."""
    return (*told_words(told.facts), *([told.problem] if told.problem else []))


def cautions_of(told: Told) -> tuple[str, ...]:
    """What must be known before the original is opened."""
    facts = told.facts
    found = ((Mark.LOCKED, facts.has_password), (Mark.MACROS, facts.has_macros))
    return tuple(str(MARK_WORDS[mark]) for mark, is_so in found if is_so)


def page_of(row: Attachment) -> str:
    """The page of its copies; '' of a picture, which is drawn at once, and of what has none."""
    is_made = making_copies.is_possible(row.kind) and not has_copy(row.kind)
    return copies_address(row) if is_made else ""


def kind_words(kind: str) -> str:
    """'录音 MP3'."""
    known = OF_CODE.get(kind)
    if known is None:
        return ""
    return known.called if known.sort == known.called else f"{known.sort} {known.called}"
