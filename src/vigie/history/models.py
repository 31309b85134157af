"""Figures as said, recorded by this home: rows made from the record."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class RecordedFigure(models.Model):
    """An official figure in the words it was said in; never a number made of words."""

    id = models.CharField(primary_key=True, max_length=40)
    what = models.JSONField()
    value = models.CharField(max_length=60)
    modifier = models.CharField(max_length=20)
    said_by = models.CharField(max_length=200)
    where = models.CharField(max_length=200)
    as_of = models.CharField(max_length=10)
    window_from = models.CharField(max_length=10)
    window_to = models.CharField(max_length=10)
    area = models.CharField(max_length=12)
    source = models.CharField(max_length=500)
    claim = models.CharField(max_length=80)
    note = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_office = models.CharField(max_length=64)
    corrected_by = models.CharField(max_length=40, default="")

    class Meta:
        """What must never be."""

        ordering = ["as_of", "recorded_at", "id"]
        constraints = [
            # A figure nobody said, read nowhere, is a rumour with digits.
            models.CheckConstraint(
                condition=~Q(said_by="") & ~(Q(source="") & Q(claim="")) & ~Q(value=""),
                name="history_figure_said_by_someone_somewhere",
                violation_error_message=_("A figure needs its words, who said it and where it can be read."),
            ),
        ]
