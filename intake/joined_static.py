"""Style sheets and scripts are written in parts and served whole, so that each is one request.

A file names its parts by what the language has for it, `@import "site/frame.css";` or
`import { find } from "./finding.js";`, and so can be read, and even used, as it is written.
"""

import re
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import get_ident

from django.contrib.staticfiles.finders import AppDirectoriesFinder
from django.core.files.storage import FileSystemStorage

NAMES_A_PART = {
    ".css": re.compile(r'^@import "([\w/-]+\.css)";\n', re.MULTILINE),
    ".js": re.compile(r'^import \{[^{}]*\} from "\./([\w/-]+\.js)";\n', re.MULTILINE),
}
EXPORTS = re.compile(r"^export ", re.MULTILINE)


def joined(file: Path) -> str:
    """The file with each of its parts, once, in the place of the line that names it."""
    return _joined(file, {file})


def _joined(file: Path, taken: set[Path]) -> str:
    def part(named: re.Match[str]) -> str:
        path = file.parent / named[1]
        if path in taken:
            return ""
        taken.add(path)
        return EXPORTS.sub("", _joined(path, taken))

    return NAMES_A_PART[file.suffix].sub(part, file.read_text("utf-8"))


class JoinedFiles(FileSystemStorage):
    """A folder of static files; one that names parts is found as what they are together."""

    # Development serves files, and `collectstatic` copies files; so what is joined becomes one.
    wholes = TemporaryDirectory(prefix="static-files-")

    def path(self, name: str) -> str:
        """Where the file lies as it is served."""
        file = Path(super().path(name))
        if file.suffix not in NAMES_A_PART or not file.is_file():
            return str(file)
        text = joined(file)
        return str(file) if text == file.read_text("utf-8") else self._kept(text, file.suffix)

    def _kept(self, text: str, suffix: str) -> str:
        """Named by its content, so that no request ever meets what is old or half written."""
        whole = Path(self.wholes.name) / f"{sha256(text.encode()).hexdigest()[:16]}{suffix}"
        if not whole.exists():
            beginning = whole.with_suffix(f".{get_ident()}")
            beginning.write_text(text, "utf-8")
            beginning.replace(whole)
        return str(whole)


class JoinedFilesFinder(AppDirectoriesFinder):
    """Finds each app's static files, for development and for `collectstatic` alike."""

    storage_class = JoinedFiles
