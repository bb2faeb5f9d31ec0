"""The pages on which somebody may speak instead of writing: they alone reach the microphone."""

from django.conf import settings
from django.http import HttpResponse

from intake.arriving.policy_headers import WITH_MICROPHONE, policy_text


def let_speak(response: HttpResponse) -> HttpResponse:
    """The page may record, and play what it has recorded; sound of others it plays none."""
    policy = {**settings.SECURE_CSP, "media-src": ["blob:"]}
    response.headers["Content-Security-Policy"] = policy_text(policy)
    response.headers["Permissions-Policy"] = WITH_MICROPHONE
    return response
