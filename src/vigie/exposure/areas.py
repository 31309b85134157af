"""Which place lies in which: countries, French regions and departments, parts of some other countries.

Codes are ISO 3166-1 and 3166-2, with the French region codes of before 2016 that old levels name
(`FR-V`), and a few older spellings (`FR-75` for Paris, which ISO writes `FR-75C` since 2021).
"""

import csv
from dataclasses import dataclass
from functools import cache

from vigie.errors import BadInput
from vigie.exposure import shipped

ALIASES = {
    "FR-75": "FR-75C",
    "FR-COR": "FR-20R",
    "UK": "GB",
    # ISO lists these five as countries as well.
    "GP": "FR-971",
    "MQ": "FR-972",
    "GF": "FR-973",
    "RE": "FR-974",
    "YT": "FR-976",
}


class UnknownArea(BadInput):
    """A code that names no area vigie knows."""


@dataclass(frozen=True)
class Area:
    """One area.

    kind: country, region, department, overseas (region and department in one), former-region, part, group.
    box: (south, west, north, east) in degrees, generous by some 15 km; None where none is kept.
    """

    code: str
    kind: str
    parent: str
    name: str
    members: tuple[str, ...] = ()
    box: tuple[float, float, float, float] | None = None


def check(code: str) -> str:
    """Give the code as vigie writes it (`fr-75` gives `FR-75C`). Raises UnknownArea."""
    return area(code).code


def area(code: str) -> Area:
    """Give the area of that code. Raises UnknownArea, saying which parts of that country are known."""
    wanted = code.strip().upper()
    wanted = ALIASES.get(wanted, wanted)
    found = _all().get(wanted)
    if found is None:
        raise UnknownArea(
            "{given!r} is not an area. Expected a country such as FR or BE{parts}.",
            given=code,
            parts=_hint(wanted.partition("-")[0]),
        )
    return found


def name(code: str, lang: str = "en") -> str:
    """Say an area's name: a country in the language asked for (CLDR), a part in its own language."""
    known = area(code)
    if known.kind != "country":
        return known.name
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - 100 ms that most commands need not pay

    try:
        spoken = Locale.parse(lang.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        spoken = Locale("en")
    return str(spoken.territories.get(known.code, known.name))


def contains(outer: str, inner: str) -> bool:
    """Say whether all of `inner` lies in `outer`; an area contains itself. Raises UnknownArea."""
    out, within = area(outer), area(inner)
    if out.code == within.code or out.code in _above(within.code):
        return True
    ground = _ground(within.code)
    return bool(ground) and ground <= _ground(out.code)


def covers(zone: str, area: str) -> bool:
    """Say whether an area lies in a zone of a scheme, which may have parts that the list of areas does not know."""
    try:
        return contains(zone, area)
    except UnknownArea:
        return area == zone or area.startswith(zone + "-")


def overlaps(one: str, other: str) -> bool:
    """Say whether two areas have ground in common. Raises UnknownArea."""
    return (
        contains(one, other)
        or contains(other, one)
        or bool(_ground(area(one).code) & _ground(area(other).code))
    )


def country(code: str) -> str:
    """Give the country of an area. Raises UnknownArea."""
    return area(code).code.partition("-")[0]


def parts(code: str, kind: str) -> tuple[Area, ...]:
    """Give the areas of that kind that lie in `code`, in the order of their codes.

    French overseas parts are counted as regions and as departments, which they are.
    """
    kinds = {kind, "overseas"} if kind in {"region", "department"} else {kind}
    return tuple(a for _, a in sorted(_all().items()) if a.kind in kinds and contains(code, a.code))


def of_commune(insee: str) -> str:
    """Give the department of a French commune from its INSEE code (`75056` gives `FR-75C`).

    Raises UnknownArea when the code is not five signs or begins like no department.
    """
    code = insee.strip().upper()
    prefix = code[:3] if code.startswith("97") else code[:2]
    wanted = ALIASES.get(f"FR-{prefix}", f"FR-{prefix}")
    found = _all().get(wanted)
    if len(code) != 5 or found is None or found.kind not in {"department", "overseas"}:
        raise UnknownArea(
            "{given!r} is not the INSEE code of a French commune. Expected five signs such as 75056.",
            given=insee,
        )
    return found.code


def box(code: str) -> tuple[float, float, float, float] | None:
    """Give a box (south, west, north, east) around an area, or None where none is kept.

    That of a country leaves its overseas parts out.
    """
    known = area(code)
    if known.box is not None:
        return known.box
    boxes = [_all()[c].box for c in _ground(known.code) if _all()[c].kind != "overseas"]
    kept = [b for b in boxes if b is not None]
    if not kept:
        return None
    return min(b[0] for b in kept), min(b[1] for b in kept), max(b[2] for b in kept), max(b[3] for b in kept)


def holds_point(code: str, lat: float, lon: float) -> bool:
    """Say whether a point may lie in an area: true when no box is kept. It finds blunders, not borders.

    lat, lon: degrees, WGS 84.
    """
    known = area(code).code
    own = [box(known), *(a.box for a in (parts(known, "overseas") if known == "FR" else ()))]
    return any(b is None or (b[0] <= lat <= b[2] and b[1] <= lon <= b[3]) for b in own)


@cache
def _all() -> dict[str, Area]:
    lines = [line for line in shipped.text("areas.csv").splitlines() if not line.startswith("#")]
    return {row["code"]: _read(row) for row in csv.DictReader(lines)}


def _read(row: dict[str, str]) -> Area:
    edges = tuple(map(float, row["box"].split()))
    around = (edges[0], edges[1], edges[2], edges[3]) if edges else None
    return Area(row["code"], row["kind"], row["parent"], row["name"], tuple(row["members"].split()), around)


@cache
def _above(code: str) -> frozenset[str]:
    parent = _all()[code].parent
    return frozenset({parent} | _above(parent)) if parent else frozenset()


@cache
def _ground(code: str) -> frozenset[str]:
    """Give the smallest known areas that make up `code`; a country without parts is its own ground."""
    known = _all()[code]
    if known.members:
        return frozenset(known.members)
    leaves = frozenset(
        c for c, a in _all().items() if a.kind in {"department", "overseas", "part"} and code in _above(c)
    )
    return leaves or frozenset({code})


def _hint(country_code: str) -> str:
    known = [c for c in sorted(_all()) if c.startswith(country_code + "-")]
    if not known:
        return ", or a part of one such as FR-IDF or FR-75"
    few = ", ".join(known[:4])
    return f", or a part of {country_code}: {few}… ({len(known)} in all)"
