"""Whether an assessment still has ground: at least one claim that speaks for it and was not withdrawn."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from vigie.errors import Refused


class NoGround(Refused):
    """An act rests on an assessment that nothing holds up any more."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What this room needs to know of a claim.

    words: the exact words of the report, from character `start` on. document: id of the report; newsroom: who printed
    it, empty when unknown.
    origin: where it comes from in the end, empty when unknown. withdrawn: why it no longer stands, empty when it does.
    """

    id: str
    kind: str
    words: str
    document: str
    newsroom: str = ""
    origin: str = ""
    withdrawn: str = ""
    start: int = 0


@dataclass(frozen=True, slots=True)
class Ground:
    """The claims that speak for an assessment: those that stand, those that were withdrawn."""

    assessment: str
    standing: tuple[str, ...]
    lost: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether at least one claim still stands."""
        return bool(self.standing)

    def require(self, act: str) -> None:
        """Raise NoGround naming `act` (what was to be done) when nothing stands any more."""
        if not self.holds:
            raise NoGround(
                "{act} has lost its ground: {assessment} rested on {lost}, and no claim speaks for it any more. "
                "Make a new assessment on what is known now.",
                act=act,
                assessment=self.assessment,
                lost=", ".join(self.lost) or "nothing",
            )


def ground(assessment: str, supporting: Iterable[str], seen: Mapping[str, Seen]) -> Ground:
    """Give the ground of an assessment: `supporting` claims parted by whether they still stand in `seen`."""
    claims = tuple(dict.fromkeys(supporting))
    standing = tuple(claim for claim in claims if claim in seen and not seen[claim].withdrawn)
    return Ground(assessment, standing, tuple(claim for claim in claims if claim not in standing))
