#!/usr/bin/env python
"""Django's command line for this project."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

from intake.sealing import private_files


def main() -> None:
    """Run a management command under the one settings file."""
    private_files.keep_everything_private()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "intake.settings")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        # Whoever runs the site needs the sentence, not the way through Django.
        sys.exit(f"设置有误：{error}")


if __name__ == "__main__":
    main()
