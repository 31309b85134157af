"""Sites from a table: its columns, what each cell may say, and one sentence for each that says something else."""

import hashlib
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from vigie.errors import BadInput
from vigie.exposure import areas, forbidden, opening, site_kinds, tables
from vigie.exposure.bad_table import BadTable
from vigie.exposure.tables import Column, Fault, FaultyRows, Matched, Row, Table
from vigie.translatable import gettext_noop

COLUMNS = (
    Column("id", ("identifier", "code", "identifiant", "ref", "reference")),
    Column("name", ("nom", "site", "site name", "nom du site", "libelle"), required=True),
    Column("kind", ("type", "category", "type de site", "categorie", "nature"), required=True),
    Column("lat", ("latitude", "y"), required=True),
    Column("lon", ("longitude", "lng", "long", "x"), required=True),
    Column("commune", ("insee", "code insee", "code commune", "commune code")),
    Column("area", ("zone", "department", "departement", "region", "territoire")),
    Column(
        "yearly_visitors",
        ("visitors", "yearly visitors", "visits", "visiteurs", "visiteurs par an", "frequentation"),
    ),
    Column("capacity", ("capacite", "seats", "places", "jauge")),
    Column("opening", ("opening hours", "hours", "horaires", "horaires d ouverture", "ouverture")),
    Column("owner", ("responsible", "responsable", "proprietaire", "exploitant", "operator", "gestionnaire")),
    Column("source", ("provenance", "reference du chiffre")),
    Column("request", ("demande", "request id", "numero de demande")),
)
MAX_VISITORS = 1_000_000_000
MAX_CAPACITY = 1_000_000

KIND = gettext_noop("one of these kinds: {kinds}")
AREA = gettext_noop("an area such as FR, FR-IDF or FR-75")
COMMUNE = gettext_noop("the INSEE code of a French commune, such as 75056")
OPENING = gettext_noop("opening hours such as Mo-Fr 08:00-18:00; Sa 09:00-12:30; PH off, or 24/7")
TAKEN = gettext_noop("an id of its own: line {line} has it already")

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_DEGREES = re.compile(r"[+-]?\d{1,3}([.,]\d{1,15})?")
_WHOLE = re.compile(r"\d+|\d{1,3}([ \u00a0\u202f.,]\d{3})+")


@dataclass(frozen=True)
class SiteRow:
    """One site as a table gives it.

    lat_e6, lon_e6: millionths of a degree, WGS 84 (the record holds no floats). yearly_visitors, capacity: None
    where the table gives none. opening: as written, "" where not given. request: number of the recorded request
    by which a place of worship entered.
    """

    id: str
    name: str
    kind: str
    lat_e6: int
    lon_e6: int
    area: str
    commune: str = ""
    yearly_visitors: int | None = None
    capacity: int | None = None
    opening: str = ""
    owner: str = ""
    source: str = ""
    request: str = ""

    @property
    def lat(self) -> float:
        """Latitude in degrees."""
        return self.lat_e6 / 1e6

    @property
    def lon(self) -> float:
        """Longitude in degrees."""
        return self.lon_e6 / 1e6


@dataclass(frozen=True)
class SitesRead:
    """What a table of sites holds: its sound rows and the faults of the others. Only a faultless one is imported."""

    sites: tuple[SiteRow, ...]
    faults: tuple[Fault, ...]

    def whole(self) -> tuple[SiteRow, ...]:
        """Give the sites. Raises FaultyRows when any row is faulty: all or nothing."""
        if self.faults:
            raise FaultyRows.of("the table of sites", self.faults)
        if not self.sites:
            raise BadTable("The table has headings and no site. Expected one site a line.")
        return self.sites


def read(data: bytes, *, area: str = "", matched: Matched | None = None) -> SitesRead:
    """Read a table of sites.

    area: the area of sites whose row names none. matched: what a person said headings are.
    Raises BadTable when the file or its columns cannot be read, UnknownArea when `area` is none.
    """
    return of(tables.read(data, COLUMNS, forbidden=forbidden.reason, matched=matched), area=area)


def of(table: Table, *, area: str = "") -> SitesRead:
    """Read the sites of a table whose columns are known. Raises UnknownArea when `area` is none."""
    default = areas.check(area) if area else ""
    sites: list[SiteRow] = []
    faults = list(table.faults)
    first_line: dict[str, int] = {}
    for row in table.rows:
        reader = _Reader(row)
        site = reader.site(default)
        if not reader.faults and site.id in first_line:
            reader.fault("id", site.id, TAKEN, line=first_line[site.id])
        first_line.setdefault(site.id, row.line)
        faults += reader.faults
        if not reader.faults:
            sites.append(site)
    return SitesRead(tuple(sites), tuple(sorted(faults, key=lambda f: f.line)))


class _Reader:
    """Reads one row, noting every fault instead of stopping at the first."""

    def __init__(self, row: Row) -> None:
        self.row = row
        self.faults: list[Fault] = []

    def fault(self, column: str, given: str, expected: str, **fields: object) -> None:
        self.faults.append(Fault(self.row.line, column, given, expected, fields))

    def cell(self, column: str) -> str:
        return self.row.cells.get(column, "")

    def site(self, default_area: str) -> SiteRow:
        name, kind = (
            self._name(),
            self._tried("kind", site_kinds.read, KIND, kinds=", ".join(site_kinds.kinds())),
        )
        area = self._area(default_area)
        lat, lon = self._degrees("lat", 90), self._degrees("lon", 180)
        if lat is not None and lon is not None and area:
            self._place(lat, lon, area)
        if self.cell("opening"):
            self._tried("opening", opening.parse, OPENING)
        request = self.cell("request")
        if len(request) > 200:
            self.fault("request", request, gettext_noop("at most 200 signs"))
        if kind == "worship" and not request:
            self.fault(
                "request",
                request,
                gettext_noop(
                    "the number of the recorded request: a place of worship enters only at its, or the authority's, request"
                ),
            )
        return SiteRow(
            id=self._id(name, area),
            name=name,
            kind=str(kind or ""),
            lat_e6=lat or 0,
            lon_e6=lon or 0,
            area=area,
            commune=self.cell("commune"),
            yearly_visitors=self._whole("yearly_visitors", MAX_VISITORS),
            capacity=self._whole("capacity", MAX_CAPACITY),
            opening=self.cell("opening"),
            owner=self._owner(),
            source=self.cell("source"),
            request=request,
        )

    def _name(self) -> str:
        name = " ".join(self.cell("name").split())
        if not 1 <= len(name) <= 200:
            self.fault("name", name, gettext_noop("a name of 1 to 200 signs"))
        return name

    def _id(self, name: str, area: str) -> str:
        given = self.cell("id")
        if not given:
            return made_id(name, area)
        if not _ID.fullmatch(given):
            self.fault("id", given, gettext_noop("letters, digits, dots and hyphens, 1 to 64 of them"))
        return given

    def _owner(self) -> str:
        owner = self.cell("owner")
        if owner and not _ID.fullmatch(owner):
            self.fault("owner", owner, gettext_noop("the id of an owner: letters, digits, dots and hyphens"))
        return owner

    def _area(self, default: str) -> str:
        department = self._tried("commune", areas.of_commune, COMMUNE) if self.cell("commune") else None
        if self.cell("area"):
            return str(self._tried("area", areas.check, AREA) or "")
        if department:
            return str(department)
        if not default and not self.cell("commune"):
            self.fault(
                "area",
                "",
                gettext_noop(
                    "an area such as FR-75, or the INSEE code of the commune, or one area for all sites"
                ),
            )
        return default

    def _tried(
        self, column: str, read_cell: Callable[[str], object], expected: str, **fields: object
    ) -> object:
        given = self.cell(column)
        try:
            return read_cell(given)
        except BadInput:
            self.fault(column, given, expected, **fields)
            return None

    def _degrees(self, column: str, most: int) -> int | None:
        given = self.cell(column)
        if not _DEGREES.fullmatch(given):
            self.fault(column, given, gettext_noop("decimal degrees such as 48.8566"))
            return None
        degrees = float(given.replace(",", "."))
        if abs(degrees) > most:
            self.fault(column, given, gettext_noop("degrees from -{most} to {most}"), most=most)
            return None
        return round(degrees * 1e6)

    def _place(self, lat_e6: int, lon_e6: int, area: str) -> None:
        lat, lon = lat_e6 / 1e6, lon_e6 / 1e6
        if areas.holds_point(area, lat, lon):
            return
        swapped = areas.box(area) is not None and areas.holds_point(area, lon, lat)
        expected = (
            gettext_noop("a point in {name} ({area}): latitude and longitude look swapped")
            if swapped
            else gettext_noop("a point in {name} ({area})")
        )
        self.fault("lat, lon", f"{lat}, {lon}", expected, name=areas.name(area), area=area)

    def _whole(self, column: str, most: int) -> int | None:
        given = self.cell(column)
        if not given:
            return None
        if not _WHOLE.fullmatch(given):
            self.fault(column, given, gettext_noop("a whole number, or nothing where no figure is known"))
            return None
        number = int(re.sub(r"\D", "", given))
        if number > most:
            self.fault(column, given, gettext_noop("at most {most}"), most=f"{most:,}")
            return None
        return number


def made_id(name: str, area: str) -> str:
    """Make an id for a site that brings none: the same name in the same area gives the same id."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if c.isascii())
    slug = re.sub(r"[^a-z0-9]+", "-", bare).strip("-")[:40] or "site"
    return f"{slug}-{hashlib.sha256(f'{name.casefold()}|{area}'.encode()).hexdigest()[:6]}"
