"""Every door × method × role × whose thing it is, tried and compared with the table of doors."""

import re
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from django.db import connections
from django.test import Client

from tests.project.acts import PATTERNS, absent, acts, call
from tests.project.answers import said
from tests.project.conftest import NO_OFFICE, undone
from vigie import times
from vigie.accounts.rights import ROLES, holds
from vigie.accounts.routes import ANOTHERS, OWED, PUBLIC, ROUTES, SIGNED_IN, SIGNED_LINK, doors
from vigie.desk.models import Refusal
from vigie.ledger.models import Entry

BROUGHT = (
    "account_", "mfa_", "public:", "set_language", "openid_connect_", "socialaccount_", "accounts:link", "accounts:unlink",
)  # fmt: skip
# Of others: sign-in pages, whose own tests stand under tests/accounts (providers ask for one that answers); the public site
# stands under tests/warning.
TRIED = [door for door in doors() if not door.name.startswith(BROUGHT)]
DONE = {200, 201, 204, 302}
OTHERWISE = {
    ("GET", "api/patrols/plans/<id>/verify"): {409},
    ("POST", "console:follow"): {409},
}
"""Doors that tell who may use them something else: this seed is still sealed, nothing is left behind."""
ABSENT = {("GET", "measures:calls"): "400", ("POST", "api/measures/owners/<owner>/answers"): "409"}
"""Doors that say of nothing what they say of other things too: no such filter, nobody of whom an answer is awaited."""
INSTEAD = {("console:break", "approver")}
"""Acts somebody has the right to, and another act to do instead: who may sign as the second person breaks no glass; they
may over what they proposed themselves."""
_CHANGES = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)


@contextmanager
def watched():
    """The tables of the record's database that are written to inside."""
    tables = set()

    def look(execute, sql, params, many, context):
        found = _CHANGES.match(sql)
        if found:
            tables.add(found[1])
        return execute(sql, params, many, context)

    with connections["record"].execute_wrapper(look):
        yield tables


def told(wrong):
    return "\n".join(" ".join(map(str, each)) for each in wrong)


NOTED = "accounts.reads.noted/1"
"""The house notes by itself what was read of what is restricted: no act of whoever reads."""


def kinds_since(size):
    return set(Entry.objects.filter(seq__gte=size).exclude(kind=NOTED).values_list("kind", flat=True))


def a_role_with(right):
    return (
        "reader" if right in (PUBLIC, SIGNED_IN, SIGNED_LINK) else next(r for r in ROLES if holds([r], right))
    )


def test_every_door_has_a_call_that_tries_it(world):
    assert {door.name for door in TRIED} == set(acts(world))


def test_who_may_can_and_each_act_leaves_the_entries_the_table_says(world, enter):
    """Nothing of the record's database changes without an entry, and reading leaves none."""
    calls, wrong, left = acts(world), [], {}
    for door in TRIED:
        act, client = calls[door.name], enter(a_role_with(door.right))
        if door.objects == OWED:
            act = acts(world, world.own[a_role_with(door.right)])[door.name]
        with undone(), watched() as written, times.held(act.clock):
            size = Entry.objects.count()
            answer = call(client, door.method, door.name, act)
            if (
                door.name in IMPORTS
            ):  # a table is looked at first, then confirmed by the digest of what was seen
                answer = IMPORTS[door.name](client, answer)
            kinds = kinds_since(size)
        if answer.status_code not in DONE | OTHERWISE.get((door.method, door.name), set()):
            wrong.append((door.method, door.name, answer.status_code, answer.content.decode()[-300:]))
        if not kinds <= set(door.records) or bool(kinds) != (bool(door.records)):
            wrong.append((door.method, door.name, "left", kinds))
        if written and not kinds and not door.restricted:
            wrong.append((door.method, door.name, "wrote without an entry", written))
        left.setdefault(door.records, set()).update(kinds)
    assert not wrong, told(wrong)


def _confirmed(client, looked):
    digest = re.search(r'name="digest" value="([0-9a-f]{64})"', looked.content.decode())
    if digest is None:
        return looked  # the page itself
    return client.post(looked.wsgi_request.path, {"digest": digest[1]})


IMPORTS = dict.fromkeys(
    ("exposure:import_sites", "exposure:import_owners", "exposure:import_both"), _confirmed
)


@pytest.mark.parametrize("role", [*ROLES, NO_OFFICE])
def test_the_matrix(world, enter, role):
    """What is refused looks alike whether the thing is there, is one's own, or is nothing at all; and is counted."""
    calls, mine, client, wrong = acts(world), acts(world, world.own.get(role)), enter(role), []
    for door in TRIED:
        if door.right in (PUBLIC, SIGNED_LINK):
            continue  # whoever comes is a stranger there, whatever the role: tried above and below
        may = door.right == SIGNED_IN or holds([role], door.right)
        answers = {}
        for whose, (act, at) in _whose(door, calls[door.name], mine[door.name]).items():
            seen = _knock(client, door, act, at)
            answers[whose] = seen.said
            if seen.what not in _expected(door, whose, role, may=may):
                wrong.append((door.method, door.name, whose, seen.said[0], seen.what))
        if not may and len(set(answers.values())) != 1:
            wrong.append((door.method, door.name, "tells whether the thing is there"))
    assert not wrong, told(wrong)


def _whose(door, other, mine):
    tries = {"another's": (other, other.at)}
    if "<" in PATTERNS[door.name]:
        tries["nothing"] = (other, absent(door.name, other))
    if mine.at != other.at:
        tries["own"] = (mine, mine.at)
    return tries


@dataclass(frozen=True)
class Seen:
    """what: done, wrote, refused (and counted), absent, or the bare status; said: status and words."""

    what: str
    said: tuple


def _knock(client, door, act, at):
    with undone(), times.held(act.clock):
        size, counted = Entry.objects.count(), Refusal.objects.count()
        answer = call(client, door.method, door.name, act, at=at)
        wrote, noted = bool(kinds_since(size)), Refusal.objects.count() > counted
    status = answer.status_code
    if wrote:
        return Seen("wrote" if status in DONE else f"wrote and said {status}", said(answer))
    if noted:
        return Seen("refused" if status in {400, 403} else f"refused and said {status}", said(answer))
    if status in DONE | OTHERWISE.get((door.method, door.name), set()):
        return Seen("done", said(answer))
    return Seen("absent" if status == 404 else str(status), said(answer))


def _expected(door, whose, role, *, may):
    if not may:
        return {"refused"}
    if (door.name, role) in INSTEAD and door.method == "POST":
        return {"another's": {"400"}, "own": {"wrote"}, "nothing": {"absent"}}[whose]
    if whose == "nothing":
        return {ABSENT.get((door.method, door.name), "absent")}
    if whose == "another's" and door.objects == OWED:
        return {"refused"}
    if whose == "own" and door.objects == ANOTHERS and door.method == "POST":
        return {"refused"}
    return {"wrote"} if door.records and door.name not in IMPORTS else {"done"}


@pytest.mark.parametrize(
    ("name", "invented"),
    [
        ("measures:yours", "ex-nobody~posture-1~" + "A" * 43),
        ("measures:your_sites", "ex-nobody~contact-1~" + "A" * 43),
        ("accounts:invited", "nobody:" + "A" * 43),
    ],
)
def test_a_link_that_was_tampered_with_looks_like_one_that_never_was(world, name, invented):
    act = acts(world)[name]
    tampered = act.at[0][:-3] + ("AAA" if not act.at[0].endswith("AAA") else "BBB")
    for method in ROUTES[name]:
        answers = [said(call(Client(), method, name, act, at=(each,))) for each in (tampered, invented)]
        assert answers[0] == answers[1]
        assert answers[0][0] in {403, 404, 409}
    assert call(Client(), "GET", name, act).status_code == 200
