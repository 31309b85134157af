"""Offices, who holds them, and what waits for a second administrator, as the record tells them.

Sign-ins live in the desk database, joined by opaque ids.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Office(models.Model):
    """An office: rights belong to it, not to the person.

    deputies: ids of the offices that stand in for it. carried: its roles, and those of the offices it stands in for.
    """

    id = models.CharField(primary_key=True, max_length=64)
    title = models.CharField(max_length=200)
    roles = models.JSONField()
    deputies = models.JSONField(default=list)
    carried = models.JSONField(default=list)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """Order by name."""

        ordering = ["id"]

    def __str__(self) -> str:
        return self.title


class Mandate(models.Model):
    """A person holds an office from an instant to another."""

    id = models.CharField(primary_key=True, max_length=64)
    person = models.CharField(max_length=64, db_index=True)
    office = models.ForeignKey(Office, on_delete=models.PROTECT)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    end_reason = models.TextField(default="")

    class Meta:
        """What must never be."""

        ordering = ["since", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="accounts_mandate_ends_after_it_starts",
                violation_error_message=_("A mandate cannot end before it starts."),
            )
        ]


class Move(models.Model):
    """What one administrator wants and a second must confirm. person: whom it serves, empty when nobody yet."""

    id = models.CharField(primary_key=True, max_length=64)
    act = models.CharField(max_length=20)
    office = models.CharField(max_length=64)
    person = models.CharField(max_length=64)
    title = models.CharField(max_length=200)
    roles = models.JSONField()
    deputies = models.JSONField()
    since = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    reason = models.TextField()
    state = models.CharField(max_length=20, default="proposed")
    proposed_by = models.CharField(max_length=64)
    proposed_office = models.CharField(max_length=64)
    proposed_at = models.DateTimeField()
    confirmed_by = models.CharField(max_length=64, default="")
    confirmed_office = models.CharField(max_length=64, default="")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """What must never be."""

        ordering = ["proposed_at", "id"]
        constraints = [
            # One administrator alone could give themselves every office there is.
            models.CheckConstraint(
                condition=Q(confirmed_by="")
                | (~Q(confirmed_by=F("proposed_by")) & ~Q(confirmed_by=F("person"))),
                name="accounts_move_two_persons",
                violation_error_message=_(
                    "Someone other than the proposer must confirm this, and not for themselves."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | ~Q(confirmed_by=""),
                name="accounts_move_confirmed_by_somebody",
                violation_error_message=_("A move is made only once a second person confirmed it."),
            ),
        ]


class Invitation(models.Model):
    """An office offered by a link that works once. person: who came by it."""

    id = models.CharField(primary_key=True, max_length=64)
    office = models.ForeignKey(Office, on_delete=models.PROTECT)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    expires = models.DateTimeField()
    made_at = models.DateTimeField()
    state = models.CharField(max_length=20, default="open")
    person = models.CharField(max_length=64, default="")

    class Meta:
        """Order of time."""

        ordering = ["made_at", "id"]


class Recovery(models.Model):
    """A person may set new credentials, once. alone: it was granted at the server's shell, by nobody the record knows."""

    id = models.CharField(primary_key=True, max_length=64)
    person = models.CharField(max_length=64, db_index=True)
    granted_at = models.DateTimeField()
    expires = models.DateTimeField()
    alone = models.BooleanField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        """Order of time."""

        ordering = ["granted_at", "id"]


class Alarm(models.Model):
    """One person alone did what takes two: shown on every page until its hour, or until another acknowledged it."""

    id = models.CharField(primary_key=True, max_length=64)
    what = models.CharField(max_length=20)
    about = models.CharField(max_length=64)
    person = models.CharField(max_length=64)
    raised_at = models.DateTimeField()
    until = models.DateTimeField()
    acknowledged_by = models.CharField(max_length=64, default="")
    acknowledged_office = models.CharField(max_length=64, default="")
    acknowledged_at = models.DateTimeField(null=True)

    class Meta:
        """What must never be."""

        ordering = ["raised_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(acknowledged_by="") | ~Q(acknowledged_by=F("person")),
                name="accounts_alarm_seen_by_another",
                violation_error_message=_("Whom it serves cannot acknowledge it."),
            )
        ]


class Page(models.Model):
    """One page that was sent, or could not be. deputy: sent to a deputy, because the first had not acted."""

    id = models.CharField(primary_key=True, max_length=64)
    about = models.CharField(max_length=64, db_index=True)
    version = models.CharField(max_length=64)
    person = models.CharField(max_length=64)
    office = models.CharField(max_length=64)
    deputy = models.BooleanField()
    at = models.DateTimeField()
    delivered = models.BooleanField()
    channel = models.CharField(max_length=40)
    why = models.TextField()

    class Meta:
        """Order of time."""

        ordering = ["at", "id"]
