"""The WSGI entry for the server."""

import os
import sys

from django.core.wsgi import get_wsgi_application

from intake.sealing import private_files

private_files.keep_everything_private()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "intake.settings")
# Only here: a command that inherits it would be cut off in its work.
os.environ["SERVES_REQUESTS"] = "true"

_site = get_wsgi_application()
del os.environ["SERVES_REQUESTS"]

# Models can be imported only now that Django is set up.
from django.db import close_old_connections  # noqa: E402

from intake.arriving.front_door import FrontDoor  # noqa: E402
from intake.arriving.process_memory import keep_memory_small  # noqa: E402
from intake.arriving.reception import Reception  # noqa: E402
from intake.filing.desks_now import read_ahead  # noqa: E402

keep_memory_small()

# Only two threads work at a time. By default each is interrupted every 5 ms by those that wait.
sys.setswitchinterval(0.05)

read_ahead()
close_old_connections()

application = Reception(FrontDoor(_site))
