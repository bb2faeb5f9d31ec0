"""Every address under /admin/ as the resolver has it, Django's own and the way out included."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver


def patterns_under_admin() -> Iterator[tuple[str, str]]:
    """Name, '' where there is none, and path behind /admin/, with its parameters."""
    (staff,) = [url for url in get_resolver().url_patterns if str(url.pattern) == "admin/"]
    assert isinstance(staff, URLResolver)
    for url in staff.url_patterns:
        inner = url.url_patterns if isinstance(url, URLResolver) else [url]
        prefix = str(url.pattern) if isinstance(url, URLResolver) else ""
        for pattern in inner:
            assert isinstance(pattern, URLPattern)
            yield pattern.name or "", prefix + str(pattern.pattern)


def in_plain_words(path: str) -> str:
    """The two regular expressions get a plain word."""
    if "app_label" in path:
        return "intake/"
    return "nothing-here/" if "?P<url>" in path else path
