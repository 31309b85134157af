"""Sites, owners, contacts, events: rows made from the record. All of it is restricted."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Site(models.Model):
    """A place to protect. `entry`: number of the entry that last said something of it."""

    id = models.CharField(primary_key=True, max_length=64)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=30, db_index=True)
    lat_e6 = models.IntegerField()
    lon_e6 = models.IntegerField()
    area = models.CharField(max_length=12, db_index=True)
    commune = models.CharField(max_length=12)
    yearly_visitors = models.BigIntegerField(null=True)
    capacity = models.IntegerField(null=True)
    opening = models.TextField()
    owner = models.CharField(max_length=64)
    source = models.TextField()
    request = models.CharField(max_length=200)
    entry = models.BigIntegerField()
    since = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.TextField(default="")

    class Meta:
        """What must never be."""

        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                # A list of places of worship is kept for their protection, at their request, or not at all.
                condition=~Q(kind="worship") | ~Q(request=""),
                name="exposure_site_worship_by_request",
                violation_error_message=_("A place of worship enters only with the number of its request."),
            ),
            models.CheckConstraint(
                condition=Q(lat_e6__range=(-90_000_000, 90_000_000))
                & Q(lon_e6__range=(-180_000_000, 180_000_000)),
                name="exposure_site_on_earth",
                violation_error_message=_("A site lies between -90 and 90 degrees north, -180 and 180 east."),
            ),
        ]

    @property
    def lat(self) -> float:
        """Latitude in degrees."""
        return self.lat_e6 / 1e6

    @property
    def lon(self) -> float:
        """Longitude in degrees."""
        return self.lon_e6 / 1e6


class Owner(models.Model):
    """An office that answers for sites: named ones, or all of some kinds in an area. parent: id of the owner above it."""

    id = models.CharField(primary_key=True, max_length=64)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=30)
    language = models.CharField(max_length=3)
    sites = models.JSONField(default=list)
    site_kinds = models.JSONField(default=list)
    area = models.CharField(max_length=12)
    parent = models.CharField(max_length=64, default="")
    entry = models.BigIntegerField()
    since = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.TextField(default="")

    class Meta:
        """By name."""

        ordering = ["name", "id"]


class Contact(models.Model):
    """How an office is reached: functions, never persons. The newest of an owner counts; each can be erased alone.

    An erased one stays as an empty row: an older contact must not count again in its place.
    """

    id = models.CharField(primary_key=True, max_length=40)
    seq = models.BigIntegerField()
    owner = models.CharField(max_length=64, db_index=True)
    mail = models.CharField(max_length=254, default="")
    phone = models.CharField(max_length=30, default="")
    deputy_mail = models.CharField(max_length=254, default="")
    deputy_phone = models.CharField(max_length=30, default="")
    superior_mail = models.CharField(max_length=254, default="")
    superior_phone = models.CharField(max_length=30, default="")
    since = models.DateTimeField()
    erased = models.BooleanField(default=False)

    class Meta:
        """The newest first."""

        ordering = ["-seq"]


class Event(models.Model):
    """An event entered by this home."""

    id = models.CharField(primary_key=True, max_length=64)
    names = models.JSONField()
    start = models.DateField()
    end = models.DateField()
    areas = models.JSONField(default=list)
    site = models.CharField(max_length=64)
    hours = models.JSONField(default=list)
    attendance_low = models.IntegerField(null=True)
    attendance_high = models.IntegerField(null=True)
    organiser = models.CharField(max_length=300)
    known_on = models.DateField()
    source = models.TextField()
    great = models.BooleanField()
    entry = models.BigIntegerField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.TextField(default="")

    class Meta:
        """What must never be."""

        ordering = ["start", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(end__gte=F("start")),
                name="exposure_event_ends_after_it_starts",
                violation_error_message=_("An event cannot end before it starts."),
            ),
        ]
