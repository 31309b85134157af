"""The days ahead as a strip of squares: one column a week, one row a weekday, months named above."""

from dataclasses import dataclass
from datetime import date

from vigie.exposure import phrases
from vigie.exposure.ahead import Ahead, Day

SIZE, GAP, LEFT, TOP = 14, 3, 30, 18


@dataclass(frozen=True)
class Square:
    """One day's square: where it stands in the drawing, how dark it is (0 to 1), hatched when a term is doubtful."""

    x: int
    y: int
    day: date
    shade: float
    doubtful: bool
    words: str


@dataclass(frozen=True)
class Strip:
    """The drawing: its size, its squares, the months and weekdays beside them (position, word)."""

    width: int
    height: int
    squares: tuple[Square, ...]
    months: tuple[tuple[int, str], ...]
    weekdays: tuple[tuple[int, str], ...]


def draw(seen: Ahead, lang: str = "en") -> Strip:
    """Lay out the days of what lies ahead."""
    step = SIZE + GAP
    lead = seen.start.weekday()
    squares, months = [], []
    for index, day in enumerate(seen.days):
        column, row = divmod(lead + index, 7)
        squares.append(_square(day, LEFT + column * step, TOP + row * step, lang))
        # A month is named over the week it begins in; the first where it has room before the next.
        if day.day.day == 1 or (index == 0 and day.day.day < 20):
            months.append((LEFT + column * step, phrases.month(day.day, lang)))
    columns = (lead + len(seen.days) + 6) // 7
    monday = date(2001, 1, 1)  # a Monday
    names = tuple(
        (TOP + row * step + SIZE - 3, phrases.weekday(monday.replace(day=1 + row), lang))
        for row in (0, 2, 4, 6)
    )
    return Strip(LEFT + columns * step + 30, TOP + 7 * step, tuple(squares), tuple(months), names)


def _square(day: Day, x: int, y: int, lang: str) -> Square:
    named = ", ".join(term.entry.name(lang) for term in day.terms[:4])
    more = f" +{len(day.terms) - 4}" if len(day.terms) > 4 else ""
    return Square(
        x=x,
        y=y,
        day=day.day,
        shade=(0.0, 0.2, 0.4, 0.65, 0.95)[day.heat],
        doubtful=any(term.doubtful and term.entry.uncertainty_days for term in day.terms),
        words=f"{phrases.day(day.day, lang)}: {named}{more}" if named else phrases.day(day.day, lang),
    )
