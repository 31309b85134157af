"""Who may do what to the record's tables on PostgreSQL: statements that leave the server's role exactly its rights.

The server adds to the record and reads it; it cannot change or delete an entry, a checkpoint or a witness's word.
It deletes a payload when the law says so. The rooms' rows are the record's shadow: it does with them as projections
need. Tables are made, altered and dropped by their owner alone.
"""

from collections.abc import Iterable

from vigie.postgresql import quoted

_ROWS = "SELECT, INSERT, UPDATE, DELETE"
_RIGHTS = {
    "ledger_edge": "SELECT, INSERT, UPDATE",
    "ledger_payload": "SELECT, INSERT, DELETE",
    "ledger_payloadkey": "SELECT, INSERT, DELETE",
    "ledger_tile": _ROWS,
    "ledger_outerleaf": _ROWS,
    "ledger_outercheckpoint": _ROWS,
    "django_migrations": "SELECT",
}


def grants(server: str, database: str, tables: Iterable[str]) -> list[str]:
    """Give the statements for a database, its tables and the role `server`; running them twice changes nothing."""
    role = quoted(server)
    return [
        f"REVOKE ALL ON DATABASE {quoted(database)} FROM PUBLIC",
        f"GRANT CONNECT ON DATABASE {quoted(database)} TO {role}",
        f"GRANT USAGE ON SCHEMA public TO {role}",
        *(
            statement
            for table in sorted(tables)
            for statement in (
                f"REVOKE ALL ON TABLE {quoted(table)} FROM {role}, PUBLIC",
                f"GRANT {_rights(table)} ON TABLE {quoted(table)} TO {role}",
            )
        ),
        f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role}",
    ]


def _rights(table: str) -> str:
    grows = "SELECT, INSERT" if table.startswith("ledger_") else _ROWS
    return _RIGHTS.get(table, grows)
