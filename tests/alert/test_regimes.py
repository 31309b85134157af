"""How levels end, by what each scheme says: enforced, and said in words."""

from datetime import timedelta

import pytest

from vigie import times
from vigie.alert import regimes
from vigie.schemes.reader import all_ids, load

END = times.parse("2026-03-22T12:00:00Z")


@pytest.mark.parametrize(
    ("scheme", "code", "may"),
    [
        ("gb-national-2019", "CRITICAL", False),
        ("be-ocam", "4", False),
        ("es-naa", "5", False),
        ("nl-dtn", "5", True),
        ("nl-dtn", "4", False),
        ("fr-vigipirate-2016", "UA", True),
        ("fr-vigipirate-2016", "SRRA", False),
        ("fr-vigipirate-2014", "AA", True),
        ("us-ntas", "BULLETIN", True),
        ("us-fpcon", "DELTA", False),
        ("it-viminale", "1", False),
    ],
)
def test_a_level_may_be_set_until_an_hour_only_where_its_scheme_says_so(scheme, code, may):
    plan = load(scheme)
    assert regimes.may_end(plan, code) is may
    if may:
        regimes.check_end(plan, code, END)
    else:
        with pytest.raises(regimes.EndsByItself, match="as the review date"):
            regimes.check_end(plan, code, END)


def test_a_notice_of_a_scheme_with_sunset_needs_its_end_and_no_notice_needs_none():
    plan = load("us-ntas")
    with pytest.raises(regimes.NeedsAnEnd, match="needs the time it ends"):
        regimes.check_end(plan, "BULLETIN", None)
    regimes.check_end(plan, "BULLETIN", END)
    regimes.check_end(plan, "NONE", None)


def test_every_level_of_every_shipped_scheme_has_one_answer():
    for plan in map(load, all_ids()):
        assert set(plan.may_end) <= set(plan.codes)
        for code in plan.codes:
            assert not regimes.must_end(plan, code) or regimes.may_end(plan, code)


def test_an_edition_is_in_force_between_its_days():
    plan = load("fr-vigipirate-2014")
    first = times.parse(plan.in_force_from, plan.clock)
    regimes.check_edition(plan, "AA", first)
    with pytest.raises(regimes.NotInEdition, match=plan.predecessor):
        regimes.check_edition(plan, "AA", first - timedelta(days=1))
    with pytest.raises(regimes.NotInEdition, match="Use the edition in force then"):
        regimes.check_edition(plan, "AA", END)


def test_a_level_is_not_dated_before_it_came_into_its_scheme():
    for plan in map(load, all_ids()):
        for level in plan.levels:
            if level.added and level.added[:4] > (plan.in_force_from or "")[:4]:
                before = times.parse(f"{int(level.added[:4]) - 1}-12-31", plan.clock)
                with pytest.raises(regimes.NotInEdition, match="Correct the date, or the level"):
                    regimes.check_edition(plan, level.code, before)
