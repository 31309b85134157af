"""Questions asked of offices and mandates."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth import get_user_model
from django.db import connections
from django.db.models import Q

from vigie import times
from vigie.accounts import kinds
from vigie.accounts.actors import Actor
from vigie.accounts.emptying import empty_from
from vigie.accounts.models import Alarm, Invitation, Mandate, Move, Office, Page, Recovery
from vigie.accounts.paging import Second, Tried
from vigie.accounts.reads import Reads, Statistics, statistics
from vigie.accounts.rights import decides, holds
from vigie.errors import NotFound
from vigie.ledger import queries as ledger


@dataclass(frozen=True)
class Emptying:
    """An office that is empty, or will be within thirty days. at: from when. deciding: others wait while it is."""

    office: Office
    at: datetime
    deciding: bool


def _in_force() -> tuple[Q, Q, Q]:
    now = times.now()
    return Q(until__isnull=True) | Q(until__gt=now), Q(since__lte=now), Q(office__closed_at__isnull=True)


def offices_of(person: str) -> list[Office]:
    """List the offices a person holds now."""
    held = Mandate.objects.filter(*_in_force(), person=person)
    return list(Office.objects.filter(id__in=held.values("office_id")))


def offices() -> list[Office]:
    """List the offices that stand, by title."""
    return list(Office.objects.filter(closed_at__isnull=True).order_by("title", "id"))


def may(actor: Actor, right: str) -> bool:
    """Say whether the actor's office carries `right` and the actor holds that office now. Asked afresh each time."""
    # In plain SQL: every act asks it, and Django would spend twenty times as long on writing it down as the database on
    # answering. In force as `_in_force` says.
    connection = connections["record"]
    now = connection.ops.adapt_datetimefield_value(times.now())
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT o.carried FROM accounts_mandate m JOIN accounts_office o ON o.id = m.office_id "
            "WHERE m.person = %s AND m.office_id = %s AND m.since <= %s AND (m.until IS NULL OR m.until > %s) "
            "AND o.closed_at IS NULL",
            (actor.person, actor.office, now, now),
        )
        return any(holds(json.loads(carried), right) for (carried,) in cursor.fetchall())


def reading_statistics(days: int) -> Statistics:
    """Count what was read of what is restricted in the last days, as far as it is on the record and not erased."""
    since = times.now() - timedelta(days=days)
    found: list[Reads] = []
    for seq, _entry in ledger.unerased([kinds.READS_NOTED.name], since=since):
        _written, said = ledger.one(seq) or (None, None)
        if isinstance(said, kinds.ReadsNoted):
            found += [Reads(line.since[:10], line.office, line.what, line.count) for line in said.lines]
    return statistics(found)


def acting(person: str, office: str | None = None, *, via: str = "console") -> Actor | None:
    """Give the actor a person is: in `office` if they hold it, else in the first they hold; None when they hold none."""
    held = offices_of(person)
    chosen = next((o for o in held if o.id == office), held[0] if held else None)
    return Actor(person, chosen.id, via) if chosen else None


def title(office: str) -> str:
    """Give an office's title in words; its id when the record does not know it."""
    return Office.objects.filter(id=office).values_list("title", flat=True).first() or office


def office(id: str) -> Office:  # noqa: A002 - the record calls it so
    """Give an office that stands. Raises NotFound."""
    found = Office.objects.filter(id=id, closed_at__isnull=True).first()
    if found is None:
        raise NotFound("There is no office {given}. List those there are with: vigie officers list", given=id)
    return found


def mandate(id: str) -> Mandate:  # noqa: A002
    """Give a mandate. Raises NotFound."""
    found = Mandate.objects.filter(id=id).first()
    if found is None:
        raise NotFound("There is no mandate {given}.", given=id)
    return found


def move(id: str) -> Move:  # noqa: A002
    """Give a move. Raises NotFound."""
    found = Move.objects.filter(id=id).first()
    if found is None:
        raise NotFound("There is no move {given}.", given=id)
    return found


def invitation(id: str) -> Invitation:  # noqa: A002
    """Give an invitation. Raises NotFound."""
    found = Invitation.objects.filter(id=id).first()
    if found is None:
        raise NotFound("There is no invitation {given}.", given=id)
    return found


def recovery(id: str) -> Recovery:  # noqa: A002
    """Give a recovery. Raises NotFound."""
    found = Recovery.objects.filter(id=id).first()
    if found is None:
        raise NotFound("There is no recovery {given}.", given=id)
    return found


def alarm(id: str) -> Alarm:  # noqa: A002
    """Give an alarm. Raises NotFound."""
    found = Alarm.objects.filter(id=id).first()
    if found is None:
        raise NotFound("There is no alarm {given}.", given=id)
    return found


def persons_with(right: str) -> list[tuple[str, str]]:
    """List (person, office) of all who may use `right` now: who can be asked to be the second."""
    return [(second.person, second.office) for second in seconds(right)]


def seconds(right: str) -> list[Second]:
    """List all who may use `right` now, and whether their office only stands in for the one it belongs to."""
    mandates = Mandate.objects.filter(*_in_force()).select_related("office")
    return [
        Second(m.person, m.office_id, deputy=not holds(m.office.roles, right))
        for m in mandates
        if holds(m.office.carried, right)
    ]


def administrators() -> set[str]:
    """List the persons who may give offices now."""
    return {second.person for second in seconds("accounts.mandate.give")}


def administrators_without(office: str) -> set[str]:
    """List the persons who may give offices now by another office than this one."""
    return {second.person for second in seconds("accounts.mandate.give") if second.office != office}


def gives_offices(office: Office) -> bool:
    """Say whether whoever holds this office may give offices."""
    return holds(office.carried, "accounts.mandate.give")


def goes_on(mandate: Mandate) -> bool:
    """Say whether a mandate is in force, or will be. One ended before it began covers no instant."""
    return mandate.until is None or mandate.until > max(times.now(), mandate.since)


def emptying() -> list[Emptying]:
    """List the offices that are empty or will be within thirty days: those that decide first, then the soonest."""
    now = times.now()
    spans: dict[str, list[tuple[datetime, datetime | None]]] = {}
    for held in Mandate.objects.filter(Q(until__isnull=True) | Q(until__gt=now)):
        spans.setdefault(held.office_id, []).append((held.since, held.until))
    found = [
        Emptying(row, at, decides(row.roles))
        for row in Office.objects.filter(closed_at__isnull=True)
        if (at := empty_from(spans.get(row.id, ()), now))
    ]
    return sorted(found, key=lambda one: (not one.deciding, one.at, one.office.id))


def moves_waiting() -> list[Move]:
    """List what waits for a second administrator."""
    return list(Move.objects.filter(state="proposed"))


def invitations_open() -> list[Invitation]:
    """List the invitations whose link still works."""
    return list(Invitation.objects.filter(state="open", expires__gt=times.now()).select_related("office"))


def alarms() -> list[Alarm]:
    """List what every page must say now: one person alone did what takes two, and nobody else has seen it yet."""
    return list(Alarm.objects.filter(acknowledged_by="", until__gt=times.now()))


def pages_about(about: Iterable[str]) -> dict[tuple[str, str], list[Tried]]:
    """Give what was already sent about each thing, by its id and version."""
    found: dict[tuple[str, str], list[Tried]] = {}
    for page in Page.objects.filter(about__in=list(about)):
        found.setdefault((page.about, page.version), []).append(Tried(page.person, page.at, page.delivered))
    return found


def pages(about: str) -> list[Page]:
    """List the pages sent about one thing."""
    return list(Page.objects.filter(about=about))


def sign_ins() -> dict[str, str]:
    """Give the sign-in names of all who may sign in, by opaque id: the desk's, for those who give offices."""
    users = get_user_model().objects.filter(is_active=True).order_by("username")
    return {f"p-{pk}": name for pk, name in users.values_list("pk", "username")}
