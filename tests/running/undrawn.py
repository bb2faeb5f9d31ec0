"""Asks a page whether it opens without drawing it: for long lists of addresses, most of the time.

The view has its request, its queries and its answer as always; only the template is left out, which
another test draws.
"""

from django.conf import settings
from django.http import HttpRequest
from django.template import engines
from django.template.response import SimpleTemplateResponse
from django.test import Client, override_settings
from django.utils.deprecation import MiddlewareMixin


class Undrawn(MiddlewareMixin):
    """Puts an empty template in place of the page's, with its status."""

    def process_template_response(
        self, request: HttpRequest, response: SimpleTemplateResponse
    ) -> SimpleTemplateResponse:
        empty = engines["django"].from_string("")
        return SimpleTemplateResponse(empty, status=response.status_code)  # type: ignore[arg-type]


def undrawn(client: Client) -> Client:
    """A client with the same cookies, whose pages are not drawn."""
    asking = Client()
    asking.cookies = client.cookies
    with override_settings(MIDDLEWARE=[*settings.MIDDLEWARE, f"{__name__}.Undrawn"]):
        asking.handler.load_middleware()
    return asking
