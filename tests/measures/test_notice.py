from datetime import UTC, datetime

import pytest

from vigie.measures import phrases
from vigie.measures.notice import MOST_SITES, Line, Notice, head, named_sites, sections, subject, text

AT = datetime(2015, 6, 26, 18, 30, tzinfo=UTC)
LINES = (
    Line("new", "SHOP", {"en": "Watch the doors.", "fr": "Surveiller les portes."}, ("Galerie Nord",)),
    Line("raised", "BAT 22-01", {"en": "Check all.", "fr": "Tout contrôler."}, (), "BAT 21-01"),
    Line("unchanged", "BAT 10-01", {"en": "Keep a plan.", "fr": "Tenir un plan."}),
)
LINK = "http://localhost:8000/m/abc"


def notice(**changes):
    fields = {
        "home": "Town of A",
        "owner": "Galerie Nord",
        "level": "Urgence attentat (UA)",
        "zone": "FR",
        "authority": "Premier ministre",
        "received": True,
        "since": AT,
        "at": AT,
        "by": AT.replace(day=27),
        "lines": LINES,
        "time_zone": "Europe/Paris",
    }
    return Notice(**(fields | changes))


@pytest.mark.parametrize("language", phrases.languages())
def test_the_message_says_each_measure_in_the_words_of_the_page(language):
    written = text(notice(), language, LINK)
    for said in head(notice(), language):
        assert said in written
    for section in sections(LINES, language):
        assert section.heading.upper() in written
        for line in section.lines:
            assert line.words[language] in written
    assert f"\n{LINK}\n" in written


def test_an_exercise_says_so_first_and_last_and_in_the_subject():
    written = text(notice(exercise="EXERCISE"), "en", LINK)
    assert written.startswith("EXERCISE. Not real.")
    assert written.rstrip().splitlines()[-1].startswith("EXERCISE. Not real.")
    assert subject(notice(exercise="EXERCISE"), "en").startswith("EXERCISE – ")


def test_what_is_real_never_wears_the_exercise_word():
    assert "Not real" not in text(notice(), "en", LINK)


def test_dates_are_said_with_the_month_in_words_and_the_zone():
    assert "26 Jun 2015, 20:30 CEST" in text(notice(), "en", LINK)
    assert "26 juin 2015" in text(notice(), "fr", LINK)


def test_a_level_decided_elsewhere_is_never_given_out_as_ours():
    assert "Decided by: Premier ministre; passed on by Town of A." in text(notice(), "en", LINK)
    assert "passed on" not in text(notice(received=False), "en", LINK)


def test_where_no_level_stands_nobody_is_said_to_have_decided_it():
    assert "Decided by" not in text(notice(authority="", level="no level on record any more"), "en", LINK)


def test_a_stand_down_says_in_its_subject_that_something_ends():
    ended = (Line("ended", "SHOP", {"en": "Watch the doors."}),)
    assert "what ends" in subject(notice(lines=ended), "en")
    assert "what changes" in subject(notice(), "en")


def test_the_rung_that_is_replaced_is_named():
    assert "BAT 22-01 (in place of BAT 21-01): Check all." in text(notice(), "en", LINK)


def test_sections_come_in_the_order_of_what_asks_first_and_empty_ones_are_left_out():
    assert [section.kind for section in sections(LINES, "en")] == ["new", "raised", "unchanged"]


def test_many_sites_are_counted_not_listed():
    assert named_sites([f"Site {n}" for n in range(MOST_SITES + 3)]).endswith("+ 3")
    assert named_sites(["A", "B"]) == "A, B"


def test_every_phrase_stands_in_every_language():
    whole = phrases._all()
    assert {frozenset(found) for found in whole.values()} == {frozenset(whole["en"])}
    assert all(said.strip() for found in whole.values() for said in found.values())


def test_a_language_without_phrases_falls_back_to_the_first():
    assert phrases.pick("fr-CA") == "fr"
    assert phrases.pick("xx") == phrases.languages()[0]


def test_a_text_without_the_language_is_shown_in_the_one_it_has():
    assert phrases.in_words({"fr": "Oui"}, "en") == "Oui"
