"""Levels decided here, levels received, announcements, meetings: rows made from the record."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Cast, Concat, StrIndex
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from vigie import times
from vigie.alert import moves


def _stage(row: "Decision | Reception", *, decided: bool) -> str:
    return moves.stage(
        row.state,
        row.unended,
        decided=decided,
        effective=row.effective,
        until=row.until,
        ended=row.ended_at,
        at=times.now(),
    )


class Decision(models.Model):
    """A level this home decides: proposed by one person, in force from its hour on once a second has signed.

    `state` is what was last written; `stage` is what that amounts to now, since a signed hour comes by itself. `ended_at` may lie
    ahead: then `ended_by` takes its place, or stands it down, at that hour.

    Or set by one person who broke the glass (`broken_by`), until `broken_until` at the latest; `glass` says what two others
    made of it: owed, countersigned, refused. The first to countersign is `countersigned_by`, the second `approved_by`.
    """

    id = models.CharField(primary_key=True, max_length=40)
    scheme = models.CharField(max_length=60)
    edition = models.CharField(max_length=64)
    code = models.CharField(max_length=30)
    zone = models.CharField(max_length=12)
    reasons = models.TextField()
    legal_basis = models.TextField()
    assessment = models.CharField(max_length=40)
    effective = models.DateTimeField()
    until = models.DateTimeField(null=True)
    review = models.DateTimeField()
    state = models.CharField(max_length=20)
    state_reason = models.TextField(default="")
    digest = models.CharField(max_length=64)
    proposed_by = models.CharField(max_length=64)
    proposed_office = models.CharField(max_length=64)
    proposed_at = models.DateTimeField()
    editors = models.JSONField(default=list)
    approved_by = models.CharField(max_length=64, default="")
    approved_office = models.CharField(max_length=64, default="")
    decided_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=40, default="")
    broken_by = models.CharField(max_length=64, default="")
    broken_office = models.CharField(max_length=64, default="")
    broken_reason = models.TextField(default="")
    broken_until = models.DateTimeField(null=True)
    glass = models.CharField(max_length=20, default="")
    countersigned_by = models.CharField(max_length=64, default="")
    countersigned_office = models.CharField(max_length=64, default="")
    countersigned_at = models.DateTimeField(null=True)

    class Meta:
        """What must never be."""

        ordering = ["proposed_at", "id"]
        constraints = [
            # A level set by one person alone is the failure this house is built to prevent.
            models.CheckConstraint(
                condition=~Q(approved_by=F("proposed_by")) | Q(approved_by=""),
                name="alert_decision_two_persons",
                violation_error_message=_("Someone other than the proposer must approve this decision."),
            ),
            # Whoever edited what is signed wrote it too. The list's text is searched: SQLite's JSON has no `contains`.
            models.CheckConstraint(
                condition=Q(approved_by="")
                | Q(
                    Exact(
                        StrIndex(
                            Cast("editors", models.TextField()),
                            Concat(Value('"'), F("approved_by"), Value('"')),
                        ),
                        0,
                    )
                ),
                name="alert_decision_signed_by_no_editor",
                violation_error_message=_("Someone who did not edit this decision must approve it."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["in force", "superseded", "stood down", "expired"])
                | (~Q(approved_by="") & Q(decided_at__isnull=False))
                | (~Q(state="in force") & ~Q(broken_by="") & Q(decided_at__isnull=False)),
                name="alert_decision_in_force_was_approved",
                violation_error_message=_("A decision is in force only once a second person approved it."),
            ),
            # One person alone, but never unsaid and never without end.
            models.CheckConstraint(
                condition=~Q(state__in=["alone", "lapsed"])
                | (~Q(broken_by="") & Q(broken_until__isnull=False) & Q(decided_at__isnull=False)),
                name="alert_decision_alone_broke_the_glass",
                violation_error_message=_("A level set by one person names them and its hour."),
            ),
            models.CheckConstraint(
                condition=Q(broken_by="") | ~Q(state="in force") | Q(glass="countersigned"),
                name="alert_decision_alone_stays_alone",
                violation_error_message=_(
                    "A level set by one person is in force only once two others countersigned it."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(glass="countersigned")
                | (
                    ~Q(countersigned_by="")
                    & ~Q(approved_by="")
                    & ~Q(countersigned_by=F("approved_by"))
                    & ~Q(countersigned_by=F("broken_by"))
                    & ~Q(countersigned_by=F("proposed_by"))
                    & ~Q(approved_by=F("broken_by"))
                ),
                name="alert_decision_countersigned_by_two_others",
                violation_error_message=_("Two others than who set it must countersign this decision."),
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("effective")),
                name="alert_decision_ends_after_it_starts",
                violation_error_message=_("A level cannot end before it takes effect."),
            ),
        ]

    @property
    def decided_office(self) -> str:
        """The office that set it in force: the second person's, or that of who broke the glass."""
        return self.approved_office or self.broken_office

    @property
    def ends(self) -> datetime | None:
        """When it ends or ended by itself or by others' refusal; None for until further notice."""
        hour = self.broken_until if self.state in {"alone", "lapsed"} else None
        gone = self.ended_at if self.state in {"lapsed", "rejected", *moves.ENDED} else None
        return min(filter(None, (self.until, hour, gone)), default=None)

    @property
    def unended(self) -> str:
        """What it is as long as nothing ends it, once decided: also where its end is signed for an hour to come."""
        return "in force" if self.approved_by else "alone"

    @property
    def stage(self) -> str:
        """What it is at this moment: its state, with the hours that were signed."""
        return _stage(self, decided=True)

    @property
    def later(self) -> bool:
        """Say whether it is signed and its hour has not come."""
        return self.stage == "approved"


class Reception(models.Model):
    """A level decided elsewhere, recorded here with its authority's exact words."""

    id = models.CharField(primary_key=True, max_length=40)
    scheme = models.CharField(max_length=60)
    edition = models.CharField(max_length=64)
    code = models.CharField(max_length=30)
    zone = models.CharField(max_length=12)
    authority = models.CharField(max_length=200)
    words = models.TextField()
    source = models.TextField()
    source_sha256 = models.CharField(max_length=64)
    effective = models.DateTimeField()
    until = models.DateTimeField(null=True)
    state = models.CharField(max_length=20)
    state_reason = models.TextField(default="")
    received_by = models.CharField(max_length=64)
    received_office = models.CharField(max_length=64)
    received_at = models.DateTimeField()
    looked_by = models.CharField(max_length=64, default="")
    looked_office = models.CharField(max_length=64, default="")
    looked_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=40, default="")

    class Meta:
        """What must never be."""

        ordering = ["received_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(looked_by=F("received_by")) | Q(looked_by=""),
                name="alert_reception_second_look",
                violation_error_message=_("Someone other than the receiver must look."),
            ),
            models.CheckConstraint(
                condition=~Q(state="in force") | (~Q(looked_by="") & Q(looked_at__isnull=False)),
                name="alert_reception_in_force_was_looked_at",
                violation_error_message=_("A level received is settled only once a second person looked."),
            ),
        ]

    @property
    def ends(self) -> datetime | None:
        """When it ends or ended; None for until further notice."""
        gone = self.ended_at if self.state in moves.ENDED else None
        return min(filter(None, (self.until, gone)), default=None)

    @property
    def unended(self) -> str:
        """What it is as long as nothing ends it, once it holds: also where its end is signed for an hour to come."""
        return "in force" if self.looked_by else "one person"

    @property
    def stage(self) -> str:
        """What it is at this moment: its state, with the hours it came with."""
        return _stage(self, decided=False)

    @property
    def later(self) -> bool:
        """Say whether it is to hold and its hour has not come."""
        return self.stage in moves.STANDING and times.now() < self.effective

    @property
    def holds(self) -> bool:
        """Say whether it holds at this moment, by its own hours."""
        return self.stage in moves.STANDING and not self.later


class StandDown(models.Model):
    """That a level stands no longer: said by one person, signed by a second. authority: of a level received, who said so."""

    id = models.CharField(primary_key=True, max_length=40)
    level = models.CharField(max_length=40, db_index=True)
    reason = models.TextField()
    authority = models.CharField(max_length=200)
    words = models.TextField()
    source = models.TextField()
    source_sha256 = models.CharField(max_length=64)
    effective = models.DateTimeField()
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=20)
    state_reason = models.TextField(default="")
    proposed_by = models.CharField(max_length=64)
    proposed_office = models.CharField(max_length=64)
    proposed_at = models.DateTimeField()
    signed_by = models.CharField(max_length=64, default="")
    signed_office = models.CharField(max_length=64, default="")
    signed_at = models.DateTimeField(null=True)

    class Meta:
        """What must never be."""

        ordering = ["proposed_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(signed_by=F("proposed_by")) | Q(signed_by=""),
                name="alert_stand_down_two_persons",
                violation_error_message=_("Someone other than the proposer must sign a stand-down."),
            ),
            models.CheckConstraint(
                condition=~Q(state="signed") | (~Q(signed_by="") & Q(signed_at__isnull=False)),
                name="alert_stand_down_signed_by_someone",
                violation_error_message=_("A level is stood down only once a second person has signed."),
            ),
        ]


class Announcement(models.Model):
    """The level was told to the public: decided, effective and announced are different times."""

    id = models.CharField(primary_key=True, max_length=40)
    level = models.CharField(max_length=40, db_index=True)
    announcer = models.CharField(max_length=200)
    where = models.CharField(max_length=200)
    announced = models.DateTimeField()

    class Meta:
        """Order of time."""

        ordering = ["announced", "id"]


class Keeping(models.Model):
    """Measures that whoever signed a level keeps on though it falls; id: that of the level."""

    id = models.CharField(primary_key=True, max_length=40)
    measures = models.JSONField()
    reason = models.TextField()
    digest = models.CharField(max_length=64)
    kept_office = models.CharField(max_length=64)
    kept_at = models.DateTimeField()

    class Meta:
        """Order of time."""

        ordering = ["kept_at", "id"]


class Meeting(models.Model):
    """A meeting convened, and the dossier frozen at a place of the record.

    dossier: ids of what stood; sealed: what stood, empty where a meeting was convened before dossiers were sealed.
    """

    id = models.CharField(primary_key=True, max_length=40)
    title = models.CharField(max_length=200)
    question = models.TextField()
    agenda = models.JSONField()
    offices = models.JSONField()
    held = models.DateTimeField()
    convened_at = models.DateTimeField()
    convened_office = models.CharField(max_length=64)
    position = models.BigIntegerField()
    root = models.CharField(max_length=64)
    dossier = models.JSONField()
    sealed = models.JSONField(default=dict)
    digest = models.CharField(max_length=64, default="")

    class Meta:
        """Order of time."""

        ordering = ["held", "id"]


class Outcome(models.Model):
    """Something a meeting decided: what an office owes by a day, until it is closed."""

    id = models.CharField(primary_key=True, max_length=40)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="outcomes")
    words = models.TextField()
    becomes = models.CharField(max_length=20)
    office = models.CharField(max_length=64)
    due = models.DateTimeField()
    resolved_at = models.DateTimeField()
    resolved_office = models.CharField(max_length=64)
    closed_at = models.DateTimeField(null=True)
    closed_office = models.CharField(max_length=64, default="")
    done = models.BooleanField(default=False)
    closing = models.TextField(default="")
    decision = models.CharField(max_length=40, default="")

    class Meta:
        """What is due first stands first."""

        ordering = ["due", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | ~Q(closing=""),
                name="alert_outcome_closed_in_words",
                violation_error_message=_("What a meeting decided is closed with a reason."),
            ),
        ]
