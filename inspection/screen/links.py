"""Addresses of the site, as pages and printed codes carry them."""

from functools import cache, lru_cache
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.http.request import split_domain_port
from django.urls import reverse


def address(path: str, **query: str) -> str:
    """A path with those of the words that say something."""
    said = {name: word for name, word in query.items() if word}
    return f"{path}?{urlencode(said)}" if said else path


@cache
def led_to(page: str) -> str:
    """The path of a page that the notice leads to and does not have itself: 'form', 'receipt'."""
    return reverse(settings.LEADS_TO[page])


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
