"""What a plan hangs on."""

import pytest

from tests.patrols.weeks import presence
from vigie.patrols.hanging import hangs
from vigie.patrols.plan import make

SURE = (("a", 100, 300, "figure"), ("b", 50, 150, "event"))


def test_a_plan_made_from_figures_hangs_on_nothing_assumed():
    laid = presence(SURE)
    found = hangs(laid, make(laid, 1))
    assert found.assumed_share == 0
    assert (found.low.regret, found.high.regret) == (0, 0)


def test_the_share_of_people_that_is_assumed():
    laid = presence()
    assert hangs(laid, make(laid, 2)).assumed_share == round((400 + 200) / 2200 * 1000)


def test_regret_by_hand_when_one_of_two_places_is_assumed():
    # Plan for 100 and 100: half each. At the high end the second has 180: it leaves 90, and the best is
    # 1/(1/100 + 1/180) = 64.29. At the low end it has 20: the plan leaves 50, the best 1/(1/100+1/20) = 16.67.
    laid = presence((("known", 80, 120, "figure"), ("guessed", 20, 180, "assumed")))
    found = hangs(laid, make(laid, 1))
    assert found.high.plan == pytest.approx(90_000, abs=2)
    assert found.high.best == pytest.approx(64_286, abs=2)
    assert found.high.regret == pytest.approx(400, abs=1)
    assert found.low.plan == pytest.approx(50_000, abs=2)
    assert found.low.best == pytest.approx(16_667, abs=2)
    assert found.low.regret == pytest.approx(2000, abs=2)


def test_regret_is_never_negative():
    laid = presence()
    for teams in (1, 2, 3):
        found = hangs(laid, make(laid, teams))
        assert found.low.plan >= found.low.best - 1
        assert found.high.plan >= found.high.best - 1


def test_nobody_expected_anywhere_gives_no_share_and_no_regret():
    laid = presence((("a", 0, 0, "assumed"), ("b", 0, 0, "assumed")))
    found = hangs(laid, make(laid, 1))
    assert (found.assumed_share, found.low.regret, found.high.regret) == (0, 0, 0)
