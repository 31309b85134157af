"""Words heard, silences, doubts: rows made from the record."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Word(models.Model):
    """A level as another says it. by: the person who brought it, empty where a feed did; reception: the level made of it, or that it agrees with."""

    id = models.CharField(primary_key=True, max_length=40)
    feed = models.CharField(max_length=32, db_index=True)
    road = models.CharField(max_length=8)
    scheme = models.CharField(max_length=60)
    edition = models.CharField(max_length=64)
    code = models.CharField(max_length=30)
    zone = models.CharField(max_length=12)
    authority = models.CharField(max_length=200)
    words = models.TextField()
    source = models.TextField()
    source_sha256 = models.CharField(max_length=64)
    identity = models.TextField()
    sent = models.DateTimeField()
    effective = models.DateTimeField()
    until = models.DateTimeField(null=True)
    evidence = models.TextField()
    state = models.CharField(max_length=20, db_index=True)
    state_reason = models.TextField(default="")
    reception = models.CharField(max_length=40, db_index=True)
    by = models.CharField(max_length=64)
    heard_at = models.DateTimeField()

    class Meta:
        """What must never be."""

        ordering = ["heard_at", "id"]
        constraints = [
            # A word is not a level: only a person's reception makes one.
            models.CheckConstraint(
                condition=~Q(state__in=["taken", "corroborates"]) | ~Q(reception=""),
                name="feeds_word_taken_names_its_reception",
                violation_error_message=_("A word that was taken names the level received."),
            ),
        ]


class Silence(models.Model):
    """A time in which nothing was heard by a road. since: when it was heard last; ended_at: None while it lasts."""

    id = models.CharField(primary_key=True, max_length=40)
    feed = models.CharField(max_length=32, db_index=True)
    since = models.DateTimeField()
    why = models.TextField()
    noted_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """Order of time."""

        ordering = ["noted_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(noted_at__gte=F("since")),
                name="feeds_silence_begins_before_it_is_noted",
                violation_error_message=_("A silence begins before it is noted."),
            ),
        ]


class Doubt(models.Model):
    """Something that came by a road and was not believed."""

    id = models.CharField(primary_key=True, max_length=40)
    feed = models.CharField(max_length=32, db_index=True)
    rule = models.CharField(max_length=40)
    why = models.TextField()
    noted_at = models.DateTimeField()

    class Meta:
        """Order of time."""

        ordering = ["noted_at", "id"]
