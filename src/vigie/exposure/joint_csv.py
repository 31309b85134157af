"""A table in which each row names a place, the owner that answers for it, and how that owner is reached."""

from collections.abc import Iterable
from dataclasses import dataclass

from vigie.exposure import forbidden, owners_csv, sites_csv, tables
from vigie.exposure.owners_csv import OwnersRead
from vigie.exposure.sites_csv import SitesRead
from vigie.exposure.tables import Column, Fault, FaultyRows, Matched, Row, Table
from vigie.translatable import gettext_noop

_OF_OWNER = {
    "owner": "id",
    "owner_name": "name",
    "owner_kind": "kind",
    "owner_area": "area",
    **{name: name for name in ("language", *owners_csv.WAYS, "parent")},
}
"""Columns of the owner, here and in a table of owners alone."""
_ALONE = {column.name: column for column in owners_csv.COLUMNS}
COLUMNS = (
    *(column for column in sites_csv.COLUMNS if column.name != "owner"),
    Column("owner", ("owner id", "id exploitant", "code exploitant", "id responsable", "code responsable")),
    Column(
        "owner_name",
        (
            "exploitant",
            "gestionnaire",
            "responsable",
            "proprietaire",
            "operator",
            "organisme",
            "nom exploitant",
        ),
        required=True,
    ),
    Column("owner_kind", ("type exploitant", "nature exploitant", "type d exploitant")),
    Column("owner_area", ("zone exploitant",)),
    *(_ALONE[name] for name in ("language", *owners_csv.WAYS, "parent")),
)


@dataclass(frozen=True)
class JointRead:
    """What the table holds: places and owners; the faults of both, by line."""

    sites: SitesRead
    owners: OwnersRead

    @property
    def faults(self) -> tuple[Fault, ...]:
        """All faults in the order of the table."""
        return tuple(sorted((*self.sites.faults, *self.owners.faults), key=lambda fault: fault.line))

    def whole(self) -> "JointRead":
        """Give it when it is faultless. Raises FaultyRows: all or nothing."""
        if self.faults:
            raise FaultyRows.of("the table of places and owners", self.faults)
        self.sites.whole()
        self.owners.whole()
        return self


def read(data: bytes, *, area: str = "", matched: Matched | None = None) -> JointRead:
    """Read the table. An owner may stand in many rows; what it says of itself is the same in each, or left empty.

    Without a column `owner` an owner's id is made from its name. Raises BadTable, UnknownArea.
    """
    table = tables.read(data, COLUMNS, forbidden=forbidden.reason, matched=matched)
    sites, owners, faults = [], dict[str, Row](), list(table.faults)
    for row in table.rows:
        cells = dict(row.cells)
        name = cells.get("owner_name", "")
        cells["owner"] = cells.get("owner") or (sites_csv.made_id(name, "") if name else "")
        sites.append(Row(row.line, {key: cell for key, cell in cells.items() if key not in _ONLY_OWNERS}))
        said = {theirs: cells.get(here, "") for here, theirs in _OF_OWNER.items()}
        first = owners.setdefault(cells["owner"], Row(row.line, said))
        faults += _unlike(row.line, said, first)
    return JointRead(
        sites_csv.of(Table((), tuple(sites), tuple(faults)), area=area),
        owners_csv.of(Table((), tuple(owners.values()))),
    )


_ONLY_OWNERS = set(_OF_OWNER) - {"owner"}
_NAMED_HERE = {theirs: here for here, theirs in _OF_OWNER.items()}


def _unlike(line: int, said: dict[str, str], first: Row) -> Iterable[Fault]:
    for key, cell in said.items():
        if cell and cell != first.cells[key]:
            yield Fault(
                line,
                _NAMED_HERE[key],
                cell,
                gettext_noop("the same of this owner as on line {line}, or nothing"),
                {"line": first.line},
            )
