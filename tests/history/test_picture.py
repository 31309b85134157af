"""How things stood at one time, as known at another: what the record says against what the tables said at the time."""

from datetime import timedelta
from importlib.resources import files

import pytest

from vigie import steps, times
from vigie.alert import actions as alert, queries as levels
from vigie.exposure import actions as exposure
from vigie.history.picture import KnownBeforeIt
from vigie.history.queries import picture
from vigie.ledger.queries import head, position
from vigie.measures import actions as measures, queries as tasks
from vigie.measures.models import Posture, Task
from vigie.measures.moves import CLOSED

REASON = "An attack abroad was claimed by a group that has tried here before."
START = times.parse("2024-03-24T12:00:00Z")


def hour(number):
    return START + timedelta(hours=number)


def received(code="UA", **changes):
    return {
        "scheme": "fr-vigipirate-2016", "code": code, "zone": "FR", "authority": "Prime Minister",
        "words": "La posture est portée au niveau urgence attentat.", "source": "https://example.org/notice",
        "effective": times.now(), **changes,
    }  # fmt: skip


def word(owner, given, **more):
    [posture] = tasks.standing()
    measures.answer(tasks.link_for(owner, posture.id).rstrip("/").rpartition("/")[2], given, **more)


def the_tables():
    """What the tables say now, as a picture is compared by."""
    open_tasks = Task.objects.exclude(state__in=CLOSED)
    return {
        "levels": sorted((s.id, s.code, s.zone, s.received) for s in levels.standing()),
        "measures": sorted(
            (p.id, p.cause, tuple(p.active)) for p in Posture.objects.filter(ended_at__isnull=True)
        ),
        "tasks": sorted((t.id, t.owner, t.state, t.due) for t in open_tasks),
        "position": head()[0],
    }


def said(found):
    return {
        "levels": sorted((s.id, s.code, s.zone, s.received) for s in found.levels),
        "measures": sorted((m.posture, m.cause, m.active) for m in found.measures),
        "tasks": sorted((t.id, t.owner, t.state, t.due) for t in found.tasks),
        "position": found.position,
    }


@pytest.fixture
def places(people):
    data = files("vigie.exposure") / "data"
    exposure.import_sites(people["watch"], (data / "example-sites.csv").read_bytes(), file="sites.csv")
    exposure.import_owners(people["watch"], (data / "example-owners.csv").read_bytes(), file="owners.csv")
    return people


@pytest.fixture
def week(home, places):
    """Levels received, answered, found false, decided here and lowered: what the tables said after each hour."""
    kept = {}

    def sign(code, reasons=REASON):
        made = alert.propose(
            places["cabinet"], scheme="fr-vigipirate-2016", code=code, zone="FR", reasons=reasons, effective=times.now()
        )  # fmt: skip
        steps.sign(places["prime-minister"], made, seen=levels.decision(made).digest)

    acts = [
        lambda: steps.receive(places["watch"], **received("SRRA")),
        lambda: measures.deliver_due(home),
        lambda: word("ex-transport", "acknowledged"),
        lambda: word("ex-venues", "cannot", reason="Not enough guards before Thursday."),
        lambda: steps.receive(places["watch"], **received("UA")),
        lambda: measures.deliver_due(home),
        lambda: steps.look(
            places["second-watch"],
            levels.unlooked()[-1].id,
            agrees=False,
            reason="An old notice, read again.",
        ),
        lambda: sign("UA"),
        lambda: word("ex-town", "done"),
        lambda: sign(
            "SRRA", "Nothing further was planned: the group is dismantled and its means are seized."
        ),
    ]
    for number, act in enumerate(acts):
        with times.held(hour(number)):
            act()
        with times.held(hour(number) + timedelta(minutes=30)):
            kept[number] = the_tables()
    return kept


def test_each_hour_is_told_as_the_tables_told_it_then(week):
    with times.held(hour(20)):
        for number, tables in week.items():
            then = hour(number) + timedelta(minutes=30)
            assert said(picture(then, then)) == tables, number


def test_what_was_learnt_later_changes_what_is_said_of_then_and_what_was_known_then_stays(week):
    at = hour(5)
    with times.held(hour(20)):
        as_known_then, as_known_now = picture(at, at), picture(at)
    assert [s.code for s in as_known_then.levels] == ["UA"]
    assert [s.code for s in as_known_now.levels] == ["SRRA"]
    assert as_known_now.tasks == as_known_then.tasks
    assert as_known_now.position > as_known_then.position


def test_a_level_is_told_until_the_one_that_took_its_place(week):
    with times.held(hour(20)):
        before, after = picture(hour(9) - timedelta(seconds=1)), picture(hour(9))
    assert [s.code for s in before.levels if not s.received] == ["UA"]
    assert [s.code for s in after.levels if not s.received] == ["SRRA"]


def test_what_was_known_before_a_time_cannot_speak_of_it(week):
    with pytest.raises(KnownBeforeIt, match="which came later"):
        picture(hour(5), hour(4))


def test_the_place_of_a_time_in_the_record_is_found_by_halving(week):
    with times.held(hour(20)):
        size = head()[0]
        assert position(hour(20)) == size
        assert position(START - timedelta(days=9)) == 0
        assert position(hour(0)) < position(hour(4)) < size


def test_what_was_erased_says_nothing_and_breaks_nothing(week):
    from vigie.history.picture import Told, picture as compose

    at = hour(3)
    assert compose([Told(1, times.text(at), "", None)], at, at, 1).levels == ()


def test_the_page_shows_levels_measures_and_tasks_of_then(week, sign_in):
    with times.held(hour(20)):
        page = sign_in("watch").get(
            "/history/then/", {"at": "2024-03-24T17:30:00Z", "known": "2024-03-24T17:30:00Z"}
        )
        refused = sign_in("watch").get(
            "/history/then/", {"at": "2024-03-24T17:30:00Z", "known": "2024-03-24T12:00:00Z"}
        )
        bad = sign_in("watch").get("/history/then/", {"at": "soon"})
    text = page.content.decode()
    assert "Urgence attentat" in text
    assert "Measures that were on" in text
    assert refused.status_code == 400
    assert "which came later" in refused.content.decode()
    assert bad.status_code == 400
    assert "is not a date or an instant" in bad.content.decode()
