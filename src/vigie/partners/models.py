"""Partners, consents and releases: rows made from the record."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Partner(models.Model):
    """An audience: a service or nation with which the handling of what it receives was agreed."""

    id = models.CharField(primary_key=True, max_length=63)
    name = models.CharField(max_length=200)
    contact = models.CharField(max_length=300)
    ceiling = models.CharField(max_length=20)
    honours = models.JSONField()
    agreed_office = models.CharField(max_length=64)
    agreed_at = models.DateTimeField()

    class Meta:
        """Order of names."""

        ordering = ["name", "id"]


class OriginatorConsent(models.Model):
    """An originator's yes to passing one of its items to one audience."""

    id = models.CharField(primary_key=True, max_length=40)
    originator = models.CharField(max_length=63)
    item = models.CharField(max_length=60)
    audience = models.ForeignKey(Partner, on_delete=models.PROTECT)
    words = models.TextField()
    office = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        """Order of time."""

        ordering = ["at", "id"]


class Release(models.Model):
    """A release, from its proposal on; `bundle` holds what left, byte for byte, once a second person let it go."""

    id = models.CharField(primary_key=True, max_length=40)
    audience = models.ForeignKey(Partner, on_delete=models.PROTECT)
    title = models.CharField(max_length=300)
    marking = models.CharField(max_length=500)
    draft = models.JSONField()
    ids = models.JSONField()
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=20)
    reason = models.TextField(default="")
    proposed_by = models.CharField(max_length=64)
    proposed_office = models.CharField(max_length=64)
    proposed_at = models.DateTimeField()
    approved_by = models.CharField(max_length=64, default="")
    approved_office = models.CharField(max_length=64, default="")
    released_at = models.DateTimeField(null=True)
    bundle = models.TextField(default="")
    sha256 = models.CharField(max_length=64, default="")
    withdrawn_office = models.CharField(max_length=64, default="")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawal = models.TextField(default="")
    withdrawal_sha256 = models.CharField(max_length=64, default="")

    class Meta:
        """What must never be."""

        ordering = ["proposed_at", "id"]
        constraints = [
            # One person alone must not be able to send anything out of the house.
            models.CheckConstraint(
                condition=Q(approved_by="") | ~Q(approved_by=F("proposed_by")),
                name="partners_release_two_persons",
                violation_error_message=_("Someone other than the proposer must let a release go."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["released", "withdrawn"])
                | (~Q(approved_by="") & ~Q(bundle="") & ~Q(sha256="") & Q(released_at__isnull=False)),
                name="partners_release_left_with_a_second_person",
                violation_error_message=_("A release leaves only frozen, and let go by a second person."),
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | ~Q(withdrawal=""),
                name="partners_release_withdrawn_in_words_for_the_partner",
                violation_error_message=_("A withdrawal carries the revoked objects."),
            ),
        ]


class ReleasedObject(models.Model):
    """Which internal items one object of a release was made of: what a withdrawn claim reaches outside."""

    id = models.CharField(primary_key=True, max_length=90)
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="objects_made")
    key = models.CharField(max_length=40)
    uuid = models.CharField(max_length=36)
    sources = models.JSONField()

    class Meta:
        """Order of the release."""

        ordering = ["id"]
