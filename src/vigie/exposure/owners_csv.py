"""Owners and their contacts from a table: offices that answer for sites, never persons."""

import re
from dataclasses import dataclass, fields

from vigie.errors import BadInput
from vigie.exposure import areas, forbidden, owner_kinds, site_kinds, tables
from vigie.exposure.bad_table import BadTable
from vigie.exposure.sites_csv import AREA, KIND, TAKEN
from vigie.exposure.tables import Column, Fault, FaultyRows, Matched, Row, Table
from vigie.translatable import gettext_noop

COLUMNS = (
    Column(
        "id", ("owner", "identifiant", "identifier", "code", "proprietaire", "responsable"), required=True
    ),
    Column("name", ("nom", "office", "service", "organisme", "organisation"), required=True),
    Column("kind", ("type", "categorie", "category", "nature")),
    Column("language", ("langue", "lang")),
    Column("mail", ("email", "e mail", "courriel", "functional mail", "adresse mail"), required=True),
    Column("phone", ("telephone", "tel", "standard", "switchboard")),
    Column("deputy_mail", ("deputy email", "courriel suppleant", "mail suppleant", "courriel du suppleant")),
    Column("deputy_phone", ("telephone suppleant", "tel suppleant", "telephone du suppleant")),
    Column(
        "superior_mail", ("superior email", "courriel superieur", "mail superieur", "courriel du superieur")
    ),
    Column("superior_phone", ("telephone superieur", "tel superieur", "telephone du superieur")),
    Column("parent", ("parent owner", "maison mere", "rattachement", "siege")),
    Column("sites", ("site ids", "sites confies")),
    Column("site_kinds", ("kinds", "kinds of site", "types de sites")),
    Column("area", ("zone", "department", "departement", "region", "territoire")),
)

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
# RFC 5321 allows more; what mail servers of offices use is this.
_MAIL = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}"
)
_PHONE = re.compile(r"\+?[\d\s().-]{3,24}")
_PERSON = re.compile(
    r"(?i)^(m\.|mr\.?|mrs\.?|ms\.?|mme|mlle|monsieur|madame|mademoiselle|miss|sir|dr\.?|docteur)\s"
)
_LANGUAGE = re.compile(r"[a-z]{2,3}")


@dataclass(frozen=True)
class Contact:
    """How an office, its deputy and its superior are reached. Kept apart from the owner, because it can be erased."""

    mail: str
    phone: str = ""
    deputy_mail: str = ""
    deputy_phone: str = ""
    superior_mail: str = ""
    superior_phone: str = ""


WAYS = tuple(field.name for field in fields(Contact))
"""Names of all that a contact holds."""


@dataclass(frozen=True)
class OwnerRow:
    """One owner as a table gives it: an office, what it answers for, and how it is reached.

    kind: see owner_kinds. sites: ids of the sites it answers for; site_kinds, area: or all sites of those kinds
    in that area ("" is everywhere). parent: id of the owner above it, "" for none.
    """

    id: str
    name: str
    kind: str
    language: str
    contact: Contact
    sites: tuple[str, ...] = ()
    site_kinds: tuple[str, ...] = ()
    area: str = ""
    parent: str = ""


@dataclass(frozen=True)
class OwnersRead:
    """What a table of owners holds: its sound rows and the faults of the others."""

    owners: tuple[OwnerRow, ...]
    faults: tuple[Fault, ...]

    def whole(self) -> tuple[OwnerRow, ...]:
        """Give the owners. Raises FaultyRows when any row is faulty: all or nothing."""
        if self.faults:
            raise FaultyRows.of("the table of owners", self.faults)
        if not self.owners:
            raise BadTable("The table has headings and no owner. Expected one owner a line.")
        return self.owners


def read(data: bytes, *, matched: Matched | None = None) -> OwnersRead:
    """Read a table of owners. matched: what a person said headings are. Raises BadTable when it cannot be read."""
    return of(tables.read(data, COLUMNS, forbidden=forbidden.reason, matched=matched))


def of(table: Table) -> OwnersRead:
    """Read the owners of a table whose columns are known."""
    owners: list[OwnerRow] = []
    faults = list(table.faults)
    first_line: dict[str, int] = {}
    for row in table.rows:
        found: list[Fault] = []
        owner = _owner(row, found)
        if owner.id in first_line:
            found.append(Fault(row.line, "id", owner.id, TAKEN, {"line": first_line[owner.id]}))
        first_line.setdefault(owner.id, row.line)
        faults += found
        if not found:
            owners.append(owner)
    return OwnersRead(tuple(owners), tuple(sorted(faults, key=lambda f: f.line)))


def _owner(row: Row, faults: list[Fault]) -> OwnerRow:
    def cell(column: str) -> str:
        return row.cells.get(column, "")

    def fits(column: str, pattern: re.Pattern[str], expected: str, *, needed: bool = False) -> str:
        given = cell(column)
        if (given or needed) and (len(given) > 254 or not pattern.fullmatch(given)):
            faults.append(Fault(row.line, column, given, expected))
        return given

    def words(column: str, read_word: object = None) -> tuple[str, ...]:
        found = []
        for word in filter(None, (w.strip() for w in re.split(r"[;,|\n]", cell(column)))):
            try:
                found.append(site_kinds.read(word) if read_word else word)
            except BadInput:
                faults.append(Fault(row.line, column, word, KIND, {"kinds": ", ".join(site_kinds.kinds())}))
        return tuple(dict.fromkeys(found))

    name = " ".join(cell("name").split())
    if not 1 <= len(name) <= 200 or _PERSON.match(name):
        faults.append(
            Fault(
                row.line, "name", name, gettext_noop("the name of an office or a function, not of a person")
            )
        )
    sites = words("sites")
    wrong = [site for site in sites if not _ID.fullmatch(site)]
    faults += [
        Fault(row.line, "sites", site, gettext_noop("ids of sites, separated by commas or semicolons"))
        for site in wrong
    ]
    return OwnerRow(
        id=fits("id", _ID, gettext_noop("letters, digits, dots and hyphens, 1 to 64 of them"), needed=True),
        name=name,
        kind=_kind(row, faults),
        language=(fits("language", _LANGUAGE, gettext_noop("a language code such as fr or en")) or "fr"),
        contact=Contact(
            mail=fits("mail", _MAIL, gettext_noop("the mail address of the office"), needed=True),
            phone=fits("phone", _PHONE, gettext_noop("the phone number of the office")),
            deputy_mail=fits("deputy_mail", _MAIL, gettext_noop("the mail address of the deputy office")),
            deputy_phone=fits("deputy_phone", _PHONE, gettext_noop("the phone number of the deputy office")),
            superior_mail=fits("superior_mail", _MAIL, gettext_noop("the mail address of the office above")),
            superior_phone=fits(
                "superior_phone", _PHONE, gettext_noop("the phone number of the office above")
            ),
        ),
        sites=sites,
        site_kinds=words("site_kinds", read_word=True),
        area=_area(row, faults),
        parent=fits("parent", _ID, gettext_noop("the id of the owner above it")),
    )


def _kind(row: Row, faults: list[Fault]) -> str:
    given = row.cells.get("kind", "")
    try:
        return owner_kinds.read(given) if given else "site-manager"
    except BadInput:
        faults.append(Fault(row.line, "kind", given, KIND, {"kinds": ", ".join(owner_kinds.codes())}))
        return ""


def _area(row: Row, faults: list[Fault]) -> str:
    given = row.cells.get("area", "")
    try:
        return areas.check(given) if given else ""
    except BadInput:
        faults.append(Fault(row.line, "area", given, AREA))
        return ""
