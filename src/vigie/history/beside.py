"""Our list of incidents beside the official figures for the same days: never made equal."""

from dataclasses import dataclass
from typing import Any

from vigie.history.definitions import Definition, Tally, definitions, said_under, tally
from vigie.history.figures import Figure, figures
from vigie.history.incidents import AREA, Incident, Window, listed_in, register, sure

# The words of the register beside those of the figures.
_STATUS_OF = {"carried out": "completed", "failed": "failed", "foiled": "foiled"}


@dataclass(frozen=True)
class Beside:
    """A figure as said, and what our list holds for its window and kind; never made equal.

    definition: that the figure was said by, and our list is read by; the register's own where no page states one. listed: each
    incident that may count under it; least, most: how many those are, which differ where what decides is not sourced.
    """

    figure: Figure
    definition: Definition
    listed: tuple[Incident, ...]
    least: int
    most: int

    @property
    def count(self) -> str:
        """Give our count: `17`, or `17–19`."""
        return str(self.least) if self.least == self.most else f"{self.least}–{self.most}"

    @property
    def unlisted(self) -> int | None:
        """How many of those said, at the least, our list does not hold; None where no number was said."""
        least, _ = self.figure.bounds
        return None if least is None else max(0, least - self.most)

    @property
    def unsaid(self) -> int | None:
        """How many our list holds, at the least, beyond those said; None where no highest number was said."""
        _, most = self.figure.bounds
        return None if most is None else max(0, self.least - most)

    def as_dict(self) -> dict[str, Any]:
        """Give both as JSON."""
        return {
            **self.figure.as_dict(),
            "definition": self.definition.id,
            "listed": self.least,
            "listed_most": self.most,
            "unlisted": self.unlisted,
            "unsaid": self.unsaid,
        }


@dataclass(frozen=True)
class Counted:
    """A window counted: our list by status, the figures said of exactly it, and those from the same start to an earlier end.

    listed: the count under the register's own definition. under: the count under each named definition, that one first.
    uncovered: what our list holds, by status, of which no figure of exactly this window speaks. unsure: how many are
    of low confidence, and not counted. astride: how many have a date that may lie in or outside, and are not counted.
    """

    listed: dict[str, int]
    under: tuple[Tally, ...]
    figures: tuple[Beside, ...]
    earlier: tuple[Beside, ...]
    uncovered: dict[str, int]
    unsure: int
    astride: int

    def as_dict(self) -> dict[str, Any]:
        """Give the count as JSON."""
        return {
            "listed": self.listed,
            "definitions": [one.as_dict() for one in self.under],
            "figures": [one.as_dict() for one in self.figures],
            "earlier": [one.as_dict() for one in self.earlier],
            "uncovered": self.uncovered,
            "unsure": self.unsure,
            "astride": self.astride,
        }


def counted(area: str, asked: Window) -> Counted:
    """Count a window beside what was said of it. Raises NoRegister."""
    ours, every = listed_in(area, asked), listed_in(area, asked, low=True)
    sides = [
        side
        for figure in figures(area)
        if figure.window_from.first == asked.since.first and figure.window_to.last <= asked.until.last
        for side in [beside(figure)]
        if side is not None
    ]
    same = tuple(side for side in sides if _is_of(side.figure, asked))
    spoken = {status for side in same for status in _statuses(side.figure)}
    under = tuple(tally(ours, each) for each in definitions())
    listed = under[0].most
    return Counted(
        listed=listed,
        under=under,
        figures=same,
        earlier=tuple(side for side in sides if side not in same),
        uncovered={status: number for status, number in listed.items() if number and status not in spoken},
        unsure=len(every) - len(ours),
        astride=sum(
            area in (AREA, incident.area)
            and not asked.holds(incident.date)
            and incident.date.first <= asked.until.last
            and incident.date.last >= asked.since.first
            for incident in sure()
        ),
    )


def beside(figure: Figure) -> Beside | None:
    """Put beside a figure what our register holds for its window and kind; None where the register does not reach.

    The two are shown beside each other and never forced equal: definitions and windows differ.
    """
    statuses = _statuses(figure)
    if (
        figure.area != AREA
        or not statuses
        or figure.window_from.first < register()[0].date.first.replace(day=1)
    ):
        return None
    window = Window(figure.window_from, figure.window_to)
    within = [each for each in sure() if window.holds(each.date)]
    under = said_under(figure.said_by, figure.as_of.text)
    counted = tally(within, under)
    return Beside(
        figure,
        under,
        tuple(each for each in within if under.statuses(each) & statuses),
        least=sum(counted.least[status] for status in statuses),
        most=sum(counted.most[status] for status in statuses),
    )


def _statuses(figure: Figure) -> set[str]:
    """Say a figure in the words of the register; what the register does not count by is left out."""
    return {_STATUS_OF[what] for what in figure.what if what in _STATUS_OF}


def _is_of(figure: Figure, asked: Window) -> bool:
    """Say whether a figure covers exactly these days."""
    return (figure.window_from.first, figure.window_to.last) == (asked.since.first, asked.until.last)
