"""The way out: bounded in time and size, nothing followed, nothing unpacked."""

import time

import pytest

from tests.importers.conftest import NOTHING
from vigie.importers.fetching import Asked
from vigie.importers.said import Known, NoAnswer
from vigie.listening import Feed


def asked(site, known=NOTHING, **more):
    return Asked(Feed("one", "rss", "One", site.address + "feed", "gb-national-2019", ("GB",), **more), known)


def test_what_comes_is_given_with_its_names_for_the_next_time(site):
    site.put("/feed", b"hello", ETag='"1"', Last_Modified="Mon, 25 Mar 2024 09:00:00 GMT")
    came = asked(site).first()
    assert (came.body, came.etag, came.unchanged) == (b"hello", '"1"', False)
    assert came.modified.startswith("Mon")


def test_what_is_unchanged_is_not_sent_again(site):
    site.has["/feed"] = lambda headers: (
        (304, {}, b"") if headers.get("If-None-Match") == '"1"' else (200, {}, b"x")
    )
    assert asked(site, Known(etag='"1"')).first().unchanged
    assert asked(site).first().body == b"x"


def test_a_304_that_nobody_asked_for_is_no_answer(site):
    site.put("/feed", b"", 304)
    with pytest.raises(NoAnswer):
        asked(site).first()


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_redirect_is_followed(site, status):
    site.put("/feed", b"", status, Location="http://169.254.169.254/latest/")
    with pytest.raises(NoAnswer, match="sends elsewhere"):
        asked(site).first()
    assert len(site.asked) == 1


@pytest.mark.parametrize("status", [204, 404, 500])
def test_what_is_no_answer_says_so(site, status):
    site.put("/feed", b"", status)
    with pytest.raises(NoAnswer, match=str(status)):
        asked(site).first()


def test_fifty_megabytes_are_cut_off(site):
    site.put("/feed", (b"x" * 65_536 for _ in range(800)))
    with pytest.raises(NoAnswer, match="no end"):
        asked(site).first()


def test_an_answer_that_drips_is_cut_off(site):
    def drip():
        for _ in range(100):
            time.sleep(0.1)
            yield b"x"

    site.put("/feed", drip())
    begun = time.monotonic()
    with pytest.raises(NoAnswer):
        asked(site, patience=1.0).first()
    assert time.monotonic() - begun < 8


def test_packed_answers_are_not_unpacked(site):
    site.put("/feed", b"\x1f\x8b", Content_Encoding="gzip")
    with pytest.raises(NoAnswer, match="packed"):
        asked(site).first()


@pytest.mark.parametrize(
    "name",
    [
        "http://127.0.0.1:1/x",
        "https://example.org/x",
        "file:///etc/passwd",
        "//example.org/x",
        "http://user@127.0.0.1/",
    ],
)
def test_a_further_address_is_on_the_same_host_or_not_asked(site, name):
    with pytest.raises(NoAnswer, match="another host"):
        asked(site).more(name)
    assert not site.asked


def test_a_header_that_cannot_be_sent_back_is_forgotten(site):
    site.put("/feed", b"x", ETag="a" * 300)
    assert asked(site).first().etag == ""


def test_a_server_that_is_gone_is_no_answer(tmp_path):
    feed = Feed("one", "rss", "One", "http://127.0.0.1:1/", "gb-national-2019", ("GB",))
    with pytest.raises(NoAnswer, match="gave no answer"):
        Asked(feed, Known()).first()


def test_a_file_that_is_not_there_or_a_folder_is_no_answer(tmp_path):
    for path in (tmp_path, tmp_path / "gone"):
        feed = Feed("one", "rss", "One", str(path), "gb-national-2019", ("GB",))
        with pytest.raises(NoAnswer, match="no file"):
            Asked(feed, Known()).first()
