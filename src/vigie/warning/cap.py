"""A CAP 1.2 message as typed data: what a message is made of, and what its parts may hold.

The order of fields is the order of elements in the standard (OASIS Common Alerting Protocol 1.2,
section 3.2). `cap_xml` gives the exact bytes and reads them back; `cap_check` judges bytes of anyone.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from vigie import times
from vigie.errors import BadInput

NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"
MEDIA_TYPE = "application/cap+xml"

Status = Literal["Actual", "Exercise", "System", "Test", "Draft"]
MessageType = Literal["Alert", "Update", "Cancel", "Ack", "Error"]
Urgency = Literal["Immediate", "Expected", "Future", "Past", "Unknown"]
Severity = Literal["Extreme", "Severe", "Moderate", "Minor", "Unknown"]
Certainty = Literal["Observed", "Likely", "Possible", "Unlikely", "Unknown"]
ResponseType = Literal[
    "Shelter", "Evacuate", "Prepare", "Execute", "Avoid", "Monitor", "Assess", "AllClear", "None"
]

# A reference is parted by commas and a list of references by blanks, hence neither inside (section 3.2.1).
NAME = re.compile(r"[^\s,<&]+")
_HIDDEN_ORDER = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class BadMessage(BadInput):
    """A message that CAP 1.2, or vigie's stricter habits for what it writes itself, cannot hold."""


class Pair(Struct, frozen=True):
    """A `valueName` and its `value`: event code, parameter or geocode."""

    name: str
    value: str


class Point(Struct, frozen=True):
    """A WGS 84 point: latitude first, as CAP writes it (GeoJSON has it the other way round)."""

    lat: Decimal
    lon: Decimal

    def __str__(self) -> str:
        return f"{self.lat:f},{self.lon:f}"


class Area(Struct, frozen=True):
    """Where a message holds: words for people, polygons (each closed, four points at least) or codes for machines."""

    description: str
    polygons: tuple[tuple[Point, ...], ...] = ()
    geocodes: tuple[Pair, ...] = ()


class Info(Struct, frozen=True, kw_only=True):
    """What a message says in one language."""

    language: str
    event: str
    urgency: Urgency
    severity: Severity
    certainty: Certainty
    categories: tuple[str, ...] = ("Security",)
    responses: tuple[ResponseType, ...] = ()
    event_codes: tuple[Pair, ...] = ()
    effective: datetime | None = None
    onset: datetime | None = None
    expires: datetime | None = None
    sender_name: str = ""
    headline: str = ""
    description: str = ""
    instruction: str = ""
    web: str = ""
    contact: str = ""
    parameters: tuple[Pair, ...] = ()
    areas: tuple[Area, ...] = ()


class Reference(Struct, frozen=True, order=True):
    """Names an earlier message. `sent` is the earlier file's own text, character for character."""

    sender: str
    identifier: str
    sent: str

    def __str__(self) -> str:
        return f"{self.sender},{self.identifier},{self.sent}"


class Message(Struct, frozen=True, kw_only=True):
    """A whole CAP message."""

    identifier: str
    sender: str
    sent: datetime
    status: Status
    kind: MessageType
    scope: Literal["Public", "Restricted", "Private"] = "Public"
    source: str = ""
    codes: tuple[str, ...] = ()
    note: str = ""
    references: tuple[Reference, ...] = ()
    incidents: str = ""
    infos: tuple[Info, ...] = ()

    @property
    def reference(self) -> Reference:
        """The triplet by which a later message names this one."""
        return Reference(self.sender, self.identifier, time_text(self.sent))


def time_text(instant: datetime, zone: str = "UTC") -> str:
    """Write an instant as CAP wants it: offset always, UTC as -00:00, no fraction, never Z (section 3.3.2).

    zone: IANA name of the clock to write it on. Raises BadTime when there is no such zone, BadMessage when the
    zone's offset then was not whole minutes (before 1912, in France), which CAP cannot say.
    """
    if zone == "UTC":
        return times.text(instant)[:-1] + "-00:00"
    local = times.parse(times.text(instant)).astimezone(times.time_zone(zone))
    offset = local.utcoffset()
    if offset is None or offset.seconds % 60:
        raise BadMessage(
            "{zone} was not whole minutes away from UTC at {at}. Write the time in UTC.",
            zone=zone,
            at=instant,
        )
    if not offset:
        return times.text(instant)[:-1] + "-00:00"
    return local.isoformat(timespec="seconds")


def unsayable(text: str) -> Iterator[tuple[int, str]]:
    """Give each character (offset, name) that no text of ours may hold: controls and hidden reading orders.

    Tabulation and line feed pass. Direction marks (U+200E, U+200F) pass: right-to-left text needs them; overrides,
    embeddings and isolates do not, since they can show a sentence that is not the one signed.
    """
    for place, char in enumerate(text):
        if char in "\n\t":
            continue
        if char in _HIDDEN_ORDER or unicodedata.category(char) in {"Cc", "Cs"} or char in "\ufffe\uffff":
            yield place, unicodedata.name(char, f"U+{ord(char):04X}")


def refuse_unsayable(where: str, text: str) -> None:
    """Raise BadMessage at the first character of `text` that `unsayable` names; `where` names the field."""
    for place, name in unsayable(text):
        raise BadMessage(
            "{where} holds {name} at character {place}: it can hide or turn what is read. Take it out and type the words again.",
            where=where,
            name=name,
            place=place + 1,
        )
