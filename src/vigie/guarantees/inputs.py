"""Guarantee 5: what may never weigh on a place is refused. Tried by bringing it, not by reading the list of refusals."""

from vigie.exposure import forbidden, sites_csv
from vigie.exposure.bad_table import BadTable

COLUMNS = (
    "ethnicity", "religion of inhabitants", "nationality", "income", "housing", "age", "past stops", "arrests",
    "crime counts", "first name",
)  # fmt: skip
"""A column of each sort that guarantee 5 names, and one for persons."""


def let_in() -> tuple[str, ...]:
    """List the columns of COLUMNS that this instance would take, in the order of the list."""
    return tuple(column for column in COLUMNS if forbidden.reason(column) is None or _imported(column))


def _imported(column: str) -> bool:
    heading = ",".join([*(known.name for known in sites_csv.COLUMNS), column])
    try:
        sites_csv.read(heading.encode())
    except BadTable:
        return False
    return True
