"""Reports, their claims and the copy links between them: rows made from the record, masked words only."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Report(models.Model):
    """A report as received; its original bytes lie sealed. erased: nothing of what it said is left."""

    id = models.CharField(primary_key=True, max_length=40)
    sha256 = models.CharField(max_length=64, default="")
    name = models.CharField(max_length=300, default="")
    size = models.BigIntegerField(default=0)
    form = models.CharField(max_length=10, default="")
    encoding = models.CharField(max_length=40, default="")
    language = models.CharField(max_length=10, default="")
    published = models.CharField(max_length=10, default="")
    published_basis = models.CharField(max_length=200, default="")
    outlet = models.CharField(max_length=300, default="")
    agency = models.CharField(max_length=100, default="")
    title = models.TextField(default="")
    text = models.TextField(default="")
    passages = models.JSONField(default=list)
    times = models.JSONField(default=list)
    masks = models.JSONField(default=list)
    figures = models.JSONField(default=list)
    claim_count = models.IntegerField(default=0)
    erased = models.BooleanField(default=False)
    state = models.CharField(max_length=20, default="kept")
    state_reason = models.TextField(default="")
    received_at = models.DateTimeField()
    received_office = models.CharField(max_length=64)

    class Meta:
        """What must never be."""

        ordering = ["-received_at", "id"]
        constraints = [
            # The same bytes twice would count one source as two.
            models.UniqueConstraint(
                fields=["sha256"],
                condition=models.Q(erased=False),
                name="reports_report_once",
                violation_error_message=_("This report is kept already."),
            ),
        ]


class Claim(models.Model):
    """One claim of a report with its exact words; flagged when the report is corrected or withdrawn."""

    id = models.CharField(primary_key=True, max_length=50)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="claims")
    number = models.IntegerField()
    kind = models.CharField(max_length=30, db_index=True)
    subject = models.TextField(default="")
    place = models.CharField(max_length=200, default="")
    place_code = models.CharField(max_length=10, default="")
    date = models.CharField(max_length=30, default="")
    numbers = models.JSONField()
    speaker = models.CharField(max_length=300, default="")
    origin = models.CharField(max_length=300, default="")
    certainty = models.TextField(default="")
    evidence = models.TextField()
    start = models.BigIntegerField()
    end = models.BigIntegerField()
    direction = models.CharField(max_length=20, default="")
    system = models.CharField(max_length=100, default="")
    level_from = models.CharField(max_length=100, default="")
    level_to = models.CharField(max_length=100, default="")
    status = models.CharField(max_length=20, default="")
    negated = models.BooleanField(default=False)
    flag = models.TextField(default="")

    class Meta:
        """Order of place."""

        ordering = ["report_id", "number"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(end__gt=models.F("start")),
                name="reports_claim_has_words",
                violation_error_message=_("A claim needs its exact words."),
            ),
        ]


class Copy(models.Model):
    """A link: `child` seems to copy `parent`. Proposed by the machine, confirmed or rejected by a person."""

    id = models.CharField(primary_key=True, max_length=50)
    child = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="copied_from")
    parent = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="copied_by")
    sign = models.CharField(max_length=10)
    share = models.IntegerField()
    why = models.TextField()
    state = models.CharField(max_length=20)
    state_reason = models.TextField(default="")
    judged_office = models.CharField(max_length=64, default="")

    class Meta:
        """Order of the record."""

        ordering = ["id"]
