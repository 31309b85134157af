"""Write docs/routes.md: the table of doors as a page. Run it when a door was added or changed; a test compares the two."""

import os
from pathlib import Path

PAGE = Path(__file__).resolve().parent.parent / "docs" / "routes.md"
HEAD = """# Every door

What each line says is told in [the doors](security.md). This page is written by `tools/routes.py` from the table itself;
`vigie routes` prints the same.

"""


def page() -> str:
    """Give the page as it should stand."""
    from vigie.accounts.doors import COLUMNS, cells, row
    from vigie.accounts.urls import addressed

    told = [list(COLUMNS), ["---"] * len(COLUMNS)]
    told += [cells(row(f"`{address}`", door)) for address, door in addressed()]
    return HEAD + "".join(f"| {' | '.join(cells)} |\n" for cells in told)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vigie.config.settings")
    import django

    django.setup()
    PAGE.write_text(page(), encoding="utf-8")
    print(PAGE)
