"""A posture: a level together with the measures that are on.

The level does not decide the measures, the posture does (public part of the plan, December 2016). A catalogue only
proposes a default for each level; a person may add, leave out, or keep a measure when the level falls: in January
2024 the French level came down while measures for schools and places of worship stayed.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from vigie.errors import BadInput, Conflict
from vigie.measures.catalogue import Catalogue, Measure


class UnknownLevel(BadInput):
    """The catalogue speaks of no such level."""


class PermanentMeasure(Conflict):
    """A permanent measure was to be switched off."""


class NotActive(Conflict):
    """A measure was to be kept that is not on."""


class OnAndOff(BadInput):
    """One measure was to be switched on and off at once."""


@dataclass(frozen=True)
class Posture:
    """level: code of the scheme. active: ids in the catalogue's order, one rung of each ladder at most."""

    level: str
    active: tuple[str, ...]


@dataclass(frozen=True)
class Switch:
    """What a change of posture does to the measures; each tuple in the catalogue's order.

    replaced: pairs (measure that goes, measure of the same ladder that comes instead).
    """

    on: tuple[str, ...]
    kept: tuple[str, ...]
    replaced: tuple[tuple[str, str], ...]
    lifted: tuple[str, ...]


def default(catalogue: Catalogue, level: str) -> Posture:
    """Give the posture a catalogue proposes for a level: the permanent measures and those switched on at or below it.

    Raises UnknownLevel.
    """
    return Posture(level, one_rung_each(catalogue, _proposed(catalogue, level)))


def step(
    catalogue: Catalogue,
    before: Posture | None,
    level: str,
    *,
    on: Iterable[str] = (),
    off: Iterable[str] = (),
    keep: Iterable[str] = (),
) -> Posture:
    """Go to `level`: its default posture, with measures added (`on`), left out (`off`) or kept from before (`keep`).

    A rung left out leaves the next lower one the level switches on. Raises UnknownLevel, UnknownMeasure,
    PermanentMeasure, NotActive (keeping what is not on), OnAndOff.
    """
    added, left, kept = set(on), set(off), set(keep)
    for name in added | left | kept:
        catalogue.measure(name)
    both = (added | kept) & left
    if both:
        raise OnAndOff(
            "{names} would be switched on and off at once. Name each measure once.",
            names=", ".join(sorted(both, key=catalogue.order.__getitem__)),
        )
    for name in _sorted(catalogue, left):
        if catalogue.measure(name).permanent:
            raise PermanentMeasure("{name} is permanent: no level switches it off. Leave it on.", name=name)
    for name in _sorted(catalogue, kept):
        if before is None or name not in before.active:
            raise NotActive(
                "{name} cannot be kept: it is not on now. To switch it on, add it instead.", name=name
            )
    proposed = _proposed(catalogue, level)
    return Posture(level, one_rung_each(catalogue, (proposed | added | kept) - left))


def without_level(catalogue: Catalogue, before: Posture | None, *, keep: Iterable[str] = ()) -> Posture:
    """Give the posture of a zone in which no level stands any more: the permanent measures, and those kept.

    Its level is empty: no level on record is not the lowest level. Raises UnknownMeasure, NotActive.
    """
    kept = tuple(keep)
    _check_kept(catalogue, before, kept)
    return Posture("", one_rung_each(catalogue, (*permanent(catalogue), *kept)))


def one_rung_each(catalogue: Catalogue, names: Iterable[str]) -> tuple[str, ...]:
    """Leave of each ladder its highest rung alone: a higher rung replaces the lower ones. In the catalogue's order."""
    highest: dict[str, Measure] = {}
    for name in names:
        measure = catalogue.measure(name)
        other = highest.get(measure.ladder)
        if other is None or measure.rung > other.rung:
            highest[measure.ladder] = measure
    return _sorted(catalogue, (measure.id for measure in highest.values()))


def differ(catalogue: Catalogue, before: Posture | None, after: Posture) -> Switch:
    """Say what goes from one posture to the next. before None: nothing but the permanent measures was on."""
    had = {
        catalogue.measure(name).ladder: name for name in (before.active if before else permanent(catalogue))
    }
    has = {catalogue.measure(name).ladder: name for name in after.active}
    return Switch(
        on=tuple(name for ladder, name in has.items() if ladder not in had),
        kept=tuple(name for ladder, name in has.items() if had.get(ladder) == name),
        replaced=tuple((had[ladder], name) for ladder, name in has.items() if had.get(ladder, name) != name),
        lifted=tuple(name for ladder, name in had.items() if ladder not in has),
    )


def permanent(catalogue: Catalogue) -> tuple[str, ...]:
    """Give the measures that are always on."""
    return tuple(measure.id for measure in catalogue.measures if measure.permanent)


def _proposed(catalogue: Catalogue, level: str) -> set[str]:
    # All rungs, not only the highest: leaving one out must leave the one below.
    rank = _rank(catalogue, level)
    return {
        m.id
        for m in catalogue.measures
        if m.permanent or (m.default_from and _rank(catalogue, m.default_from) <= rank)
    }


def _check_kept(catalogue: Catalogue, before: Posture | None, names: Iterable[str]) -> None:
    for name in names:
        catalogue.measure(name)
    for name in _sorted(catalogue, names):
        if before is None or name not in before.active:
            raise NotActive(
                "{name} cannot be kept: it is not on now. To switch it on, add it instead.", name=name
            )


def _rank(catalogue: Catalogue, level: str) -> int:
    try:
        return catalogue.levels.index(level)
    except ValueError:
        raise UnknownLevel(
            "Catalogue {catalogue} has no level {given!r}. Its levels are: {levels}.",
            catalogue=catalogue.catalogue,
            given=level,
            levels=", ".join(catalogue.levels),
        ) from None


def _sorted(catalogue: Catalogue, names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(names, key=catalogue.order.__getitem__))
