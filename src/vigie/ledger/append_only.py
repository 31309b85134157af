"""The database's own refusal to change or delete what was written: SQLite triggers, as statements."""

_GUARDED = (
    *((table, verb) for table in ("ledger_entry", "ledger_checkpoint") for verb in ("UPDATE", "DELETE")),
    # Lawful erasure deletes a payload and its key; nothing ever changes one.
    ("ledger_payload", "UPDATE"),
    ("ledger_payloadkey", "UPDATE"),
)


def guards() -> list[str]:
    """Give the statements that set the refusal up; running them twice changes nothing."""
    return [
        f"CREATE TRIGGER IF NOT EXISTS {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'the record only grows'); END"
        for table, verb in _GUARDED
    ]


def lifted() -> list[str]:
    """Give the statements that take it away: for a migration going back, and for tests of what is found afterwards."""
    return [f"DROP TRIGGER IF EXISTS {table}_no_{verb.lower()}" for table, verb in _GUARDED]
