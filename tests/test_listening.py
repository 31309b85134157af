"""What vigie.toml may say of feeds, and each thing that it may not, refused by its name."""

import pytest

from vigie import homes, listening
from vigie.listening import BadFeed, Feed, fits

GOOD = {"name": "service", "kind": "rss", "title": "The Service", "address": "https://example.org/feed", "scheme": "gb-national-2019", "zones": ["GB"]}  # fmt: skip


def read(tmp_path, *tables):
    return listening.read([GOOD | table for table in tables], tmp_path)


def test_a_feed_has_a_rhythm_and_ceilings_of_its_own(tmp_path):
    [feed] = read(
        tmp_path, {"every_seconds": 60, "silent_after_minutes": 5, "most_bytes": 4096, "patience_seconds": 3}
    )
    assert (feed.every.seconds, feed.expect.seconds, feed.most, feed.patience) == (60, 300, 4096, 3.0)


def test_a_file_is_named_from_the_home_s_folder(tmp_path):
    [feed] = read(tmp_path, {"address": "inbox/feed.xml"})
    assert feed.address == str(tmp_path / "inbox" / "feed.xml")


def test_another_vigie_s_address_ends_in_a_slash(tmp_path):
    [feed] = read(tmp_path, {"kind": "vigie", "vkey": "x", "address": "https://example.org/public"})
    assert feed.address == "https://example.org/public/"


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "The Service"},
        {"name": ""},
        {"kind": "atom"},
        {"kind": "vigie"},
        {"vkey": "x"},
        {"title": ""},
        {"zones": []},
        {"zones": ["GB", "FR"]},
        {"address": "http://example.org/feed"},
        {"address": "ftp://example.org/feed"},
        {"address": "https://user:secret@example.org/feed"},
        {"address": "https://exаmple.org/feed"},
        {"kind": "vigie", "vkey": "x", "address": "folder"},
        {"every_seconds": 1},
        {"every_seconds": 600, "silent_after_minutes": 10},
        {"most_bytes": 50_000_000},
        {"patience_seconds": 600},
        {"colour": "red"},
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(tmp_path, changes):
    with pytest.raises(BadFeed) as fault:
        read(tmp_path, changes)
    assert len(str(fault.value)) > 30


def test_two_feeds_of_one_name_and_too_many_are_refused(tmp_path):
    with pytest.raises(BadFeed, match="Two feeds"):
        read(tmp_path, {}, {})
    with pytest.raises(BadFeed, match="64"):
        read(tmp_path, *({"name": f"f{number}"} for number in range(65)))


@pytest.mark.parametrize("given", [{"feeds": "x"}, {"feeds": [1]}])
def test_feeds_of_another_shape_are_refused(tmp_path, given):
    with pytest.raises(BadFeed):
        listening.read(given["feeds"], tmp_path)


def test_a_home_names_its_file_when_a_feed_cannot_be(tmp_path):
    with pytest.raises(homes.BadHome, match=r"vigie\.toml"):
        homes.create(tmp_path / "home", title="x", toml='[[feeds]]\nname = "x"\n')


@pytest.mark.parametrize(
    "address", ["https://example.org/x", "http://127.0.0.1:8000/", "http://localhost/", "http://[::1]/x"]
)
def test_https_and_this_machine_may_be_asked(address):
    assert fits(address)


@pytest.mark.parametrize(
    "address", ["http://example.org/", "http://127.0.0.1.example.org/", "https://", "file:///x", "https://[::1", "https://example.org:99999/", "https://example.org/a b"]
)  # fmt: skip
def test_nothing_else_may_be_asked(address):
    assert not fits(address)


def test_a_zone_covers_its_parts_and_no_namesake():
    feed = Feed("a", "rss", "A", "x", "fr-vigipirate-2016", ("FR",))
    assert feed.may_speak_of("FR")
    assert feed.may_speak_of("FR-IDF")
    assert not feed.may_speak_of("FRA")
    assert not feed.may_speak_of("GB")


def test_another_vigie_is_not_read_from_one_file(tmp_path):
    feed = Feed("a", "vigie", "A", "https://example.org/", "fr-vigipirate-2016", ("FR",), vkey="x")
    with pytest.raises(BadFeed):
        listening.as_file(feed, tmp_path / "level.json")
