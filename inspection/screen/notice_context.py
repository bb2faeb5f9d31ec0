"""A round as the notice page shows it at a moment: everything that its template asks for."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from inspection.body_kinds import BodyKind
from inspection.current import Published, accepting_rounds
from inspection.current.target_finder import MAX_CHARACTERS, TargetFinder
from inspection.models import FocusTopic
from inspection.screen import ways_in, window_card
from inspection.screen.links import address, led_to
from inspection.screen.page_frame import LARGE, Page, page_of
from inspection.screen.who_inspects import team_cards


def notice_context(
    request: HttpRequest, published: Published, at: datetime, *, slug: str = ""
) -> dict[str, Any]:
    """`slug` names the round in the addresses, where it is not the only one to be met."""
    words = words_of(request)
    page = page_of(request, published)
    return {
        "page": page,
        "round": published.round,
        "others": published.others,
        "state": published.state(at),
        "is_accepting": published.window.contains(at),
        "card": window_card.state_card(published, at),
        "teams": team_cards(published, at),
        "words": words,
        "longest_words": MAX_CHARACTERS,
        "matches": published.finder.find(words) if words else None,
        "contacts": ways_in.contact_rows(published, at),
        "boxes": ways_in.boxes_by_county(published),
        "paragraphs": published.round.source_text.splitlines(),
        "focus": _focus_by_kind(published),
        "links": _links(page, slug),
        "has_map": bool(settings.MAP_URL),
    }


def chooser_context(request: HttpRequest, published: Published, at: datetime) -> dict[str, Any]:
    """All rounds that take reports now; `published` is the first of them."""
    accepting = accepting_rounds(at)
    is_of_one = len({one.round.issuer for one in accepting}) == 1
    words, page = words_of(request), page_of(request, published if is_of_one else None)
    return {
        "page": page,
        "state": published.state(at),
        "words": words,
        "longest_words": MAX_CHARACTERS,
        "matches": _finder_of_all(published, accepting).find(words) if words else None,
        "is_accepting": True,
        "choices": [
            {
                "round": one.round,
                "card": window_card.state_card(one, at),
                "teams": team_cards(one, at),
                "count": len(one.targets),
                "links": _links(page, one.round.slug),
            }
            for one in accepting
        ],
        "others": [o for o in published.others if not o.whole_window().contains(at)],
        "links": _links(page, ""),
    }


def _finder_of_all(published: Published, accepting: tuple[Published, ...]) -> TargetFinder:
    """Looks through the bodies of all these rounds."""
    return published.remember(
        ("finder", *(one.round.slug for one in accepting)),
        lambda: TargetFinder([target for one in accepting for target in one.targets]),
    )


def _focus_by_kind(published: Published) -> list[tuple[str, list[FocusTopic]]]:
    """What the round looks at, by kind of body."""
    groups: dict[str, list[FocusTopic]] = {}
    for topic in published.focus:
        groups.setdefault(BodyKind(topic.kind).facts.word, []).append(topic)
    return list(groups.items())


def words_of(request: HttpRequest) -> str:
    """What a visitor typed to find a body."""
    return request.GET.get("q", "").strip()[:MAX_CHARACTERS]


def _links(page: Page, slug: str) -> dict[str, str]:
    size = LARGE if page.is_large else ""
    paths = {
        "form": led_to("form"),
        "paper": led_to("paper"),
        "poster": "/poster/",
        "labels": "/poster/boxes/",
        "cards": "/poster/cards/",
    }
    links = {name: address(path, round=slug, size=size) for name, path in paths.items()}
    return {**links, "map_query": address("", round=slug, size=size)}
