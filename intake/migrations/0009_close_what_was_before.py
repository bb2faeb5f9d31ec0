"""One event closes what was written before there was a key.

Nobody can say any more whether somebody had changed what is there already: the old events stay
linked by their digests alone, and their rows and public keys count as they stand now.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from inspection import clock
from intake.audit.closing import close


def close_what_was_before(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """A new site has nothing to close."""
    kinds = ("auditevent", "desk", "staffuser", "submission")
    if any(apps.get_model("intake", kind)._default_manager.exists() for kind in kinds):
        close(apps.get_model, at=clock.now())


class Migration(migrations.Migration):
    dependencies = [("intake", "0008_audit_under_a_key")]

    # Going back takes no event away; going forward again closes again.
    operations = [migrations.RunPython(close_what_was_before, migrations.RunPython.noop)]
