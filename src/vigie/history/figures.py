"""Official figures as they were said: by which office, when, for which window, in which words.

A figure is never made more exact than it was. «Nearly fifty» is kept as those words, with no number in place of
them; «at least 13» has a floor and no ceiling; two figures that differ stand side by side and neither is mended.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from vigie.history.changes import Confidence, rows_of
from vigie.schemes import dates
from vigie.schemes.dates import SourcedDate

WHAT = ("carried out", "failed", "foiled", "deaths")


@dataclass(frozen=True)
class Figure:
    """A figure as said.

    as_of: when it was said. window_from, window_to: what it covers, as sourced. what: attacks carried out, failed,
    foiled (several: all together), or deaths. value: as said, digits or words. modifier: `exact`, or the word that
    went with it («nearly», «at least», «about»). said_by: the office. source: page, or claim of a home's record.
    corrected_by: id of the later record that mends how this one was written down; it stays readable all the same.
    """

    id: str
    as_of: SourcedDate
    window_from: SourcedDate
    window_to: SourcedDate
    what: tuple[str, ...]
    value: str
    modifier: str
    said_by: str
    where: str
    area: str
    source: str
    confidence: Confidence
    note: str
    origin: str = "shipped"
    corrected_by: str = ""

    @property
    def said(self) -> str:
        """Give the figure in the words it was said in."""
        return self.value if self.modifier == "exact" else f"{self.modifier} {self.value}"

    @property
    def bounds(self) -> tuple[int | None, int | None]:
        """Give what the words bind: (n, n) for an exact number, (n, None) for «at least n», nothing for vague words."""
        if not self.value.isdigit():
            return None, None
        number = int(self.value)
        return {
            "exact": (number, number),
            "at least": (number, None),
            "at most": (None, number),
            "more than": (number + 1, None),
        }.get(self.modifier, (None, None))

    def as_dict(self) -> dict[str, Any]:
        """Give the figure as JSON."""
        least, most = self.bounds
        return {
            "id": self.id,
            "what": list(self.what),
            "said": self.said,
            "least": least,
            "most": most,
            "said_by": self.said_by,
            "as_of": str(self.as_of),
            "from": str(self.window_from),
            "to": str(self.window_to),
            "area": self.area,
            "where": self.where,
            "source": self.source,
            "confidence": self.confidence,
            "note": self.note,
            "origin": self.origin,
            "corrected_by": self.corrected_by or None,
        }


@cache
def _shipped() -> tuple[Figure, ...]:
    return tuple(
        Figure(
            id=f"said-{place}",
            as_of=dates.read(row["as_of"]),
            window_from=dates.read(row["window_from"]),
            window_to=dates.read(row["window_to"]),
            what=tuple(row["what"].split("; ")),
            value=row["value"],
            modifier=row["modifier"],
            said_by=row["said_by"],
            where=row["where"],
            area=row["area"],
            source=row["source"],
            confidence=row["confidence"],  # type: ignore[arg-type]  # a test holds the file to the words
            note=row["note"],
        )
        for place, row in enumerate(rows_of("official-counts.csv"), start=1)
    )


def figures(area: str | None = None, *, said_by: date | None = None, low: bool = False) -> tuple[Figure, ...]:
    """Give the shipped figures, oldest first; `said_by` keeps those said by that day; `low` adds the unsure ones."""
    found = [
        figure
        for figure in _shipped()
        if (area is None or figure.area == area)
        and (said_by is None or figure.as_of.first <= said_by)
        and (low or figure.confidence != "low")
    ]
    return tuple(sorted(found, key=lambda figure: (figure.as_of, figure.id)))


@dataclass(frozen=True)
class SideBySide:
    """Figures about the same thing in the same area from the same start; `differ` when their words do."""

    area: str
    what: tuple[str, ...]
    since: str
    figures: tuple[Figure, ...]

    @property
    def differ(self) -> bool:
        """Say whether two of them were said differently."""
        return len({figure.said for figure in self.figures}) > 1


def side_by_side(given: Iterable[Figure]) -> tuple[SideBySide, ...]:
    """Group figures that a reader would compare: same area, same thing, windows that begin in the same year."""
    groups: dict[tuple[str, tuple[str, ...], str], list[Figure]] = {}
    for figure in given:
        groups.setdefault((figure.area, figure.what, figure.window_from.text[:4]), []).append(figure)
    return tuple(SideBySide(*key, tuple(members)) for key, members in sorted(groups.items()))
