"""What a release can hold: a level, judgements, groups, places, measures, each in words written for the audience.

Every text here is the audience's own version. `sources` are ids of internal items (a claim, a decision, an
assessment): they stay inside and are what the liaison compares the text with; nothing of them is released.
There is no element for a person, and none can be made.
"""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

from vigie.errors import BadInput

_KEY = re.compile(r"[a-z][a-z0-9-]{0,39}")


class BadElement(BadInput):
    """An element that lacks what its kind needs, or points at nothing."""


class Level(Struct, frozen=True, tag="level", tag_field="type", forbid_unknown_fields=True):
    """The level in force that the release tells of.

    standing: `decided` when this home decided it, `relayed` when another authority did.
    """

    key: str
    scheme: str
    zone: str
    code: str
    name: str
    effective: datetime
    decided_by: str
    standing: str
    sources: tuple[str, ...]
    previous: str = ""
    legal_ground: str = ""


class Judgement(Struct, frozen=True, tag="judgement", tag_field="type", forbid_unknown_fields=True):
    """A claim as this service holds it, in its own words for the audience.

    about: keys of the groups and places it speaks of, at least one.
    grade: Admiralty grade such as B2, or empty. confidence: 0 to 100 as STIX counts it, or None.
    """

    key: str
    title: str
    text: str
    about: tuple[str, ...]
    sources: tuple[str, ...]
    grade: str = ""
    confidence: int | None = None


class Group(Struct, frozen=True, tag="group", tag_field="type", forbid_unknown_fields=True):
    """An organisation that claims or is held to have acted, named as official sources name it."""

    key: str
    name: str
    text: str
    aliases: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


class Place(Struct, frozen=True, tag="place", tag_field="type", forbid_unknown_fields=True):
    """A country, or an area of one. country: ISO 3166-1 alpha-2."""

    key: str
    name: str
    country: str
    area: str = ""
    sources: tuple[str, ...] = ()


class Measure(Struct, frozen=True, tag="measure", tag_field="type", forbid_unknown_fields=True):
    """A protective measure that the audience may want to mirror."""

    key: str
    name: str
    text: str
    sources: tuple[str, ...]


Element = Level | Judgement | Group | Place | Measure


class Draft(Struct, frozen=True, forbid_unknown_fields=True):
    """A release before it is frozen.

    audience: slug of the partner; marking: canonical text of the release's own marking.
    recipients: functions at the partner, needed for TLP:RED. frame: EXERCISE or the like, empty when real.
    lowering: why the release is marked lower than what it was made of, empty when it is not.
    """

    title: str
    summary: str
    language: str
    author: str
    audience: str
    marking: str
    elements: tuple[Element, ...]
    recipients: tuple[str, ...] = ()
    frame: str = ""
    lowering: str = ""

    @property
    def level(self) -> Level | None:
        """The level the release tells of, when it tells of one."""
        return next((e for e in self.elements if isinstance(e, Level)), None)


def texts(element: Element) -> tuple[str, ...]:
    """Give every text of the element that would be released."""
    match element:
        case Level():
            return (element.name, element.decided_by, element.previous, element.legal_ground)
        case Judgement():
            return (element.title, element.text)
        case Group():
            return (element.name, element.text, *element.aliases)
        case Place():
            return (element.name, element.area)
        case Measure():
            return (element.name, element.text)


def check(draft: Draft) -> None:
    """Refuse a draft that could not become a sound release.

    Raises BadElement naming the element: no element, a key given twice, more than one level, a judgement about
    nothing or about what is not in the release, a text left empty, an element made of nothing.
    """
    if not draft.elements:
        raise BadElement(
            "A release to {audience} holds no element. Choose at least one.", audience=draft.audience
        )
    if not draft.title.strip() or not draft.summary.strip():
        raise BadElement(
            "The release has no title or no summary. Write both for {audience}.", audience=draft.audience
        )
    keys = Counter(element.key for element in draft.elements)
    twice = next((key for key, count in keys.items() if count > 1), None)
    if twice is not None:
        raise BadElement("Two elements of the release are called {key!r}. Give each its own key.", key=twice)
    if sum(isinstance(e, Level) for e in draft.elements) > 1:
        raise BadElement("The release tells of more than one level. Make one release for each.")
    about = {e.key for e in draft.elements if isinstance(e, Group | Place)}
    for element in draft.elements:
        if not _KEY.fullmatch(element.key):
            raise BadElement(
                "An element is called {key!r}. Expected small letters, digits and hyphens, 40 at most, a letter first.",
                key=element.key,
            )
        _check_one(element, about)


def _check_one(element: Element, about: set[str]) -> None:
    needed: Iterable[str] = texts(element)[:1] if isinstance(element, Level | Place) else texts(element)
    if not all(text.strip() for text in needed):
        raise BadElement("The element {key!r} has an empty text. Write it for the audience.", key=element.key)
    if isinstance(element, Level | Judgement | Measure) and not element.sources:
        raise BadElement(
            "The element {key!r} says of what it was made nowhere. Name its internal sources.",
            key=element.key,
        )
    if isinstance(element, Judgement):
        missing = sorted(set(element.about) - about)
        if missing or not element.about:
            raise BadElement(
                "The judgement {key!r} speaks of {missing}, which the release does not hold. Choose a group or place of the release.",
                key=element.key,
                missing=", ".join(missing) or "nothing",
            )
    if isinstance(element, Place) and not (
        len(element.country) == 2 and element.country.isalpha() and element.country.isupper()
    ):
        raise BadElement(
            "The place {key!r} has the country {country!r}. Expected two capital letters (ISO 3166-1), such as BE.",
            key=element.key,
            country=element.country,
        )
