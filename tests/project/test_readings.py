"""Completeness: every door that shows what is restricted, once opened, stands in the entry of readings."""

import re

import pytest
from django.urls import NoReverseMatch, get_resolver, reverse

from tests.conftest import OFFICES
from tests.erasure.conftest import REPORT
from tests.measures.conftest import OWNERS, SITES
from tests.partners.conftest import claims, level, partner  # noqa: F401 - fixtures
from tests.partners.test_actions import approve, propose
from tests.patrols.conftest import OVER, week
from tests.patrols.weeks import NAMES
from vigie import times
from vigie.accounts import kinds
from vigie.accounts.actions.reading import take_up_readings
from vigie.accounts.rights import holds
from vigie.accounts.routes import doors
from vigie.ledger.models import Entry
from vigie.ledger.queries import one
from vigie.patrols import actions


@pytest.fixture
def things(people, level, partner, claims):  # noqa: F811
    """One thing of each kind that a restricted page shows: what stands for `id` and the like in its address."""
    from vigie import steps
    from vigie.erasure import actions as erasure
    from vigie.exposure.actions import import_owners, import_sites
    from vigie.measures import actions as measures
    from vigie.measures.models import Proof
    from vigie.patrols import actions as patrols, queries as plans
    from vigie.reports import actions as reports

    import_sites(people["watch"], SITES.encode())
    import_owners(people["watch"], OWNERS.encode())
    report = reports.add(people["analysis"], REPORT.encode(), name="report.txt")
    seq = int(report.removeprefix("report-"))
    plan = patrols.draw_from(people["planning"], present=week(), names=NAMES, teams=2)
    release = propose(people["liaison"], partner, level=level)
    approve(people["release"], release)
    measures.switch(people["prime-minister"], level)
    measures.take_down(people["watch"], "o-mall", "done", via="paper", proof=b"%PDF-1.7 scanned")
    meeting = steps.convene(
        people["cabinet"],
        title="Council",
        question="Is it enough?",
        agenda=[],
        offices=["Cabinet"],
        held=times.now(),
    )
    half = plans.plan(plan).halves[0]
    return {
        "patrols": {"id": plan, "day": half["day"], "half": half["half"], "team": 1},
        "partners": {"id": release},
        "exposure:site": {"id": "s-mall"},
        "measures:calls": {"chip": "not-reached"},
        "measures": {"owner": "o-mall"},
        "measures:owner": {"id": "o-mall"},
        "measures:response_of": {"site": "s-mall"},
        "measures:own_page": {"id": "o-mall"},
        "measures:proof": {"id": Proof.objects.get().id},
        "accounts": {"id": "watch"},
        "console": {"seq": seq},
        "console:meeting": {"id": meeting},
        "levels": {"id": meeting},
        "erasure": {"id": erasure.propose(people["privacy"], [seq], ground="It was asked.", authority="DPO")},
    }


@pytest.fixture
def over(things):
    """The clock stands at the end of the plan."""
    with times.held(OVER):
        yield


def address(name, things):
    """Give a door's address, its places filled in with things that stand."""
    room = name.partition(":")[0]
    if not name.startswith("api/"):
        given = things.get(name) or things.get(room, {})
        for wanted in (given, {k: v for k, v in given.items() if k == "id"}, {}):
            try:
                return reverse(name, kwargs=wanted)
            except NoReverseMatch:
                continue
        raise AssertionError(name)
    given = things.get(name.split("/")[1], {})
    asked = {"api/places/present": "?start=2024-03-25&days=2", "api/places/ahead": "?area=FR"}
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda m: str(given[m[1]]), name) + asked.get(name, "")


def may_see_all(door, roles):
    apart = door.apart if "." in door.apart else door.right
    return holds(roles, door.right) and holds(roles, apart)


def test_every_door_that_shows_what_is_restricted_leaves_its_reading_on_the_record(
    things, sign_in, people, over
):
    assert get_resolver().url_patterns  # once they are read, the table is whole
    wanted = [door for door in doors() if door.restricted and door.method == "GET"]
    assert len(wanted) > 30
    clients = {office: sign_in(office) for office in OFFICES}
    opened = set()
    actions.reveal(people["planning"], things["patrols"]["id"])
    for door in wanted:
        office = next(name for name, roles in OFFICES.items() if may_see_all(door, roles))
        where = address(door.name, things)
        answer = clients[office].get(where)
        assert answer.status_code == 200, (door.name, where, answer.status_code, answer.content[:400])
        opened.add((door.name, office))
    take_up_readings(at_once=True)
    noted = set()
    for entry in Entry.objects.filter(kind=kinds.READS_NOTED.tag):
        noted |= {(line.what, line.office) for line in one(entry.seq)[1].lines}
    assert noted == opened
