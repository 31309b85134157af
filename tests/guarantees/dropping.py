"""Taking away what a database must refuse, by SQL, as whoever holds its file could."""

from django.db import connections

from vigie.guarantees.separation import checks

VENDOR = connections["record"].vendor


def tell(*statements, alias="record"):
    with connections[alias].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def drop_rule(table, name):
    """Take one constraint out of a live table."""
    if VENDOR == "postgresql":
        tell(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        return
    rewrite(table, lambda sql, found: sql.replace(f', CONSTRAINT "{name}" CHECK ({found})', ""), name)


def rewrite(table, change, name):
    with connections["record"].cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = %s", [table])
        sql = cursor.fetchone()[0]
        changed = change(sql, checks(sql)[name])
        assert changed != sql
        cursor.execute("PRAGMA writable_schema = ON")
        cursor.execute(
            "UPDATE sqlite_master SET sql = %s WHERE type = 'table' AND name = %s", [changed, table]
        )
        cursor.execute("PRAGMA writable_schema = OFF")
