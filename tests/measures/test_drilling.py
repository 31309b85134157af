"""A contact drill shows who answers in time, and touches no task."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from hypothesis import given, strategies as st

from vigie import times
from vigie.accounts.rights import NotAllowed
from vigie.cli import drills as commands
from vigie.errors import NotFound
from vigie.ledger.queries import verify
from vigie.measures import actions, queries
from vigie.measures.actions import drilling
from vigie.measures.channels import Outcome
from vigie.measures.drilling.standing import STANDINGS, BadDrill, standing
from vigie.measures.models import Drill, DrillCall, Message, Task
from vigie.measures.queries.links import BadLink

NOW = datetime(2015, 6, 26, 12, tzinfo=UTC)


def token(drill, owner):
    return queries.drill_link(queries.drill(drill), owner).rstrip("/").rpartition("/")[2]


def stands(drill):
    return {line.owner: line.standing for line in queries.drill_lines(queries.drill(drill))}


@pytest.fixture
def called(owners):
    """A drill of 15 minutes whose messages left."""
    [made] = actions.call_drill(owners["watch"])
    actions.leave_drills(settings.VIGIE_HOME)
    return made


def test_who_answered_in_time_late_not_at_all_or_was_never_reached(owners, monkeypatch):
    send = drilling._leave
    failed = Outcome(delivered=False, channel="json", why="not taken")
    monkeypatch.setattr(drilling, "_leave", lambda *a: failed if "o-museum" in a[2].owners else send(*a))
    [drill] = actions.call_drill(
        owners["watch"], minutes=15, owners=["o-rail", "o-mall", "o-town", "o-museum"]
    )
    assert set(stands(drill).values()) == {"waits"}
    actions.leave_drills(settings.VIGIE_HOME)
    start = times.now()
    assert stands(drill) == {
        "o-rail": "asked",
        "o-mall": "asked",
        "o-town": "asked",
        "o-museum": "not_reached",
    }
    with times.held(start + timedelta(minutes=14)):
        actions.answer_drill(token(drill, "o-rail"))
    with times.held(start + timedelta(minutes=16)):
        actions.answer_drill(token(drill, "o-mall"))
        assert stands(drill) == {
            "o-rail": "in_time",
            "o-mall": "late",
            "o-town": "silent",
            "o-museum": "not_reached",
        }
    assert verify().verified


def test_it_gives_no_task_and_writes_no_message_of_tasks(called):
    assert (Task.objects.count(), Message.objects.count()) == (0, 0)
    assert queries.totals().open == 0


def test_its_message_says_first_that_it_is_not_real(called):
    [letter] = queries.drill_letters(queries.drill(called), ["o-museum"])
    assert letter.subject.startswith("EXERCISE – ")
    assert letter.text.startswith("EXERCISE. Not real.")
    assert token(called, "o-museum") in letter.text
    [french] = queries.drill_letters(queries.drill(called), ["o-mall"])
    assert french.subject.startswith("EXERCICE – ")


def test_owners_of_one_address_get_one_message_with_a_link_each(owners):
    from vigie.exposure.actions import import_owners

    import_owners(
        owners["watch"],
        b"id,name,kind,language,mail\na,A,site-manager,en,one@x.example\nb,B,site-manager,en,ONE@x.example\n",
    )
    [drill] = actions.call_drill(owners["watch"], owners=["a", "b"])
    [letter] = queries.drill_letters(queries.drill(drill), ["a", "b"])
    assert all(token(drill, owner) in letter.text for owner in ("a", "b"))


def test_nothing_leaves_twice_and_the_first_answer_counts(called):
    assert actions.leave_drills(settings.VIGIE_HOME) == 0
    actions.answer_drill(token(called, "o-mall"))
    first = DrillCall.objects.get(owner="o-mall").answered_at
    with times.held(times.now() + timedelta(hours=1)):
        actions.answer_drill(token(called, "o-mall"))
    assert DrillCall.objects.get(owner="o-mall").answered_at == first


def test_quiet_hours_keep_a_drill_back_unless_it_is_said(owners, monkeypatch):
    monkeypatch.setattr(type(settings.VIGIE_HOME.waves), "quiet_until", lambda *_: NOW)
    actions.call_drill(owners["watch"], owners=["o-mall"])
    assert actions.leave_drills(settings.VIGIE_HOME) == 0
    actions.call_drill(owners["watch"], owners=["o-rail"], in_quiet_hours=True)
    assert actions.leave_drills(settings.VIGIE_HOME) == 1


def test_a_drill_that_cannot_be_is_refused(people, owners):
    for minutes in (0, 1441):
        with pytest.raises(BadDrill, match="minutes"):
            actions.call_drill(owners["watch"], minutes=minutes)
    with pytest.raises(NotFound, match="o-nobody"):
        actions.call_drill(owners["watch"], owners=["o-nobody"])
    with pytest.raises(NotAllowed):
        actions.call_drill(owners["cabinet"])
    with pytest.raises(BadLink):
        actions.answer_drill("drill-1~o-mall~" + "A" * 43)
    with pytest.raises(NotFound):
        queries.drill("drill-0")


def test_without_an_owner_nobody_can_be_called(people):
    with pytest.raises(BadDrill, match="no owner"):
        actions.call_drill(people["watch"])


def test_reading_the_page_answers_nothing_its_button_does(called, client):
    page = f"/measures/here/{token(called, 'o-museum')}/"
    read = client.get(page)
    assert "EXERCISE" in read.content.decode()
    assert stands(called)["o-museum"] == "asked"
    assert client.post(page).status_code == 302
    assert stands(called)["o-museum"] == "in_time"
    assert "Thank you" in client.get(page).content.decode()


@given(
    minutes=st.integers(1, 1440),
    left=st.none() | st.integers(0, 5000),
    answered=st.none() | st.integers(0, 5000),
    now=st.integers(0, 10_000),
    failed=st.booleans(),
)
def test_an_owner_stands_in_one_place_and_an_answer_is_never_lost(minutes, left, answered, now, failed):
    def at(minute):
        return None if minute is None else NOW + timedelta(minutes=minute)

    found = standing(minutes, at(left), failed=failed, answered=at(answered), now=at(now))
    assert found in STANDINGS
    assert (found in {"in_time", "late"}) == (answered is not None)


def test_the_command_shows_the_newest_drill_or_says_that_there_is_none(called, monkeypatch, capsys):
    monkeypatch.setattr(commands, "open_home", lambda _given: settings.VIGIE_HOME)
    commands.show()
    assert called in capsys.readouterr().out
    DrillCall.objects.all().delete()
    Drill.objects.all().delete()
    with pytest.raises(NotFound, match="No contact drill was called yet"):
        commands.show()
