"""Headlines of a service: the newest that names a level, in its exact words, and nothing by likeness."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from tests.importers.conftest import NOW
from vigie.importers.documents import items_of, root_of
from vigie.importers.naming import named
from vigie.importers.said import Doubtful, Known, NoAnswer
from vigie.schemes.reader import load

AT = "Mon, 25 Mar 2024 09:00:00 GMT"


def item(title, guid="1", at=AT, text=""):
    date = f"<pubDate>{at}</pubDate>" if at else ""
    return f"<item><title>{title}</title><guid>{guid}</guid>{date}<description>{text}</description></item>"


def rss(*items):
    return f"<rss version='2.0'><channel><title>Levels</title>{''.join(items)}</channel></rss>"


def refused(look, *data, **more):
    with pytest.raises(Doubtful) as fault:
        look("rss", *data, **more)
    return fault.value.rule


def test_a_headline_that_names_a_level_is_heard_in_its_exact_words(look):
    [said] = look("rss", rss(item("Current Threat Level: SUBSTANTIAL"))).said
    assert (said.zone, said.code, said.authority) == ("GB", "SUBSTANTIAL", "The Service")
    assert said.words == "Current Threat Level: SUBSTANTIAL"
    assert said.effective == said.sent == datetime(2024, 3, 25, 9, tzinfo=UTC)


def test_atom_and_rss_1_are_read_alike(look):
    atom = (
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>a</id><title>Threat level severe</title>"
        "<updated>2024-03-25T09:00:00Z</updated></entry></feed>"
    )
    rdf = (
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/' xmlns:dc='http://purl.org/dc/elements/1.1/'>"
        "<item><title>Threat level severe</title><link>https://example.org/1</link><dc:date>2024-03-25T09:00:00Z</dc:date></item></rdf:RDF>"
    )
    assert look("rss", atom).said[0].code == look("rss", rdf).said[0].code == "SEVERE"


def test_the_newest_item_that_names_a_level_counts_whatever_its_place(look):
    old = item("Threat level LOW", "1", "Sun, 24 Mar 2024 09:00:00 GMT")
    new = item("Threat level SEVERE", "2", "Mon, 25 Mar 2024 08:00:00 GMT")
    news = item("Director speaks at a school", "3")
    for order in ((old, new, news), (news, new, old), (new, news, old)):
        assert look("rss", rss(*order)).said[0].code == "SEVERE"


def test_what_was_said_last_is_no_news(look):
    data = rss(item("Threat level SEVERE"))
    [said] = look("rss", data).said
    assert not look("rss", data, Known({"GB": said.identity}, {"GB": said.sent})).said


def test_a_headline_without_a_level_says_nothing(look):
    assert not look("rss", rss(item("Director speaks at a school"))).said


def test_a_headline_that_names_two_levels_is_left_to_a_person(look):
    assert refused(look, rss(item("Threat level raised from SUBSTANTIAL to SEVERE"))) == "names-several"


def test_a_word_is_no_part_of_another_word(look):
    assert not look("rss", rss(item("Persevere, slowly"))).said


def test_words_of_the_home_name_levels_too(look):
    [said] = look("rss", rss(item("Niveau grave maintenu")), words={"niveau grave": "SEVERE"}).said
    assert said.code == "SEVERE"


def test_letters_of_two_alphabets_in_one_word_are_refused(look):
    assert refused(look, rss(item("Threat level S\u0415VERE"))) == "mixed-letters"


def test_hidden_reading_orders_are_refused(look):
    assert refused(look, rss(item("Threat level \u202eEREVES"))) == "hidden-letters"


def test_one_id_for_two_items_that_differ_is_refused(look):
    two = rss(item("Threat level SEVERE", "same"), item("Threat level LOW", "same"))
    assert refused(look, two) == "same-id"
    assert look("rss", rss(item("Threat level SEVERE", "same"), item("Threat level SEVERE", "same"))).said


def test_time_that_goes_backwards_or_has_not_come_is_refused(look):
    said = Known({"GB": "other"}, {"GB": NOW - timedelta(minutes=1)})
    assert refused(look, rss(item("Threat level LOW")), said) == "backwards"
    assert refused(look, rss(item("Threat level LOW", at="Tue, 26 Mar 2024 09:00:00 GMT"))) == "future"


def test_items_without_a_date_are_believed_only_one_at_a_time(look):
    assert look("rss", rss(item("Threat level LOW", at=""))).said[0].effective == NOW
    assert (
        refused(look, rss(item("Threat level LOW", "1", ""), item("Threat level SEVERE", "2", "")))
        == "undated"
    )


def test_an_article_is_not_taken_in(look):
    long = "The level is SEVERE. " + "Mr X said much. " * 60
    assert not look("rss", rss(item("News", text=long))).said


@pytest.mark.parametrize(
    "data",
    [
        "<!DOCTYPE a [<!ENTITY b 'c'><!ENTITY d '&b;&b;&b;&b;'>]><rss><channel><item><title>&d;</title></item></channel></rss>",
        "<rss>" * 40 + "</rss>" * 40,
        "<rss><channel>",
        "",
        "\x00\x01",
    ],
)
def test_bombs_and_ruins_are_refused(look, data):
    assert refused(look, data) == "unreadable"


def test_what_is_no_feed_is_refused_by_its_name(look):
    assert refused(look, "<html><body>SEVERE</body></html>") == "no-feed"


def test_fifty_megabytes_are_not_read_to_their_end(look):
    with pytest.raises(NoAnswer):
        look("rss", b"<rss>" + b" " * 50_000_000 + b"</rss>")


def test_an_exercise_reads_headlines_from_a_file_alone(look, site):
    from vigie import importers
    from vigie.listening import Feed

    assert look("rss", rss(item("Threat level LOW")), exercise=True).said
    feed = Feed("service", "rss", "The Service", site.address, "gb-national-2019", ("GB",))
    with pytest.raises(Doubtful) as fault:
        importers.look(feed, Known(), exercise=True, now=NOW)
    assert fault.value.rule == "other-world"
    assert not site.asked


@given(st.binary(max_size=400))
def test_whatever_the_bytes_they_are_items_or_a_doubt(data):
    with suppress(Doubtful):
        items_of(root_of(data))


@given(st.text(max_size=80))
def test_whatever_the_sentence_it_names_a_level_of_the_scheme_none_or_a_doubt(text):
    plan = load("gb-national-2019")
    with suppress(Doubtful):
        assert named(plan, {}, text) in {"", *plan.codes}
