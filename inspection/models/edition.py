"""Which state of the announced facts the database holds: one short read tells whether it changed.

Every way through Django renews it: saving, deleting, `bulk_create`, `update`. Rows that somebody
changes beside Django are seen when a process starts anew.
"""

import secrets
from collections.abc import Iterable
from typing import Any, TypeVar

from django.db import models
from django.db.models.signals import post_delete, post_save

_Model_co = TypeVar("_Model_co", bound=models.Model, covariant=True)


class Edition(models.Model):
    """One row: a random mark that changes in the transaction that changes an announced fact."""

    mark = models.CharField(max_length=22)

    def __str__(self) -> str:
        return self.mark

    @staticmethod
    def current() -> str:
        """The mark of what stands in the database now; '' before anything was announced."""
        return Edition.objects.values_list("mark", flat=True).first() or ""

    @staticmethod
    def renew() -> None:
        """Tells every process that what it remembers is old."""
        row = Edition(pk=1, mark=secrets.token_urlsafe(16))
        Edition.objects.bulk_create(
            [row], update_conflicts=True, unique_fields=["id"], update_fields=["mark"]
        )


class AnnouncedQuerySet(models.QuerySet[_Model_co]):
    """Rows of announced facts: changing many at once renews the edition too."""

    def update(self, **changes: Any) -> int:
        """As Django's own."""
        changed = super().update(**changes)
        Edition.renew()
        return changed

    def bulk_create(self, objs: Iterable[_Model_co], *args: Any, **options: Any) -> list[_Model_co]:
        """As Django's own."""
        created = super().bulk_create(objs, *args, **options)
        Edition.renew()
        return created


def follow(*announced: type[models.Model]) -> None:
    """Renews the edition whenever a row of these models is saved or deleted.

    By signals, because a row that goes with another one passes by all managers and methods of ours.
    """
    for model in announced:
        for signal in (post_save, post_delete):
            signal.connect(_renew, sender=model, dispatch_uid=f"edition of {model._meta.label}")


def _renew(sender: type[models.Model], **kwargs: Any) -> None:
    Edition.renew()
