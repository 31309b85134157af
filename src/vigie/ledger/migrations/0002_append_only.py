"""The record only grows: the database itself refuses to change or delete an entry."""

from django.db import migrations

_GUARDED = [(table, verb) for table in ("ledger_entry", "ledger_checkpoint") for verb in ("UPDATE", "DELETE")]


def _run(template):
    def run(apps, editor):
        if editor.connection.vendor == "sqlite":
            for table, verb in _GUARDED:
                editor.execute(template.format(table=table, verb=verb, name=f"{table}_no_{verb.lower()}"))

    return run


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [
        migrations.RunPython(
            _run(
                "CREATE TRIGGER IF NOT EXISTS {name} BEFORE {verb} ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'the record only grows'); END"
            ),
            _run("DROP TRIGGER IF EXISTS {name}"),
        )
    ]
