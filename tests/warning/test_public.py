from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from vigie.warning.public import Author, Budget, Fact, LevelPage, as_text, days_at, days_so_far
from vigie.warning.words import words

AT = datetime(2026, 5, 24, 18, 30, tzinfo=UTC)


def page(**changes):
    fields = {
        "language": "en",
        "zone": "FR",
        "zone_name": "France",
        "time_zone": "Europe/Paris",
        "scheme": "demo",
        "scheme_name": "Plan Démo",
        "updated": AT,
        "good_until": AT + timedelta(days=7),
        "address": "https://example.org/en/fr.html",
        "budget": Budget(2026, 12, 144, 2),
        "code": "TOP",
        "printed": "3/3",
        "word": "Niveau rouge",
        "since": AT - timedelta(hours=1),
        "author": Author("decided", "Prime Minister", AT - timedelta(hours=2)),
        "means": ("An attack has taken place.",),
        "acts": ("Leave more time.", "Call 112."),
        **changes,
    }
    return LevelPage(**fields)


def test_the_text_says_level_since_by_whom_what_to_do_and_until_when():
    text = as_text(page())
    for line in (
        "Plan Démo – Level 3/3 Niveau rouge",
        "Since Sun 24 May 2026, 19:30 CEST, for 1 hour when this was published",
        "Decided by Prime Minister, Sun 24 May 2026, 18:30 CEST",
        "An attack has taken place.",
        "- Call 112.",
        "Days at the highest level here in 2026: 12, of 144 on this record.",
        "Warnings published in 2026: 2.",
        "Good until Sun 31 May 2026, 20:30 CEST, then look again at https://example.org/en/fr.html",
    ):
        assert line in text.splitlines(), line


def test_the_text_in_french_holds_no_english():
    text = as_text(page(language="fr", means=("Un attentat a eu lieu.",), acts=("Prévoyez du temps.",)))
    assert "Depuis le dim. 24 mai 2026, 19:30 CEST" in text
    assert "QUE FAIRE" in text
    english = {
        said
        for key, said in words("en").items()
        if said != words("fr")[key] and "{" not in said and len(said) > 5
    }
    assert not [said for said in english if said in text]


def test_a_relay_says_whose_decision_it_is_when_it_was_read_and_in_which_words():
    author = Author(
        "relayed",
        "Premier ministre",
        AT,
        words="urgence attentat",
        href="https://example.org/x",
        second=False,
    )
    text = as_text(page(author=author))
    assert "Decided by Premier ministre, read at Sun 24 May 2026, 20:30 CEST" in text
    assert "« urgence attentat »" in text
    assert "Source: https://example.org/x" in text
    assert "Recorded by one person" in text


def test_no_level_is_never_said_to_be_low():
    text = as_text(page(code="", word="", since=None, author=None, means=(), acts=()))
    assert text.startswith("No level on record: France")
    assert "That is not the same as a low level." in text
    assert "Decided" not in text


def test_a_word_of_another_language_has_its_gloss():
    assert "Level 3/3 Niveau rouge (Red level)\n" in as_text(page(gloss="Red level"))


def test_an_exercise_says_so_first_last_and_in_its_title():
    text = as_text(page(exercise="REPLAY")).splitlines()
    assert text[0].startswith("*** REPLAY ***")
    assert text[-1].startswith("*** REPLAY ***")
    assert page(exercise="REPLAY").title.startswith("REPLAY – ")
    assert "exercise" not in as_text(page()).lower()


def test_facts_are_shown_by_state_with_source_and_time_newest_first():
    facts = (
        Fact(AT, "A second attack", "false", "Police", "https://example.org/no"),
        Fact(AT, "Who did it", "unknown", "Prosecutor"),
        Fact(AT - timedelta(hours=1), "An older thing", "known", "Prefect"),
        Fact(AT, "A newer thing", "known", "Prefect"),
    )
    text = as_text(page(facts=facts))
    places = [
        text.index(t)
        for t in ("[Known] A newer", "[Known] An older", "[Not known] Who", "[False] A second attack")
    ]
    assert places == sorted(places)
    assert (
        "[False] A second attack (Police, stated Sun 24 May 2026, 20:30 CEST) https://example.org/no" in text
    )
    assert "Nothing is stated here yet." in as_text(page())


@pytest.mark.parametrize(
    ("spans", "days"),
    [
        ([], 0),
        ([("2026-05-20T10:00", "2026-05-20T11:00")], 1),
        ([("2026-05-20T10:00", "2026-05-22T10:00")], 3),
        ([("2026-05-20T10:00", "2026-05-21T00:00")], 1),  # ends with the day: the next is not touched
        ([("2026-05-20T10:00", None)], 5),
        ([("2025-12-01T00:00", "2026-01-02T12:00")], 2),  # what lay in another year does not count
        ([("2026-05-20T01:00", "2026-05-20T02:00"), ("2026-05-20T20:00", "2026-05-20T21:00")], 1),
        ([("2026-05-20T10:00", "2026-05-20T10:00")], 0),  # never held
        ([("2026-06-01T00:00", None)], 0),  # not begun
    ],
)
def test_days_at_the_top_are_days_touched_up_to_now(spans, days):
    read = [
        tuple(datetime.fromisoformat(t).replace(tzinfo=UTC) if t else None for t in span) for span in spans
    ]
    assert days_at(read, 2026, AT, "UTC") == days


def test_days_are_those_of_the_zone_s_calendar():
    late = [(datetime(2026, 5, 20, 22, 30, tzinfo=UTC), datetime(2026, 5, 20, 23, 30, tzinfo=UTC))]
    assert days_at(late, 2026, AT, "Europe/Paris") == 1
    across = [(datetime(2025, 12, 31, 23, 30, tzinfo=UTC), datetime(2025, 12, 31, 23, 45, tzinfo=UTC))]
    assert days_at(across, 2026, AT, "Europe/Paris") == 1
    assert days_at(across, 2025, AT, "Europe/Paris") == 0


@given(st.lists(st.tuples(st.integers(-400, 400), st.integers(0, 90)), max_size=6))
def test_days_at_the_top_never_exceed_the_days_so_far(spans):
    read = [(AT + timedelta(days=a), AT + timedelta(days=a + b)) for a, b in spans]
    assert 0 <= days_at(read, 2026, AT, "Europe/Paris") <= days_so_far(2026, AT, "Europe/Paris") == 144


def test_the_days_so_far_of_other_years_are_none_or_all():
    assert (days_so_far(2027, AT, "UTC"), days_so_far(2025, AT, "UTC"), days_so_far(2020, AT, "UTC")) == (
        0,
        365,
        366,
    )


def test_days_before_the_record_began_are_not_counted():
    begun = AT - timedelta(days=3)
    whole = [(AT - timedelta(days=100), None)]
    assert days_at(whole, 2026, AT, "UTC", since=begun) == days_so_far(2026, AT, "UTC", since=begun) == 4


def test_a_fact_that_was_said_otherwise_shows_what_was_said():
    fact = Fact(AT, "The station is open", "known", "Prefect", before="unknown")
    assert "CEST; until then: Not known)" in as_text(page(facts=(fact,)))
