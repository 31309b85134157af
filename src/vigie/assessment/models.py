"""Grades, assessments, their evidence, dissent and reviews: rows made from the record."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vigie.assessment.grades import ITEM, SOURCE


class ClaimGrade(models.Model):
    """One grading of a claim. Earlier ones stay; a person's counts, the newest first."""

    id = models.CharField(primary_key=True, max_length=40)
    claim = models.CharField(max_length=60, db_index=True)
    source = models.CharField(max_length=1)
    item = models.CharField(max_length=1)
    why = models.TextField()
    by_machine = models.BooleanField()
    person = models.CharField(max_length=64)
    office = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        """What must never be."""

        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(source__in=list(SOURCE)) & Q(item__in=list(ITEM)),
                name="assessment_grade_in_scale",
                violation_error_message=_("A grade is a letter A to F and a digit 1 to 6."),
            ),
            # A machine's proposal must never be able to pass for a person's judgement.
            models.CheckConstraint(
                condition=Q(by_machine=True, person="") | (Q(by_machine=False) & ~Q(person="")),
                name="assessment_grade_signed_unless_machine",
                violation_error_message=_(
                    "A grade is signed by a person, or marked as a machine's proposal."
                ),
            ),
        ]


class Assessment(models.Model):
    """What is held to be so about a level in a zone."""

    id = models.CharField(primary_key=True, max_length=40)
    scheme = models.CharField(max_length=60)
    level = models.CharField(max_length=30)
    zone = models.CharField(max_length=12)
    suggested = models.CharField(max_length=30)
    override = models.CharField(max_length=40)
    reasons = models.TextField()
    judgement = models.TextField()
    scale = models.CharField(max_length=20)
    word = models.CharField(max_length=40)
    confidence = models.CharField(max_length=20)
    unmet = models.JSONField()
    missing = models.JSONField()
    documents = models.IntegerField()
    newsrooms = models.IntegerField()
    origins = models.IntegerField()
    review = models.DateTimeField()
    state = models.CharField(max_length=20)
    made_by = models.CharField(max_length=64)
    made_office = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """What must never be."""

        ordering = ["made_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(suggested=models.F("level")) | (~Q(override="") & ~Q(reasons="")),
                name="assessment_follows_criteria_or_says_why",
                violation_error_message=_(
                    "A level the criteria do not give needs a named ground and reasons."
                ),
            ),
        ]


class Evidence(models.Model):
    """A claim taken for or against one need of one criterion."""

    id = models.CharField(primary_key=True, max_length=60)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="evidence")
    claim = models.CharField(max_length=60, db_index=True)
    criterion = models.CharField(max_length=40)
    need = models.CharField(max_length=40)
    stance = models.CharField(max_length=10)
    why = models.TextField()
    grade = models.CharField(max_length=2)
    origin = models.CharField(max_length=200)

    class Meta:
        """What must never be."""

        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(stance__in=["for", "against"]),
                name="assessment_evidence_for_or_against",
                violation_error_message=_("Evidence speaks for or against."),
            ),
        ]


class Dissent(models.Model):
    """Someone differs. Kept and shown to whoever decides."""

    id = models.CharField(primary_key=True, max_length=60)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="dissents")
    words = models.TextField()
    office = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        """Order of time."""

        ordering = ["at", "id"]


class DissentRead(models.Model):
    """A person has read a dissent."""

    id = models.CharField(primary_key=True, max_length=60)
    dissent = models.ForeignKey(Dissent, on_delete=models.PROTECT, related_name="readings")
    person = models.CharField(max_length=64)
    office = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        """Order of time."""

        ordering = ["at", "id"]


class Review(models.Model):
    """An assessment was looked at again."""

    id = models.CharField(primary_key=True, max_length=40)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="reviews")
    upheld = models.BooleanField()
    words = models.TextField()
    next_review = models.DateTimeField(null=True)
    office = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        """Order of time."""

        ordering = ["at", "id"]
