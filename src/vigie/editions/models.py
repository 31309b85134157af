"""Schemes of this home's own: rows made from the record."""

from django.db import models


class OwnScheme(models.Model):
    """A scheme put on the record here. id: its name; text: its file; sha256: of the file's bytes (hex)."""

    id = models.CharField(primary_key=True, max_length=60)
    sha256 = models.CharField(max_length=64, unique=True)
    text = models.TextField()
    added_at = models.DateTimeField()
    added_office = models.CharField(max_length=64)

    class Meta:
        """In the order in which they came."""

        ordering = ["added_at", "id"]
