"""The database's own refusal to change or delete what was written: triggers, as statements for each kind of database."""

_GUARDED = (
    *((table, verb) for table in ("ledger_entry", "ledger_checkpoint") for verb in ("UPDATE", "DELETE")),
    # Lawful erasure deletes a payload and its key; nothing ever changes one.
    ("ledger_payload", "UPDATE"),
    ("ledger_payloadkey", "UPDATE"),
)

# PostgreSQL empties a table by a verb of its own; and ALWAYS lets no session pass for a replica and so step around.
_EMPTIED = ("ledger_entry", "ledger_checkpoint", "ledger_payload", "ledger_payloadkey")
_REFUSAL = """
CREATE OR REPLACE FUNCTION ledger_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the record only grows' USING ERRCODE = 'restrict_violation'; END $$
"""

# What an erasure takes away, an entry of the record must name first (`ledger.payload.erased`, field `entries`).
_ERASED = ("ledger_payload", "ledger_payloadkey")
_LAWFULLY = """
CREATE OR REPLACE FUNCTION ledger_erased_lawfully() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- A new sealing key: what wraps is wrapped anew, in the transaction of the entry that says so.
  IF TG_TABLE_NAME = 'ledger_payloadkey'
    AND (SELECT kind FROM ledger_entry ORDER BY seq DESC LIMIT 1) LIKE 'ledger.key.changed/%' THEN
    RETURN NULL;
  END IF;
  IF EXISTS (
    SELECT seq FROM gone EXCEPT
    SELECT named::bigint FROM ledger_entry JOIN ledger_payload USING (seq),
      jsonb_array_elements_text(convert_from(body, 'UTF8')::jsonb -> 'entries') AS named
    WHERE kind LIKE 'ledger.payload.erased/%'
  ) THEN
    RAISE EXCEPTION 'the record only grows: no entry names this erasure' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $$
"""


def guards(vendor: str) -> list[str]:
    """Give the statements that set the refusal up; running them twice changes nothing. vendor: sqlite or postgresql."""
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER IF NOT EXISTS {_name(table, verb)} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, 'the record only grows'); END"
            for table, verb in _GUARDED
        ]
    return [
        _REFUSAL,
        *(statement for table, verb in _on_postgresql() for statement in _refusing(table, verb)),
        _LAWFULLY,
        *(statement for table in _ERASED for statement in _naming(table)),
    ]


def lifted(vendor: str) -> list[str]:
    """Give the statements that take it away: for a migration going back, and for tests of what is found afterwards."""
    if vendor == "sqlite":
        return [f"DROP TRIGGER IF EXISTS {_name(table, verb)}" for table, verb in _GUARDED]
    return [
        *(f"DROP TRIGGER IF EXISTS {_name(table, verb)} ON {table}" for table, verb in _on_postgresql()),
        *(f"DROP TRIGGER IF EXISTS {table}_erased_lawfully ON {table}" for table in _ERASED),
    ]


def standing(vendor: str) -> set[tuple[str, str]]:
    """Name the triggers that must stand: (table, trigger)."""
    if vendor == "sqlite":
        return {(table, _name(table, verb)) for table, verb in _GUARDED}
    return {
        *((table, _name(table, verb)) for table, verb in _on_postgresql()),
        *((table, f"{table}_erased_lawfully") for table in _ERASED),
    }


def _refusing(table: str, verb: str) -> tuple[str, str]:
    name = _name(table, verb)
    return (
        f"CREATE OR REPLACE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH STATEMENT EXECUTE FUNCTION ledger_only_grows()",
        f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}",
    )


def _naming(table: str) -> tuple[str, str]:
    name = f"{table}_erased_lawfully"
    return (
        f"CREATE OR REPLACE TRIGGER {name} AFTER DELETE ON {table} REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION ledger_erased_lawfully()",
        f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}",
    )


def _on_postgresql() -> tuple[tuple[str, str], ...]:
    return (*_GUARDED, *((table, "TRUNCATE") for table in _EMPTIED))


def _name(table: str, verb: str) -> str:
    return f"{table}_no_{verb.lower()}"
