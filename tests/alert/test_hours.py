"""A level and its hour: signed or received for later, giving way then, never older than what stands."""

import re
from datetime import timedelta

import pytest

from vigie import times
from vigie.alert import actions, queries
from vigie.alert.regimes import EndsByItself, NotInEdition
from vigie.history import queries as history
from vigie.ledger.queries import head, verify

FR = "fr-vigipirate-2016"
WHY = "An attack abroad was claimed by a group that has tried here before."


def proposal(**changes):
    return {"scheme": FR, "code": "UA", "zone": "FR", "reasons": WHY, "effective": times.now(), **changes}


def reception(**changes):
    return {
        "scheme": FR, "code": "UA", "zone": "FR", "authority": "Prime Minister", "words": "La posture est relevée.",
        "source": "https://example.org/notice", "effective": times.now(), **changes,
    }  # fmt: skip


def approve(actor, decision):
    actions.approve(actor, decision, seen=queries.decision(decision).digest)


def hours(n):
    return times.now() + timedelta(hours=n)


def codes(at=None):
    return [s.code for s in queries.standing(at)]


def signed(people, **changes):
    made = actions.propose(people["cabinet"], **proposal(**changes))
    approve(people["prime-minister"], made)
    return made


def test_a_level_signed_for_later_holds_from_its_hour_and_the_present_one_until_then(people):
    first = signed(people, code="SRRA")
    later = hours(8)
    second = signed(people, effective=later)
    assert (queries.decision(first).stage, queries.decision(second).stage) == ("in force", "approved")
    assert [s.id for s in queries.standing()] == [first]
    assert [s.id for s in queries.coming()] == [second]
    size = head()
    with times.held(later - timedelta(seconds=1)):
        assert codes() == ["SRRA"]
    with times.held(later):
        assert codes() == ["UA"]
        assert (queries.decision(first).stage, queries.decision(second).stage) == ("superseded", "in force")
        assert actions.note_expiries() == []
        assert head() == size  # nothing had to be written for it
    assert queries.decision(first).ended_by == second
    assert verify().verified


def test_all_roads_say_the_same_of_a_level_signed_for_later(people):
    signed(people, code="SRRA")
    later = hours(8)
    signed(people, effective=later)
    for at in (times.now(), later - timedelta(seconds=1), later, later + timedelta(hours=1)):
        with times.held(at):
            drawn = history.picture(at)
            assert list(drawn.levels) == queries.standing(at)
            assert history.level(FR, at, zone="FR").code == queries.holds(FR, "FR", at).winner.code


def test_the_newest_signature_is_the_whole_of_what_is_meant(people):
    """A lowering signed for the morning must not lower what was raised in the night."""
    signed(people, code="SRRA")
    morning = hours(8)
    planned = signed(people, code="VIG", effective=morning)
    with times.held(hours(3)):
        raised = signed(people)
        assert [s.id for s in queries.standing()] == [raised]
        assert queries.coming() == []
        assert queries.decision(planned).stage == "superseded"
    with times.held(morning):
        assert [s.id for s in queries.standing()] == [raised]
        assert [c.code for c in history.changes(FR) if c.origin == "home"] == ["SRRA", "UA"]
    assert verify().verified


def test_a_chain_of_hours_gives_way_one_after_the_other(people):
    signed(people, code="SRRA")
    signed(people, effective=hours(8))
    signed(people, code="VIG", effective=hours(10))
    assert [codes(hours(n)) for n in (0, 7, 8, 9, 10)] == [["SRRA"], ["SRRA"], ["UA"], ["UA"], ["VIG"]]
    assert verify().verified


def test_an_older_decision_does_not_end_a_newer_one(people):
    old = actions.propose(people["cabinet"], **proposal(code="VIG"))
    with times.held(hours(1)):
        newer = signed(people)
        with pytest.raises(actions.Overtaken, match="does not end a newer one"):
            approve(people["prime-minister"], old)
        with pytest.raises(actions.Overtaken):
            actions.propose(people["cabinet"], **proposal(code="SRRA", effective=hours(-2)))
        assert [s.id for s in queries.standing()] == [newer]


def test_a_form_that_says_this_minute_means_now(clock):
    """Forms take times to the minute: what somebody writes there must not be older than what was set seconds ago."""
    from vigie.alert.forms import ReceiveForm

    field = ReceiveForm.base_fields["effective"]
    with times.held(times.now() + timedelta(seconds=40)):
        assert field.clean("2024-03-22T13:00") == times.now()
        assert field.clean("2024-03-22T12:59") == times.parse("2024-03-22T11:59:00Z")


def test_a_level_is_not_dated_before_its_edition_existed_nor_after_it_was_given_up(receiving_home, people):
    before = head()
    with pytest.raises(NotInEdition, match="Use fr-vigipirate-2014"):
        actions.receive(people["watch"], **reception(effective=times.parse("2004-03-11T08:00:00Z")))
    with pytest.raises(NotInEdition, match="ended on"):
        actions.receive(people["watch"], **reception(scheme="fr-vigipirate-2014", code="AA"))
    assert head() == before


def test_a_level_received_for_later_holds_from_its_hour(receiving_home, people):
    first = actions.receive(people["watch"], **reception(code="SRRA"))
    later = hours(48)
    made = actions.receive(people["watch"], **reception(effective=later))
    assert [s.id for s in queries.standing()] == [first]
    assert queries.reception(made).later
    actions.look(people["second-watch"], made, agrees=True)
    with times.held(later):
        assert [s.id for s in queries.standing()] == [made]
    assert verify().verified


def test_no_page_says_that_a_level_received_for_later_holds_already(receiving_home, people, sign_in):
    later = hours(1)
    made = actions.receive(people["watch"], **reception(effective=later))
    client = sign_in("second-watch")
    pages = ("/", "/levels/", f"/levels/{made}/", f"/look/{made}/")
    says = re.compile("it holds, and|It holds already|holds on one person")
    for at, held in ((times.now(), False), (later, True)):
        with times.held(at):
            for page in pages:
                assert bool(says.search(client.get(page).content.decode())) is held, (page, at)
    actions.look(people["second-watch"], made, agrees=True)
    assert "<dd>signed for its hour" in client.get(f"/levels/{made}/").content.decode()
    with times.held(later):
        assert "<dd>in force" in client.get(f"/levels/{made}/").content.decode()


def test_a_level_received_for_later_and_withdrawn_lets_the_present_one_go_on(receiving_home, people):
    first = actions.receive(people["watch"], **reception(code="SRRA"))
    later = hours(48)
    made = actions.receive(people["watch"], **reception(effective=later))
    actions.look(people["second-watch"], made, agrees=False, reason="The notice was for another country.")
    assert queries.reception(first).ended_at is None
    with times.held(later):
        assert [s.id for s in queries.standing()] == [first]
    assert verify().verified


def test_one_person_receives_a_raise_for_now_though_a_graver_one_is_told_for_tomorrow(receiving_home, people):
    actions.receive(people["watch"], **reception(code="VIG"))
    tomorrow = actions.receive(people["watch"], **reception(effective=hours(24)))
    now = actions.receive(people["watch"], **reception(code="SRRA"))
    assert queries.holds(FR, "FR").winner.id == now
    with times.held(hours(24)):
        assert queries.holds(FR, "FR").winner.id == tomorrow


def test_the_same_level_for_now_is_another_than_the_one_told_for_tomorrow(receiving_home, people):
    actions.receive(people["watch"], **reception(effective=hours(24)))
    now = actions.receive(people["watch"], **reception())
    assert [s.id for s in queries.standing()] == [now]


def test_a_lowering_told_before_a_raise_does_not_end_it_at_its_later_hour(receiving_home, people):
    actions.receive(people["watch"], **reception(code="SRRA"))
    lower = actions.receive(people["watch"], **reception(code="VIG", effective=hours(8)))
    with times.held(hours(3)):
        raised = actions.receive(people["watch"], **reception())
        actions.look(people["second-watch"], lower, agrees=True)
    with times.held(hours(9)):
        assert [s.id for s in queries.standing()] == [raised]
    assert verify().verified


def test_a_reception_older_than_what_stands_is_kept_only_with_the_hour_it_ended(receiving_home, people):
    stands = actions.receive(people["watch"], **reception(code="SRRA"))
    old = {"effective": hours(-48), "code": "UA"}
    with pytest.raises(actions.Overtaken, match="kept as history"):
        actions.receive(people["watch"], **reception(**old))
    kept = actions.receive(people["watch"], **reception(**old, until=hours(-24)))
    assert [s.id for s in queries.standing()] == [stands]
    assert history.level(FR, hours(-30), zone="FR").code == "UA"
    assert not queries.stands(kept)


def test_an_end_is_refused_where_the_scheme_lets_nothing_end_by_itself(people):
    with pytest.raises(EndsByItself, match="only UA may"):
        actions.propose(people["cabinet"], **proposal(code="SRRA", until=hours(8)))
