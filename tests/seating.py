"""Homes with everybody in office: made once in a process, then put back, files and rows, for each test that begins so.

Seating everybody takes thirty acts, each signed: as long as all the rest of many a test. What is put back is what those
acts left, byte for byte; the clock stands at the same moment for each.
"""

import shutil
from dataclasses import dataclass, field
from pathlib import Path

from django.db import connections, transaction

BOTH = ("default", "record")


@dataclass
class Seated:
    """A home's folder, the actors by office, and by database each table's columns and rows."""

    folder: Path
    actors: dict
    rows: dict[str, dict[str, tuple[list[str], list[tuple]]]] = field(default_factory=dict)

    def put_back(self, folder: Path) -> None:
        """Let a new home's folder and the empty tables hold what these hold."""
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        for alias, tables in self.rows.items():
            with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
                for table, (columns, rows) in tables.items():
                    cursor.executemany(
                        f"INSERT INTO {table} ({', '.join(map(connections[alias].ops.quote_name, columns))}) VALUES ({', '.join(['%s'] * len(columns))})", rows
                    )  # fmt: skip


def contents() -> dict[str, dict[str, tuple[list[str], list[tuple]]]]:
    """Read all rows there are, by database and table."""
    found = {}
    for alias in BOTH:
        connection = connections[alias]
        with connection.cursor() as cursor:
            found[alias] = {}
            for table in sorted(connection.introspection.table_names(cursor)):
                # By name: a rebuild makes a table anew with its columns in another order than the migrations left.
                described = connection.introspection.get_table_description(cursor, table)
                columns = sorted(column.name for column in described)
                cursor.execute(f"SELECT {', '.join(map(connection.ops.quote_name, columns))} FROM {table}")
                found[alias][table] = (columns, cursor.fetchall())
    return found


def since(before, after):
    """Give the rows that came, by database and table; none may have gone or changed."""
    came = {}
    for alias, tables in after.items():
        came[alias] = {}
        for table, (columns, rows) in tables.items():
            known = before[alias][table][1]
            assert [row for row in rows if row in known] == known, table
            if new := [row for row in rows if row not in known]:
                came[alias][table] = (columns, new)
    return came
