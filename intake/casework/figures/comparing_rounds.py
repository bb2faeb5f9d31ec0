"""Shares, and changes against the round before: as numbers and in words. Pure."""

NOTHING = "—"
# Stands where a number is not shown.
HIDDEN = "＊"


def share(part: int, whole: int) -> float | None:
    """Between 0 and 1; None of nothing."""
    return part / whole if whole else None


def share_words(part: int, whole: int) -> str:
    """'23.3%'."""
    found = share(part, whole)
    return NOTHING if found is None else f"{found:.1%}"


def change_words(now: int, before: int | None) -> str:
    """'+3（+12%）'; a dash where there is nothing to compare with."""
    if before is None:
        return NOTHING
    difference = now - before
    if not difference:
        return "0"
    return f"{difference:+d}（{difference / before:+.0%}）" if before else f"{difference:+d}"
