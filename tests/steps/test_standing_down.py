"""No level stands any more: two persons end a level, and measures follow what holds then."""

from datetime import timedelta

import pytest

from vigie import steps, times
from vigie.accounts.rights import NotAllowed
from vigie.alert import actions as alert, moves, queries as levels
from vigie.alert.signing import DraftEdited, SamePerson
from vigie.history.queries import level as told, picture
from vigie.ledger.queries import head, verify
from vigie.measures import actions as measures, queries as tasks
from vigie.measures.models import Task

FR = "fr-vigipirate-2016"
WHY = "The group was taken, and nothing speaks for another attempt."


def sign(people, code="UA", zone="FR", hours=0):
    made = alert.propose(
        people["cabinet"],
        scheme=FR,
        code=code,
        zone=zone,
        reasons=WHY,
        effective=times.now() + timedelta(hours=hours),
    )
    steps.sign(people["prime-minister"], made, seen=levels.decision(made).digest)
    return made


def asked(people, level, hours=0):
    return alert.propose_stand_down(
        people["cabinet"], level, reason=WHY, effective=times.now() + timedelta(hours=hours)
    )


def signed(actor, made, **more):
    steps.sign_stand_down(actor, made, seen=levels.stand_down(made).digest, **more)


def received(people, code="UA", **changes):
    return steps.receive(
        people["watch"],
        **{
            "scheme": FR, "code": code, "zone": "FR", "authority": "Prime Minister", "words": "La posture change.",
            "source": "https://example.org/notice", "effective": times.now(), **changes,
        },
    )  # fmt: skip


SAID = {"authority": "Prime Minister", "words": "La posture est levée.", "source": "https://example.org/end"}


def test_a_level_goes_on_until_a_second_person_signs_that_it_stands_no_longer(home, places):
    level = sign(places)
    measures.deliver_due(home)
    made = asked(places, level)
    assert [s.id for s in levels.standing()] == [level]
    signed(places["prime-minister"], made)
    assert levels.standing() == []
    assert levels.decision(level).stage == "stood down"
    assert Task.objects.filter(state="stop_asked").exists()
    assert tasks.current(FR, "FR").level == ""
    assert steps.left_behind() == []
    assert list(picture(times.now()).levels) == []
    assert verify().verified


def test_a_region_stood_down_follows_the_level_around_it(home, places):
    sign(places, "SRRA")
    region = sign(places, "UA", "FR-IDF")
    signed(places["prime-minister"], asked(places, region))
    assert levels.holds(FR, "FR-75").winner.code == "SRRA"
    with times.held(times.now() + timedelta(minutes=5)):
        assert told(FR, times.now(), zone="FR-75").code == "SRRA"
    assert verify().verified


def test_nobody_signs_their_own_and_nobody_signs_what_they_did_not_read(home, places):
    level = sign(places)
    with pytest.raises(alert.NoReason):
        alert.propose_stand_down(places["cabinet"], level, reason="over")
    made = alert.propose_stand_down(places["both"], level, reason=WHY)
    before = head()
    with pytest.raises(SamePerson):
        signed(places["both"], made)
    with pytest.raises(DraftEdited):
        steps.sign_stand_down(places["prime-minister"], made, seen="0" * 64)
    with pytest.raises(NotAllowed):
        signed(places["watch"], made)
    with pytest.raises(alert.AskedAlready):
        asked(places, level)
    assert head() == before


def test_a_rejected_stand_down_says_why_and_leaves_the_level(home, places):
    level = sign(places)
    made = asked(places, level)
    with pytest.raises(alert.NoReason):
        signed(places["prime-minister"], made, agrees=False)
    signed(places["prime-minister"], made, agrees=False, reason="One of them has not been found yet.")
    assert [s.id for s in levels.standing()] == [level]
    assert levels.stand_down(made).state_reason.startswith("One of them")
    with pytest.raises(moves.WrongMove):
        signed(places["prime-minister"], made)
    asked(places, level)
    assert verify().verified


def test_an_end_signed_for_later_is_told_now_and_comes_by_itself(home, places):
    level = sign(places)
    measures.deliver_due(home)
    signed(places["prime-minister"], asked(places, level, hours=6))
    assert [s.id for s in levels.standing()] == [level]
    assert levels.decision(level).stage == "in force"
    hour = times.now() + timedelta(hours=6)
    assert [p.level for p in tasks.shown()] == ["UA", ""]
    with times.held(hour):
        assert levels.standing() == []
        assert [p.level for p in tasks.shown()] == [""]
        assert steps.left_behind() == []
    assert verify().verified


def test_a_level_signed_for_later_and_stood_down_before_lets_the_present_one_go_on(home, places):
    first, later = sign(places, "SRRA"), sign(places, "UA", hours=8)
    signed(places["prime-minister"], asked(places, later))
    assert levels.coming() == []
    assert levels.decision(first).ended_at is None
    with times.held(times.now() + timedelta(hours=9)):
        assert [s.id for s in levels.standing()] == [first]
        assert tasks.current(FR, "FR").cause == first
        assert picture(times.now()).levels[0].id == first
    assert verify().verified


def test_what_was_to_follow_a_level_stood_down_before_its_hour_follows_the_present_one(home, places):
    first, later, last = sign(places, "SRRA"), sign(places, "UA", hours=8), sign(places, "VIG", hours=20)
    signed(places["prime-minister"], asked(places, later))
    assert levels.decision(first).ended_by == last
    for hours, stands in ((9, first), (20, last)):
        with times.held(times.now() + timedelta(hours=hours)):
            assert [s.id for s in levels.standing()] == [stands]
            assert [s.id for s in picture(times.now()).levels] == [stands]
    assert verify().verified


@pytest.mark.parametrize("hours", [6, 8])
def test_a_level_stood_down_for_an_hour_before_it_begins_leaves_no_task(home, places, sign_in, hours):
    first, later = sign(places, "SRRA"), sign(places, "UA", hours=8)
    made = asked(places, later, hours=hours)
    page = sign_in("prime-minister").get(f"/stand-down/{made}/sign/")
    assert page.context["then"].winner.id == first
    signed(places["prime-minister"], made)
    assert levels.coming() == []
    assert [p.cause for p in tasks.shown()] == [first]
    assert verify().verified


def test_what_has_ended_is_not_stood_down(home, places):
    first = sign(places, "SRRA")
    sign(places)
    with pytest.raises(moves.WrongMove, match="can be stood down"):
        asked(places, first)


def test_a_level_received_is_ended_by_two_and_its_words_are_kept(receiving_home, places):
    level = received(places)
    measures.deliver_due(receiving_home)
    made = steps.receive_stand_down(places["watch"], level, **SAID)
    assert levels.stands(level)
    with pytest.raises(SamePerson):
        steps.look_stand_down(places["watch"], made, seen=levels.stand_down(made).digest)
    steps.look_stand_down(places["second-watch"], made, seen=levels.stand_down(made).digest)
    assert levels.standing() == []
    assert Task.objects.filter(state="stop_asked").exists()
    assert levels.stand_down(made).words == SAID["words"]
    assert verify().verified
    again = received(places)
    assert levels.stands(again)


def test_the_end_of_a_level_needs_its_authority_and_words(receiving_home, places):
    level = received(places)
    with pytest.raises(alert.NoReason):
        steps.receive_stand_down(places["watch"], level, **{**SAID, "words": " "})
