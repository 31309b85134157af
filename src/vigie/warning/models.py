"""Messages, facts and publications: rows made from the record."""

from hashlib import sha256

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from vigie.alert.models import Decision


class Message(models.Model):
    """A CAP message: drafted by one person, issued when a second has signed its exact bytes."""

    id = models.CharField(primary_key=True, max_length=40)
    level = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="+")
    scheme = models.CharField(max_length=60)
    zone = models.CharField(max_length=12)
    code = models.CharField(max_length=30)
    identifier = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=10)
    status = models.CharField(max_length=10)
    sent = models.DateTimeField()
    expires = models.DateTimeField()
    references = models.JSONField()
    texts = models.JSONField()
    cap = models.TextField()
    digest = models.CharField(max_length=64)
    reason = models.TextField()
    state = models.CharField(max_length=10)
    state_reason = models.TextField(default="")
    drafted_by = models.CharField(max_length=64)
    drafted_office = models.CharField(max_length=64)
    drafted_at = models.DateTimeField()
    authors = models.JSONField()
    approved_by = models.CharField(max_length=64, default="")
    approved_office = models.CharField(max_length=64, default="")
    approved_at = models.DateTimeField(null=True)

    class Meta:
        """What must never be."""

        ordering = ["drafted_at", "id"]
        constraints = [
            # A false alarm sent by one person alone took 38 minutes to correct in Hawaii in 2018.
            models.CheckConstraint(
                condition=~Q(approved_by=F("drafted_by")) | Q(approved_by=""),
                name="warning_message_two_persons",
                violation_error_message=_("Someone other than the author must approve this message."),
            ),
            models.CheckConstraint(
                condition=~Q(state="issued") | (~Q(approved_by="") & Q(approved_at__isnull=False)),
                name="warning_message_issued_was_approved",
                violation_error_message=_("A message is issued only once a second person approved it."),
            ),
            models.CheckConstraint(
                condition=Q(kind="Alert") | ~Q(references=[]),
                name="warning_message_refers",
                violation_error_message=_("An update or a cancel names the messages it changes."),
            ),
        ]

    @property
    def cap_sha256(self) -> str:
        """SHA-256 (hex) of the message's exact bytes."""
        return sha256(self.cap.encode()).hexdigest()


class Fact(models.Model):
    """One item of the panel «known / not known / false». A later statement replaces it and it stays on the record."""

    id = models.CharField(primary_key=True, max_length=40)
    zone = models.CharField(max_length=12)
    state = models.CharField(max_length=10)
    texts = models.JSONField()
    source = models.CharField(max_length=200)
    href = models.CharField(max_length=500)
    stated_at = models.DateTimeField()
    stated_office = models.CharField(max_length=64)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")

    class Meta:
        """What must never be."""

        ordering = ["stated_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["known", "unknown", "false"]),
                name="warning_fact_state",
                violation_error_message=_("A fact is known, not known or false."),
            ),
        ]


class Publication(models.Model):
    """One making of the public site, with the SHA-256 of each of its files."""

    id = models.CharField(primary_key=True, max_length=40)
    because = models.CharField(max_length=40)
    files = models.JSONField()
    published_at = models.DateTimeField()
    published_office = models.CharField(max_length=64)

    class Meta:
        """Order of time."""

        ordering = ["published_at", "id"]
