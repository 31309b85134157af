"""Where a level is set or asked for: a zone, and within it a sector, a subject, an area in words.

Written `US;sector=aviation;subject=flights from the United Kingdom`: the zone alone in nearly every case.
"""

from dataclasses import dataclass

from vigie.errors import BadInput
from vigie.schemes.reader import Scheme, UnknownZone

_KEYS = ("sector", "subject", "area")


class BadWhere(BadInput):
    """A place whose text cannot be read."""


@dataclass(frozen=True, order=True)
class Where:
    """A zone and what narrows it; an empty text narrows nothing.

    zone: ISO 3166 code. sector, subject, area: in the words of the source.
    """

    zone: str
    sector: str = ""
    subject: str = ""
    area: str = ""

    @property
    def narrowing(self) -> int:
        """Count what narrows the zone: 0 for the zone as a whole."""
        return sum(bool(getattr(self, key)) for key in _KEYS)

    def __str__(self) -> str:
        return ";".join([self.zone, *(f"{key}={getattr(self, key)}" for key in _KEYS if getattr(self, key))])


def read(text: str) -> Where:
    """Read `ZONE` or `ZONE;sector=...;subject=...;area=...`. Raises BadWhere."""
    zone, *rest = (part.strip() for part in text.split(";"))
    narrowed: dict[str, str] = {}
    for part in rest:
        key, equals, value = part.partition("=")
        if key not in _KEYS or not equals or not value:
            raise BadWhere(
                "{part!r} does not narrow a zone. Write sector=…, subject=… or area=… after it.", part=part
            )
        narrowed[key] = value
    return Where(zone, **narrowed)


def ask(scheme: Scheme, text: str | None) -> Where:
    """Read the place a question is about; nothing means the scheme's whole zone.

    A part of the country may be asked for even where only the country has a level. Raises UnknownZone, BadWhere.
    """
    if not text:
        return Where(scheme.zones.within[0] if scheme.zones.within else (scheme.country or ""))
    where = read(text)
    try:
        scheme.check_zone(where.zone)
    except UnknownZone:
        country, _, part = where.zone.partition("-")
        # A listed tree knows every part, so what it does not list is a slip of the pen.
        if (
            scheme.zones.tree
            or country not in scheme.zones.within
            or not (1 <= len(part) <= 3 and part.isalnum())
        ):
            raise
    return where


def covers(scheme: Scheme, outer: Where, inner: Where) -> bool:
    """Say whether a level set for `outer` holds for `inner`."""
    return scheme.zones.covers(outer.zone, inner.zone) and all(
        getattr(outer, key) in ("", getattr(inner, key)) for key in _KEYS
    )
