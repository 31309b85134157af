"""Which scheme a country's code stands for at a day: the one it had then, if it had one alone."""

from datetime import date

from vigie.errors import BadInput, NotFound
from vigie.schemes import dates
from vigie.schemes.reader import all_ids, load


class SeveralSchemes(BadInput):
    """A country has several schemes at that day: which one is meant must be said."""


class NoScheme(NotFound):
    """No scheme of that country, or none of that day, is shipped."""


def scheme_named(given: str, day: date) -> str:
    """Give the scheme that a name, or a country's code (ISO 3166: FR), stands for at a day.

    Raises SeveralSchemes naming the choices, NoScheme for a country without one at that day. What is neither is given
    back as it is.
    """
    if given in all_ids() or len(given) != 2 or not given.isalpha():
        return given
    country = given.upper()
    every = [load(id_) for id_ in all_ids() if load(id_).country == country]
    found = [s.id for s in every if _from(s.in_force_from) <= day <= _to(s.in_force_to)]
    if len(found) == 1:
        return found[0]
    if found:
        raise SeveralSchemes(
            "{country} has {count} schemes at {day}: {found}. Name one of them.",
            country=country,
            count=len(found),
            day=day,
            found=", ".join(found),
        )
    raise NoScheme(
        "{country} has no scheme at {day} among those shipped. Its schemes: {every}.",
        country=country,
        day=day,
        every=", ".join(s.id for s in every) or "–",
    )


def _from(given: str | None) -> date:
    return dates.read(given).first if given else date.min


def _to(given: str | None) -> date:
    return dates.read(given).last if given else date.max
