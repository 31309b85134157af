"""Every address is in the table of doors, and the table says what a reader would expect of each."""

import json
import re

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.commands import run
from tests.project.answers import said
from vigie.accounts.rates import HEAVY, RATES, READ, SIGN_IN, SOLEMN
from vigie.accounts.rights import ROLES, holds
from vigie.accounts.routes import (
    ANOTHERS,
    ANY,
    HERE,
    LINKED,
    NO_OBJECT,
    OWED,
    OWN,
    PUBLIC,
    PUBLISHED,
    RESTRICTED,
    ROUTES,
    SIGNED_IN,
    SIGNED_LINK,
    doors,
)
from vigie.ledger.kinds import KINDS

EXAMPLE = {
    "int": "1",
    "slug": "decision-1",
    "str": "x",
    "path": "x",
    "uuid": "12345678-1234-1234-1234-123456789012",
}
# Addresses that packages bring along and this house does not open: it keeps no mail of its officers.
CLOSED = {
    "account_signup", "account_email", "account_email_verification_sent", "account_confirm_email", "account_set_password",
    "account_reset_password", "account_reset_password_done", "account_reset_password_from_key",
    "account_reset_password_from_key_done", "account_confirm_login_code", "account_reauthenticate", "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn", "socialaccount_login_error", "socialaccount_signup", "socialaccount_connections", "usersessions_list", "None",
    "api/",
}  # fmt: skip


def routes(resolver=None, prefix="", pattern="", namespace=""):
    """Every pattern: an example address, its name in the table, what follows the resolver's own names."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from routes(entry, prefix + example(entry.pattern), pattern + str(entry.pattern), inner)
        elif isinstance(entry, URLPattern):
            whole = pattern + str(entry.pattern)
            name = whole if namespace.startswith("api-") else f"{namespace}{entry.name}"
            yield prefix + example(entry.pattern), name


def example(pattern):
    text = str(pattern)
    for name, converter in pattern.converters.items():
        kind = type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")
        for form in (f"<{kind}:{name}>", f"<{name}>"):
            text = text.replace(form, EXAMPLE.get(kind, "x"))
    text = re.sub(r"\(\?P<\w+>\[\^/\]\+\)", "x", text)
    return text.removeprefix("^").removesuffix("$").removesuffix("\\Z")


ALL = sorted({(f"/{address}", name) for address, name in routes()})
DOORS = list(doors())
ACTS = [door for door in DOORS if door.records]


def test_no_address_is_outside_the_table_and_nothing_in_the_table_is_without_address():
    listed = {name for _, name in ALL}
    assert listed - set(ROUTES) == CLOSED
    assert set(ROUTES) - listed == set()


@pytest.mark.parametrize(("address", "name"), ALL, ids=[f"{n} {a}" for a, n in ALL])
def test_a_stranger_is_sent_to_sign_in_or_refused(address, name, home):
    for method in ("GET", "POST", "PUT", "DELETE"):
        door = ROUTES.get(name, {}).get(method)
        answer = Client().generic(method, address)
        if name not in ROUTES:
            assert answer.status_code == 404
        elif door is None:
            assert answer.status_code == 405, method
            assert answer["Allow"] == ", ".join(sorted(ROUTES[name]))
        elif door.right in (PUBLIC, SIGNED_LINK):
            assert answer.status_code < 500
        elif name.startswith("api/"):
            assert answer.status_code == 401
            assert answer.json() == {"error": "Sign in first."}
        else:
            assert answer.status_code == 302
            assert "/accounts/login/" in answer["Location"]


def test_what_is_closed_looks_like_an_address_where_nothing_is(home, sign_in):
    for client in (Client(), sign_in("machine-room")):
        closed, nowhere = client.get("/accounts/password/reset/"), client.get("/nowhere/at/all/here/")
        assert closed.status_code == nowhere.status_code == 404
        assert said(closed) == said(nowhere)


def test_every_right_a_door_asks_for_belongs_to_some_role():
    asked = {door.right for door in DOORS} - {PUBLIC, SIGNED_LINK, SIGNED_IN}
    assert [right for right in sorted(asked) if not any(holds([role], right) for role in ROLES)] == []


def test_a_door_asks_for_a_right_of_its_own_room():
    """So that nobody opens one room with the key of another."""
    elsewhere = {"levels": "alert", "schemes": "editions", "places": "exposure", "evidence": "assessment", "assessments": "assessment", "warnings": "warning"}  # fmt: skip
    # Pages and steps that cross rooms take the right of the verb they lead to, or of what they show most of.
    across = {"console", "steps"}
    shown = {"history:then"}
    strange = []
    for door in DOORS:
        room = door.name.split("/")[1] if door.name.startswith("api/") else door.name.partition(":")[0]
        room = elsewhere.get(room, room)
        if (
            door.right not in (PUBLIC, SIGNED_LINK, SIGNED_IN)
            and room not in across
            and door.name not in shown
        ):
            strange += [door.name] if not door.right.startswith(f"{room}.") else []
    assert strange == []


@pytest.mark.parametrize("door", DOORS, ids=[f"{d.method} {d.name}" for d in DOORS])
def test_a_door_s_rule_is_whole(door):
    assert door.method in {"GET", "POST"}
    assert door.rate in RATES
    assert door.objects in {NO_OBJECT, ANY, HERE, ANOTHERS, OWED, OWN, LINKED, PUBLISHED}
    assert set(door.records) <= set(KINDS)
    if door.method == "GET":
        assert not door.records
        assert not door.step_up
    if door.step_up:
        assert door.rate not in {READ, HEAVY}
    named = "<" in door.name or "<" in PATTERNS.get(door.name, "")
    if named and door.right not in (PUBLIC, SIGNED_LINK):
        assert door.objects != NO_OBJECT or door.name == "measures:calls", (
            "an address that names a thing says whose it may be"
        )


def _patterns(resolver=None, prefix="", namespace=""):
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _patterns(entry, prefix + str(entry.pattern), inner)
        else:
            yield prefix + str(entry.pattern), f"{namespace}{entry.name}"


PATTERNS = {name: address for address, name in _patterns()}


def test_what_a_signature_sets_in_force_or_lets_out_is_signed_with_a_fresh_factor():
    solemn = {
        "alert.level.approved/1", "alert.level.looked/1", "alert.stand_down.settled/1", "warning.message.approved/1", "partners.release.approved/1",
    }  # fmt: skip
    # How people sign in, or who may, is changed by whoever has just shown who they are; what would let one administrator
    # decide alone is signed by two, and so is, later, what one set alone. What is erased nothing brings back.
    of_accounts = {
        "accounts.move.proposed/1", "accounts.move.confirmed/1", "accounts.sign_in.changed/1",
        "accounts.sessions.ended/1", "accounts.person.barred/1", "accounts.person.readmitted/1", "alert.glass.broken/1",
        "alert.glass.countersigned/1", "ledger.payload.erased/1",
    }  # fmt: skip
    fresh = {door.name for door in ACTS if of_accounts & set(door.records)}
    assert {door.name for door in ACTS if solemn & set(door.records)} | fresh == {
        door.name for door in ACTS if door.step_up
    }
    # What stands written before it is signed is signed over its digest; what is written in the act cannot be.
    signed = {door.name for door in ACTS if "accounts.assertion.kept/1" in door.records}
    assert signed == {door.name for door in ACTS if solemn & set(door.records)} | {
        "console:break",
        "console:countersign",
    }
    for kind in solemn:
        roads = {door.name.startswith("api/") for door in ACTS if kind in door.records}
        assert roads == {True, False}, f"{kind}: by console and by API alike"
    assert {door.rate for door in ACTS if door.step_up} == {SOLEMN, SIGN_IN}


def test_the_console_and_the_api_ask_the_same_for_the_same_act():
    asked = {}
    for door in ACTS:
        if door.right != SIGNED_LINK and len(door.records) == 1:
            asked.setdefault(door.records[0], set()).add((door.right, door.step_up, door.objects))
    differing = {kind: rules for kind, rules in asked.items() if len(rules) > 1}
    # A dissent may be written with the assessment; a posture is adjusted by its own door.
    assert differing == {}


def test_the_administrator_approves_nothing_and_reads_nothing_restricted():
    forbidden = [
        "alert.level.propose", "alert.level.approve", "alert.level.receive", "warning.message.approve", "partners.release.approve",
        "patrols.plan.read", "patrols.read", "partners.read", "reports.read", "measures.switch",
    ]  # fmt: skip
    assert [right for right in forbidden if holds(["administrator"], right)] == []
    own = {
        "accounts:offices",
        "accounts:office",
        "accounts:people",
    }  # these lists are the administrator's own work
    read = {
        door.name
        for door in DOORS
        if door.shows in RESTRICTED
        and holds(["administrator"], door.right)
        and not (door.apart and not holds(["administrator"], door.apart))
    }
    assert read == own


def test_no_single_role_both_proposes_and_approves():
    for role in ROLES:
        assert not (holds([role], "alert.level.propose") and holds([role], "alert.level.approve")), role
        assert not (
            holds([role], "partners.release.propose") and holds([role], "partners.release.approve")
        ), role


def test_the_administration_of_django_is_not_installed(settings, home):
    assert "django.contrib.admin" not in settings.INSTALLED_APPS
    assert not any(name.startswith("admin:") for _, name in ALL)
    assert Client().get("/admin/").status_code == 404


def test_the_page_of_doors_says_what_the_table_says():
    """So that no rule is changed in passing: whoever changes one changes the page too (python tools/routes.py)."""
    from tools.routes import PAGE, page

    assert PAGE.read_text(encoding="utf-8") == page()


def test_the_command_prints_every_door_and_needs_no_home():
    done = run("routes", "--json")
    told = {(line["name"], line["method"]): line for line in json.loads(done.stdout)}
    assert set(told) == {(door.name, door.method) for door in DOORS}
    sign = told["api/steps/proposals/<id>/sign", "POST"]
    assert (sign["right"], sign["step up"], sign["objects"]) == ("alert.level.approve", True, "another's")
