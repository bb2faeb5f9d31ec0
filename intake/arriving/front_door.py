"""Around the site: no request crashes it before its own pages for that are in reach."""

import codecs
import logging
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.utils.http import parse_header_parameters

from intake.arriving.policy_headers import PERMISSIONS_POLICY, policy_text

logger = logging.getLogger(__name__)

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

_PAGE = (
    "<!doctype html><html lang=zh-CN><meta charset=utf-8>"
    "<meta name=viewport content='width=device-width'><title>网站出了故障</title>"
    "<h1>网站出了故障</h1><p>这是网站的问题，不是您的问题。没有看到查询码，就当作没有交上。"
    "请按“返回”，过一会儿再试，或者打公告上的电话。</p>"
).encode()


class FrontDoor:
    """The WSGI application around the site's own, which reads a request before any middleware."""

    def __init__(self, application: Application) -> None:
        self.application = application

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        environ["CONTENT_TYPE"] = _readable_kind(str(environ.get("CONTENT_TYPE") or ""))
        try:
            return self.application(environ, start_response)
        except Exception as error:
            logger.error("a request failed: %s", type(error).__name__)  # noqa: TRY400
            start_response("500 Internal Server Error", _headers())
            return [_PAGE]


def _readable_kind(content_type: str) -> str:
    """The kind of a body as Django can read it; parameters that break its reader go."""
    if ";" not in content_type:
        return content_type
    try:
        _, parameters = parse_header_parameters(content_type)
        codecs.lookup(parameters.get("charset", "utf-8"))
    except LookupError:
        return content_type
    except Exception:
        return content_type.split(";", 1)[0].strip()
    return content_type


def _headers() -> list[tuple[str, str]]:
    """What all pages of the site have; a page that is as bare as this one needs nothing more."""
    return [
        ("Content-Type", "text/html; charset=utf-8"),
        ("Content-Length", str(len(_PAGE))),
        ("Cache-Control", "no-store"),
        ("Content-Security-Policy", policy_text(settings.SECURE_CSP)),
        ("Cross-Origin-Opener-Policy", str(settings.SECURE_CROSS_ORIGIN_OPENER_POLICY)),
        ("Permissions-Policy", PERMISSIONS_POLICY),
        ("Referrer-Policy", str(settings.SECURE_REFERRER_POLICY)),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", str(settings.X_FRAME_OPTIONS)),
    ]
