"""What is made of a file for the clerk, what is told of it, and why there may be nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from intake.report.evidence.drawable import MOST_COUNTED


class Made(StrEnum):
    """What a copy is: how a page shows or plays it."""

    PICTURE = "picture"
    PAGE = "page"
    SOUND = "sound"
    FILM = "film"
    STILLS = "stills"


@dataclass(frozen=True, slots=True, repr=False)
class MadeCopy:
    """One copy, made anew by the site; nothing of the file is in it but what is seen or heard.

    `number` counts from 1: of a page its place in the document, of a long picture its slice. `of`
    is how many pages the whole document has, where it is known. `note` is a sentence for the
    clerk about what this copy does not show.
    """

    sort: Made
    number: int
    media_type: str
    content: bytes
    of: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Drawn:
    """A picture as JPEGs: of each page that is shown its slices, by the number of the page.

    `total` is how many pages the file has; all but a TIFF have one.
    """

    pages: dict[int, list[bytes]]
    total: int = 1

    @property
    def copies(self) -> list[bytes]:
        """All that is shown, in order."""
        return [copy for slices in self.pages.values() for copy in slices]

    @property
    def note(self) -> str:
        """What is not shown, as a sentence; '' where everything is."""
        shown = list(self.pages)
        if len(shown) == self.total:
            return ""
        many = "至少" if self.total == MOST_COUNTED else "共"
        in_a_row = shown == list(range(1, len(shown) + 1))
        which = f"前 {len(shown)} 页" if in_a_row else f"第 {'、'.join(map(str, shown))} 页"
        return f"这个文件{many} {self.total} 页，这里只显示{which}，其余请取出原件看。"


@dataclass(frozen=True, slots=True)
class Progress:
    """How much is done of how much: pages, or seconds of sound and film; None where unknown."""

    done: int
    of: int | None


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What is told beside a file.

    `pages` of a PDF and `seconds` of sound and film as the file says itself, None where it does
    not; those of an office document are known with its first copies (`MadeCopy.of`). `removed`
    are words for what the original tells beside what is seen and heard, and no copy does.
    """

    pages: int | None = None
    seconds: float | None = None
    has_password: bool = False
    has_macros: bool = False
    removed: tuple[str, ...] = ()


class CannotShow(ValueError):
    """There is no copy to look at; the message tells the clerk why."""


class CannotShowNow(CannotShow):
    """Others' files are being worked on; in a moment there is a copy."""


NO_COPY = "这种格式没有副本可看，只能取原件。"
TOO_LARGE = "这张图片的尺寸太大，不在这里显示。确有需要可以取原件。"
BROKEN = "这张图片已经损坏或者不完整，显示不了。确有需要可以取原件。"

SPOKEN = "这是聊天软件的语音格式，这里转换不了，只能取原件。"
LOCKED = "这个文件要密码才能打开，没有副本可看。知道密码的话，可以取原件打开。"
BROKEN_FILE = "这个文件已经损坏或者不完整，做不出副本。确有需要可以取原件。"
TOO_COSTLY = "做这个文件的副本太费时间或者内存，已经停下，没有做成。确有需要可以取原件。"
DAMAGED_BEHIND = "文件后面的部分放不出来，副本到那里为止。"
FILM_GOES_ON = "录像太长，副本只有前 20 分钟。"
SOUND_GOES_ON = "录音太长，副本只有前 60 分钟。"
PAGES_GO_ON = "文件太长，副本最多到第 200 页。"
NO_SUCH_PAGE = "这个文件没有这一页。"

Tell = Callable[[Progress], object]


def tell_nobody(_progress: Progress) -> None:
    """For whoever does not want to know how far it is."""
