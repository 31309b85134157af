"""Entries and checkpoints are found by the row's own number: on SQLite a `bigint` key is a second tree to write at each commit."""

from django.db import migrations

from vigie.ledger import append_only, models


def _run(statements):
    def run(apps, editor):
        if editor.connection.vendor == "sqlite":  # the tables are made anew there, and lose their triggers
            for statement in statements("sqlite"):
                editor.execute(statement)

    return run


class Migration(migrations.Migration):
    dependencies = [("ledger", "0005_outer_logs")]
    operations = [
        migrations.RunPython(_run(append_only.lifted), _run(append_only.guards)),
        migrations.AlterField("entry", "seq", models.Place(primary_key=True, serialize=False)),
        migrations.AlterField("checkpoint", "size", models.Place(primary_key=True, serialize=False)),
        migrations.RunPython(_run(append_only.guards), _run(append_only.lifted)),
    ]
