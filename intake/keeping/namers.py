"""Which rows name sealed files: those of every model with a column `sealed_file`."""

from django.apps import apps
from django.db.models import Exists, Model, OuterRef, Q

COLUMN = "sealed_file"


def naming_models() -> list[type[Model]]:
    """A model of this app is found by its column, so that none can be forgotten."""
    models = apps.get_app_config("intake").get_models()
    return [one for one in models if COLUMN in {field.name for field in one._meta.fields}]


def named_by_rows(name: str) -> Q:
    """Whether any row names the file whose name stands in the column `name`."""
    found = Q()
    for model in naming_models():
        found |= Q(Exists(model._default_manager.filter(**{COLUMN: OuterRef(name)})))
    return found
