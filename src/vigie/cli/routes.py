"""`vigie routes`: every address of the house with what it asks of who comes."""

import os

from vigie.cli.home import JsonOption, out


def routes(as_json: JsonOption = False) -> None:
    """Print the table of doors. It is the same for every home, and needs none."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vigie.config.settings")
    import django

    django.setup()
    from vigie.accounts.doors import aligned, row
    from vigie.accounts.urls import addressed

    lines = [row(address, door) for address, door in addressed()]
    out(lines, as_json=as_json, text=aligned(lines))
