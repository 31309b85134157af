"""Grades of sources and items, and words of probability with their numbers beside them.

The two letters and digits of the Admiralty system are set apart from each other: in a study of 1,400 army
ratings 87 % lay on the diagonal A1, B2, C3 (Baker, McKendry, Mace, 1968), which means one axis was read off
the other. NATO AJP-2.1 and STANAG 2511 give the words of the two scales.

Words of probability: ICD 203 (Office of the Director of National Intelligence, 2 January 2015) and the PHIA
probability yardstick (United Kingdom, Professional Head of Intelligence Assessment), which leaves gaps
between its bands on purpose. Readers take the words as meant only when the numbers stand beside them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from vigie.errors import BadInput
from vigie.translatable import gettext_noop

SOURCE: Final = {
    "A": gettext_noop("completely reliable"),
    "B": gettext_noop("usually reliable"),
    "C": gettext_noop("fairly reliable"),
    "D": gettext_noop("not usually reliable"),
    "E": gettext_noop("unreliable"),
    "F": gettext_noop("reliability cannot be judged"),
}
ITEM: Final = {
    "1": gettext_noop("confirmed by other sources"),
    "2": gettext_noop("probably true"),
    "3": gettext_noop("possibly true"),
    "4": gettext_noop("doubtful"),
    "5": gettext_noop("improbable"),
    "6": gettext_noop("truth cannot be judged"),
}
# STIX 2.1, appendix A, «Admiralty Credibility»: 6 has no number.
_STIX_CONFIDENCE: Final = {"1": 90, "2": 70, "3": 50, "4": 30, "5": 10}

ANALYTIC_CONFIDENCE: Final = (gettext_noop("low"), gettext_noop("moderate"), gettext_noop("high"))


class BadGrade(BadInput):
    """A text that is not a grade such as B2."""


class BadEstimate(BadInput):
    """A scale or a word of probability that is not known."""


@dataclass(frozen=True, slots=True)
class Grade:
    """Reliability of the source (A to F) and credibility of the item (1 to 6), judged apart."""

    source: str
    item: str

    def __post_init__(self) -> None:
        if self.source not in SOURCE or self.item not in ITEM:
            raise BadGrade(
                "{given!r} is not a grade. Expected a letter A to F for the source and a digit 1 to 6 for the item, such as B2.",
                given=f"{self.source}{self.item}",
            )

    def __str__(self) -> str:
        return self.source + self.item

    @property
    def words(self) -> str:
        """The grade said in words, such as «usually reliable; probably true»."""
        return f"{self.source_words}; {self.item_words}"

    @property
    def source_words(self) -> str:
        """What the letter means."""
        return SOURCE[self.source]

    @property
    def item_words(self) -> str:
        """What the digit means."""
        return ITEM[self.item]

    @property
    def fragile(self) -> bool:
        """Whether nothing should hang on this alone: source D, E or F, or item 4, 5 or 6."""
        return self.source in "DEF" or self.item in "456"

    @property
    def counts(self) -> bool:
        """Whether it may show anything at all: an unreliable source (E) or an improbable item (5) does not."""
        return self.source != "E" and self.item != "5"

    @property
    def stix_confidence(self) -> int | None:
        """The item's credibility on the 0 to 100 scale of STIX 2.1 (appendix A); None for 6."""
        return _STIX_CONFIDENCE.get(self.item)


def parse(given: str) -> Grade:
    """Read a grade such as B2 or b2. Raises BadGrade."""
    letters = given.strip().upper()
    return Grade(letters[:1], letters[1:])


def propose_item(*, origins: int, contradicted: bool, by_better: bool, source: str) -> str:
    """Propose the credibility of an item by rule; a person signs it or sets another.

    origins: independent origins that say the same. contradicted: something on record says otherwise.
    by_better: what contradicts it comes from a better source. source: A to F.
    1 takes two origins and no contradiction; 2 takes one reliable origin (A or B) and no contradiction;
    5 is contradicted by a better one; everything else is 6.
    """
    if contradicted and by_better:
        return "5"
    if contradicted or origins < 1:
        return "6"
    if origins >= 2:
        return "1"
    return "2" if source in "AB" else "6"


@dataclass(frozen=True, slots=True)
class Band:
    """A word of probability and what it means: low to high, both in percent."""

    word: str
    low: int
    high: int


SCALES: Final[dict[str, tuple[Band, ...]]] = {
    "ICD 203": (
        Band(gettext_noop("almost no chance"), 1, 5),
        Band(gettext_noop("very unlikely"), 5, 20),
        Band(gettext_noop("unlikely"), 20, 45),
        Band(gettext_noop("roughly even chance"), 45, 55),
        Band(gettext_noop("likely"), 55, 80),
        Band(gettext_noop("very likely"), 80, 95),
        Band(gettext_noop("almost certain"), 95, 99),
    ),
    "PHIA": (
        Band(gettext_noop("remote chance"), 0, 5),
        Band(gettext_noop("highly unlikely"), 10, 20),
        Band(gettext_noop("unlikely"), 25, 35),
        Band(gettext_noop("realistic possibility"), 40, 50),
        Band(gettext_noop("likely"), 55, 75),
        Band(gettext_noop("highly likely"), 80, 90),
        Band(gettext_noop("almost certain"), 95, 100),
    ),
}


@dataclass(frozen=True, slots=True)
class Estimate:
    """A word of probability of a named scale. A scheme's level words are no such words, whatever they sound like."""

    scale: str
    word: str

    def __post_init__(self) -> None:
        if self.scale not in SCALES:
            raise BadEstimate(
                "{scale!r} is not a known scale. Known: {known}.", scale=self.scale, known=", ".join(SCALES)
            )
        if self.word not in {band.word for band in SCALES[self.scale]}:
            raise BadEstimate(
                "{scale} has no word {word!r}. Its words are: {words}.",
                scale=self.scale,
                word=self.word,
                words=", ".join(band.word for band in SCALES[self.scale]),
            )

    @property
    def band(self) -> Band:
        """The word with its numbers."""
        return next(band for band in SCALES[self.scale] if band.word == self.word)

    def printed(self, translate: Callable[[str], str] = str) -> str:
        """Give the word as it must always be printed, in the language of `translate`: «likely (55–80 %, ICD 203)»."""
        return f"{translate(self.word)} ({self.band.low}–{self.band.high} %, {self.scale})"


def word_for(scale: str, percent: int) -> Estimate | None:
    """Give the word of a scale for a percentage, None where the scale leaves a gap or stops short.

    A figure on the border of two bands belongs to the higher one. Raises BadEstimate on an unknown scale.
    """
    if scale not in SCALES:
        raise BadEstimate(
            "{scale!r} is not a known scale. Known: {known}.", scale=scale, known=", ".join(SCALES)
        )
    held = [band for band in SCALES[scale] if band.low <= percent <= band.high]
    return Estimate(scale, held[-1].word) if held else None
