
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Plan',
            fields=[
                ('id', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('first_day', models.DateField()),
                ('days', models.PositiveSmallIntegerField()),
                ('teams', models.PositiveSmallIntegerField()),
                ('sites', models.JSONField()),
                ('names', models.JSONField()),
                ('halves', models.JSONField()),
                ('exposed', models.BigIntegerField()),
                ('least', models.BigIntegerField()),
                ('rivals', models.JSONField()),
                ('assumed_share', models.PositiveSmallIntegerField()),
                ('assumed_low', models.JSONField()),
                ('assumed_high', models.JSONField()),
                ('commitment', models.CharField(max_length=64)),
                ('draws', models.JSONField()),
                ('starts', models.DateTimeField()),
                ('ends', models.DateTimeField()),
                ('drawn_at', models.DateTimeField()),
                ('drawn_office', models.CharField(max_length=64)),
                ('replaced_by', models.CharField(default='', max_length=40)),
                ('reason', models.TextField(default='')),
                ('seed', models.CharField(default='', max_length=64)),
                ('salt', models.CharField(default='', max_length=64)),
                ('revealed_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['first_day', 'drawn_at', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('drawn_at__lt', models.F('starts'))), name='patrols_plan_drawn_before_it_starts', violation_error_message='A plan is drawn before it starts.'), models.CheckConstraint(condition=models.Q(('revealed_at__isnull', True), ('revealed_at__gte', models.F('ends')), _connector='OR'), name='patrols_plan_revealed_after_it_ends', violation_error_message='The seed of a plan is revealed after the plan has ended.'), models.CheckConstraint(condition=models.Q(models.Q(('revealed_at__isnull', True), ('seed', '')), models.Q(('revealed_at__isnull', False), models.Q(('seed', ''), _negated=True)), _connector='OR'), name='patrols_plan_seed_with_its_reveal', violation_error_message='A seed stands in a plan only once it was revealed.'), models.CheckConstraint(condition=models.Q(('days__gte', 1), ('days__lte', 7), ('teams__gte', 1)), name='patrols_plan_some_days_some_teams', violation_error_message='A plan has one to seven days and at least one team.')],
            },
        ),
    ]
