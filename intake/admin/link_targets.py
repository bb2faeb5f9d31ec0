"""Where a member can be led: to pages that answer a link, never to what only takes a press."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar
from urllib.parse import urlsplit
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, ResolverMatch, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

View = TypeVar("View", bound=Callable[..., HttpResponse])

_MARK = "takes_only_post"
# Pages about coming and going lead in a circle.
_HALF_WAY = ("choose_password", "enrol")
# A script asks the two others, and no member is led there.
_NO_USE = ("login", "logout", "stay", "written", *_HALF_WAY)


def only_post(view: View) -> View:
    """As `require_POST`; and nobody is led there by a link. A test walks all addresses."""
    guarded = require_POST(view)
    setattr(guarded, _MARK, True)
    return guarded


def keys_in(typed: Iterable[str]) -> list[UUID]:
    """The keys of rows among what a form or an address named; what is no key is passed over."""
    return [UUID(key) for key in typed if _is_key(key)]


def _is_key(typed: str) -> bool:
    try:
        UUID(typed)
    except ValueError:
        return False
    return True


def page_for(request: HttpRequest, address: str) -> str:
    """The address itself if it is a page of the staff, else the nearest page above it."""
    home = reverse("admin:index")
    # What is no address at all is not here either.
    path = urlsplit(address).path if _is_here(request, address) else ""
    if not path.startswith(home):
        return home
    match = _page_at(path)
    if match is not None:
        return home if match.url_name in _NO_USE else address
    return next((above for above in _above(path, home) if _page_at(above)), home)


def is_press(request: HttpRequest, address: str) -> bool:
    """Whether a form of the staff's pages may go there."""
    match = _match(urlsplit(address).path) if _is_here(request, address) else None
    return match is not None and match.url_name not in _NO_USE


def is_half_way(path: str) -> bool:
    """Whether it is a page between the right password and being in."""
    match = _match(path)
    return match is not None and match.url_name in _HALF_WAY


def _is_here(request: HttpRequest, address: str) -> bool:
    return url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )


def _above(path: str, home: str) -> Iterator[str]:
    """The item that an address is about before the list that it stands in."""
    while len(path) > len(home):
        path = path.rstrip("/").rpartition("/")[0] + "/"
        yield f"{path}change/"
        yield path


def _page_at(path: str) -> ResolverMatch | None:
    match = _match(path)
    return None if match is None or getattr(match.func, _MARK, False) else match


def _match(path: str) -> ResolverMatch | None:
    """What stands at an address. Django's own catch-alls have no name and lead nowhere."""
    try:
        match = resolve(path)
    except Resolver404:
        return None
    is_row = "/" not in str(match.kwargs.get("object_id", ""))
    return match if match.namespace == "admin" and match.url_name and is_row else None
