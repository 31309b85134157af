"""The places, owners and events that come with the replay: what ships is sourced, marked, and about no person."""

import csv
from importlib import resources

import pytest

from vigie.exposure import charge, crowding, events, owners_csv, sites_csv

FOLDER = resources.files("vigie").joinpath("replays", "moscow-2024")


@pytest.fixture(scope="module")
def sites():
    return sites_csv.read(FOLDER.joinpath("sites.csv").read_bytes()).whole()


@pytest.fixture(scope="module")
def owners():
    return owners_csv.read(FOLDER.joinpath("owners.csv").read_bytes()).whole()


def test_every_place_says_where_its_figures_come_from(sites):
    assert len(sites) == 140
    for site in sites:
        assert site.source, site.id
        if site.yearly_visitors is not None:
            assert site.source.startswith("http"), site.id


def test_no_capacity_without_a_source_and_no_place_of_worship_or_school(sites):
    assert all(site.capacity is None for site in sites)
    assert not {site.kind for site in sites} & {"worship", "school", "health"}


def test_the_busiest_station_and_the_share_that_is_assumed(sites):
    by_id = {site.id: site for site in sites}
    assert by_id["st-87271007"].yearly_visitors == 226_768_485
    bases = [crowding.yearly(site).basis for site in sites]
    assert (bases.count("figure"), bases.count("assumed")) == (45, 95)


def test_owners_are_invented_offices_marked_as_such(owners):
    for owner in owners:
        assert "démonstration" in owner.name
        assert owner.contact.mail.endswith("@example.org")
        assert not owner.contact.phone


def test_every_place_has_an_owner(sites, owners):
    found = charge.gaps(sites, owners)
    assert found.ownerless == found.unknown_owners == found.unknown_sites == ()
    assert found.siteless == ("ecoles", "colleges-lycees")  # schools themselves are not listed


def test_rows_are_those_of_the_facts_and_none_of_low_confidence(sites, shared):
    with (shared / "facts" / "sites-paris.csv").open(encoding="utf-8") as stream:
        facts = {row["id"]: row for row in csv.DictReader(stream)}
    assert {site.id for site in sites} == {i for i, row in facts.items() if row["confidence"] != "low"}
    for site in sites:
        row = facts[site.id]
        assert (site.lat, site.lon) == (float(row["lat"]), float(row["lon"]))
        assert str(site.yearly_visitors or "") == row["yearly_visitors"]


def test_the_homes_own_event_was_public_from_the_monday_on():
    (event,) = events.read_file(FOLDER.joinpath("events.yaml"))
    assert (event.start.isoformat(), event.known_on.isoformat()) == ("2024-03-28", "2024-03-25")


def test_what_ships_of_the_calendar_agrees_with_the_facts(shared):
    import yaml

    facts = yaml.safe_load((shared / "facts" / "calendar-2024.yaml").read_text(encoding="utf-8"))
    told = {
        (e["date"] if "date" in e else e["start"], e["known_on"])
        for e in facts["events"]
        if e["confidence"] == "sourced"
    }
    register = {(e.start, e.known_on) for e in events.shipped_register()}
    assert register <= told
