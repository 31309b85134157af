"""The guarantees an instance may not lose."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from vigie.console.selfcheck.finding import Finding, fails, holds
from vigie.guarantees import CHECKED
from vigie.guarantees.queries import broken


def findings() -> Iterator[Finding]:
    """Ask for each guarantee; what is published carries no word of conformance while one fails."""
    kept = {
        1: _("No table or field is made for private persons."),
        5: _("Inputs that must never weigh on a place are refused."),
        10: _("Every verb asks for a right; no role decides alone; administrators decide nothing."),
        12: _("The database itself keeps two persons apart and refuses to change what was written."),
    }
    found = broken()
    way = _("Until it is mended, what is published says no more that it conforms. Take the version as released, or put a backup back.")  # fmt: skip
    for number in CHECKED:
        name, said = f"guarantees.{number}", [one.said for one in found if one.number == number]
        yield from [fails(name, one, way) for one in said] or [holds(name, kept[number])]
