"""Drawing plans and revealing seeds: what is done, what stands on the record, every refusal."""

import stat
from datetime import timedelta

import pytest
from django.db import IntegrityError, connections, transaction

from tests.patrols.conftest import FIRST, OVER, week
from tests.patrols.weeks import NAMES
from vigie import times
from vigie.accounts.rights import NotAllowed
from vigie.errors import NotFound
from vigie.ledger.models import Payload
from vigie.ledger.queries import recent, verify as verify_record
from vigie.patrols import actions, queries, sealed
from vigie.patrols.models import Plan
from vigie.patrols.plan import BadPlan
from vigie.patrols.presence import BadPresence
from vigie.patrols.seal import BadSeal, Seal


def test_a_plan_is_drawn_with_its_cover_guarantee_and_stops(drawn):
    row = queries.plan(drawn)
    assert (row.first_day, row.days, row.teams) == (FIRST, 7, 2)
    assert row.sites == ["mall", "museum", "st-nord", "st-sud"]
    assert 0 < row.least <= row.exposed <= row.least + 10
    assert len(row.draws) == 42
    assert all(len(set(turn)) == 2 for turn in row.draws)
    assert row.exposed < min(row.rivals.values())
    assert row.assumed_share == 273


def test_the_plan_runs_from_six_local_time_to_midnight_over_the_change_of_clocks(drawn):
    row = queries.plan(drawn)
    # Paris: UTC+1 on 25 March, UTC+2 from 31 March.
    assert times.text(row.starts) == "2024-03-25T05:00:00Z"
    assert times.text(row.ends) == "2024-03-31T22:00:00Z"


def test_the_record_holds_the_digest_and_never_the_seed_before_the_end(home, drawn):
    row = queries.plan(drawn)
    seal = sealed.take(home.keys, row.commitment)
    assert seal.commitment == row.commitment
    for payload in Payload.objects.all():
        assert seal.seed.hex().encode() not in bytes(payload.body)
    assert (row.seed, row.salt, row.revealed_at) == ("", "", None)


def test_the_seed_waits_in_a_file_that_only_its_owner_reads_and_that_is_sealed(home, drawn):
    commitment = queries.plan(drawn).commitment
    path = home.keys / "draws" / f"{commitment}.sealed"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert sealed.take(home.keys, commitment).seed not in path.read_bytes()


def test_plans_and_reveals_are_marked_amber(people, drawn):
    with times.held(OVER):
        actions.reveal(people["planning"], drawn)
    entries = [entry for entry, _ in recent(10, subject=drawn)]
    assert [(e.kind, e.marking) for e in entries] == [
        ("patrols.seed.revealed/1", "TLP:AMBER"),
        ("patrols.plan.drawn/1", "TLP:AMBER"),
    ]


def test_two_plans_of_the_same_days_are_drawn_from_two_seeds(people, drawn):
    other = actions.draw_from(
        people["planning"], present=week(), names=NAMES, teams=2, reason="A team more is sick."
    )
    assert queries.plan(drawn).commitment != queries.plan(other).commitment
    assert queries.plan(drawn).draws != queries.plan(other).draws


def test_after_the_end_the_seed_is_revealed_and_anyone_draws_the_same_days_again(people, drawn):
    with times.held(OVER):
        actions.reveal(people["planning"], drawn)
    row = queries.plan(drawn)
    Seal.from_hex(row.seed, row.salt).open(row.commitment)
    assert queries.verify(row) == 42


def test_a_seed_is_not_revealed_before_the_plan_is_over(people, drawn):
    with (
        times.held("2024-03-31T21:59:59Z"),
        pytest.raises(actions.NotOver, match="ends at 2024-03-31T22:00:00Z"),
    ):
        actions.reveal(people["planning"], drawn)
    with pytest.raises(queries.NotRevealed, match="sealed until"):
        queries.verify(queries.plan(drawn))


def test_a_seed_is_revealed_once(people, drawn):
    with times.held(OVER):
        actions.reveal(people["planning"], drawn)
        with pytest.raises(actions.RevealedAlready):
            actions.reveal(people["planning"], drawn)


def test_a_seed_file_that_is_gone_is_said(home, people, drawn):
    (home.keys / "draws" / f"{queries.plan(drawn).commitment}.sealed").unlink()
    with times.held(OVER), pytest.raises(sealed.SeedLost, match="Put the file back from a backup"):
        actions.reveal(people["planning"], drawn)


def test_a_plan_whose_seed_was_changed_does_not_verify(people, drawn):
    with times.held(OVER):
        actions.reveal(people["planning"], drawn)
    row = queries.plan(drawn)
    row.seed = "00" * 32
    with pytest.raises(BadSeal, match="they are not those of the draw"):
        queries.verify(row)


def test_a_plan_that_has_begun_already_is_not_drawn(people):
    with times.held("2024-03-25T05:00:00Z"), pytest.raises(actions.TooLate, match="begin on a later day"):
        actions.draw_from(people["planning"], present=week(), names=NAMES, teams=2)


def test_replacing_a_plan_needs_a_reason_and_says_so_on_both(people, drawn):
    later = week(days=2, first=FIRST + timedelta(days=5))
    with pytest.raises(actions.NoReason, match=f"{drawn} covers some of these days"):
        actions.draw_from(people["planning"], present=later, names=NAMES, teams=1, reason=" ")
    new = actions.draw_from(
        people["planning"], present=later, names=NAMES, teams=1, reason="The match was moved."
    )
    assert queries.plan(drawn).replaced_by == new
    assert queries.plan(new).reason == "The match was moved."


def test_days_after_a_plan_need_no_reason(people, drawn):
    actions.draw_from(
        people["planning"], present=week(days=1, first=FIRST + timedelta(days=7)), names=NAMES, teams=1
    )
    assert queries.plan(drawn).replaced_by == ""


@pytest.mark.parametrize(
    ("changed", "refusal", "says"),
    [
        ({"present": []}, BadPresence, "no sites to plan for"),
        ({"teams": 0}, BadPlan, "0 teams cannot be anywhere"),
        ({"teams": 5}, BadPlan, "5 teams for 4 sites"),
    ],
)
def test_a_plan_that_cannot_be_leaves_nothing_behind(home, people, changed, refusal, says):
    with pytest.raises(refusal, match=says):
        actions.draw_from(people["planning"], **({"present": week(), "names": NAMES, "teams": 2} | changed))
    assert Plan.objects.count() == 0
    assert not (home.keys / "draws").exists()


def test_a_plan_that_the_record_refuses_leaves_no_seed_behind(home, people, monkeypatch):
    def full(*_args, **_more):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(actions, "append", full)
    with pytest.raises(Exception, match="disc is full"):
        actions.draw_from(people["planning"], present=week(), names=NAMES, teams=2)
    assert list((home.keys / "draws").iterdir()) == []


@pytest.mark.parametrize(
    "office", ["watch", "cabinet", "prime-minister", "audit", "machine-room", "information"]
)
def test_only_planners_draw_and_reveal(people, drawn, office):
    with pytest.raises(NotAllowed, match="belongs to: planner"):
        actions.draw_from(people[office], present=week(), names=NAMES, teams=2, reason="x")
    with times.held(OVER), pytest.raises(NotAllowed, match="belongs to: planner"):
        actions.reveal(people[office], drawn)


def test_a_plan_for_the_homes_own_sites_takes_the_people_expected_there(people, sites):
    plan = queries.plan(actions.draw(people["planning"], teams=2, first_day=FIRST, days=3))
    assert plan.days == 3
    assert plan.names == ["Grand Musée", "Place du Marché", "Gare centrale"]
    assert [len(plan.halves[0][name]) for name in ("low", "high", "cover")] == [3, 3, 3]
    # The station brings its figure; the two others are assumed from their kind.
    assert plan.halves[0]["assumed"] == [0, 1]


def test_a_plan_may_be_confined_to_some_sites(people, sites):
    plan = actions.draw(people["planning"], teams=1, first_day=FIRST, days=1, sites=["s-mu", "s-st"])
    assert queries.plan(plan).sites == ["s-mu", "s-st"]


def test_a_home_without_sites_says_how_to_import_some(people):
    with pytest.raises(BadPresence, match="Import sites first: vigie sites import"):
        actions.draw(people["planning"], teams=2, first_day=FIRST)


@pytest.mark.parametrize("days", [0, 8])
def test_a_plan_of_no_day_or_of_eight_is_refused(people, sites, days):
    with pytest.raises(BadPresence, match=f"A plan of {days} days cannot be"):
        actions.draw(people["planning"], teams=2, first_day=FIRST, days=days)


def test_a_plan_nobody_drew_is_not_found(people):
    with pytest.raises(NotFound, match="There is no plan plan-9999"):
        actions.reveal(people["planning"], "plan-9999")


def test_the_record_verifies_and_rebuilds_the_same_rows(people, drawn):
    with times.held(OVER):
        actions.reveal(people["planning"], drawn)
        verdict = verify_record()
    assert verdict.faults == []


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ("drawn_at = ends", "patrols_plan_drawn_before_it_starts"),
        ("revealed_at = starts, seed = 'x'", "patrols_plan_revealed_after_it_ends"),
        ("seed = 'x'", "patrols_plan_seed_with_its_reveal"),
        ("teams = 0", "patrols_plan_some_days_some_teams"),
    ],
)
def test_what_must_never_be_the_database_refuses(drawn, change, rule):
    with (
        pytest.raises(IntegrityError, match=rule),
        transaction.atomic(using="record"),
        connections["record"].cursor() as cursor,
    ):
        cursor.execute(f"UPDATE patrols_plan SET {change}")


def test_no_field_of_a_plan_can_hold_a_person():
    words = ("person", "officer", "agent", "name_of", "position", "gps", "member", "badge", "phone")
    assert not [f.name for f in Plan._meta.get_fields() if any(word in f.name for word in words)]
