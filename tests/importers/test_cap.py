"""CAP messages of others: the level of the message that stands, and what is left aside, with why."""

from datetime import timedelta

import pytest

from tests.importers.conftest import NOTHING, NOW
from vigie import importers
from vigie.importers.said import Doubtful, Known, NoAnswer
from vigie.listening import Feed
from vigie.warning.cap import Area, Info, Message, Pair
from vigie.warning.cap_xml import to_bytes


def message(
    code="SEVERE",
    identifier="m-1",
    *,
    sent=NOW - timedelta(hours=1),
    zone="GB",
    parameter="vigie:level",
    **changes,
):
    area = Area("United Kingdom", geocodes=(Pair("ISO3166-1", zone),) if zone else ())
    info = Info(
        language="en", event="Terror alert level", urgency="Expected", severity="Moderate", certainty="Possible", headline=f"Threat level {code}",
        sender_name="Joint Centre", expires=NOW + timedelta(days=1), parameters=(Pair(parameter, code),) if parameter else (), areas=(area,),
    )  # fmt: skip
    info = changes.pop("info", info)
    fields = {"status": "Actual", "kind": "Alert", "infos": (info,), **changes}
    return Message(identifier=identifier, sender="centre@example.org", sent=sent, **fields)


def known(said):
    return Known({said.zone: said.identity}, {said.zone: said.sent})


def test_a_message_is_heard_with_its_sender_its_headline_and_its_end(look):
    [said] = look("cap", to_bytes(message())).said
    assert (said.zone, said.code, said.authority, said.words) == (
        "GB",
        "SEVERE",
        "Joint Centre",
        "Threat level SEVERE",
    )
    assert said.until == NOW + timedelta(days=1)
    assert said.sent == NOW - timedelta(hours=1)


def test_a_level_is_read_from_the_headline_where_no_parameter_names_it(look):
    assert look("cap", to_bytes(message(parameter=""))).said[0].code == "SEVERE"


def test_a_parameter_of_the_service_s_own_is_named_in_vigie_toml(look):
    own = to_bytes(message("4", parameter="threatLevel"))
    assert look("cap", own, parameter="threatLevel", words={"4": "SEVERE"}).said[0].code == "SEVERE"
    missing = look("cap", to_bytes(message()), parameter="threatLevel")
    assert not missing.said
    assert "no parameter" in missing.aside[0]


@pytest.mark.parametrize("status", ["Test", "Exercise", "System", "Draft"])
def test_only_what_is_actual_is_heard_in_a_real_home(look, status):
    found = look("cap", to_bytes(message(status=status, note="a note")))
    assert not found.said
    assert status in found.aside[0]


def test_an_exercise_hears_exercises_alone(look):
    assert look("cap", to_bytes(message(status="Exercise", note="a note")), exercise=True).said
    assert not look("cap", to_bytes(message()), exercise=True).said


@pytest.mark.parametrize("code", ["SEVERE ", "severe", "S\u0415VERE", "SEVERE5", "5"])
def test_a_code_that_is_not_exactly_one_of_the_scheme_is_left_aside(look, code):
    found = look("cap", to_bytes(message(code)))
    assert [s.code for s in found.said] == (["SEVERE"] if code.strip() == "SEVERE" else [])
    assert bool(found.aside) != bool(found.said)


def test_a_zone_that_the_feed_may_not_speak_of_is_left_aside(look):
    found = look("cap", to_bytes(message(zone="FR")))
    assert not found.said
    assert "FR" in found.aside[0]


def test_a_message_without_a_zone_is_for_the_one_zone_of_its_feed(look):
    assert look("cap", to_bytes(message(zone=""))).said[0].zone == "GB"
    two = look("cap", to_bytes(message(zone="", code="MARSEC 2", parameter="")), zones=("GB", "FR"))
    assert not two.said


def test_what_is_restricted_or_dated_ahead_is_left_aside(look):
    assert not look("cap", to_bytes(message(sent=NOW + timedelta(hours=1)))).said
    restricted = to_bytes(message()).replace(b"<scope>Public", b"<scope>Private")
    assert not look("cap", restricted).said


def test_two_languages_that_name_two_levels_name_none(look):
    first = message().infos[0]
    other = Info(
        language="fr", event="x", urgency="Expected", severity="Moderate", certainty="Possible", headline="Niveau LOW", areas=first.areas,
        parameters=(Pair("vigie:level", "LOW"),),
    )  # fmt: skip
    assert not look("cap", to_bytes(message(infos=(first, other)))).said


def test_a_message_whose_time_ran_out_says_nothing(look):
    assert not look("cap", to_bytes(message()), now=NOW + timedelta(days=2)).said


def test_an_old_message_shown_again_is_left_aside(look):
    before = look("cap", to_bytes(message("LOW", "m-2", sent=NOW - timedelta(minutes=5)))).said[0]
    found = look("cap", to_bytes(message()), known(before))
    assert not found.said
    assert "old message" in found.aside[0]


def test_a_faulty_message_is_left_aside_with_its_line(look):
    found = look("cap", to_bytes(message()).replace(b"<status>Actual", b"<status>Sure"))
    assert not found.said
    assert "line" in found.aside[0]


def feed_of(site, *messages):
    entries = ""
    for one in messages:
        site.put(f"/{one.identifier}.xml", to_bytes(one))
        entries += (
            f"<entry><id>{one.identifier}</id><title>x</title><updated>{one.sent.isoformat()}</updated>"
            f"<link type='application/cap+xml' href='{site.address}{one.identifier}.xml'/></entry>"
        )
    site.put("/feed", f"<feed xmlns='http://www.w3.org/2005/Atom'>{entries}</feed>".encode())
    feed = Feed("centre", "cap", "The Centre", site.address + "feed", "gb-national-2019", ("GB",))
    return lambda before=NOTHING: importers.look(feed, before, exercise=False, now=NOW)


def test_a_feed_is_followed_to_its_messages_and_an_update_takes_the_place_of_what_it_names(site):
    first = message("LOW", "m-1", sent=NOW - timedelta(hours=2))
    later = message("SEVERE", "m-2", kind="Update", references=(first.reference,))
    for order in ((first, later), (later, first)):
        assert [s.code for s in feed_of(site, *order)().said] == ["SEVERE"]


def test_a_cancel_takes_back_what_was_heard_last_even_when_that_is_listed_no_more(site):
    first = message()
    [said] = feed_of(site, first)().said
    cancel = message(
        "SEVERE", "m-2", kind="Cancel", references=(first.reference,), sent=NOW - timedelta(minutes=5)
    )
    [back] = feed_of(site, cancel)(known(said)).said
    assert (back.zone, back.code) == ("GB", "")
    assert not feed_of(site, cancel)().said  # who never heard it is told nothing


def test_two_files_of_one_name_that_differ_say_nothing(site):
    one, other = message("LOW"), message("SEVERE")
    feed_of(site, one)
    listed = site.has["/feed"][2].replace(b"</feed>", b"").decode()
    site.put("/other.xml", to_bytes(other))
    entry = f"<entry><id>other</id><title>x</title><updated>2024-03-25T11:00:00Z</updated><link type='application/cap+xml' href='{site.address}other.xml'/></entry>"
    site.put("/feed", (listed + entry + "</feed>").encode())
    feed = Feed("centre", "cap", "The Centre", site.address + "feed", "gb-national-2019", ("GB",))
    found = importers.look(feed, Known(), exercise=False, now=NOW)
    assert not found.said
    assert any("same-name" in why for why in found.aside)


def test_a_link_to_another_host_is_not_followed(site):
    entry = "<entry><id>1</id><title>x</title><updated>2024-03-25T11:00:00Z</updated><link type='application/cap+xml' href='https://elsewhere.example.org/1.xml'/></entry>"
    site.put("/feed", f"<feed xmlns='http://www.w3.org/2005/Atom'>{entry}</feed>".encode())
    feed = Feed("centre", "cap", "The Centre", site.address + "feed", "gb-national-2019", ("GB",))
    with pytest.raises(NoAnswer, match="another host"):
        importers.look(feed, Known(), exercise=False, now=NOW)


def test_a_file_that_is_a_feed_says_where_the_message_should_be(look):
    atom = "<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>1</id><title>x</title><updated>2024-03-25T11:00:00Z</updated></entry></feed>"
    with pytest.raises(Doubtful, match="CAP message itself"):
        look("cap", atom)
