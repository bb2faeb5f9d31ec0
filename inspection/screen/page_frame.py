"""What every citizen's page needs around its content: the size of type, and the footer's facts."""

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import TooManyFieldsSent
from django.http import HttpRequest, QueryDict
from django.http.request import split_domain_port
from django.utils.encoding import escape_uri_path
from django.utils.http import escape_leading_slashes

from inspection.current import Published, last_read
from inspection.models import ContactKind
from inspection.wording import moment_words

LARGE = "large"
# What an address may say beside the size, and keeps when the size changes.
KEPT = ("q", "target", "round")
_CODE = re.compile(r"[a-z0-9-]+")


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


def address(path: str, **query: str) -> str:
    """A path with those of the words that say something."""
    said = {name: word for name, word in query.items() if word}
    return f"{path}?{urlencode(said)}" if said else path


def code_asked_for(request: HttpRequest, name: str) -> str:
    """The code that an address names, without what clung to it when it was forwarded."""
    typed = request.GET.get(name, "")
    found = _CODE.match(unicodedata.normalize("NFKC", typed).strip().lower())
    return found[0].rstrip("-") if found else typed


def site_address(request: HttpRequest) -> str:
    """Where the site is, to be printed and made into codes: without a slash at its end.

    Whoever asks may write any port behind the name, and a cache may hand the page on; so one
    counts only where the server itself listens on it.
    """
    if settings.SITE_ADDRESS:
        return str(settings.SITE_ADDRESS).rstrip("/")
    own_port = str(request.META.get("SERVER_PORT", ""))
    return _address_of(str(request.scheme), request.get_host(), own_port)


@lru_cache(maxsize=64)
def _address_of(scheme: str, host: str, own_port: str) -> str:
    name, port = split_domain_port(host)
    is_own = port == own_port and port not in ("80", "443")
    return f"{scheme}://{name}{f':{port}' if is_own else ''}"


def _query(request: HttpRequest) -> QueryDict:
    """What stands behind the '?'; nothing of it for a page that refuses an endless one."""
    try:
        return request.GET
    except TooManyFieldsSent:
        return QueryDict()


def received_at(request: HttpRequest) -> datetime:
    """The moment at which the request reached the server."""
    at: datetime = request.received_at  # type: ignore[attr-defined]
    return at


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
