"""Which level holds here, now, and why."""

from datetime import timedelta

from hypothesis import given, strategies as st

from vigie import times
from vigie.alert.scope import Standing, holding
from vigie.schemes.reader import load

FRANCE = load("fr-vigipirate-2016")
T0 = times.parse("2018-01-01T00:00:00Z")
ZONES = ["FR", "FR-IDF", "FR-75", "FR-OCC", "FR-11", "FR-31"]


def standing(id_, code, zone, since=T0, until=None):
    return Standing(id_, FRANCE.id, code, zone, since, until, received=False)


levels = st.builds(
    lambda n, code, zone, start, length: standing(
        f"decision-{n}",
        code,
        zone,
        T0 + timedelta(hours=start),
        T0 + timedelta(hours=start + length) if length else None,
    ),
    st.integers(0, 99),
    st.sampled_from(FRANCE.codes),
    st.sampled_from(ZONES),
    st.integers(0, 20),
    st.integers(0, 20),
)


def test_a_graver_level_for_one_region_holds_there_and_nowhere_else():
    two = [standing("decision-1", "SRRA", "FR"), standing("decision-2", "UA", "FR-OCC")]
    inside, outside = holding(FRANCE, two, "FR-31", T0), holding(FRANCE, two, "FR-75", T0)
    assert (inside.winner.code, inside.rule, [s.code for s in inside.losers]) == (
        "UA",
        "highest-covering",
        ["SRRA"],
    )
    assert (outside.winner.code, outside.losers) == ("SRRA", ())


def test_a_level_with_a_stated_hour_holds_until_that_hour_and_not_at_it():
    one = [standing("decision-1", "UA", "FR", until=T0 + timedelta(hours=18))]
    assert holding(FRANCE, one, "FR", T0 + timedelta(hours=17, minutes=59)).winner.code == "UA"
    assert holding(FRANCE, one, "FR", T0 + timedelta(hours=18)) is None


def test_with_nothing_on_record_no_level_holds_and_none_is_made_up():
    assert holding(FRANCE, [], "FR", T0) is None


@given(st.lists(levels, max_size=8), st.sampled_from(ZONES), st.integers(0, 40), st.randoms())
def test_the_answer_does_not_hang_on_the_order_in_which_levels_came(those, zone, hour, random):
    at = T0 + timedelta(hours=hour)
    unique = list({s.id: s for s in those}.values())
    shuffled = random.sample(unique, len(unique))
    assert holding(FRANCE, unique, zone, at) == holding(FRANCE, shuffled, zone, at)


@given(st.lists(levels, max_size=8), levels, st.sampled_from(ZONES), st.integers(0, 40))
def test_one_more_level_never_lowers_what_holds_where_the_gravest_wins(those, more, zone, hour):
    at = T0 + timedelta(hours=hour)
    before, after = holding(FRANCE, those, zone, at), holding(FRANCE, [*those, more], zone, at)
    if before:
        assert FRANCE.level(after.winner.code).rank >= FRANCE.level(before.winner.code).rank


@given(st.lists(levels, max_size=8), st.sampled_from(ZONES), st.integers(0, 40))
def test_what_holds_covers_the_place_and_the_time(those, zone, hour):
    at = T0 + timedelta(hours=hour)
    found = holding(FRANCE, those, zone, at)
    if found:
        assert FRANCE.zones.covers(found.winner.zone, zone)
        assert found.winner.since <= at
        assert found.winner.until is None or at < found.winner.until
