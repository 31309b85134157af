from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('alert', '0003_broken_glass'),
    ]

    operations = [
        migrations.CreateModel(
            name='Keeping',
            fields=[
                ('id', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('measures', models.JSONField()),
                ('reason', models.TextField()),
                ('digest', models.CharField(max_length=64)),
                ('kept_office', models.CharField(max_length=64)),
                ('kept_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['kept_at', 'id'],
            },
        ),
    ]
