"""What every citizen's page needs around its content: the size of type, and the footer's facts."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from django.conf import settings
from django.core.exceptions import TooManyFieldsSent
from django.http import HttpRequest, QueryDict
from django.utils.encoding import escape_uri_path
from django.utils.http import escape_leading_slashes

from inspection.contact_kinds import ContactKind
from inspection.current import Published, last_read
from inspection.screen.links import address, led_to
from inspection.wording import moment_words

LARGE = "large"
# What an address may say beside the size, and keeps when the size changes.
KEPT = ("q", "target", "round")


@dataclass(frozen=True)
class Page:
    """The frame of a page.

    `keep` and `keep_more` carry the chosen size on to the next address: '?size=large' for an
    address without a query, '&size=large' for one that has some. `other_size` is the same page
    in the other size; '' where going there would lose what was typed.
    """

    is_large: bool = False
    other_size: str = ""
    owner: str = ""
    phone: str = ""
    registrations: tuple[str, ...] = ()
    simulated: str = ""

    @property
    def keep(self) -> str:
        return f"?size={LARGE}" if self.is_large else ""

    @property
    def form(self) -> str:
        return led_to("form")

    @property
    def receipt(self) -> str:
        return led_to("receipt")

    @property
    def keep_more(self) -> str:
        return f"&size={LARGE}" if self.is_large else ""


def page(request: HttpRequest) -> dict[str, Page]:
    """The context processor: `page` in every template. It asks the database nothing."""
    return {"page": page_of(request, last_read())}


def page_of(request: HttpRequest, published: Published | None) -> Page:
    """The frame of this request's page, with the issuer of a round in its footer."""
    is_large = _query(request).get("size") == LARGE
    return replace(
        _footer(published), is_large=is_large, other_size=_other_size(request, is_large=is_large)
    )


def _query(request: HttpRequest) -> QueryDict:
    """What stands behind the '?'; nothing of it for a page that refuses an endless one."""
    try:
        return request.GET
    except TooManyFieldsSent:
        return QueryDict()


def _other_size(request: HttpRequest, *, is_large: bool) -> str:
    if request.method not in ("GET", "HEAD"):
        return ""
    typed = _query(request)
    query = {name: str(typed[name]) for name in KEPT if name in typed}
    if not is_large:
        query["size"] = LARGE
    path = escape_leading_slashes(escape_uri_path(request.path))
    return address(path, **query)


def _footer(published: Published | None) -> Page:
    """The footer's facts: those of the settings, else the round's."""
    issuer = published.round.issuer if published else ""
    registrations = (settings.ICP_NUMBER, settings.POLICE_NUMBER, settings.SITE_CODE)
    simulated: datetime | None = settings.SIMULATED_NOW
    return Page(
        owner=settings.SITE_OWNER or issuer,
        phone=settings.SITE_PHONE or first_phone(published),
        registrations=tuple(word for word in registrations if word),
        simulated=moment_words(simulated, simulated.tzinfo or UTC) if simulated else "",
    )


def first_phone(published: Published | None) -> str:
    """The first phone of the notice, as printed; '' without one."""
    contacts = published.contacts if published else ()
    phones = (c.value for c in contacts if c.kind == ContactKind.PHONE and c.team is None)
    return next(phones, "")
