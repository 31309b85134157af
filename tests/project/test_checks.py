"""Every single check, listed: what it keeps from happening, and that a test notices when it is taken out of the code.

A probe tries what the check refuses. It passes on the code as it is; with the check cut out of its function it must fail.
Cut out means: the function's own source with one piece put in another's place, compiled, and run in the function's stead.
"""

import inspect
import textwrap
import time
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from types import FunctionType
from unittest.mock import patch

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import RequestDataTooBig
from django.middleware.csrf import CsrfViewMiddleware
from django.test import Client, RequestFactory
from ninja import Router
from ninja.security import APIKeyCookie

from tests.project.conftest import undone
from tests.project.world import WHY, propose
from vigie import times
from vigie.accounts import actions as accounts, queries as offices, rates, rights, routes
from vigie.accounts.actions import door as verbs, inviting, moving, opening
from vigie.accounts.actors import Actor
from vigie.accounts.api import NoRule, Right, enter_operations
from vigie.accounts.doors import cells, row
from vigie.accounts.middleware import Doors, knocking, note_refusal
from vigie.accounts.rates import Rate
from vigie.accounts.rights import NotAllowed
from vigie.accounts.signing_in import actions as signing_in, proof
from vigie.accounts.signing_in.middleware.stepping_up import CONFIRMED, AsksAgain, fresh
from vigie.alert import actions as alert, moves, queries as levels
from vigie.alert.actions import deciding, glass, receiving
from vigie.alert.signing import DraftEdited, SamePerson, check_seen
from vigie.config import uploads
from vigie.config.logs import OneLine
from vigie.console.queries import finding
from vigie.console.views import record, situation
from vigie.desk.models import Refusal
from vigie.erasure import actions as erasure
from vigie.exposure.views import listing
from vigie.ledger.models import Entry
from vigie.measures.queries.links import held_link
from vigie.partners import actions as partners, queries as releases, release as releasing
from vigie.warning import actions as warning, queries as messages
from vigie.warning.views import public

HEAD, LATER = "2024-03-22T12:00:00Z", "2024-03-23T12:00:00Z"


# ------------------------------------------------------------------------------------------------------------- probes


def get(enter, role, path):
    return enter(role).get(path)


def refused_by(kind, act):
    """Say whether the act is refused by just that refusal: another wall behind it does not count."""
    try:
        act()
    except kind as refusal:
        return type(refusal) is kind
    except Exception:  # noqa: BLE001 - whatever else stops it, the check that is looked for did not
        return False
    return False


def one_minute():
    """Nobody is let in again because a minute just began."""
    now = time.time()
    return patch.object(knocking.time, "time", lambda: now)


def shell(world, office):
    return replace(world.people[office], via="shell")


def own(world, role):
    """The person of a role, acting in it."""
    return world.roles[role]


def another(world):
    return world.people["prime-minister"]


def door_asks_for_the_right(world, enter):
    assert get(enter, "reader", "/patrols/").status_code == 403


def door_takes_the_method_it_lists(world, enter):
    assert enter("duty").put("/levels/").status_code == 405
    assert Refusal.objects.filter(what="alert:levels", why="WrongMethod").exists()


def door_that_is_not_listed_answers_nobody(world, enter):
    assert enter("duty").get("/accounts/signup/").status_code == 404


def stranger_is_sent_to_sign_in(world, enter):
    assert Client().get("/levels/").status_code == 302


def right_is_of_the_office_acted_in(world, enter):
    """Everybody here holds an office that proposes, too; acting in the reader's gives nothing of it."""
    assert get(enter, "reader", "/levels/propose/").status_code == 403


def a_mandate_that_is_over_gives_nothing(world, enter):
    person = world.people["planning"].person
    accounts.found_mandate(person, "deputy", since=times.now(), until=times.parse(LATER))
    with times.held(LATER):
        assert not offices.may(Actor(person, "deputy"), "alert.level.approve")
        assert "deputy" not in [office.id for office in offices.offices_of(person)]


def a_mandate_that_has_not_begun_gives_nothing(world, enter):
    person = world.people["planning"].person
    accounts.found_mandate(person, "deputy", since=times.parse(LATER))
    assert not offices.may(Actor(person, "deputy"), "alert.level.approve")
    assert "deputy" not in [office.id for office in offices.offices_of(person)]


def a_closed_office_gives_nothing(world, enter):
    accounts.found_office("for-a-day", "For a day", ["reader"])
    person = world.people["planning"].person
    accounts.found_mandate(person, "for-a-day")
    accounts.close_here("for-a-day", "It was for a day.")
    assert not offices.may(Actor(person, "for-a-day"), "alert.read")
    assert "for-a-day" not in [office.id for office in offices.offices_of(person)]


def an_account_that_knocks_too_often_waits(world, enter):
    with one_minute(), patch.dict(rates.RATES, {rates.READ: Rate(account=1, address=99)}):
        assert [get(enter, "duty", "/levels/").status_code for _ in range(2)] == [200, 429]


def an_address_that_knocks_too_often_waits(world, enter):
    with one_minute(), patch.dict(rates.RATES, {rates.READ: Rate(account=99, address=1)}):
        assert [get(enter, role, "/levels/").status_code for role in ("duty", "auditor")] == [200, 429]


def an_address_invented_by_a_client_counts_for_nothing(world, enter):
    request = RequestFactory().get("/", HTTP_X_FORWARDED_FOR="203.0.113.9", REMOTE_ADDR="192.0.2.1")
    assert knocking.address(request) == "192.0.2.1"


def a_refusal_at_a_door_is_counted(world, enter):
    get(enter, "reader", "/patrols/")
    assert Refusal.objects.filter(what="patrols:plans", why="NotAllowed").exists()


def a_refusal_by_a_verb_is_counted(world, enter):
    refused_by(NotAllowed, lambda: propose(shell(world, "watch")))
    assert Refusal.objects.filter(what="alert.level.propose", via="shell").exists()


def a_verb_asks_for_the_right(world, enter):
    assert refused_by(NotAllowed, lambda: propose(shell(world, "watch")))


def an_operation_asks_for_the_right_behind_the_door(world, enter):
    request = RequestFactory().get("/api/patrols/plans")
    request.user = get_user_model().objects.get(username="role-reader")
    request.actor = own(world, "reader")
    assert refused_by(NotAllowed, lambda: Right("patrols.read").authenticate(request, None))


def an_operation_without_a_rule_is_not_let_in(world, enter):
    router = Router()

    @router.get("/bare", auth=lambda _request: True)
    def bare(request):
        """Answer anybody."""

    assert refused_by(NoRule, lambda: enter_operations("api/test", router))


def a_form_from_elsewhere_is_refused(world, enter):
    client = enter("duty")
    with patch.object(client.handler, "enforce_csrf_checks", True):
        assert client.post("/warning/publish/").status_code == 403


def a_call_from_elsewhere_is_refused(world, enter):
    client = enter("proposer")
    with patch.object(client.handler, "enforce_csrf_checks", True):
        answer = client.post("/api/levels/proposals", {}, content_type="application/json")
    assert answer.status_code == 403


def how_offices_are_given_is_changed_by_who_just_showed_who_they_are(world, enter):
    user = get_user_model().objects.get(username="role-administrator")
    client = Client()
    client.force_login(user)
    assert client.get("/people/offices/open/").headers.get("Location", "").startswith("/people/again/")


def what_was_shown_counts_for_minutes(world, enter):
    client = Client()
    client.force_login(get_user_model().objects.get(username="role-administrator"))
    session = client.session
    session[CONFIRMED] = time.time() - timedelta(days=2).total_seconds()
    session.save()
    assert client.get("/people/offices/open/").status_code == 302


def a_signature_on_the_web_brings_its_proof(world, enter):
    row = levels.decision(world.other["decision"])
    actor = replace(another(world), via="console")
    assert refused_by(proof.NotProven, lambda: alert.approve(actor, row.id, seen=row.digest))


def a_proof_for_another_act_proves_nothing(world, enter):
    row = levels.decision(world.other["decision"])
    shown = proof.Proof(asked=proof.Asked("alert.level.approve", row.id, "0" * 64), method="password")
    actor = replace(another(world), via="console", proof=shown)
    assert refused_by(proof.NotProven, lambda: alert.approve(actor, row.id, seen=row.digest))


def nobody_signs_their_own_proposal(world, enter):
    row = levels.decision(world.own["approver"]["decision"])
    assert refused_by(SamePerson, lambda: alert.approve(own(world, "approver"), row.id, seen=row.digest))


def nobody_signs_what_they_edited(world, enter):
    editor = Actor(own(world, "approver").person, "second-hat", "shell")
    alert.revise(editor, world.other["decision"], code="UA", reasons=WHY, effective=times.now())
    row = levels.decision(world.other["decision"])
    assert refused_by(SamePerson, lambda: alert.approve(own(world, "approver"), row.id, seen=row.digest))


def nobody_looks_at_what_they_received(world, enter):
    mine = world.own["duty"]["reception"]
    assert refused_by(SamePerson, lambda: alert.look(own(world, "duty"), mine, agrees=True))


def nobody_countersigns_what_they_set_alone(world, enter):
    row = levels.decision(world.own["approver"]["glass"])
    assert refused_by(SamePerson, lambda: alert.countersign(own(world, "approver"), row.id, seen=row.digest))


def nobody_countersigns_what_they_set_in_force_alone(world, enter):
    """Somebody else proposed it: that they set it is what stands against them."""
    made = propose(shell(world, "cabinet"), zone="FR-13")
    seen = levels.decision(made).digest
    alert.break_glass(
        Actor(own(world, "approver").person, "second-hat", "shell"), made, seen=seen, reason=WHY, hours=2
    )
    assert refused_by(SamePerson, lambda: alert.countersign(own(world, "approver"), made, seen=seen))


def nobody_refuses_what_they_set_alone(world, enter):
    mine = world.own["approver"]["glass"]
    assert refused_by(SamePerson, lambda: alert.refuse_glass(own(world, "approver"), mine, WHY))


def nobody_sends_their_own_warning(world, enter):
    row = messages.message(world.own["information"]["draft"])
    assert refused_by(SamePerson, lambda: warning.approve(own(world, "information"), row.id, seen=row.digest))


def nobody_lets_their_own_release_go(world, enter):
    row = releases.release(world.own["releaser"]["release"])
    assert refused_by(
        releasing.SamePerson, lambda: partners.approve(own(world, "releaser"), row.id, seen=row.digest)
    )


def nobody_carries_their_own_erasure_out(world, enter):
    mine = world.own["auditor"]["erasure"]
    assert refused_by(erasure.SamePerson, lambda: erasure.carry_out(own(world, "auditor"), mine))


def nobody_confirms_their_own_move(world, enter):
    mine = world.own["administrator"]["move"]
    assert refused_by(moving.SameAdministrator, lambda: accounts.confirm(own(world, "administrator"), mine))


def nobody_gives_themselves_an_office(world, enter):
    me = own(world, "administrator")
    act = lambda: accounts.give_mandate(me, me.person, "reading-room", since=times.now())  # noqa: E731
    assert refused_by(moving.OwnMandate, act)


def a_weighty_office_takes_two(world, enter):
    made = accounts.give_mandate(
        own(world, "administrator"), world.people["planning"].person, "deputy", since=times.now()
    )
    assert made.startswith("move-")


def only_what_was_read_is_signed(world, enter):
    assert refused_by(
        DraftEdited, lambda: alert.approve(another(world), world.other["decision"], seen="0" * 64)
    )


def only_what_was_read_is_countersigned(world, enter):
    assert refused_by(
        DraftEdited, lambda: alert.countersign(another(world), world.other["glass"], seen="0" * 64)
    )


def only_a_warning_that_was_read_is_sent(world, enter):
    assert refused_by(
        DraftEdited, lambda: warning.approve(another(world), world.other["draft"], seen="0" * 64)
    )


def a_warning_whose_bytes_were_changed_is_not_sent(world, enter):
    row = messages.message(world.other["draft"])
    type(row).objects.filter(pk=row.pk).update(cap=row.cap.replace("Severe", "Extreme", 1) + " ")
    assert refused_by(DraftEdited, lambda: warning.approve(another(world), row.id, seen=row.digest))


def only_a_release_that_was_read_goes(world, enter):
    act = lambda: partners.approve(shell(world, "release"), world.other["release"], seen="0" * 64)  # noqa: E731
    assert refused_by(partners.Changed, act)


def what_does_not_wait_is_not_signed(world, enter):
    row = levels.decision(world.other["level"])
    assert refused_by(moves.WrongMove, lambda: alert.approve(another(world), row.id, seen=row.digest))


def a_home_decides_in_its_own_zones_alone(world, enter):
    assert refused_by(
        deciding.DecidesNothing,
        lambda: alert.propose(
            shell(world, "cabinet"), scheme="be-ocam", code="3", zone="BE", reasons=WHY, effective=times.now()
        ),
    )


def a_release_stays_under_what_was_agreed(world, enter):
    from tests.project.world import elements

    act = lambda: partners.propose(  # noqa: E731
        shell(world, "liaison"), audience="service-x", title="T", summary="S", marking="TLP:RED",
        chosen=elements(world.other["claim"]), recipients=["Duty desk"],
    )  # fmt: skip
    assert refused_by(releasing.NotReleasable, act)


def a_link_that_was_tampered_with_opens_nothing(world, enter):
    _owner, posture, signed = world.other["token"].split("~")
    assert Client().get(f"/measures/yours/ex-transport~{posture}~{signed}/").status_code in {403, 404}


def an_invitation_is_good_once(world, enter):
    accounts.accept(world.other["invitation"], "p-90001")
    assert refused_by(
        inviting.InvitationClosed, lambda: accounts.accept(world.other["invitation"], "p-90002")
    )


def what_an_entry_says_is_for_who_may_read_the_record(world, enter):
    seq = Entry.objects.get(kind="exposure.event.added/1").seq
    assert "Street fair" not in get(enter, "administrator", f"/record/{seq}/").content.decode()


def a_contact_is_for_who_may_read_contacts(world, enter):
    assert "control.room@example.org" not in get(enter, "reader", "/places/owners/").content.decode()


def what_lies_ahead_is_for_who_may_read_the_calendar(world, enter):
    with times.held("2024-04-01T12:00:00Z"):
        assert "Street fair" not in get(enter, "administrator", "/").content.decode()


def a_search_looks_in_rooms_one_may_read(world, enter):
    assert "Example Central Station" not in get(enter, "administrator", "/find/?q=example").content.decode()


def the_public_site_serves_nothing_beside_it(world, enter):
    assert Client().get("/public/%2e%2e/vigie.toml").status_code == 404


def an_upload_beyond_the_bound_is_not_read(world, enter):
    handler = uploads.InMemory()
    try:
        handler.handle_raw_input(None, {}, uploads.WIDEST + 1, b"", None)
    except RequestDataTooBig:
        return
    raise AssertionError("read")


def an_upload_that_lies_about_its_length_is_stopped(world, enter):
    handler = uploads.InMemory()
    handler.received = uploads.WIDEST
    try:
        handler.receive_data_chunk(b"x", 0)
    except RequestDataTooBig:
        return
    except AttributeError:  # Django's own handler, which knows no file yet: the bound was not asked
        raise AssertionError("read") from None
    raise AssertionError("read")


def a_line_of_the_log_is_one_line(world, enter):
    import logging

    told = OneLine().format(logging.LogRecord("vigie", 30, "", 1, "%s", ("a\nb",), None))
    assert "\n" not in told


# ------------------------------------------------------------------------------------------------------------ mutants


@dataclass(frozen=True)
class Mutant:
    """A check cut out. where: the function that holds it; old, new: the piece of its source and what is put there."""

    probe: object
    where: object
    old: str
    new: str


def mutant(probe, where, old, new):
    return pytest.param(Mutant(probe, where, old, new), id=f"{probe.__name__}-{_name(where)}")


def _name(where):
    return getattr(_innermost(where), "__qualname__", str(where))


def _innermost(function):
    while hasattr(function, "__wrapped__"):
        function = function.__wrapped__
    return getattr(function, "__func__", function)


MUTANTS = [
    mutant(door_asks_for_the_right, Doors.process_view, "(actor and queries.may(actor, door.right))", "actor"),
    mutant(door_asks_for_the_right, rights.holds, "return any(", "return bool(roles) or any("),
    mutant(
        right_is_of_the_office_acted_in, offices.may, "m.office_id = %s", "%s IS NOT NULL",
    ),
    mutant(a_mandate_that_is_over_gives_nothing, offices.may, "m.until > %s", "%s IS NOT NULL"),
    mutant(a_mandate_that_has_not_begun_gives_nothing, offices.may, "m.since <= %s", "%s IS NOT NULL"),
    mutant(a_closed_office_gives_nothing, offices.may, "o.closed_at IS NULL", "1 = 1"),
    mutant(a_mandate_that_is_over_gives_nothing, offices._in_force, "Q(until__isnull=True) | Q(until__gt=now)", "Q()"),
    mutant(a_mandate_that_has_not_begun_gives_nothing, offices._in_force, "Q(since__lte=now)", "Q()"),
    mutant(a_closed_office_gives_nothing, offices._in_force, "Q(office__closed_at__isnull=True)", "Q()"),
    mutant(a_form_from_elsewhere_is_refused, CsrfViewMiddleware.process_view, "self._check_token(request)", "pass"),
    mutant(a_call_from_elsewhere_is_refused, APIKeyCookie._get_key, "if error_response:", "if False:"),
    mutant(what_was_shown_counts_for_minutes, fresh, "< limits.FRESH.total_seconds()", "< 1e12"),
    mutant(door_takes_the_method_it_lists, Doors.process_view, "if door is None:", "door = door or methods['GET']\n    if False:"),
    mutant(door_that_is_not_listed_answers_nobody, Doors.process_view, "raise Http404", "return None"),
    mutant(stranger_is_sent_to_sign_in, Doors.process_view, "if not signed_in:", "if False:"),
    mutant(an_account_that_knocks_too_often_waits, Doors.process_view, "if knock:", "if False:"),
    mutant(an_account_that_knocks_too_often_waits, knocking.knocked, "if who and rate.account is not None:", "if False:"),
    mutant(an_address_that_knocks_too_often_waits, knocking.knocked, "found = _counted(", "found = 0 * _counted("),
    mutant(an_address_invented_by_a_client_counts_for_nothing, knocking.address, 'if request.is_secure() else ""', ""),
    mutant(a_refusal_at_a_door_is_counted, note_refusal, "count_refusal(", "dict("),
    mutant(a_refusal_by_a_verb_is_counted, verbs.note, "count_refusal(", "dict("),
    mutant(a_verb_asks_for_the_right, verbs.require, "if not queries.may(actor, right):", "if False:"),
    mutant(an_operation_asks_for_the_right_behind_the_door, Right.authenticate, "actor is None or not queries.may(actor, self.right)", "actor is None"),
    mutant(an_operation_without_a_rule_is_not_let_in, enter_operations, "if len(rights) != 1:", "if False:"),
    mutant(how_offices_are_given_is_changed_by_who_just_showed_who_they_are, AsksAgain.process_view, "if asks and not fresh(request) else", "if False else"),
    mutant(a_signature_on_the_web_brings_its_proof, signing_in.keep_proof, "if actor.via not in DOORS:", "if True:"),
    mutant(a_proof_for_another_act_proves_nothing, signing_in.keep_proof, "if (asked.act, asked.subject, asked.digest) != (right, subject, digest):", "if False:"),
    mutant(nobody_signs_their_own_proposal, deciding.approve, "actor.person == row.proposed_by or actor.person in row.editors", "False"),
    mutant(nobody_signs_what_they_edited, deciding.approve, " or actor.person in row.editors", ""),
    mutant(nobody_looks_at_what_they_received, receiving.look, "if actor.person == row.received_by:", "if False:"),
    mutant(nobody_countersigns_what_they_set_alone, glass.countersign, "_check_another(actor, row)", "pass"),
    mutant(nobody_countersigns_what_they_set_in_force_alone, glass._check_another, "row.broken_by, ", ""),
    mutant(nobody_refuses_what_they_set_alone, glass.refuse_glass, "_check_another(actor, row)", "pass"),
    mutant(nobody_sends_their_own_warning, warning.approve, "if actor.person in row.authors:", "if False:"),
    mutant(nobody_lets_their_own_release_go, partners.approve, "require_second_person(row.proposed_by, actor.person)", "pass"),
    mutant(nobody_lets_their_own_release_go, releasing.require_second_person, "if proposed_by == approver:", "if False:"),
    mutant(nobody_carries_their_own_erasure_out, erasure.carry_out, "if row.proposed_by == actor.person:", "if False:"),
    mutant(nobody_confirms_their_own_move, moving.confirm, "if actor.person in {row.proposed_by, row.person}:", "if False:"),
    mutant(nobody_gives_themselves_an_office, opening.give_mandate, "if actor.person == person:", "if False:"),
    mutant(a_weighty_office_takes_two, opening.give_mandate, "if weighty(stands.carried):", "if False:"),
    mutant(only_what_was_read_is_signed, deciding.approve, "check_kept(seen, row.digest, keep, keep_reason)", "pass"),
    mutant(only_what_was_read_is_signed, check_seen, "if seen != stands:", "if False:"),
    mutant(only_what_was_read_is_countersigned, glass.countersign, "signing.check_seen(seen, row.digest)", "pass"),
    mutant(only_a_warning_that_was_read_is_sent, warning.approve, "    check_seen(seen, row.digest)\n", "    pass\n"),
    mutant(a_warning_whose_bytes_were_changed_is_not_sent, warning.approve, "check_seen(digest(cap, queries.texts_of(row)), row.digest)", "pass"),
    mutant(only_a_release_that_was_read_goes, partners.approve, "if seen != row.digest:", "if False:"),
    mutant(what_does_not_wait_is_not_signed, deciding.approve, 'moves.check(moves.DECISION, row.state, "approved", decision)', "pass"),
    mutant(a_home_decides_in_its_own_zones_alone, deciding.may_decide, "if not home.may_decide(scheme, zone):", "if False:"),
    mutant(a_release_stays_under_what_was_agreed, partners.propose, "_require_releasable(draft)", "pass"),
    mutant(a_link_that_was_tampered_with_opens_nothing, held_link, '_SIGNER.unsign(token).partition("~")', 'token.rpartition("~")[0].partition("~")'),
    mutant(an_invitation_is_good_once, inviting._check_open, 'row.state != "open" or ', ""),
    mutant(what_an_entry_says_is_for_who_may_read_the_record, record.entry, 'may(actor_of(request), "ledger.read")', "True"),
    mutant(a_contact_is_for_who_may_read_contacts, listing.owners, 'may(actor_of(request), "exposure.contact.read")', "True"),
    mutant(what_lies_ahead_is_for_who_may_read_the_calendar, situation._context, 'may(actor, "exposure.read")', "True"),
    mutant(a_search_looks_in_rooms_one_may_read, finding.find, "if may(actor, shelf.right):", "if True:"),
    mutant(the_public_site_serves_nothing_beside_it, public.serve, "file.is_relative_to(site) and ", ""),
    mutant(an_upload_beyond_the_bound_is_not_read, uploads.InMemory.handle_raw_input, "if length > WIDEST:", "if False:"),
    mutant(an_upload_that_lies_about_its_length_is_stopped, uploads.InMemory.receive_data_chunk, "if self.received > WIDEST:", "if False:"),
    mutant(a_line_of_the_log_is_one_line, OneLine.format, "record.getMessage().translate(_ESCAPED)", "record.getMessage()"),
]  # fmt: skip


@contextmanager
def cut(mutant):
    """Run the function without the check while inside."""
    function = _innermost(mutant.where)
    source = textwrap.dedent(inspect.getsource(function))
    source = source[source.index("def ") :]  # what is wrapped around it stays as it is
    assert source.count(mutant.old) == 1, f"the check is not there any more, or not once: {mutant.old}"
    changed = source.replace(mutant.old, mutant.new)
    if function.__closure__:  # a method that asks its parent
        free = "; ".join(f"{name} = None" for name in function.__code__.co_freevars)
        changed = (
            f"def around():\n    {free}\n{textwrap.indent(changed, '    ')}\n    return {function.__name__}\n"
        )
    made = {}
    exec(compile(changed, function.__code__.co_filename, "exec"), function.__globals__, made)
    other = made["around"]() if function.__closure__ else made[function.__name__]
    assert isinstance(other, FunctionType)
    kept, function.__code__ = function.__code__, other.__code__
    try:
        yield
    finally:
        function.__code__ = kept


PROBES = {param.values[0].probe.__name__: param.values[0].probe for param in MUTANTS}


@pytest.mark.parametrize("probe", PROBES.values(), ids=PROBES)
def test_each_check_holds(world, enter, probe):
    with undone():
        probe(world, enter)


@pytest.mark.parametrize("mutant", MUTANTS)
def test_each_check_is_missed_when_it_is_cut_out(world, enter, mutant):
    with undone(), cut(mutant), pytest.raises(AssertionError):
        mutant.probe(world, enter)


def test_every_probe_is_somebody_s(world):
    """A check that is written down here and never cut out proves nothing."""
    written = {
        name for name, thing in globals().items()
        if isinstance(thing, FunctionType) and thing.__module__ == __name__ and list(inspect.signature(thing).parameters) == ["world", "enter"]
    }  # fmt: skip
    assert written == set(PROBES)


@pytest.mark.parametrize("field", ["right", "objects", "shows", "step_up", "rate", "records"])
def test_no_door_s_rule_changes_unseen(field):
    """The page of doors is compared with the table: a rule loosened for any single door is a difference a reader sees."""
    loose = {
        "right": routes.SIGNED_IN,
        "objects": "loose",
        "shows": "loose",
        "step_up": None,
        "rate": "loose",
        "records": ("x/1",),
    }
    for door in routes.doors():
        given = not door.step_up if field == "step_up" else loose[field]
        if given != getattr(door, field):
            assert cells(row("/", replace(door, **{field: given}))) != cells(row("/", door)), door
