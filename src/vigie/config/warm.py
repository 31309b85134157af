"""What the first page would wait for is read before it is asked: every template of the house."""

from pathlib import Path

from django.apps import apps
from django.template.loader import get_template


def read_templates() -> int:
    """Read the rooms' own templates, which the process then keeps. Gives how many."""
    names = sorted(
        {
            str(file.relative_to(folder))
            for room in apps.get_app_configs()
            if room.name.startswith("vigie.")
            for folder in [Path(room.path) / "templates"]
            for file in folder.rglob("*.html")
        }
    )
    for name in names:
        get_template(name)
    return len(names)
