"""Offices and mandates, as the record tells them. Sign-ins live in the desk database, joined by opaque ids."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Office(models.Model):
    """An office: rights belong to it, not to the person."""

    id = models.CharField(primary_key=True, max_length=64)
    title = models.CharField(max_length=200)
    roles = models.JSONField()

    class Meta:
        """Order by name."""

        ordering = ["id"]

    def __str__(self) -> str:
        return self.title


class Mandate(models.Model):
    """A person holds an office from an instant to another."""

    id = models.CharField(primary_key=True, max_length=64)
    person = models.CharField(max_length=64, db_index=True)
    office = models.ForeignKey(Office, on_delete=models.PROTECT)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        """What must never be."""

        ordering = ["since", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="accounts_mandate_ends_after_it_starts",
                violation_error_message=_("A mandate cannot end before it starts."),
            )
        ]
