"""Terms: which kind stands under which, and when one is over."""

import pytest

import vigie.erasure.projections
import vigie.steps  # noqa: F401 - every room's kinds are listed once it is read
from vigie import homes, times
from vigie.erasure import terms
from vigie.homes import BadHome
from vigie.ledger.kinds import KINDS


def test_every_kind_that_can_be_erased_stands_under_one_term_and_no_other_kind_does():
    under = {
        kind.tag: [term.name for term in terms.TERMS if kind.name in term.kinds] for kind in KINDS.values()
    }
    erasable = {kind.tag for kind in KINDS.values() if kind.erasable}
    assert {tag for tag, found in under.items() if found} == erasable
    assert {len(under[tag]) for tag in erasable} == {1}


def test_every_term_is_a_setting_and_every_setting_a_term():
    assert {term.name for term in terms.TERMS} == set(homes.Retention.__struct_fields__)


def test_a_term_is_over_at_midnight_of_the_home_once_a_day(home):
    patrols = next(term for term in terms.TERMS if term.name == "patrols")
    morning, night = "2024-03-22T05:00:00Z", "2024-03-22T22:30:00Z"
    assert times.text(terms.cutoff(home, patrols, times.parse(morning))) == "2024-02-20T23:00:00Z"
    # Half past eleven at night in Paris is still the same day; half an hour later it is not.
    assert times.text(terms.cutoff(home, patrols, times.parse(night))) == "2024-02-20T23:00:00Z"
    assert (
        times.text(terms.cutoff(home, patrols, times.parse("2024-03-22T23:00:00Z"))) == "2024-02-21T23:00:00Z"
    )


def test_what_is_kept_for_good_is_never_over(make_home):
    home = make_home("[retention]\nreports = 0\n")
    reports = next(term for term in terms.TERMS if term.name == "reports")
    assert terms.cutoff(home, reports, times.now()) is None


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        ("[retention]\nphotographs = 30\n", "photographs"),
        ("[retention]\nreports = -1\n", "reports"),
        ('[retention]\nreports = "a year"\n', "reports"),
    ],
)
def test_an_unknown_term_or_a_length_that_cannot_be_is_refused(tmp_path, toml, says):
    with pytest.raises(BadHome, match=says):
        homes.create(tmp_path / "home", title="Test", instance="test", toml=toml)
