"""Measures go on and off with the level; each owner gets tasks, one message, and is asked to stop."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from vigie import times
from vigie.accounts.rights import NotAllowed
from vigie.alert import actions as alert, queries as levels
from vigie.errors import NotFound
from vigie.exposure.actions import withdraw_owner
from vigie.ledger.queries import head, recent, verify
from vigie.measures import actions, kinds, queries
from vigie.measures.actions.switching import NoCatalogue, NotStanding
from vigie.measures.catalogue import BadCatalogue, UnknownMeasure
from vigie.measures.models import Message, Posture, Task
from vigie.measures.posture import NotActive, PermanentMeasure


def tasks(owner, **where):
    return {task.measure: task for task in Task.objects.filter(owner=owner, **where)}


def lines(owner):
    newest = Message.objects.filter(owner=owner).order_by("-posture__set_at", "-queued_at").first()
    return {(line["kind"], line["measure"]) for line in newest.lines}


def later(hours):
    return times.held(times.now() + timedelta(hours=hours))


def test_a_level_in_force_gives_each_owner_their_tasks_and_one_message(owners, level):
    cause = level("UA")
    switched = actions.switch(owners["prime-minister"], cause)
    assert (
        switched.messages == Message.objects.count() == len(set(Task.objects.values_list("owner", flat=True)))
    )
    assert switched.tasks == Task.objects.count()
    mall = tasks("o-mall")
    assert mall["BAT 22-01"].sites == ["s-mall"]
    assert "INS-19" in mall, "shopping centres"
    assert "INS-19" not in tasks("o-rail")
    assert set(tasks("o-rail")["BAT 22-01"].sites) == {"s-north", "s-east"}
    assert set(tasks("o-schools")) == {"INS-11"}
    assert {task.state for task in Task.objects.all()} == {"open"}
    assert verify().verified


def test_no_measure_known_only_partly_and_no_advice_to_the_public_is_tasked(owners, level):
    actions.switch(owners["prime-minister"], level("UA"))
    given = set(Task.objects.values_list("measure", flat=True))
    assert given.isdisjoint({"BAT 23-01", "RSB 13-01", "ALR 21-02", "ALR 22-02", "INS-17", "INS-18"})


def test_the_posture_keeps_what_it_was_made_from_and_the_words_that_were_told(owners, level):
    cause = level("UA")
    made = queries.posture(actions.switch(owners["prime-minister"], cause).posture)
    assert (made.level, made.zone, made.cause, made.authority, made.received) == (
        "UA",
        "FR",
        cause,
        "Prime Minister",
        False,
    )
    assert made.catalogue == "fr-vigipirate-public"
    assert len(made.catalogue_digest) == 64
    assert set(made.active) <= set(made.words)
    assert made.words["BAT 22-01"]["fr"]


def test_a_higher_level_replaces_rungs_and_leaves_what_goes_on(owners, level):
    actions.switch(owners["prime-minister"], level("SRRA"))
    before = tasks("o-mall")
    with later(1):
        actions.switch(owners["prime-minister"], level("UA"))
    assert tasks("o-mall")["BAT 21-01"].state == "replaced"
    assert tasks("o-mall")["INS-06"].id == before["INS-06"].id
    assert ("raised", "BAT 22-01") in lines("o-mall")


def test_a_lower_level_asks_each_owner_to_stop_what_they_were_told(raised, owners, level):
    with later(24):
        switched = actions.switch(owners["prime-minister"], level("SRRA"))
    mall = tasks("o-mall")
    assert mall["INS-19"].state == mall["INS-07"].state == "stop_asked"
    assert mall["BAT 21-01"].kind == "eased"
    assert mall["BAT 22-01"].state == "replaced"
    assert switched.stops > 0
    assert {("ended", "INS-19"), ("eased", "BAT 21-01"), ("unchanged", "INS-06")} <= lines("o-mall") | {
        ("unchanged", "INS-06")
    }
    assert verify().verified


def test_the_level_may_fall_while_some_measures_stay(raised, owners, level):
    with later(24):
        made = actions.switch(
            owners["prime-minister"], level("SRRA"), keep=["INS-19"], reason="Crowds expected at the sales."
        )
    assert "INS-19" in queries.posture(made.posture).active
    assert tasks("o-mall")["INS-19"].state == "sent"


def test_what_was_never_sent_ends_without_a_word(owners, level):
    actions.switch(owners["prime-minister"], level("UA"))
    with later(1):
        actions.switch(owners["prime-minister"], level("SRRA"))
    assert tasks("o-mall")["INS-19"].state == "ended"
    assert ("ended", "INS-19") not in lines("o-mall")
    assert ("new", "INS-06") in lines("o-mall"), "what the unsent message was to say is still new"
    assert Message.objects.filter(owner="o-mall", state="dropped").count() == 1
    assert verify().verified


def test_a_stand_down_no_one_heard_of_is_said_again_by_the_next_message(raised, owners, level):
    with later(24):
        actions.switch(owners["prime-minister"], level("SRRA"))
    with later(25):
        actions.switch(
            owners["prime-minister"],
            levels.holds("fr-vigipirate-2016", "FR").winner.id,
            on=["BAT 31-01"],
            reason="As ordered.",
        )
    assert ("ended", "INS-19") in lines("o-mall")
    assert ("new", "BAT 31-01") in lines("o-mall")
    assert tasks("o-mall", state="open")["BAT 31-01"].id


def test_raised_again_before_the_stop_was_answered_the_old_task_gives_way(raised, owners, level):
    with later(24):
        actions.switch(owners["prime-minister"], level("SRRA"))
    with later(48):
        actions.switch(owners["prime-minister"], level("UA"))
    assert sorted(Task.objects.filter(owner="o-mall", measure="INS-19").values_list("state", flat=True)) == [
        "open",
        "replaced",
    ]
    assert verify().verified


def test_where_a_level_ended_and_none_took_its_place_all_are_asked_to_stop(raised, owners, level):
    cause = Posture.objects.get(id=raised.posture).cause
    with pytest.raises(NotStanding, match="still stands"):
        actions.stand_down(owners["watch"], cause)
    short = alert.propose(
        owners["cabinet"], scheme="fr-vigipirate-2016", code="UA", zone="FR", reasons="Until tomorrow only, then reviewed.",
        effective=times.now(), until=times.now() + timedelta(hours=2),
    )  # fmt: skip
    alert.approve(owners["prime-minister"], short, seen=levels.decision(short).digest)
    with later(3):
        alert.note_expiries()
        made = actions.stand_down(owners["watch"], short, reason="The hour set has come.")
        assert queries.posture(made.posture).level == ""
    assert set(Task.objects.values_list("state", flat=True)) == {"stop_asked"}
    assert {
        line["kind"] for message in Message.objects.filter(posture_id=made.posture) for line in message.lines
    } <= {"ended", "unchanged"}
    assert verify().verified


def test_a_region_has_a_posture_of_its_own_beside_the_countrys(owners, level):
    actions.switch(owners["prime-minister"], level("SRRA"))
    with later(1):
        actions.switch(owners["prime-minister"], level("UA", zone="FR-IDF"))
    rail = Task.objects.filter(owner="o-rail")
    assert rail.get(measure="BAT 22-01").sites == ["s-north"]
    assert rail.get(measure="BAT 21-01").state == "open"
    assert {posture.zone for posture in queries.standing()} == {"FR", "FR-IDF"}
    assert verify().verified


def test_the_same_switch_again_gives_no_task_and_writes_to_nobody(raised, owners):
    cause = Posture.objects.get(id=raised.posture).cause
    with later(1):
        again = actions.switch(owners["prime-minister"], cause)
    assert (again.tasks, again.stops, again.messages) == (0, 0, 0)


def test_an_owner_who_comes_later_is_told_of_everything_at_the_next_switch(raised, owners):
    from vigie.exposure.actions import import_owners

    import_owners(
        owners["watch"],
        b"id,name,kind,mail,sites\no-late,Poste de garde,site-manager,garde@example.org,s-museum\n",
    )
    cause = Posture.objects.get(id=raised.posture).cause
    with later(1):
        actions.switch(owners["prime-minister"], cause)
    assert ("new", "BAT 22-01") in lines("o-late")


def test_catching_up_tasks_who_came_since_and_keeps_what_was_set_by_hand(home, raised, owners, level):
    from vigie.exposure.actions import import_owners

    with later(24):
        kept = actions.switch(
            owners["prime-minister"], level("SRRA"), keep=["INS-19"], reason="Sales all week."
        )
        actions.deliver_due(home)
        assert actions.catch_up(owners["watch"], kept.posture) is None
        row = b"id,name,kind,mail,sites\no-late,Poste de garde,site-manager,garde@example.org,s-mall\n"
        import_owners(owners["watch"], row)
        with pytest.raises(NotStanding, match="has ended"):
            actions.catch_up(owners["watch"], raised.posture)
        made = actions.catch_up(owners["watch"], kept.posture)
    assert "INS-19" in queries.posture(made.posture).active
    assert tasks("o-mall")["INS-19"].state == "sent"
    assert {"INS-19", "BAT 21-01"} <= set(tasks("o-late"))
    assert made.messages == 1
    assert verify(tables=False).verified


def test_an_owner_who_left_is_let_go_at_the_next_switch(raised, owners):
    withdraw_owner(owners["watch"], "o-museum", "The museum closed.")
    cause = Posture.objects.get(id=raised.posture).cause
    with later(1):
        actions.switch(owners["prime-minister"], cause)
    assert set(Task.objects.filter(owner="o-museum").values_list("state", flat=True)) == {"stop_asked"}


def test_a_home_without_owners_still_sets_the_posture(people, level):
    switched = actions.switch(people["prime-minister"], level("UA"))
    assert (switched.tasks, switched.messages) == (0, 0)
    assert queries.current("fr-vigipirate-2016", "FR").level == "UA"


def test_nothing_follows_from_a_level_that_is_not_in_force(owners):
    made = alert.propose(
        owners["cabinet"], scheme="fr-vigipirate-2016", code="UA", zone="FR", reasons="Proposed and not signed yet.", effective=times.now()
    )  # fmt: skip
    size = head()[0]
    with pytest.raises(NotStanding, match="'proposed'"):
        actions.switch(owners["prime-minister"], made)
    with pytest.raises(NotFound):
        actions.switch(owners["prime-minister"], "decision-999")
    assert head()[0] == size


def test_a_received_level_is_carried_out_and_stays_its_authoritys(owners):
    made = alert.receive(
        owners["watch"], scheme="fr-vigipirate-2016", code="UA", zone="FR", authority="Premier ministre",
        words="La posture est relevée.", source="https://example.org/notice", effective=times.now(),
    )  # fmt: skip
    posture = queries.posture(actions.switch(owners["watch"], made).posture)
    assert (posture.received, posture.authority) == (True, "Premier ministre")


def test_a_scheme_without_a_catalogue_says_so(owners):
    made = alert.receive(
        owners["watch"], scheme="nl-dtn", code="4", zone="NL", authority="NCTV", words="Dreigingsniveau 4.",
        source="https://example.org/dtn", effective=times.now(),
    )  # fmt: skip
    with pytest.raises(NoCatalogue, match="nl-dtn"):
        actions.switch(owners["watch"], made)
    assert queries.what_follows("nl-dtn", "4", "NL") is None


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"on": ["NOPE"]}, UnknownMeasure),
        ({"off": ["IMD 10-01"]}, PermanentMeasure),
        ({"keep": ["INS-20"]}, NotActive),
    ],
)
def test_a_switch_that_cannot_be_is_refused_whole(owners, level, given, refusal):
    cause = level("UA")
    size = head()[0]
    with pytest.raises(refusal):
        actions.switch(owners["prime-minister"], cause, **given)
    assert head()[0] == size
    assert not Posture.objects.exists()


@pytest.mark.parametrize("office", ["cabinet", "analysis", "audit", "machine-room", "liaison"])
def test_only_the_offices_that_may_switch_do(owners, level, office):
    with pytest.raises(NotAllowed):
        actions.switch(owners[office], level("UA"))


def test_what_follows_says_before_what_the_switch_then_does_and_writes_nothing(owners, level):
    cause = level("UA")
    size = head()[0]
    seen = queries.what_follows("fr-vigipirate-2016", "UA", "FR")
    assert head()[0] == size
    done = actions.switch(owners["prime-minister"], cause)
    assert (seen.tasks, seen.owners, seen.stops) == (done.tasks, done.messages, done.stops)
    assert seen.due == queries.posture(done.posture).due


def test_a_home_may_bring_its_own_catalogue(home, owners, level, small_text):
    folder = home.path / "catalogues"
    folder.mkdir()
    (folder / "mine.yaml").write_text(small_text, encoding="utf-8")
    made = queries.posture(actions.switch(owners["prime-minister"], level("UA")).posture)
    assert made.catalogue == "small"
    (folder / "again.yaml").write_text(small_text, encoding="utf-8")
    with pytest.raises(BadCatalogue, match=r"again\.yaml, mine\.yaml are both for"):
        queries.catalogue("fr-vigipirate-2016")


def test_a_measure_that_names_no_owner_in_the_homes_catalogue_stops_the_switch_by_its_name(
    home, owners, level, small_text
):
    folder = home.path / "catalogues"
    folder.mkdir()
    (folder / "mine.yaml").write_text(small_text.replace("owners: [mayor], ", ""), encoding="utf-8")
    with pytest.raises(BadCatalogue, match="'SCHOOL' names no owner"):
        actions.switch(owners["prime-minister"], level("UA"))
    assert not Posture.objects.exists()


def test_the_database_refuses_two_postures_for_one_zone_and_two_rungs_for_one_owner(raised):
    row = Posture.objects.get(id=raised.posture)
    row.pk = "posture-999"
    with pytest.raises(IntegrityError), transaction.atomic(using="record"):
        row.save(force_insert=True)
    task = Task.objects.filter(owner="o-mall").first()
    task.pk = "task-999-0"
    with pytest.raises(IntegrityError), transaction.atomic(using="record"):
        task.save(force_insert=True)


def test_the_record_says_who_switched_and_because_of_what(raised, owners):
    entry, body = next(pair for pair in recent(20) if pair[0].kind == kinds.POSTURE_SET.tag)
    assert entry.by.person == owners["prime-minister"].person
    assert body.cause in entry.subjects
