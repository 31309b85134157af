"""Plans, made from the record. Teams are numbers: no row can hold a person."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Plan(models.Model):
    """A plan of one to seven days, drawn; its seed once it is over. Lists stand as the entry states them."""

    id = models.CharField(primary_key=True, max_length=40)
    first_day = models.DateField()
    days = models.PositiveSmallIntegerField()
    teams = models.PositiveSmallIntegerField()
    sites = models.JSONField()
    names = models.JSONField()
    halves = models.JSONField()
    exposed = models.BigIntegerField()
    least = models.BigIntegerField()
    rivals = models.JSONField()
    assumed_share = models.PositiveSmallIntegerField()
    assumed_low = models.JSONField()
    assumed_high = models.JSONField()
    commitment = models.CharField(max_length=64)
    draws = models.JSONField()
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    drawn_at = models.DateTimeField()
    drawn_office = models.CharField(max_length=64)
    replaced_by = models.CharField(max_length=40, default="")
    reason = models.TextField(default="")
    seed = models.CharField(max_length=64, default="")
    salt = models.CharField(max_length=64, default="")
    revealed_at = models.DateTimeField(null=True)

    class Meta:
        """What must never be."""

        ordering = ["first_day", "drawn_at", "id"]
        constraints = [
            # A commitment made once the teams are out proves nothing.
            models.CheckConstraint(
                condition=Q(drawn_at__lt=F("starts")),
                name="patrols_plan_drawn_before_it_starts",
                violation_error_message=_("A plan is drawn before it starts."),
            ),
            # A seed known before the end tells where the teams will be.
            models.CheckConstraint(
                condition=Q(revealed_at__isnull=True) | Q(revealed_at__gte=F("ends")),
                name="patrols_plan_revealed_after_it_ends",
                violation_error_message=_("The seed of a plan is revealed after the plan has ended."),
            ),
            models.CheckConstraint(
                # Revealed without a seed: it was erased.
                condition=Q(seed="") | Q(revealed_at__isnull=False),
                name="patrols_plan_seed_with_its_reveal",
                violation_error_message=_("A seed stands in a plan only once it was revealed."),
            ),
            models.CheckConstraint(
                condition=Q(days__gte=1, days__lte=7, teams__gte=1),
                name="patrols_plan_some_days_some_teams",
                violation_error_message=_("A plan has one to seven days and at least one team."),
            ),
        ]
