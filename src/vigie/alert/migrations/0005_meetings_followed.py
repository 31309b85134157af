import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('alert', '0004_kept_on'),
    ]

    operations = [
        migrations.AddField(
            model_name='meeting',
            name='sealed',
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name='meeting',
            name='digest',
            field=models.CharField(default='', max_length=64),
        ),
        migrations.CreateModel(
            name='Outcome',
            fields=[
                ('id', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('words', models.TextField()),
                ('becomes', models.CharField(max_length=20)),
                ('office', models.CharField(max_length=64)),
                ('due', models.DateTimeField()),
                ('resolved_at', models.DateTimeField()),
                ('resolved_office', models.CharField(max_length=64)),
                ('closed_at', models.DateTimeField(null=True)),
                ('closed_office', models.CharField(default='', max_length=64)),
                ('done', models.BooleanField(default=False)),
                ('closing', models.TextField(default='')),
                ('decision', models.CharField(default='', max_length=40)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='outcomes', to='alert.meeting')),
            ],
            options={
                'ordering': ['due', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('closed_at__isnull', True), models.Q(('closing', ''), _negated=True), _connector='OR'), name='alert_outcome_closed_in_words', violation_error_message='What a meeting decided is closed with a reason.')],
            },
        ),
    ]
