"""What the first page would wait for is read before it is asked: templates, phrases, addresses, the calendar."""

from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.template.loader import get_template
from django.urls import reverse
from django.utils import translation

from vigie import times
from vigie.exposure import calendar
from vigie.measures import phrases


def read_all() -> None:
    """Read what every page needs and a process then keeps."""
    read_templates()
    phrases.languages()
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            reverse("console:situation")
    today = times.now().date()
    calendar.entries(today, today, ())


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
