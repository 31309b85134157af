import feedparser
import pytest

from tests.warning.messages import SENT
from vigie.warning.atom import Entry, Feed, FeedLink, feed_bytes
from vigie.warning.cap import MEDIA_TYPE, BadMessage

HOSTILE = '</title><script>alert("1")</script> ]]> & <b>'


def feed(**changes):
    entry = Entry(
        id="tag:example.org,2026:m-1",
        title="Niveau relevé",
        published=SENT,
        updated=SENT,
        summary="Paris",
        language="fr",
        categories=("Exercise",),
        links=(
            FeedLink("alternate", "https://example.org/cap/m-1.xml", MEDIA_TYPE),
            FeedLink("related", "https://example.org/fr/", "text/html", "fr"),
        ),
    )
    fields = {
        "id": "https://example.org/feed.atom",
        "title": "Warnings",
        "subtitle": "All of them",
        "author": "Office of warnings",
        "language": "en",
        "updated": SENT,
        "links": (FeedLink("self", "https://example.org/feed.atom", "application/atom+xml"),),
        "entries": (entry,),
        **changes,
    }
    return Feed(**fields)


def test_a_reader_sees_what_was_written():
    read = feedparser.parse(feed_bytes(feed()))
    assert (read.bozo, read.version, read.encoding) == (False, "atom10", "utf-8")
    assert (read.feed.title, read.feed.author, read.feed.language) == ("Warnings", "Office of warnings", "en")
    entry = read.entries[0]
    assert (entry.id, entry.title, entry.title_detail.language) == (
        "tag:example.org,2026:m-1",
        "Niveau relevé",
        "fr",
    )
    assert entry.updated_parsed[:6] == (2026, 5, 24, 18, 30, 0)
    assert [link.href for link in entry.links if link.type == MEDIA_TYPE] == [
        "https://example.org/cap/m-1.xml"
    ]
    assert entry.tags[0].term == "Exercise"


def test_no_text_becomes_markup():
    entry = Entry(
        id="x",
        title=HOSTILE,
        published=SENT,
        updated=SENT,
        summary=HOSTILE,
        categories=(HOSTILE,),
        links=(FeedLink("alternate", HOSTILE),),
    )
    data = feed_bytes(feed(title=HOSTILE, author=HOSTILE, entries=(entry,)))
    assert b"<script>" not in data
    read = feedparser.parse(data, sanitize_html=False)
    assert (read.bozo, read.feed.title, read.entries[0].title) == (False, HOSTILE, HOSTILE)


def test_an_empty_feed_is_a_feed():
    read = feedparser.parse(feed_bytes(feed(entries=())))
    assert (read.bozo, read.entries) == (False, [])


def test_the_same_feed_gives_the_same_bytes():
    assert feed_bytes(feed()) == feed_bytes(feed())


def test_hidden_characters_are_refused():
    with pytest.raises(BadMessage, match="title"):
        feed_bytes(feed(title="a\u202eb"))
