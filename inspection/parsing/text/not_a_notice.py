"""Why a text cannot be read as a notice."""


class NotANotice(Exception):
    """The text is no inspection notice, or cannot be read at all.

    `reason` is a Chinese sentence for the clerk; `line` counts from 1 in the text as
    given, None where no one line is to blame.
    """

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line

    def __str__(self) -> str:
        return f"第{self.line}行：{self.reason}" if self.line else self.reason
