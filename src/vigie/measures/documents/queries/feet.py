"""What stands at the foot of every document, and how it says an instant."""

from datetime import datetime

from django.utils.translation import gettext as _

from vigie.homes import Home
from vigie.measures.models import Posture
from vigie.ui import dates


def at(instant: datetime, home: Home, language: str) -> str:
    """Say an instant in the home's own time, with its name."""
    return f"{dates.instant(instant, home.zone, language)} {dates.zone_name(instant, home.zone)}"


def version(row: Posture) -> str:
    """Say which version of a zone's posture this is, and where it stands on the record."""
    earlier = Posture.objects.filter(scheme=row.scheme, zone=row.zone, set_at__lte=row.set_at).count()
    entry = row.id.removeprefix("posture-")
    return _("Version {count} ({id}), entry {entry} of the record").format(
        count=earlier, id=row.id, entry=entry
    )


def page() -> str:
    """Give the words of a page's number, their places unfilled."""
    return _("Page {n} of {of}")
