"""What a clerk noted of a letter, call or visit, as the item's page shows it: label and words."""

from collections.abc import Iterator

from intake.report.on_paper.paper_facts import PaperFacts

_RECORDED = {"yes": "有录音", "no": "没有录音"}


def circumstances(paper: PaperFacts) -> Iterator[tuple[str, str]]:
    """How it came; nothing of who the reporter is."""
    times = "—".join(time for time in (paper.started, paper.ended) if time)
    lines = (
        ("来源细目", paper.origin_detail),
        ("来文编号", paper.original_number),
        ("通话", times),
        ("录音", _RECORDED.get(paper.recorded, "")),
        ("号码", "来电人不同意记" if paper.number_refused else ""),
        ("接待人", paper.receivers),
        ("不按建议分送的理由", paper.desk_reason),
    )
    return ((label, words) for label, words in lines if words)


def reporters(paper: PaperFacts) -> Iterator[tuple[str, str]]:
    """Who reported, beside name and telephone."""
    lines = (
        ("住址或单位", paper.address),
        ("联名人", paper.signer_names),
        ("来访代表", paper.representatives),
    )
    return ((label, words) for label, words in lines if words)
