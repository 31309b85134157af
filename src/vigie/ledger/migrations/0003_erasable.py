"""Payloads that can be erased have a key of their own; what witnesses and time-stamping authorities said is kept."""

import django.db.models.deletion
from django.db import migrations, models


_GUARDED = ["ledger_payload", "ledger_payloadkey"]


def _run(template):
    def run(apps, editor):
        if editor.connection.vendor == "sqlite":
            for table in _GUARDED:
                editor.execute(template.format(table=table, name=f"{table}_no_update"))

    return run


class Migration(migrations.Migration):

    dependencies = [
        ('ledger', '0002_append_only'),
    ]

    operations = [
        migrations.CreateModel(
            name='Cosignature',
            fields=[
                ('id', models.CharField(max_length=300, primary_key=True, serialize=False)),
                ('size', models.BigIntegerField(db_index=True)),
                ('name', models.CharField(max_length=255)),
                ('line', models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name='PayloadKey',
            fields=[
                ('entry', models.OneToOneField(db_column='seq', on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='ledger.entry')),
                ('wrapped', models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name='TimeStamp',
            fields=[
                ('id', models.CharField(max_length=300, primary_key=True, serialize=False)),
                ('size', models.BigIntegerField(db_index=True)),
                ('authority', models.CharField(max_length=255)),
                ('token', models.BinaryField()),
            ],
        ),
        migrations.RunPython(
            _run(
                "CREATE TRIGGER IF NOT EXISTS {name} BEFORE UPDATE ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'the record only grows'); END"
            ),
            _run("DROP TRIGGER IF EXISTS {name}"),
        ),
    ]
