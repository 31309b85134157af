import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('assessment', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='DissentRead',
            fields=[
                ('id', models.CharField(max_length=60, primary_key=True, serialize=False)),
                ('person', models.CharField(max_length=64)),
                ('office', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
                ('dissent', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='readings', to='assessment.dissent')),
            ],
            options={
                'ordering': ['at', 'id'],
            },
        ),
    ]
