"""Rows of the desk's own database: kept beside credentials and sessions, never in the record."""

from django.db import models


class Pager(models.Model):
    """How one person is paged. address: a mail address, a telephone number, or an address of the library apprise."""

    person = models.CharField(primary_key=True, max_length=64)
    address = models.CharField(max_length=500)
    set_at = models.DateTimeField()


class Ticket(models.Model):
    """A one-time secret, kept as its digest alone. about: the entry it belongs to, such as `invitation-12`."""

    digest = models.CharField(primary_key=True, max_length=64)
    about = models.CharField(max_length=64, db_index=True)
    expires = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class Reading(models.Model):
    """So many readings of one restricted thing by one person in one office, from when to when, until an entry takes it up."""

    person = models.CharField(max_length=64)
    office = models.CharField(max_length=64)
    via = models.CharField(max_length=12)
    what = models.CharField(max_length=120)
    item = models.CharField(max_length=120)
    reason = models.CharField(max_length=200)
    count = models.PositiveBigIntegerField()
    since = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        """One row for each thing and person."""

        ordering = ["since", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "office", "via", "what", "item", "reason"], name="desk_reading_counted_once"
            )
        ]


class Refusal(models.Model):
    """So many refusals of one kind to one person in one office, from when to when.

    person: opaque id, empty for a stranger; what: a door's name, or the right a verb asked; why: the name of the
    refusal; via: the road taken.
    """

    person = models.CharField(max_length=64)
    office = models.CharField(max_length=64)
    via = models.CharField(max_length=12)
    what = models.CharField(max_length=120)
    method = models.CharField(max_length=8)
    why = models.CharField(max_length=40)
    count = models.PositiveBigIntegerField()
    since = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        """One row for each kind of refusal to each person."""

        ordering = ["since", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "office", "via", "what", "method", "why"], name="desk_refusal_counted_once"
            )
        ]


class Hearing(models.Model):
    """How far one feed was listened to. first_at: when it was asked first; heard_at: when it was last heard and believed.

    etag, modified, updated, size, root, edge: what the next look begins from, as long as the feed has the key `vkey`;
    fault, rule: why the last look brought nothing, empty where it did; aside: what it read and did not take.
    """

    feed = models.CharField(primary_key=True, max_length=32)
    first_at = models.DateTimeField()
    tried_at = models.DateTimeField()
    heard_at = models.DateTimeField(null=True)
    address = models.TextField(default="")
    vkey = models.TextField(default="")
    etag = models.CharField(max_length=200, default="")
    modified = models.CharField(max_length=200, default="")
    updated = models.DateTimeField(null=True)
    size = models.PositiveBigIntegerField(default=0)
    root = models.CharField(max_length=64, default="")
    edge = models.TextField(default="")
    fault = models.TextField(default="")
    rule = models.CharField(max_length=40, default="")
    aside = models.JSONField(default=list)


class Match(models.Model):
    """Which columns a person said the headings of a table are. headings: digest of their list; columns: by heading, "" left out."""

    headings = models.CharField(primary_key=True, max_length=64)
    columns = models.JSONField()
    set_at = models.DateTimeField()
