"""Postures, tasks, messages, answers, responses of sites: rows made from the record."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from vigie.measures.moves import CLOSED, STATES
from vigie.measures.places import site_of


class Posture(models.Model):
    """Which measures are on in a zone, since when, because of which level; or at one site, because of its own response.

    zone: a zone or a site, as `places` writes it. markings: label of each measure's words; empty in postures set before
    there were any. executions: words and label of how each is carried out.
    """

    id = models.CharField(primary_key=True, max_length=40)
    cause = models.CharField(max_length=40, db_index=True)
    scheme = models.CharField(max_length=60)
    level = models.CharField(max_length=30)
    level_words = models.CharField(max_length=200)
    zone = models.CharField(max_length=80)
    authority = models.CharField(max_length=200)
    received = models.BooleanField()
    effective = models.DateTimeField()
    due = models.DateTimeField()
    set_at = models.DateTimeField()
    set_office = models.CharField(max_length=64)
    catalogue = models.CharField(max_length=40)
    catalogue_version = models.CharField(max_length=40)
    catalogue_digest = models.CharField(max_length=64)
    active = models.JSONField()
    on = models.JSONField()
    kept = models.JSONField()
    replaced = models.JSONField()
    lifted = models.JSONField()
    words = models.JSONField()
    markings = models.JSONField(default=dict)
    executions = models.JSONField(default=dict)
    reason = models.TextField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """What must never be."""

        ordering = ["set_at", "id"]
        constraints = [
            models.UniqueConstraint(
                # Two postures at once would tell one owner two things.
                fields=["scheme", "zone"],
                condition=Q(ended_at__isnull=True),
                name="measures_one_posture_per_zone",
                violation_error_message=_("This zone already has a posture. A new one takes its place."),
            ),
        ]

    @property
    def at_site(self) -> str:
        """Id of the one site whose response it follows; empty where it holds in a zone."""
        return site_of(self.zone)


class Task(models.Model):
    """One measure asked of one owner.

    told: the last message about it got through, or somebody spoke with the owner. answer: the one that said it cannot be
    done; reason: its words, until they are erased. proven: a file came with the word that it is done.
    """

    id = models.CharField(primary_key=True, max_length=40)
    posture = models.ForeignKey(Posture, on_delete=models.PROTECT, related_name="tasks")
    owner = models.CharField(max_length=64, db_index=True)
    scheme = models.CharField(max_length=60)
    zone = models.CharField(max_length=80)
    measure = models.CharField(max_length=40)
    ladder = models.CharField(max_length=40)
    kind = models.CharField(max_length=10)
    sites = models.JSONField()
    given_at = models.DateTimeField()
    due = models.DateTimeField()
    state = models.CharField(max_length=16, default="open")
    answer = models.CharField(max_length=40, default="")
    reason = models.CharField(max_length=300, default="")
    told = models.BooleanField(default=False)
    answered_at = models.DateTimeField(null=True)
    late = models.BooleanField(default=False)
    proven = models.BooleanField(default=False)
    stop_asked_at = models.DateTimeField(null=True)

    class Meta:
        """What must never be, and how lists ask."""

        ordering = ["due", "owner", "id"]
        # The matrix and the call-down lists ask by state.
        indexes = [models.Index(fields=["state", "owner"], name="measures_task_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=STATES),
                name="measures_task_state_known",
                violation_error_message=_("A task has one of the states of the table, no other."),
            ),
            models.CheckConstraint(
                # «Cannot» that nobody said leaves nobody able to help. The verb asks for the reason; its words may go later.
                condition=~Q(state="cannot") | ~Q(answer="") | ~Q(reason=""),
                name="measures_cannot_says_why",
                violation_error_message=_("Say why it cannot be done."),
            ),
            models.UniqueConstraint(
                # An owner told two rungs of one ladder would do neither, or both.
                fields=["owner", "scheme", "zone", "ladder"],
                condition=~Q(state__in=sorted(CLOSED)),
                name="measures_one_rung_per_owner",
                violation_error_message=_(
                    "This owner already has a task on this ladder. The new one takes its place."
                ),
            ),
        ]


class Message(models.Model):
    """One message to one owner, as it waits or went out. lines: what it says, task by task; left_at: when it last left, or could not."""

    id = models.CharField(primary_key=True, max_length=40)
    posture = models.ForeignKey(Posture, on_delete=models.PROTECT, related_name="messages")
    owner = models.CharField(max_length=64, db_index=True)
    place = models.PositiveIntegerField()
    language = models.CharField(max_length=8)
    lines = models.JSONField()
    queued_at = models.DateTimeField()
    state = models.CharField(max_length=10, default="queued")
    channel = models.CharField(max_length=40, default="")
    why = models.CharField(max_length=300, default="")
    settled_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        """What must never be, and the order of sending."""

        ordering = ["queued_at", "posture_id", "place"]
        # What `vigie tick` asks each time: what waits.
        indexes = [models.Index(fields=["state"], name="measures_message_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["queued", "delivered", "failed", "dropped"]),
                name="measures_message_state_known",
                violation_error_message=_("A message is queued, delivered, failed or dropped."),
            ),
            models.UniqueConstraint(
                fields=["posture", "owner"],
                name="measures_one_message_per_owner",
                violation_error_message=_("An owner gets one message at each change."),
            ),
        ]


class Repeat(models.Model):
    """A message that left again, to the office, its deputy or its superior, or could not."""

    id = models.CharField(primary_key=True, max_length=40)
    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="repeats")
    wave = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    delivered = models.BooleanField()
    channel = models.CharField(max_length=40)
    why = models.CharField(max_length=300)

    class Meta:
        """Order of time, and what must never be."""

        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(wave__range=(1, 3)),
                name="measures_repeat_wave_known",
                violation_error_message=_("A message goes to the office, its deputy or its superior."),
            ),
        ]


class Answer(models.Model):
    """An owner's word, by whatever road it came.

    key, pressed_at: of one that a phone sent by itself, when it was pressed by the phone's own reckoning; at: when it arrived.
    """

    id = models.CharField(primary_key=True, max_length=40)
    owner = models.CharField(max_length=64, db_index=True)
    answer = models.CharField(max_length=16)
    reason = models.CharField(max_length=300)
    via = models.CharField(max_length=10)
    office = models.CharField(max_length=64)
    at = models.DateTimeField()
    tasks = models.JSONField()
    key = models.CharField(max_length=64, default="")
    pressed_at = models.DateTimeField(null=True)

    class Meta:
        """Order of time, and what must never be."""

        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                # A phone sends until it hears that its answer arrived.
                fields=["owner", "key"],
                condition=~Q(key=""),
                name="measures_one_answer_per_press",
                violation_error_message=_("This answer has arrived before. It counts once."),
            ),
        ]


class Proof(models.Model):
    """A file that came with an answer; it lies sealed in the home's originals. An erased one stays as an empty row."""

    id = models.CharField(primary_key=True, max_length=40)
    answer = models.CharField(max_length=40, db_index=True)
    owner = models.CharField(max_length=64, db_index=True)
    media = models.CharField(max_length=40, default="")
    size = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, default="")
    at = models.DateTimeField()
    erased = models.BooleanField(default=False)

    class Meta:
        """Order of time."""

        ordering = ["at", "id"]


class SiteResponse(models.Model):
    """A site's own response level, beside the threat level."""

    id = models.CharField(primary_key=True, max_length=40)
    site = models.CharField(max_length=64, db_index=True)
    scheme = models.CharField(max_length=60)
    level = models.CharField(max_length=30)
    reason = models.CharField(max_length=300)
    received = models.CharField(max_length=40)
    review = models.DateTimeField()
    set_at = models.DateTimeField()
    set_office = models.CharField(max_length=80)
    ended_at = models.DateTimeField(null=True)
    ended_reason = models.CharField(max_length=300, default="")
    ended_office = models.CharField(max_length=80, default="")

    class Meta:
        """What must never be."""

        ordering = ["set_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["site", "scheme"],
                condition=Q(ended_at__isnull=True),
                name="measures_one_response_per_site",
                violation_error_message=_(
                    "This site already has a response level. The new one takes its place."
                ),
            ),
            models.CheckConstraint(
                condition=Q(review__gt=F("set_at")),
                name="measures_response_is_reviewed_later",
                violation_error_message=_("A response level needs a later review date."),
            ),
        ]


class Drill(models.Model):
    """A contact drill. It stands apart from tasks: no list of tasks counts any of it."""

    id = models.CharField(primary_key=True, max_length=40)
    minutes = models.PositiveSmallIntegerField()
    in_quiet_hours = models.BooleanField()
    called_at = models.DateTimeField()
    called_office = models.CharField(max_length=64)

    class Meta:
        """The newest first."""

        ordering = ["-called_at", "-id"]


class DrillCall(models.Model):
    """One owner in a drill. left_at: when its message left; tried_at: when no channel took it, and why."""

    id = models.CharField(primary_key=True, max_length=110)
    drill = models.ForeignKey(Drill, on_delete=models.PROTECT, related_name="calls")
    owner = models.CharField(max_length=64)
    channel = models.CharField(max_length=40, default="")
    why = models.CharField(max_length=300, default="")
    left_at = models.DateTimeField(null=True)
    tried_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        """By owner."""

        ordering = ["owner"]
