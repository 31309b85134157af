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
