"""Every reading of what is restricted goes on the record: counted at once, taken up by the clock, at once when handed out."""

from datetime import timedelta

import pytest
from django.db import DatabaseError

from vigie import times
from vigie.accounts import kinds, queries
from vigie.accounts.actions.reading import EVERY, take_up_readings
from vigie.desk.models import Reading
from vigie.ledger.models import Entry
from vigie.ledger.queries import one
from vigie.steps import clock


@pytest.fixture
def noted(people):
    """Take up what was read and give the lines of the entry."""

    def take():
        take_up_readings(at_once=True)
        newest = Entry.objects.filter(kind=kinds.READS_NOTED.tag).latest("seq")
        return one(newest.seq)[1].lines

    return take


def test_a_page_that_shows_what_is_restricted_is_counted_with_its_thing_and_its_reader(
    sign_in, people, noted
):
    client = sign_in("audit")
    assert client.get("/record/3/").status_code == 200
    client.get("/record/3/")
    client.get("/record/4/")
    lines = {line.item: line for line in noted()}
    assert {item: line.count for item, line in lines.items()} == {"3": 2, "4": 1}
    assert (lines["3"].person, lines["3"].office, lines["3"].via) == (
        people["audit"].person,
        "audit",
        "console",
    )
    assert lines["3"].what == "console:entry"
    assert Reading.objects.count() == 0


def test_pages_for_everybody_refusals_and_what_is_not_there_are_no_readings(sign_in):
    client = sign_in("information")
    client.get("/levels/")
    client.get("/record/3/")  # without the right to read the record its words are left out
    client.get("/patrols/")
    sign_in("audit").get("/record/99999/")
    assert not Reading.objects.exists()


def test_the_list_of_owners_is_restricted_even_without_their_contacts(sign_in, noted):
    sign_in("audit").get("/places/owners/")
    assert [(line.what, line.item) for line in noted()] == [("exposure:owners", "")]


def test_the_api_is_counted_as_the_console_is(sign_in, noted):
    assert sign_in("planning").get("/api/patrols/plans").status_code == 200
    assert [(line.what, line.via) for line in noted()] == [("api/patrols/plans", "api")]


def test_readings_wait_ten_minutes_and_are_then_taken_up_by_the_clock_in_one_entry(sign_in):
    sign_in("audit").get("/record/3/")
    sign_in("planning").get("/patrols/")
    assert clock.tick()["readings noted"] == 0
    with times.held(times.now() + EVERY):
        assert clock.tick()["readings noted"] == 2
        assert clock.tick()["readings noted"] == 0
    assert Entry.objects.filter(kind=kinds.READS_NOTED.tag).count() == 1


def test_what_is_handed_out_goes_on_the_record_at_once_with_its_reason(sign_in, people):
    answer = sign_in("audit").post("/record/bundle/", {"reason": "Yearly inspection\nof the ministry."})
    assert answer.status_code == 200
    list(answer)  # read to its end its file is closed
    newest = Entry.objects.filter(kind=kinds.READS_NOTED.tag).latest("seq")
    [line] = one(newest.seq)[1].lines
    assert (line.what, line.reason) == ("console:bundle", "Yearly inspection of the ministry.")


def test_a_reading_that_cannot_be_noted_is_not_given(sign_in, monkeypatch):
    def broken(**_):
        raise DatabaseError

    client = sign_in("audit")
    client.raise_request_exception = False
    monkeypatch.setattr("vigie.accounts.middleware.count_reading", broken)
    answer = client.get("/record/3/")
    assert answer.status_code == 500
    assert b"Office" not in answer.content


def test_counts_that_cannot_be_taken_up_stay_at_the_desk(sign_in, home):
    from vigie.ledger import holds

    sign_in("audit").get("/record/3/")
    holds.put(home.path, "writing", "A test holds it.")
    with pytest.raises(holds.Held):
        take_up_readings(at_once=True)
    assert Reading.objects.count() == 1
    holds.lift(home.path, "writing")
    assert take_up_readings(at_once=True) == 1


def test_the_overseer_sees_counts_and_nothing_of_what_was_read(sign_in, people):
    planner, overseer = sign_in("planning"), sign_in("audit")
    for _ in range(3):
        planner.get("/patrols/")
    overseer.get("/record/7/")
    take_up_readings(at_once=True)
    page = overseer.get("/people/reads/").content.decode()
    assert "Planning" in page
    assert people["planning"].person + "<" not in page
    assert "/record/7/" not in page
    found = queries.reading_statistics(14)
    assert (found.total, found.offices) == (4, ("audit", "planning"))
    with times.held(times.now() + timedelta(days=15)):
        assert queries.reading_statistics(14).total == 0
    assert planner.get("/people/reads/").status_code == 403
