"""What follows when one person sets a level, and when it ends."""

from datetime import timedelta

import pytest

from vigie import steps, times
from vigie.accounts.rights import NotAllowed
from vigie.alert import actions as alert, queries as levels
from vigie.ledger.queries import verify
from vigie.measures import actions as measures, queries as tasks
from vigie.measures.actions.switching import NotStanding

SCHEME = "fr-vigipirate-2016"
WHY = "An attack abroad was claimed by a group that has tried here before."
ALONE = "Both seconds were called three times and neither answers."


def raise_alone(people, **changes):
    given = {
        "scheme": SCHEME,
        "code": "UA",
        "zone": "FR",
        "reasons": WHY,
        "reason": ALONE,
        "hours": 2,
        **changes,
    }
    return steps.raise_alone(people["cabinet"], **given)


def decided(people, code):
    made = alert.propose(
        people["cabinet"], scheme=SCHEME, code=code, zone="FR", reasons=WHY, effective=times.now()
    )
    steps.sign(people["prime-minister"], made, seen=levels.decision(made).digest)
    return made


def level_of_measures():
    return tasks.current(SCHEME, "FR").level


def test_places_are_asked_to_act_at_once_and_only_of_what_one_set_oneself(places):
    made = raise_alone(places)
    assert level_of_measures() == "UA"
    with pytest.raises(NotAllowed):
        measures.switch(places["cabinet"], made)
    with pytest.raises(NotStanding):
        measures.follow_glass(places["prime-minister"], made)


def test_measures_stay_until_a_person_lets_them_follow_what_holds_again(places):
    before = decided(places, "SRRA")
    with times.held(times.now() + timedelta(minutes=5)):
        raise_alone(places)
    with times.held(times.now() + timedelta(hours=3)):
        alert.note_expiries()
        assert level_of_measures() == "UA"
        [left] = steps.left_behind()
        with pytest.raises(NotAllowed):
            steps.follow(places["audit"], left.id)
        steps.follow(places["prime-minister"], left.id)
        assert level_of_measures() == "SRRA"
        assert tasks.current(SCHEME, "FR").cause == before
        assert steps.left_behind() == []
        with pytest.raises(steps.StandsStill):
            steps.follow(places["prime-minister"], left.id)
    assert verify().verified


def test_where_nothing_holds_again_owners_are_asked_to_stop(places):
    raise_alone(places)
    with times.held(times.now() + timedelta(hours=3)):
        alert.note_expiries()
        steps.follow(places["prime-minister"], steps.left_behind()[0].id)
        assert level_of_measures() == ""


def test_a_refusal_lets_measures_follow_in_the_same_act(places):
    decided(places, "SRRA")
    with times.held(times.now() + timedelta(minutes=5)):
        made = raise_alone(places)
        steps.refuse_glass(places["deputy"], made, "The claim was false, and known to be so.")
        assert level_of_measures() == "SRRA"
    assert verify().verified


def test_the_page_that_lets_measures_follow(places, sign_in):
    raise_alone(places)
    with times.held(times.now() + timedelta(hours=3)):
        alert.note_expiries()
        client = sign_in("prime-minister")
        shown = client.get("/").content.decode()
        [left] = steps.left_behind()
        assert f"/follow/{left.id}/" in shown
        assert "Stand down" in client.get(f"/follow/{left.id}/").content.decode()
        assert client.post(f"/follow/{left.id}/").status_code == 302
        assert "follow a level that holds" in client.get(f"/follow/{left.id}/").content.decode()


def test_the_picture_of_that_hour_tells_it_as_it_was(places):
    from vigie.history.queries import picture

    start = times.now()
    made = raise_alone(places)
    with times.held(start + timedelta(hours=3)):
        alert.note_expiries()

        def then(hours):
            return [s.id for s in picture(start + timedelta(hours=hours), times.now()).levels]

        assert then(1) == [made]
        assert then(2.5) == []
    with times.held(start + timedelta(hours=4)):
        for office in ("prime-minister", "deputy"):
            alert.countersign(places[office], made, seen=levels.decision(made).digest)
        assert [s.id for s in picture(start + timedelta(hours=1), times.now()).levels] == [made]
        assert picture(start + timedelta(hours=3), times.now()).levels == ()


def test_history_tells_when_it_ended(places):
    from vigie.history.queries import level

    start = times.now()
    decided(places, "SRRA")
    with times.held(start + timedelta(minutes=5)):
        raise_alone(places)
    with times.held(start + timedelta(hours=5)):
        alert.note_expiries()
        assert level(SCHEME, start + timedelta(hours=1), zone="FR").code == "UA"
        assert level(SCHEME, start + timedelta(hours=4), zone="FR").code == "SRRA"


def test_the_public_page_says_that_one_person_set_it(places, settings, django_capture_on_commit_callbacks):
    from vigie.warning import actions as warning

    def publish(because):
        with django_capture_on_commit_callbacks(using="record", execute=True):
            warning.publish(places["watch"], because=because)

    made = raise_alone(places)
    publish(made)
    home = settings.VIGIE_HOME
    said = {file: file.read_text() for file in home.public.rglob("*.html")}
    assert any("two others have not yet confirmed it" in text for text in said.values())
    for office in ("prime-minister", "deputy"):
        alert.countersign(places[office], made, seen=levels.decision(made).digest)
    publish(made)
    assert not any(
        "two others have not yet confirmed it" in f.read_text() for f in home.public.rglob("*.html")
    )
