"""The settings, as far as the start has not refused them already."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.core import checks

from intake.checkup.finding import Finding, mind, well, wrong


def look(at: datetime) -> Iterator[Finding]:
    """Secrets are there and long enough, or no command would have begun."""
    if settings.DEVELOPMENT:
        yield wrong(
            "现在是开发模式（DEBUG=true），密钥可能是人人知道的。",
            "正式运行时请去掉 DEBUG，并设置各项密钥。",
        )
    else:
        yield well("密钥都已设置，长度够。")
    if settings.SIMULATED_NOW is not None:
        yield wrong("时间是模拟的（SIMULATED_NOW）。", "正式运行时请去掉它。")
    yield from _of_django()


def _of_django() -> Iterator[Finding]:
    """What Django's own checks say of a site that is in use."""
    for message in checks.run_checks(include_deployment_checks=not settings.DEVELOPMENT):
        if message.is_serious():
            yield wrong(message.msg, message.hint or "请运行 manage.py check --deploy 看详细说明。")
        else:
            yield mind(message.msg, message.hint or "请运行 manage.py check --deploy 看详细说明。")
