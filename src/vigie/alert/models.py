"""Levels decided here, levels received, announcements, meetings: rows made from the record."""

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Cast, Concat, StrIndex
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _


class Decision(models.Model):
    """A level this home decides: proposed by one person, in force when a second has signed."""

    id = models.CharField(primary_key=True, max_length=40)
    scheme = models.CharField(max_length=60)
    edition = models.CharField(max_length=64)
    code = models.CharField(max_length=30)
    zone = models.CharField(max_length=12)
    reasons = models.TextField()
    legal_basis = models.TextField()
    assessment = models.CharField(max_length=40)
    effective = models.DateTimeField()
    until = models.DateTimeField(null=True)
    review = models.DateTimeField()
    state = models.CharField(max_length=20)
    state_reason = models.TextField(default="")
    digest = models.CharField(max_length=64)
    proposed_by = models.CharField(max_length=64)
    proposed_office = models.CharField(max_length=64)
    proposed_at = models.DateTimeField()
    editors = models.JSONField(default=list)
    approved_by = models.CharField(max_length=64, default="")
    approved_office = models.CharField(max_length=64, default="")
    decided_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """What must never be."""

        ordering = ["proposed_at", "id"]
        constraints = [
            # A level set by one person alone is the failure this house is built to prevent.
            models.CheckConstraint(
                condition=~Q(approved_by=F("proposed_by")) | Q(approved_by=""),
                name="alert_decision_two_persons",
                violation_error_message=_("Someone other than the proposer must approve this decision."),
            ),
            # Whoever edited what is signed wrote it too. The list's text is searched: SQLite's JSON has no `contains`.
            models.CheckConstraint(
                condition=Q(approved_by="")
                | Q(
                    Exact(
                        StrIndex(
                            Cast("editors", models.TextField()),
                            Concat(Value('"'), F("approved_by"), Value('"')),
                        ),
                        0,
                    )
                ),
                name="alert_decision_signed_by_no_editor",
                violation_error_message=_("Someone who did not edit this decision must approve it."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["in force", "superseded", "expired"])
                | (~Q(approved_by="") & Q(decided_at__isnull=False)),
                name="alert_decision_in_force_was_approved",
                violation_error_message=_("A decision is in force only once a second person approved it."),
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("effective")),
                name="alert_decision_ends_after_it_starts",
                violation_error_message=_("A level cannot end before it takes effect."),
            ),
        ]


class Reception(models.Model):
    """A level decided elsewhere, recorded here with its authority's exact words."""

    id = models.CharField(primary_key=True, max_length=40)
    scheme = models.CharField(max_length=60)
    edition = models.CharField(max_length=64)
    code = models.CharField(max_length=30)
    zone = models.CharField(max_length=12)
    authority = models.CharField(max_length=200)
    words = models.TextField()
    source = models.TextField()
    source_sha256 = models.CharField(max_length=64)
    effective = models.DateTimeField()
    until = models.DateTimeField(null=True)
    state = models.CharField(max_length=20)
    state_reason = models.TextField(default="")
    received_by = models.CharField(max_length=64)
    received_office = models.CharField(max_length=64)
    received_at = models.DateTimeField()
    looked_by = models.CharField(max_length=64, default="")
    looked_office = models.CharField(max_length=64, default="")
    looked_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """What must never be."""

        ordering = ["received_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(looked_by=F("received_by")) | Q(looked_by=""),
                name="alert_reception_second_look",
                violation_error_message=_("Someone other than the receiver must look."),
            ),
            models.CheckConstraint(
                condition=~Q(state="in force") | (~Q(looked_by="") & Q(looked_at__isnull=False)),
                name="alert_reception_in_force_was_looked_at",
                violation_error_message=_("A level received is settled only once a second person looked."),
            ),
        ]


class Announcement(models.Model):
    """The level was told to the public: decided, effective and announced are different times."""

    id = models.CharField(primary_key=True, max_length=40)
    level = models.CharField(max_length=40, db_index=True)
    announcer = models.CharField(max_length=200)
    where = models.CharField(max_length=200)
    announced = models.DateTimeField()

    class Meta:
        """Order of time."""

        ordering = ["announced", "id"]


class Meeting(models.Model):
    """A meeting convened, and the dossier frozen at a place of the record."""

    id = models.CharField(primary_key=True, max_length=40)
    title = models.CharField(max_length=200)
    question = models.TextField()
    agenda = models.JSONField()
    offices = models.JSONField()
    held = models.DateTimeField()
    convened_at = models.DateTimeField()
    convened_office = models.CharField(max_length=64)
    position = models.BigIntegerField()
    root = models.CharField(max_length=64)
    dossier = models.JSONField()

    class Meta:
        """Order of time."""

        ordering = ["held", "id"]
