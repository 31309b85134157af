"""Requests and erasures: rows made from the record. They say what went and why, never what it said."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Request(models.Model):
    """Somebody asked for what concerns them. reference: of their letter; their name is not here."""

    id = models.CharField(primary_key=True, max_length=40)
    what = models.CharField(max_length=20)
    reference = models.CharField(max_length=80)
    entries = models.JSONField()
    received = models.DateField()
    due = models.DateField()
    noted_at = models.DateTimeField()
    noted_office = models.CharField(max_length=64)
    outcome = models.CharField(max_length=20, default="")
    words = models.TextField(default="")
    answered_at = models.DateTimeField(null=True)
    answered_office = models.CharField(max_length=64, default="")

    class Meta:
        """The most pressing first."""

        ordering = ["due", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(what__in=["erasure", "rectification", "copy"]),
                name="erasure_request_asks_what_is_known",
                violation_error_message=_("A request is for erasure, rectification or a copy."),
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, outcome="")
                | (Q(answered_at__isnull=False) & Q(outcome__in=["done", "partly", "refused"])),
                name="erasure_request_answered_with_an_outcome",
                violation_error_message=_("An answer says: done, partly, or refused."),
            ),
        ]


class Erasure(models.Model):
    """Entries that are to be erased, or were. proposed_by: empty where a term of vigie.toml did it."""

    id = models.CharField(primary_key=True, max_length=40)
    entries = models.JSONField()
    ground = models.CharField(max_length=300)
    authority = models.CharField(max_length=200)
    request = models.CharField(max_length=40, default="")
    state = models.CharField(max_length=20)
    reason = models.TextField(default="")
    proposed_by = models.CharField(max_length=64)
    proposed_office = models.CharField(max_length=64)
    proposed_at = models.DateTimeField()
    done_by = models.CharField(max_length=64, default="")
    done_office = models.CharField(max_length=64, default="")
    done_at = models.DateTimeField(null=True)

    class Meta:
        """What must never be."""

        ordering = ["-proposed_at", "-id"]
        constraints = [
            # One person alone could take away what speaks against them.
            models.CheckConstraint(
                condition=Q(done_by="") | ~Q(done_by=F("proposed_by")),
                name="erasure_erasure_two_persons",
                violation_error_message=_("Someone other than the proposer must carry an erasure out."),
            ),
            models.CheckConstraint(
                condition=~Q(state="erased") | Q(proposed_by="") | ~Q(done_by=""),
                name="erasure_erasure_carried_out_by_somebody",
                violation_error_message=_("What a person proposed, a second person carries out."),
            ),
        ]
