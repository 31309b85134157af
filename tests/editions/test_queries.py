"""Editions: after an upgrade or a successor, a level is drawn as its file of then said it."""

from datetime import date, timedelta

import pytest

from tests.editions.test_actions import FRANCE, NEXT, OWN
from vigie import times
from vigie.alert import actions as alert, queries as levels
from vigie.editions import actions, queries
from vigie.schemes import reader
from vigie.warning.views import site


@pytest.fixture
def received(people):
    return alert.receive(
        people["watch"], scheme=FRANCE, code="UA", zone="FR", authority="Prime Minister", words="UA",
        source="https://example.org/", effective=times.now(),
    )  # fmt: skip


@pytest.fixture
def upgraded(received, monkeypatch):
    """vigie ships other words for the same level after this."""
    shipped = reader.raw(FRANCE)
    later = shipped.replace(b"Urgence attentat", b"Alerte absolue")
    kept = reader._shipped
    monkeypatch.setattr(reader, "_shipped", lambda name: later if name == FRANCE else kept(name))
    return received


def test_after_an_upgrade_an_old_level_is_drawn_in_the_words_it_was_set_in(upgraded):
    row = levels.level(upgraded)
    assert reader.load(FRANCE).level("UA").word("fr") == "Alerte absolue"
    found = queries.edition(FRANCE, row.edition)
    assert (found.current, found.kept) == (False, True)
    assert found.scheme.level("UA").word("fr") == "Urgence attentat"


def test_the_text_of_today_is_current_and_kept(received):
    row = levels.level(received)
    found = queries.edition(FRANCE, row.edition)
    assert (found.current, found.kept) == (True, True)


def test_a_text_that_was_lost_or_changed_is_said_not_to_be_kept(upgraded, settings):
    row = levels.level(upgraded)
    file = settings.VIGIE_HOME.editions / f"{row.edition}.yaml"
    file.write_bytes(file.read_bytes() + b"# one word more\n")
    assert queries.kept(FRANCE, row.edition) is None
    file.unlink()
    found = queries.edition(FRANCE, row.edition)
    assert (found.current, found.kept) == (False, False)
    assert found.scheme is reader.load(FRANCE)


def test_the_pages_draw_the_words_of_then_and_say_that_the_text_is_another(upgraded, sign_in):
    row = levels.level(upgraded)
    page = sign_in("watch").get(f"/levels/{upgraded}/").content.decode()
    assert "Urgence attentat" in page
    assert "Alerte absolue" not in page
    assert "as it read then; the text of today is another" in page
    then = sign_in("watch").get(f"/schemes/{FRANCE}/{row.edition}/").content.decode()
    assert "Urgence attentat" in then
    assert "An earlier text of this scheme" in then
    file = sign_in("watch").get(f"/schemes/{FRANCE}/{row.edition}/download/")
    assert "Urgence attentat" in file.content.decode()
    assert sign_in("watch").get(f"/schemes/{FRANCE}/{'0' * 64}/").status_code == 404


def test_the_public_page_says_what_comes_in_the_words_it_was_received_in(upgraded, people):
    alert.receive(
        people["watch"], scheme=FRANCE, code="UA", zone="FR-IDF", authority="Prime Minister", words="UA",
        source="https://example.org/", effective=times.now() + timedelta(hours=8),
    )  # fmt: skip
    page = site._page(FRANCE, "FR-IDF", "fr", times.now())
    assert (page.word, [one.word for one in page.coming]) == ("Urgence attentat", ["Alerte absolue"])


def test_a_newer_edition_in_force_is_named_along_the_line_of_predecessors(people):
    assert [s.id for s in queries.newer("fr-vigipirate-2003", date(2015, 1, 1))] == ["fr-vigipirate-2014"]
    assert [s.id for s in queries.newer("fr-vigipirate-2003", date(2024, 1, 1))] == [FRANCE]
    assert queries.newer(FRANCE, date(2024, 1, 1)) == []
    actions.add(people["watch"], OWN)
    actions.add(people["watch"], NEXT)
    assert [s.id for s in queries.newer("xx-town-2020", date(2024, 1, 1))] == ["xx-town-2024"]


def test_what_an_open_transaction_sees_is_not_remembered_beyond_it(people):
    shelf = queries.Shelf()
    actions.add(people["watch"], OWN)
    assert shelf.find("xx-town-2020") == OWN
    assert shelf._seen == {}
