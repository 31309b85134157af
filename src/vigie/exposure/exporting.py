"""Sites and owners as the tables the import takes: what is written here and imported again changes nothing."""

import csv
import io
from collections.abc import Iterable

from vigie.errors import BadInput
from vigie.exposure import formulas, owners_csv, sites_csv
from vigie.exposure.owners_csv import OwnerRow
from vigie.exposure.sites_csv import SiteRow
from vigie.exposure.tables import Column

SEPARATORS = {"comma": ",", "semicolon": ";"}
"""By the word people ask with. Spreadsheets set to French want the semicolon, and a comma in decimals."""


class UnknownSeparator(BadInput):
    """A separator that tables are not written with."""


def sites(rows: Iterable[SiteRow], separator: str = "comma") -> bytes:
    """Write sites as CSV, in UTF-8 with its mark. separator: a word of SEPARATORS. Raises UnknownSeparator."""
    sign = _sign(separator)
    point = "," if sign == ";" else "."
    degrees = ("lat", "lon")
    told = (site_cells(row) for row in rows)
    return _written(
        sites_csv.COLUMNS,
        ({n: c.replace(".", point) if n in degrees else c for n, c in row.items()} for row in told),
        sign,
    )


def owners(rows: Iterable[OwnerRow], separator: str = "comma") -> bytes:
    """Write owners and their contacts as CSV, in UTF-8 with its mark. Raises UnknownSeparator."""
    return _written(owners_csv.COLUMNS, map(owner_cells, rows), _sign(separator))


def site_cells(row: SiteRow) -> dict[str, str]:
    """Give what a table would say of a site, by column."""
    said = {c.name: getattr(row, c.name) for c in sites_csv.COLUMNS}
    said |= {"lat": _degrees(row.lat_e6), "lon": _degrees(row.lon_e6)}
    return {name: "" if value is None else str(value) for name, value in said.items()}


def owner_cells(row: OwnerRow) -> dict[str, str]:
    """Give what a table would say of an owner, by column. Lists stand with bars: «75,13» would be read as a number."""
    apart = {way: getattr(row.contact, way) for way in owners_csv.WAYS}
    lists = {"sites": "|".join(row.sites), "site_kinds": "|".join(row.site_kinds)}
    return {
        c.name: str((apart | lists)[c.name] if c.name in apart | lists else getattr(row, c.name))
        for c in owners_csv.COLUMNS
    }


def _sign(separator: str) -> str:
    try:
        return SEPARATORS[separator]
    except KeyError:
        raise UnknownSeparator(
            "{given!r} is not a separator tables are written with. Expected one of: {known}.",
            given=separator, known=", ".join(SEPARATORS),
        ) from None  # fmt: skip


def _written(columns: Iterable[Column], rows: Iterable[dict[str, str]], sign: str) -> bytes:
    names = [column.name for column in columns]
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=sign)
    writer.writerow(names)
    writer.writerows([formulas.defused(row[name]) for name in names] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _degrees(millionths: int) -> str:
    whole, rest = divmod(abs(millionths), 1_000_000)
    decimals = f"{rest:06d}".rstrip("0") or "0"
    return f"{'-' if millionths < 0 else ''}{whole}.{decimals}"
