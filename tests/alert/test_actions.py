"""Levels: proposed, returned, rejected, approved, announced, received, looked at, expired; and every refusal."""

import dataclasses
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connections, transaction

from vigie import times
from vigie.accounts.rights import NotAllowed
from vigie.alert import actions, moves, queries, signing
from vigie.alert.dossier import Dossier, LevelThen
from vigie.alert.models import Decision, Reception
from vigie.errors import NotFound
from vigie.homes import Decides
from vigie.ledger.queries import head, recent, verify
from vigie.schemes.reader import UnknownLevel, UnknownScheme, UnknownZone

WHY = "An attack abroad was claimed by a group that has tried here before."


@pytest.fixture
def proposed(people):
    return actions.propose(people["cabinet"], **proposal())


def proposal(**changes):
    return {
        "scheme": "fr-vigipirate-2016",
        "code": "UA",
        "zone": "FR",
        "reasons": WHY,
        "effective": times.now(),
        **changes,
    }


def approve(actor, decision):
    actions.approve(actor, decision, seen=queries.decision(decision).digest)


def reception(**changes):
    return {
        "scheme": "fr-vigipirate-2016", "code": "UA", "zone": "FR", "authority": "Prime Minister", "words": "La posture est relevée.",
        "source": "https://example.org/notice", "effective": times.now(), **changes,
    }  # fmt: skip


def test_a_proposal_holds_nothing_until_a_second_person_signs_it(people, proposed):
    assert queries.holds("fr-vigipirate-2016", "FR") is None
    approve(people["prime-minister"], proposed)
    found = queries.holds("fr-vigipirate-2016", "FR-75")
    assert (found.winner.code, found.winner.id, found.winner.received) == ("UA", proposed, False)


def test_decided_effective_and_announced_are_three_times(people):
    effective = times.now() + timedelta(hours=2)
    decision = actions.propose(people["cabinet"], **proposal(effective=effective))
    with times.held(effective + timedelta(minutes=30)):
        approve(people["prime-minister"], decision)
    with times.held(times.now() + timedelta(hours=3)):
        actions.announce(
            people["cabinet"],
            decision,
            announcer="Prime Minister",
            where="press statement",
            announced=times.now(),
        )
        assert [s.id for s in queries.standing()] == [decision]
    row = queries.decision(decision)
    [told] = queries.announcements(decision)
    assert row.effective < row.decided_at < told.announced


def test_the_proposer_cannot_approve(people):
    decision = actions.propose(people["both"], **proposal())
    with pytest.raises(signing.SamePerson, match="Someone else"):
        approve(people["both"], decision)
    assert queries.decision(decision).state == "proposed"


def test_whoever_edited_the_draft_cannot_approve_it(people, proposed):
    actions.return_(people["deputy"], proposed, "Name the legal basis of it.")
    actions.revise(people["both"], proposed, code="UA", reasons=WHY + " Again.", effective=times.now())
    with pytest.raises(signing.SamePerson):
        approve(people["both"], proposed)


def test_the_database_refuses_a_single_person_whatever_road_was_taken(people, proposed):
    for statement in (
        f"UPDATE alert_decision SET approved_by = proposed_by, state = 'in force', decided_at = '2024-01-01' WHERE id = '{proposed}'",
        f"UPDATE alert_decision SET state = 'in force' WHERE id = '{proposed}'",
    ):
        with (
            pytest.raises(IntegrityError),
            transaction.atomic("record"),
            connections["record"].cursor() as cursor,
        ):
            cursor.execute(statement)


@pytest.mark.parametrize("office", ["analysis", "cabinet", "watch", "machine-room", "audit", "liaison"])
def test_an_office_without_the_right_cannot_approve(people, proposed, office):
    with pytest.raises(NotAllowed, match="approver"):
        approve(people[office], proposed)


def test_an_office_given_up_approves_nothing_from_that_moment_on(people, proposed):
    from vigie.accounts.actions import end_mandate
    from vigie.accounts.models import Mandate

    mandate = Mandate.objects.get(person=people["prime-minister"].person)
    end_mandate(people["machine-room"], mandate.id, "Left the office.")
    with pytest.raises(NotAllowed):
        approve(people["prime-minister"], proposed)


def test_an_edited_draft_cannot_be_signed_by_what_was_seen_before(people, proposed):
    seen = queries.decision(proposed).digest
    actions.revise(people["cabinet"], proposed, code="SRRA", reasons=WHY, effective=times.now())
    with pytest.raises(signing.DraftEdited, match="Read it again"):
        actions.approve(people["prime-minister"], proposed, seen=seen)


def test_a_decision_cannot_be_approved_twice(people, proposed):
    approve(people["prime-minister"], proposed)
    with pytest.raises(moves.WrongMove):
        approve(people["deputy"], proposed)


def test_a_returned_or_rejected_proposal_keeps_its_reason_and_cannot_be_signed(people, proposed):
    actions.return_(people["prime-minister"], proposed, "The review date is missing.")
    assert queries.decision(proposed).state_reason == "The review date is missing."
    with pytest.raises(moves.WrongMove):
        approve(people["prime-minister"], proposed)
    actions.reject(people["prime-minister"], proposed, "The elements are not solid enough.")
    with pytest.raises(moves.WrongMove):
        actions.revise(people["cabinet"], proposed, code="UA", reasons=WHY, effective=times.now())


def test_an_act_without_a_sentence_of_reason_is_refused(people, proposed):
    with pytest.raises(actions.NoReason):
        actions.return_(people["prime-minister"], proposed, "  no ")
    with pytest.raises(actions.NoReason):
        actions.propose(people["cabinet"], **proposal(code="SRRA", reasons=""))


def test_a_new_decision_takes_the_place_of_the_zones_earlier_one_and_of_no_other(people, proposed):
    approve(people["prime-minister"], proposed)
    region = actions.propose(people["cabinet"], **proposal(zone="FR-OCC"))
    approve(people["prime-minister"], region)
    lower = actions.propose(people["cabinet"], **proposal(code="SRRA"))
    approve(people["prime-minister"], lower)
    states = dict(Decision.objects.values_list("id", "state"))
    assert states == {proposed: "superseded", region: "in force", lower: "in force"}
    assert queries.holds("fr-vigipirate-2016", "FR-31").winner.code == "UA"
    assert queries.holds("fr-vigipirate-2016", "FR-75").winner.code == "SRRA"


@pytest.mark.parametrize(
    ("changes", "error", "said"),
    [
        ({"code": "ROUGE"}, UnknownLevel, "Its levels are: VIG"),
        ({"zone": "BE-BRU"}, UnknownZone, "zone not in the scheme"),
        ({"scheme": "fr-invented"}, UnknownScheme, "There is no scheme"),
    ],
)
def test_an_unknown_level_zone_or_scheme_is_refused_with_those_there_are(people, changes, error, said):
    before = head()
    with pytest.raises(error, match=said):
        actions.propose(people["cabinet"], **proposal(**changes))
    assert head() == before


def test_a_home_that_decides_nothing_refuses_to_decide_and_says_what_to_do(receiving_home, people):
    with pytest.raises(actions.DecidesNothing, match=r"receive.*\[\[decides\]\]"):
        actions.propose(people["cabinet"], **proposal())


def test_a_level_that_stands_already_is_not_proposed_again(people, proposed):
    approve(people["prime-minister"], proposed)
    with pytest.raises(actions.LevelUnchanged):
        actions.propose(people["cabinet"], **proposal())


@pytest.mark.parametrize(
    ("scheme", "code", "zone", "days"), [("es-naa", "5", "ES", 7), ("dk-pet", "5", "DK", 15)]
)
def test_a_level_is_looked_at_again_as_soon_as_its_scheme_asks_and_in_a_fortnight_at_the_latest(
    people, settings, scheme, code, zone, days
):
    home = settings.VIGIE_HOME
    settings.VIGIE_HOME = dataclasses.replace(home, decides=(Decides(scheme, (zone,)),))
    made = actions.propose(people["cabinet"], **proposal(scheme=scheme, code=code, zone=zone))
    row = queries.decision(made)
    assert row.review - row.effective == timedelta(days=days)


def test_a_level_set_until_an_hour_ends_there_and_the_record_says_so(people):
    until = times.now() + timedelta(hours=6)
    decision = actions.propose(people["cabinet"], **proposal(until=until))
    approve(people["prime-minister"], decision)
    assert actions.note_expiries() == []
    with times.held(until):
        assert queries.holds("fr-vigipirate-2016", "FR") is None
        assert actions.note_expiries() == [decision]
        assert actions.note_expiries() == []
    assert queries.decision(decision).state == "expired"


def test_one_person_suffices_to_raise_a_received_level_and_it_is_shown_so(receiving_home, people):
    got = actions.receive(people["watch"], **reception())
    assert queries.reception(got).state == "one person"
    found = queries.holds("fr-vigipirate-2016", "FR-31")
    assert (found.winner.code, found.winner.received, found.winner.authority) == (
        "UA",
        True,
        "Prime Minister",
    )
    actions.look(people["second-watch"], got, agrees=True)
    assert queries.reception(got).state == "in force"


def test_a_received_lowering_waits_for_a_second_person(receiving_home, people):
    first = actions.receive(people["watch"], **reception())
    lower = actions.receive(people["watch"], **reception(code="SRRA", words="La posture est ramenée."))
    assert queries.holds("fr-vigipirate-2016", "FR").winner.id == first
    with pytest.raises(signing.SamePerson):
        actions.look(people["watch"], lower, agrees=True)
    actions.look(people["second-watch"], lower, agrees=True)
    assert queries.holds("fr-vigipirate-2016", "FR").winner.id == lower
    assert queries.reception(first).state == "superseded"


def test_a_raise_found_false_is_withdrawn_and_what_it_ended_stands_again(receiving_home, people):
    first = actions.receive(people["watch"], **reception(code="SRRA"))
    false = actions.receive(people["watch"], **reception())
    with pytest.raises(actions.NoReason):
        actions.look(people["second-watch"], false, agrees=False)
    actions.look(people["second-watch"], false, agrees=False, reason="The notice was an old one, read again.")
    assert queries.holds("fr-vigipirate-2016", "FR").winner.id == first
    assert queries.reception(first).state == "one person"


def test_the_same_change_by_two_roads_counts_once(receiving_home, people):
    actions.receive(people["watch"], **reception())
    with pytest.raises(actions.ReceivedAlready, match="Two roads count once"):
        actions.receive(people["second-watch"], **reception(source="a call from the prefecture"))


@pytest.mark.parametrize("missing", ["authority", "words", "source"])
def test_a_reception_says_who_decided_in_which_words_read_where(receiving_home, people, missing):
    with pytest.raises(actions.NoReason, match=missing):
        actions.receive(people["watch"], **reception(**{missing: " "}))
    assert not Reception.objects.exists()


def test_one_home_receives_several_countries_schemes_side_by_side(receiving_home, people):
    actions.receive(people["watch"], **reception())
    actions.receive(people["watch"], **reception(scheme="be-ocam", code="3", zone="BE", authority="OCAM"))
    assert queries.holds("be-ocam", "BE-BRU").winner.code == "3"
    assert queries.holds("fr-vigipirate-2016", "FR").winner.code == "UA"


def test_a_meeting_freezes_its_dossier_at_the_records_position(people, proposed):
    position = head()
    stood = LevelThen(
        id=proposed, scheme="fr-vigipirate-2016", code="UA", zone="FR", since=times.stamp(), until=None, received=False, authority=""
    )  # fmt: skip
    meeting = actions.convene(
        people["cabinet"],
        title="Services",
        question="What follows for us from what is known?",
        agenda=["What is known", "What is not"],
        offices=["Interior services"],
        held=times.now() + timedelta(days=3),
        dossier=Dossier(levels=[stood], assessments=[], tasks=[], calendar=[], calendar_until="", gaps=[]),
    )
    [row] = queries.meetings()
    assert (row.id, row.position, row.root, row.dossier) == (
        meeting,
        position[0],
        position[1].hex(),
        [proposed],
    )


def test_every_act_left_one_entry_and_the_record_rebuilds_to_the_same_rows(people, proposed):
    approve(people["prime-minister"], proposed)
    kinds = [entry.kind for entry, _ in recent(2)]
    assert kinds == ["alert.level.approved/1", "alert.level.proposed/1"]
    verdict = verify()
    assert verdict.verified, verdict.faults


def test_a_decision_that_does_not_exist_is_not_found(people):
    with pytest.raises(NotFound):
        queries.decision("decision-999")


def test_the_entry_names_the_office_and_an_opaque_person_never_a_name(people, proposed):
    [(entry, _)] = recent(1)
    assert entry.by.office == "cabinet"
    assert entry.by.person.startswith("p-")


@pytest.mark.parametrize(
    "given",
    [datetime(9999, 12, 25, tzinfo=UTC), datetime(1, 1, 1, tzinfo=UTC), datetime(2024, 3, 24)],  # noqa: DTZ001
)
def test_a_time_that_cannot_be_reckoned_with_is_refused(people, given):
    before = head()
    with pytest.raises(times.BadTime):
        actions.propose(people["cabinet"], **proposal(effective=given))
    assert head() == before


def test_a_proposal_rests_on_no_assessment_that_is_not_there(people):
    with pytest.raises(NotFound, match="nowhere-1"):
        actions.propose(people["cabinet"], **proposal(assessment="nowhere-1"))


def test_the_database_refuses_an_editor_as_the_second_person_whatever_the_code_says(people, proposed):
    actions.revise(people["both"], proposed, code="UA", reasons=WHY + " Again.", effective=times.now())
    row = Decision.objects.filter(id=proposed)
    for editor in ("both", "cabinet"):
        with pytest.raises(IntegrityError), transaction.atomic(using="record"):
            row.update(state="in force", approved_by=people[editor].person, decided_at=times.now())
    row.update(state="in force", approved_by=people["deputy"].person, decided_at=times.now())


def test_the_database_settles_no_reception_that_nobody_else_looked_at(receiving_home, people):
    made = actions.receive(people["watch"], **reception())
    with pytest.raises(IntegrityError), transaction.atomic(using="record"):
        Reception.objects.filter(id=made).update(state="in force")


def test_a_decision_whose_end_is_past_is_not_signed_any_more(people):
    until = times.now() + timedelta(hours=2)
    decision = actions.propose(people["cabinet"], **proposal(until=until))
    with times.held(until), pytest.raises(actions.TooLate, match="written anew"):
        approve(people["prime-minister"], decision)


def test_a_period_that_is_over_is_history_and_ends_nothing(receiving_home, people):
    first = actions.receive(people["watch"], **reception(code="SRRA"))
    past = {"effective": times.now() - timedelta(days=9), "until": times.now() - timedelta(days=6)}
    made = actions.receive(people["watch"], **reception(**past))
    assert not queries.stands(made)
    assert queries.holds("fr-vigipirate-2016", "FR").winner.id == first
    with pytest.raises(actions.ReceivedAlready):
        actions.receive(people["second-watch"], **reception(**past))
    now = actions.receive(people["watch"], **reception())
    assert queries.holds("fr-vigipirate-2016", "FR").winner.id == now
    assert verify().verified


def test_an_old_lowering_confirmed_late_does_not_end_a_newer_raise(receiving_home, people):
    actions.receive(people["watch"], **reception(code="SRRA"))
    lower = actions.receive(people["watch"], **reception(code="VIG"))
    with times.held(times.now() + timedelta(hours=1)):
        newer = actions.receive(people["watch"], **reception(effective=times.now()))
    with times.held(times.now() + timedelta(hours=2)):
        actions.look(people["second-watch"], lower, agrees=True)
        assert [s.id for s in queries.standing()] == [newer]
    assert queries.reception(lower).state == "superseded"
    assert verify().verified
