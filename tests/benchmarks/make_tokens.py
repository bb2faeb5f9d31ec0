"""Prints COUNT form tokens of the site, a line each, for a load that needs one a request."""

import sys

import django


def main(count: int) -> None:
    """Needs the site's environment."""
    django.setup()
    from inspection import clock
    from intake.citizen.forms import form_sheet

    at = clock.real_now()
    sys.stdout.write("\n".join(form_sheet.fresh_token(at=at) for _ in range(count)))


if __name__ == "__main__":
    main(int(sys.argv[1]))
