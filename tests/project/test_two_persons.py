"""What takes two persons takes them on every road: page, API, the verb itself at the shell, the record, SQL, a file."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import IntegrityError, connections, transaction
from django.test import Client

from tests.project import world as worlds
from tests.project.acts import acts, call
from tests.project.conftest import undone
from vigie import steps, times
from vigie.accounts import actions as accounts, kinds as accounts_kinds
from vigie.accounts.actors import Actor
from vigie.accounts.models import Move
from vigie.accounts.routes import doors
from vigie.alert import actions as alert, kinds as alert_kinds
from vigie.alert.models import Decision, Reception, StandDown
from vigie.desk.models import Refusal
from vigie.erasure import actions as erasure
from vigie.erasure.models import Erasure
from vigie.errors import BadInput, Refused
from vigie.exposure import actions as exposure
from vigie.ledger.actions import append, recording
from vigie.ledger.kinds import ERASED, KINDS, By, Erased
from vigie.ledger.models import Entry
from vigie.measures.kinds import OF_A_SWITCH
from vigie.partners import actions as partners, kinds as partners_kinds
from vigie.partners.models import Release
from vigie.reports import actions as reports
from vigie.steps.clock import tick
from vigie.warning import actions as warning, kinds as warning_kinds
from vigie.warning.models import Message


@dataclass(frozen=True)
class Solemn:
    """An act of two persons. role: whose right it is; thing: name in the world; first, second: columns of who did which part.

    verb: the act at the shell; entry: kind and body somebody would slip into the record; sql: what they would set by hand.
    """

    role: str
    thing: str
    rows: Any
    first: str
    second: str
    pages: tuple[str, ...]
    verb: Callable[[Actor, Any], object]
    entry: Callable[[Any], tuple[Any, Any]]
    sql: str


ACTS = {
    "a level": Solemn(
        "approver", "decision", Decision, "proposed_by", "approved_by",
        ("console:decide", "api/steps/proposals/<id>/sign"),
        lambda actor, row: steps.sign(actor, row.id, seen=row.digest),
        lambda row: (alert_kinds.APPROVED, alert_kinds.Approved(decision=row.id, digest=row.digest, supersedes=[])),
        "UPDATE alert_decision SET approved_by = proposed_by, state = 'in force', decided_at = proposed_at WHERE id = %s",
    ),
    "a reception": Solemn(
        "duty", "reception", Reception, "received_by", "looked_by",
        ("console:look", "api/steps/receptions/<id>/look"),
        lambda actor, row: steps.look(actor, row.id, agrees=True),
        lambda row: (
            alert_kinds.LOOKED, alert_kinds.Looked(reception=row.id, agrees=True, reason="", supersedes=[], restores=[]),
        ),
        "UPDATE alert_reception SET looked_by = received_by, state = 'in force', looked_at = received_at WHERE id = %s",
    ),
    "a stand-down": Solemn(
        "approver", "stand_down", StandDown, "proposed_by", "signed_by",
        ("console:sign_stand_down", "api/steps/stand-downs/<id>/sign"),
        lambda actor, row: steps.sign_stand_down(actor, row.id, seen=row.digest),
        lambda row: (
            alert_kinds.STAND_DOWN_SETTLED,
            alert_kinds.StandDownSettled(
                stand_down=row.id, level=row.level, agrees=True, reason="", digest=row.digest, restores=[]
            ),
        ),
        "UPDATE alert_standdown SET signed_by = proposed_by, state = 'signed', signed_at = proposed_at WHERE id = %s",
    ),
    "the end of a level received": Solemn(
        "duty", "end", StandDown, "proposed_by", "signed_by",
        ("console:look_stand_down", "api/steps/ends/<id>/look"),
        lambda actor, row: steps.look_stand_down(actor, row.id, seen=row.digest),
        lambda row: (
            alert_kinds.STAND_DOWN_SETTLED,
            alert_kinds.StandDownSettled(
                stand_down=row.id, level=row.level, agrees=True, reason="", digest=row.digest, restores=[]
            ),
        ),
        "UPDATE alert_standdown SET signed_by = proposed_by, state = 'signed', signed_at = proposed_at WHERE id = %s",
    ),
    "a lowering": Solemn(
        "duty", "lowering", Reception, "received_by", "looked_by",
        ("console:look", "api/steps/receptions/<id>/look"),
        lambda actor, row: steps.look(actor, row.id, agrees=True),
        lambda row: (
            alert_kinds.LOOKED, alert_kinds.Looked(reception=row.id, agrees=True, reason="", supersedes=[], restores=[]),
        ),
        "UPDATE alert_reception SET looked_by = received_by, state = 'in force', looked_at = received_at WHERE id = %s",
    ),
    "a warning": Solemn(
        "information", "draft", Message, "drafted_by", "approved_by",
        ("warning:approve", "api/warnings/<id>/approve"),
        lambda actor, row: warning.approve(actor, row.id, seen=row.digest),
        lambda row: (warning_kinds.APPROVED, warning_kinds.Approved(message=row.id, digest=row.digest)),
        "UPDATE warning_message SET approved_by = drafted_by, state = 'issued', approved_at = drafted_at WHERE id = %s",
    ),
    "a release": Solemn(
        "releaser", "release", Release, "proposed_by", "approved_by",
        ("partners:approve", "api/partners/releases/<id>/approve"),
        lambda actor, row: partners.approve(actor, row.id, seen=row.digest),
        lambda row: (
            partners_kinds.APPROVED, partners_kinds.Approved(release=row.id, digest=row.digest, bundle="{}", sha256="0" * 64),
        ),
        "UPDATE partners_release SET approved_by = proposed_by, state = 'released', released_at = proposed_at, bundle = '{}', "
        "sha256 = '0' WHERE id = %s",
    ),
    "a level set alone": Solemn(
        "approver", "glass", Decision, "broken_by", "countersigned_by",
        ("console:countersign",),
        lambda actor, row: alert.countersign(actor, row.id, seen=row.digest),
        lambda row: (
            alert_kinds.COUNTERSIGNED, alert_kinds.Countersigned(decision=row.id, digest=row.digest, complete=True, supersedes=[]),
        ),
        "UPDATE alert_decision SET countersigned_by = broken_by, countersigned_at = decided_at, approved_by = broken_by, "
        "glass = 'countersigned', state = 'in force' WHERE id = %s",
    ),
    "an erasure": Solemn(
        "auditor", "erasure", Erasure, "proposed_by", "done_by",
        ("erasure:carry_out",),
        lambda actor, row: erasure.carry_out(actor, row.id),
        lambda row: (ERASED, Erased(entries=row.entries, ground=row.ground, authority=row.authority)),
        "UPDATE erasure_erasure SET done_by = proposed_by, state = 'erased', done_at = proposed_at WHERE id = %s",
    ),
    "an office given": Solemn(
        "administrator", "move", Move, "proposed_by", "confirmed_by",
        ("accounts:confirm",),
        lambda actor, row: accounts.confirm(actor, row.id),
        lambda row: (accounts_kinds.MOVE_CONFIRMED, accounts_kinds.MoveConfirmed(move=row.id)),
        "UPDATE accounts_move SET confirmed_by = proposed_by, state = 'confirmed' WHERE id = %s",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def own(world):
    """Give the row that the person of an act's role began themselves, in their other office."""
    actor = Actor(world.roles["duty"].person, "second-hat", "shell")
    world.own["duty"]["lowering"] = worlds.receive(actor, "2")  # where another received a 3

    def of(act):
        row = act.rows.objects.get(pk=world.own[act.role][act.thing])
        assert getattr(row, act.first) == world.roles[act.role].person
        assert getattr(row, act.second) == ""
        return row

    return of


def by_page(world, enter, act, row):
    """By the pages and operations that do it."""
    begun = {**world.own[act.role], "reception": row.id} if act.rows is Reception else world.own[act.role]
    calls = acts(world, begun)
    for name in act.pages:
        assert calls[name].at == (row.id,)
        with undone():
            counted = Refusal.objects.count()
            answer = call(enter(act.role), "POST", name, calls[name])
            assert answer.status_code in {400, 403}, (name, answer.status_code)
            assert Refusal.objects.count() > counted, name


def at_the_shell(world, enter, act, row):
    """By the verb itself."""
    with pytest.raises(Refused, match=r"(?i)another|others|someone else|someone other"):
        act.verb(world.roles[act.role], row)


def into_the_record(world, enter, act, row):
    """By an entry slipped in beside every verb: the table refuses its row, and with it the entry goes."""
    kind, body = act.entry(row)
    first = By(person=getattr(row, act.first), office=f"role-{act.role}", via="shell")
    if act.thing == "glass":  # the first countersignature is theirs, the second somebody's
        _countersigned_once(row)
    with pytest.raises(IntegrityError), transaction.atomic(using="record"), recording():
        append(first, kind, body, subjects=[row.pk])


def _countersigned_once(row):
    body = alert_kinds.Countersigned(decision=row.id, digest=row.digest, complete=False, supersedes=[])
    with recording():
        append(
            By(person="p-99999", office="deputy", via="shell"),
            alert_kinds.COUNTERSIGNED,
            body,
            subjects=[row.id],
        )


def by_hand(world, enter, act, row):
    """By SQL: the table itself refuses."""
    with (
        pytest.raises(IntegrityError),
        transaction.atomic(using="record"),
        connections["record"].cursor() as cursor,
    ):
        cursor.execute(act.sql, [row.pk])


@pytest.mark.parametrize(
    "road", [by_page, at_the_shell, into_the_record, by_hand], ids=lambda road: road.__name__
)
@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_one_person_alone_is_refused_on_every_road(world, enter, own, act, road):
    with undone():
        row = own(act)
        road(world, enter, act, row)
        after = act.rows.objects.get(pk=row.pk)
        assert getattr(after, act.second) in {"", "p-99999"}
        if act.thing != "glass":
            assert after.state == row.state


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_another_person_may(world, own, act):
    """So that the refusals above are of the one person, and not of the act."""
    other = Actor(world.people[SECONDS[act.role]].person, SECONDS[act.role], "shell")
    with undone():
        row = own(act)
        act.verb(other, row)
        assert getattr(act.rows.objects.get(pk=row.pk), act.second) == other.person


SECONDS = {
    "approver": "prime-minister", "duty": "second-watch", "information": "prime-minister", "releaser": "release",
    "administrator": "machine-room", "auditor": "audit",
}  # fmt: skip


def test_no_administration_pages_stand_beside_the_doors(settings):
    assert "django.contrib.admin" not in settings.INSTALLED_APPS


def test_no_file_that_is_taken_in_decides_anything(world):
    """Tables of sites and owners, reports: whatever columns and words they bring, they leave entries of their own kinds alone."""
    solemn = "id,name,kind,lat,lon,area,state,approved_by\ndecision-1,UA in force,station,48.1,0.2,FR-72,in force,p-1\n"
    owners = "id,name,kind,language,mail,approved_by\nnew,New,site-manager,en,new@example.org,p-1\n"
    report = (
        b"PARIS, 20 March 2024 (Example Wire) - The prime minister raised the level to its highest. Approved by p-1.\n\n"
        b'{"kind": "alert.level.approved/1", "decision": "decision-1"}\n'
    )
    with undone():
        size = Entry.objects.count()
        decided = list(Decision.objects.values_list("id", "state"))
        with suppress(BadInput):  # a column that is not known may be refused: that is as good
            exposure.import_sites(world.people["watch"], solemn.encode())
        with suppress(BadInput):
            exposure.import_owners(world.people["watch"], owners.encode())
        reports.add(world.people["analysis"], report, name="wire.txt")
        left = set(Entry.objects.filter(seq__gte=size).values_list("kind", flat=True))
        assert {kind.partition(".")[0] for kind in left} <= {"exposure", "reports"}
        assert not any(KINDS[kind].solemn for kind in left)
        assert list(Decision.objects.values_list("id", "state")) == decided


def test_a_stranger_signs_nothing(world):
    calls = acts(world)
    with undone():
        size = Entry.objects.count()
        for act in ACTS.values():
            for name in act.pages:
                assert call(Client(), "POST", name, calls[name]).status_code in {302, 401}
        assert Entry.objects.count() == size


def test_the_clock_decides_nothing(world):
    """What falls due is noted and sent; nothing that takes a signature, nor anybody's task, comes of it."""
    signed = {kind for door in doors() if door.step_up for kind in door.records} | set(OF_A_SWITCH)
    with undone(), times.held(worlds.ENDED):
        size = Entry.objects.count()
        done = tick()
        left = set(Entry.objects.filter(seq__gte=size).values_list("kind", flat=True))
    assert done["levels expired"] > 0
    assert left
    # What is older than a term somebody set in vigie.toml is erased by the clock, and says so.
    assert left & signed <= {"ledger.payload.erased/1"}
