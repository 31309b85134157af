"""The record only grows: the database itself refuses to change or delete an entry."""

from django.db import migrations

from vigie.ledger.append_only import guards, lifted


def _run(statements):
    def run(apps, editor):
        if editor.connection.vendor == "sqlite":
            for statement in statements:
                editor.execute(statement)

    return run


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunPython(_run(guards()), _run(lifted()))]
