"""The edge says who wrote it: entries that wait for their checkpoint are told from some written by hand."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0006_places")]
    operations = [migrations.AddField("edge", "mac", models.BinaryField(default=b""))]
