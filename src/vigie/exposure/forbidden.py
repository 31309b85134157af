"""The inputs that are refused: what may never weigh on a place, and the reason said to who brings it."""

from functools import cache

from vigie.exposure import shipped
from vigie.exposure.tables import plain
from vigie.translatable import gettext_noop

REASONS = {
    "ethnicity": gettext_noop(
        "places are protected for the people who are there, never weighed by where people come from."
    ),
    "religion": gettext_noop(
        "the beliefs of inhabitants or visitors are never an input. A place of worship enters as a site of kind worship, at its request."
    ),
    "nationality": gettext_noop("the nationality or the status of people is never an input."),
    "income": gettext_noop("the wealth of a neighbourhood is never an input."),
    "housing": gettext_noop("how people are housed is never an input."),
    "age": gettext_noop("the age, sex or condition of people is never an input."),
    "stops": gettext_noop(
        "past stops feed themselves: more presence makes more stops. They are never an input."
    ),
    "arrests": gettext_noop("records about persons are never an input."),
    "crime counts": gettext_noop("recorded crime reflects where the police looked. It is never an input."),
    "persons": gettext_noop(
        "vigie keeps no table, field or index for private persons. Contacts are offices and belong to the table of owners."
    ),
    "weak points": gettext_noop(
        "weak points and access codes do not belong in a list that is passed around."
    ),
}


def reason(heading: str) -> str | None:
    """Say why a column of that heading is refused, or None when it is not among the forbidden ones.

    A heading is refused when one of its words begins with a forbidden word, or holds a forbidden phrase.
    Short words (up to four letters) must be the whole word: «age» is refused, «agency» is not.
    """
    words = f" {plain(heading)} "
    for stems, said in _forbidden():
        if any(stem in words for stem in stems):
            return said
    return None


def topics() -> tuple[str, ...]:
    """Name what is refused, for pages and documents."""
    return tuple(entry["topic"] for entry in shipped.tree("forbidden-columns.yaml"))


@cache
def _forbidden() -> tuple[tuple[tuple[str, ...], str], ...]:
    return tuple(
        (
            tuple(f" {word} " if len(word) <= 4 else f" {word}" for word in entry["words"]),
            REASONS[entry["topic"]],
        )
        for entry in shipped.tree("forbidden-columns.yaml")
    )
