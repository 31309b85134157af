"""Breaking the glass: one person, upwards, for hours; two others countersign or it ends."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from vigie import times
from vigie.accounts.actions import found_mandate
from vigie.accounts.actors import Actor
from vigie.accounts.rights import ROLES, NotAllowed, holds
from vigie.alert import actions, moves, queries, signing
from vigie.alert.models import Decision
from vigie.history.queries import picture
from vigie.ledger.queries import head, recent, verify

SCHEME = "fr-vigipirate-2016"
WHY = "An attack abroad was claimed by a group that has tried here before."
ALONE = "Both seconds were called three times and neither answers."


def proposal(**changes):
    return {"scheme": SCHEME, "code": "UA", "zone": "FR", "reasons": WHY, "effective": times.now(), **changes}


def digest(decision):
    return queries.decision(decision).digest


def break_(actor, decision, **changes):
    given = {"seen": digest(decision), "reason": ALONE, "hours": 6, **changes}
    actions.break_glass(actor, decision, **given)


def countersign(actor, decision):
    return actions.countersign(actor, decision, seen=digest(decision))


@pytest.fixture
def proposed(people):
    return actions.propose(people["cabinet"], **proposal())


@pytest.fixture
def broken(people, proposed):
    break_(people["cabinet"], proposed)
    return proposed


@pytest.fixture
def third(people):
    """A third person who may approve."""
    found_mandate("p-99", "deputy")
    return Actor("p-99", "deputy", "shell")


def later(hours):
    return times.held(times.now() + timedelta(hours=hours))


def test_one_person_sets_a_level_in_force_at_once_and_until_an_hour(people, broken):
    held = queries.holds(SCHEME, "FR-75").winner
    assert (held.id, held.until, held.authority) == (broken, times.now() + timedelta(hours=6), "cabinet")
    row = queries.decision(broken)
    assert (row.state, row.glass, row.approved_by, row.broken_by) == (
        "alone",
        "owed",
        "",
        people["cabinet"].person,
    )
    assert recent(1)[0][0].kind == "alert.glass.broken/1"
    assert verify().verified


def test_it_is_a_solemn_entry():
    from vigie.alert import kinds

    assert kinds.GLASS_BROKEN.solemn
    assert kinds.COUNTERSIGNED.solemn
    assert kinds.GLASS_REFUSED.solemn


def test_two_others_countersign_and_it_is_decided_as_any_other(people, broken):
    assert not countersign(people["prime-minister"], broken)
    assert queries.decision(broken).state == "alone"
    assert countersign(people["deputy"], broken)
    row = queries.decision(broken)
    assert (row.state, row.glass) == ("in force", "countersigned")
    with later(48):
        assert queries.holds(SCHEME, "FR").winner.id == broken
        assert actions.note_expiries() == []
    assert verify().verified


def test_one_countersignature_is_not_enough_and_it_ends_at_its_hour(people, broken):
    countersign(people["prime-minister"], broken)
    with later(6):
        assert queries.holds(SCHEME, "FR") is None
        assert actions.note_expiries() == [broken]
        assert queries.decision(broken).state == "lapsed"
        assert actions.note_expiries() == []
        assert recent(1)[0][0].by.via == "clock"
    assert verify().verified


def test_what_stood_before_holds_again_when_it_ends(people):
    before = actions.propose(people["cabinet"], **proposal(code="SRRA"))
    actions.approve(people["prime-minister"], before, seen=digest(before))
    with later(1):
        made = actions.propose(people["cabinet"], **proposal())
        break_(people["cabinet"], made, hours=2)
        assert queries.holds(SCHEME, "FR").winner.id == made
        assert queries.decision(before).state == "in force"
    with later(3):
        assert queries.holds(SCHEME, "FR").winner.id == before
        actions.note_expiries()
        assert queries.holds(SCHEME, "FR").winner.id == before


def test_the_second_countersignature_ends_what_stood_before(people):
    before = actions.propose(people["cabinet"], **proposal(code="SRRA"))
    actions.approve(people["prime-minister"], before, seen=digest(before))
    made = actions.propose(people["cabinet"], **proposal())
    break_(people["cabinet"], made)
    countersign(people["prime-minister"], made)
    countersign(people["deputy"], made)
    assert queries.decision(before).state == "superseded"
    assert [s.id for s in queries.standing()] == [made]


def test_nobody_countersigns_what_they_set_wrote_or_countersigned(people, broken):
    found_mandate(people["cabinet"].person, "prime-minister")
    with pytest.raises(signing.SamePerson):
        countersign(Actor(people["cabinet"].person, "prime-minister"), broken)
    countersign(people["prime-minister"], broken)
    with pytest.raises(signing.SamePerson):
        countersign(people["prime-minister"], broken)
    with pytest.raises(NotAllowed):
        countersign(people["machine-room"], broken)
    with pytest.raises(NotAllowed):
        countersign(people["cabinet"], broken)


def test_the_proposer_does_not_countersign_what_another_set_alone(people, proposed, third):
    found_mandate("p-98", "cabinet")
    break_(Actor("p-98", "cabinet", "shell"), proposed)
    found_mandate(people["cabinet"].person, "deputy")
    with pytest.raises(signing.SamePerson):
        countersign(Actor(people["cabinet"].person, "deputy"), proposed)
    countersign(people["prime-minister"], proposed)
    assert countersign(third, proposed)


def test_it_never_lowers_nor_keeps(people, broken):
    countersign(people["prime-minister"], broken)
    countersign(people["deputy"], broken)
    for code in ("SRRA", "VIG"):
        lower = actions.propose(people["cabinet"], **proposal(code=code))
        with pytest.raises(actions.OnlyUpwards):
            break_(people["cabinet"], lower)
    same = actions.propose(people["cabinet"], **proposal(until=times.now() + timedelta(days=2)))
    with pytest.raises(actions.OnlyUpwards):
        break_(people["cabinet"], same)


def test_the_lowest_level_raises_nothing_where_none_stands(people):
    lowest = actions.propose(people["cabinet"], **proposal(code="VIG"))
    with pytest.raises(actions.OnlyUpwards):
        break_(people["cabinet"], lowest)


def test_a_part_is_not_raised_to_what_already_covers_it(people, broken):
    countersign(people["prime-minister"], broken)
    countersign(people["deputy"], broken)
    part = actions.propose(people["cabinet"], **proposal(zone="FR-IDF"))
    with pytest.raises(actions.OnlyUpwards):
        break_(people["cabinet"], part)


@pytest.mark.parametrize("hours", [0, -1, 7, 48])
def test_it_lasts_six_hours_at_most(people, proposed, hours):
    with pytest.raises(actions.TooLong, match="1 to 6"):
        break_(people["cabinet"], proposed, hours=hours)


def test_what_takes_effect_later_leaves_time_for_a_second(people):
    made = actions.propose(people["cabinet"], **proposal(effective=times.now() + timedelta(hours=2)))
    with pytest.raises(actions.NotYet):
        break_(people["cabinet"], made)


def test_who_may_sign_as_the_second_signs(people, proposed):
    with pytest.raises(actions.SignInstead):
        break_(people["prime-minister"], proposed)


def test_only_who_may_propose_or_approve_breaks_it(people, proposed):
    before = head()
    for office in ("machine-room", "audit", "watch", "assessment-desk", "information"):
        with pytest.raises(NotAllowed):
            break_(people[office], proposed)
    assert head() == before
    assert {r for r in ROLES if holds([r], "alert.glass.break")} == {"proposer", "approver"}
    assert {r for r in ROLES if holds([r], "alert.glass.countersign")} == {"approver"}


def test_it_needs_a_reason_and_the_digest_of_what_was_read(people, proposed):
    with pytest.raises(actions.NoReason):
        break_(people["cabinet"], proposed, reason="busy")
    with pytest.raises(signing.DraftEdited):
        break_(people["cabinet"], proposed, seen="0" * 64)


def test_it_is_not_broken_twice_in_one_place_before_two_others_have_spoken(people, broken):
    """Or one person could govern alone, six hours at a time."""
    with later(7):
        actions.note_expiries()
        again = actions.propose(people["cabinet"], **proposal())
        with pytest.raises(actions.GlassOwed):
            break_(people["cabinet"], again)
        countersign(people["prime-minister"], broken)
        countersign(people["deputy"], broken)
        break_(people["cabinet"], again)


def test_what_has_ended_is_countersigned_all_the_same_and_does_not_come_back(people, broken):
    with later(7):
        actions.note_expiries()
        assert [d.id for d in queries.broken()] == [broken]
        countersign(people["prime-minister"], broken)
        assert countersign(people["deputy"], broken)
        row = queries.decision(broken)
        assert (row.state, row.glass) == ("lapsed", "countersigned")
        assert queries.broken() == []
        assert queries.standing() == []
    assert verify().verified


def test_a_level_past_its_hour_is_not_countersigned_into_force_before_the_clock_noted_it(people, broken):
    countersign(people["prime-minister"], broken)
    with later(6), pytest.raises(moves.WrongMove):
        countersign(people["deputy"], broken)


def test_a_refusal_ends_it_and_needs_a_reason(people, broken):
    with pytest.raises(actions.NoReason):
        actions.refuse_glass(people["prime-minister"], broken, "no")
    with pytest.raises(signing.SamePerson):
        found_mandate(people["cabinet"].person, "deputy")
        actions.refuse_glass(Actor(people["cabinet"].person, "deputy"), broken, WHY)
    actions.refuse_glass(people["prime-minister"], broken, "The claim was false, and known to be so.")
    row = queries.decision(broken)
    assert (row.state, row.glass) == ("rejected", "refused")
    assert queries.standing() == []
    with pytest.raises(actions.NotOwed):
        countersign(people["deputy"], broken)
    assert verify().verified


def test_no_ordinary_signature_return_or_refusal_reaches_it(people, broken):
    for act in (
        lambda: actions.approve(people["prime-minister"], broken, seen=digest(broken)),
        lambda: actions.reject(people["both"], broken, WHY),
        lambda: actions.return_(people["both"], broken, WHY),
        lambda: actions.revise(people["cabinet"], broken, code="UA", reasons=WHY, effective=times.now()),
    ):
        with pytest.raises(moves.WrongMove):
            act()


def test_another_decision_by_two_takes_its_place_and_the_signatures_stay_owed(people, broken):
    made = actions.propose(people["cabinet"], **proposal(code="SRRA"))
    actions.approve(people["prime-minister"], made, seen=digest(made))
    assert queries.holds(SCHEME, "FR").winner.id == made
    assert queries.decision(broken).state == "superseded"
    assert [d.id for d in queries.broken()] == [broken]
    countersign(people["prime-minister"], broken)
    countersign(people["deputy"], broken)
    assert queries.decision(broken).state == "superseded"
    assert verify().verified


@pytest.fixture
def giving_way(people, broken):
    """Set by one person alone, and to give way in two hours to a level that two have signed."""
    made = actions.propose(
        people["cabinet"], **proposal(code="SRRA", effective=times.now() + timedelta(hours=2))
    )
    actions.approve(people["prime-minister"], made, seen=digest(made))
    return broken


def test_until_another_takes_its_place_every_page_still_says_that_one_person_set_it(giving_way, sign_in):
    assert queries.stands(giving_way)
    client = sign_in("watch")
    assert "here, by one person alone" in client.get("/levels/").content.decode()
    first = client.get("/").content.decode()
    assert "set here by one person alone" in first
    assert "decided here, by two persons" not in first
    assert "or it ends" in first


def test_a_refusal_ends_what_would_have_given_way_later(people, giving_way):
    actions.refuse_glass(people["prime-minister"], giving_way, "The attack was another country's.")
    row = queries.decision(giving_way)
    assert (row.state, row.ended_by, row.ended_at) == ("rejected", "", times.now())
    assert queries.standing() == []
    assert list(picture(times.now()).levels) == []
    assert verify().verified


def test_it_can_be_raised_and_set_in_one_act(people):
    made = actions.raise_alone(
        people["prime-minister"], scheme=SCHEME, code="UA", zone="FR", reasons=WHY, reason=ALONE, hours=3
    )
    assert queries.holds(SCHEME, "FR").winner.id == made
    with pytest.raises(signing.SamePerson):
        countersign(people["prime-minister"], made)


def test_where_this_home_decides_nothing_no_glass_is_broken(people, receiving_home):
    with pytest.raises(actions.DecidesNothing):
        actions.raise_alone(
            people["prime-minister"], scheme=SCHEME, code="UA", zone="FR", reasons=WHY, reason=ALONE, hours=3
        )


@pytest.mark.parametrize(
    "given",
    [
        {"state": "in force"},
        {"state": "in force", "approved_by": "p-77"},
        {"state": "in force", "approved_by": "p-77", "glass": "countersigned"},
        {"state": "in force", "approved_by": "p-77", "countersigned_by": "p-77", "glass": "countersigned"},
        {"glass": "countersigned", "approved_by": "p-77", "countersigned_by": "BREAKER"},
        {"glass": "countersigned", "approved_by": "BREAKER", "countersigned_by": "p-77"},
        {"broken_by": ""},
        {"broken_until": None},
    ],
)
def test_the_database_refuses_what_the_verbs_would(people, broken, given):
    changes = {k: people["cabinet"].person if v == "BREAKER" else v for k, v in given.items()}
    with pytest.raises(IntegrityError), transaction.atomic(using="record"):
        Decision.objects.filter(id=broken).update(**changes)


def test_the_database_still_refuses_one_person_for_an_ordinary_decision(people, proposed):
    for changes in (
        {"state": "alone"},
        {"state": "in force"},
        {"state": "in force", "approved_by": people["cabinet"].person},
    ):
        with pytest.raises(IntegrityError), transaction.atomic(using="record"):
            Decision.objects.filter(id=proposed).update(decided_at=times.now(), **changes)
