"""Sites, owners and events on the record: imported, brought up to date, withdrawn; and every refusal."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from vigie import times
from vigie.accounts.rights import NotAllowed
from vigie.errors import BadInput, NotFound
from vigie.exposure import actions, crowding, events, queries, shipped
from vigie.exposure.models import Contact, Event, Owner, Site
from vigie.exposure.tables import BadTable, FaultyRows
from vigie.ledger.queries import head, recent, verify

HEAD = "id,name,kind,lat,lon,area,yearly_visitors,owner,request\n"
TWO = HEAD + "a,Gare,station,48.88,2.35,FR-75,1000,op,\nb,Mall,shopping,48.86,2.33,FR-75,,,\n"
OFFICES = "id,name,kind,mail,phone,site_kinds\nop,Station operator,transport,control@example.org,+33 1 99 00 00 01,\nmalls,Shopping centres,site-manager,desk@example.org,,shopping\n"


@pytest.fixture
def duty(people):
    return people["watch"]


@pytest.fixture
def filled(duty):
    actions.import_sites(duty, TWO.encode(), file="sites.csv")
    actions.import_owners(duty, OFFICES.encode(), file="owners.csv")
    return duty


def event(**changes):
    return events.of(
        {"en": "Fair", "start": date(2024, 4, 1), "known_on": date(2024, 1, 1), "areas": ["FR-75"], **changes}
    )


def kinds_of(count):
    return [entry.kind for entry, _ in reversed(recent(count))]


def test_an_import_is_one_entry_and_says_what_it_did(duty):
    before = head()[0]
    found = actions.import_sites(duty, TWO.encode(), file="C:\\Users\\someone\\sites.csv")
    assert (found.added, found.changed, found.unchanged) == (("a", "b"), (), ())
    assert head()[0] == before + 1
    entry, body = recent(1)[0]
    assert entry.seq == found.entry
    assert (entry.kind, entry.marking, body.file) == ("exposure.sites.imported/1", "TLP:AMBER", "sites.csv")
    assert queries.site("a").yearly_visitors == 1000
    assert queries.site("b").yearly_visitors is None


def test_importing_again_changes_only_what_differs(filled):
    later = TWO.replace("Mall", "Mall (new name)") + "c,Museum,museum,48.86,2.34,FR-75,,,\n"
    since = queries.site("b").since
    with times.held("2024-03-23T08:00:00Z"):
        found = actions.import_sites(filled, later.encode())
    assert (found.added, found.changed, found.unchanged) == (("c",), ("b",), ("a",))
    assert [row.id for row in recent(1)[0][1].rows] == ["c", "b"]
    assert queries.site("b").name == "Mall (new name)"
    assert queries.site("b").since == since


def test_importing_the_same_file_twice_writes_nothing(filled):
    before = head()[0]
    assert actions.import_sites(filled, TWO.encode()).entry is None
    assert actions.import_owners(filled, OFFICES.encode()).entry is None
    assert head()[0] == before


def test_one_faulty_row_and_nothing_is_taken(duty):
    before = head()[0]
    with pytest.raises(FaultyRows, match="line 3"):
        actions.import_sites(duty, TWO.replace("shopping", "castle in the air").encode())
    with pytest.raises(BadTable):
        actions.import_sites(duty, b"")
    assert head()[0] == before
    assert not Site.objects.exists()


def test_contacts_stand_apart_from_the_offices_so_that_each_can_be_erased(filled):
    assert kinds_of(3) == ["exposure.owners.imported/2", "exposure.contact.set/2", "exposure.contact.set/2"]
    assert "example.org" not in repr(recent(3)[2][1])
    assert queries.contact("op").mail == "control@example.org"
    assert recent(1)[0][0].marking == "TLP:AMBER+STRICT"


def test_a_new_contact_alone_makes_one_entry_about_it_alone(filled):
    found = actions.import_owners(filled, OFFICES.replace("desk@", "night@").encode())
    assert (found.added, found.changed, found.unchanged) == ((), ("malls",), ("op",))
    assert kinds_of(2) == ["exposure.contact.set/2", "exposure.contact.set/2"]
    assert queries.contact("malls").mail == "night@example.org"
    assert recent(1)[0][0].subjects == ("malls",)
    assert set(Contact.objects.values_list("id", flat=True)) == {
        f"contact-{c.seq}" for c in Contact.objects.all()
    }


def test_who_answers_for_what_and_what_does_not_meet(filled):
    assert {o: [s.id for s in its] for o, its in queries.charges().items()} == {"op": ["a"], "malls": ["b"]}
    assert not queries.gaps()
    actions.withdraw_owner(filled, "malls", "Closed.")
    assert queries.gaps().ownerless == ("b",)
    assert queries.contact("malls") is None
    assert "malls" not in queries.contacts()


def test_a_site_leaves_with_a_reason_and_may_come_back(filled):
    actions.withdraw_site(filled, "a", "Closed for works.")
    assert [s.id for s in queries.sites()] == ["b"]
    assert queries.site("a").withdrawn_reason == "Closed for works."
    with pytest.raises(actions.Withdrawn):
        actions.withdraw_site(filled, "a", "Again.")
    found = actions.import_sites(filled, TWO.encode())
    assert (found.added, found.unchanged) == (("a",), ("b",))
    assert queries.site("a").withdrawn_at is None


@pytest.mark.parametrize("reason", ["", "   "])
def test_nothing_leaves_without_a_reason(filled, reason):
    with pytest.raises(actions.NoReason):
        actions.withdraw_site(filled, "a", reason)
    with pytest.raises(actions.NoReason):
        actions.withdraw_owner(filled, "op", reason)


def test_what_is_not_there_cannot_leave(filled):
    for act in (actions.withdraw_site, actions.withdraw_owner, actions.withdraw_event):
        with pytest.raises(NotFound):
            act(filled, "nothing", "Why.")


def test_a_place_of_worship_enters_by_request_leaves_and_needs_a_new_request(duty):
    table = HEAD + "w,Chapel,worship,48.86,2.33,FR-75,,,REQ-7\n"
    with pytest.raises(FaultyRows, match="request"):
        actions.import_sites(duty, table.replace("REQ-7", "").encode())
    actions.import_sites(duty, table.encode())
    actions.withdraw_site(duty, "w", "At its request.")
    assert queries.sites() == []
    assert queries.present(date(2024, 3, 25), 2) == ()
    with pytest.raises(actions.Withdrawn, match="only under a new request"):
        actions.import_sites(duty, table.encode())
    actions.import_sites(duty, table.replace("REQ-7", "REQ-9").encode())
    assert queries.site("w").request == "REQ-9"


def test_the_database_refuses_worship_without_request_too(filled):
    with pytest.raises(IntegrityError), transaction.atomic(using="record"):
        Site.objects.filter(id="a").update(kind="worship")


def test_an_event_is_added_said_anew_and_withdrawn(filled):
    first = actions.add_event(
        filled, event(id="fair", site="b", attendance={"low": 1000, "high": 2000}, hours="10:00-18:00")
    )
    assert first == "fair"
    (told,) = [e for e in queries.events() if e.id == "fair"]
    assert told == event(id="fair", site="b", attendance={"low": 1000, "high": 2000}, hours="10:00-18:00")
    actions.add_event(filled, event(id="fair", end=date(2024, 4, 3)))
    assert Event.objects.count() == 1
    actions.withdraw_event(filled, "fair", "Called off.")
    assert "fair" not in {e.id for e in queries.events()}
    with pytest.raises(actions.Withdrawn):
        actions.withdraw_event(filled, "fair", "Again.")


def test_an_event_at_no_known_site_and_a_computed_day_are_refused(filled):
    with pytest.raises(NotFound):
        actions.add_event(filled, event(site="nowhere"))
    with pytest.raises(BadInput, match="computed by rule"):
        actions.add_event(filled, queries.ahead("FR", 30).entries[0])


def test_what_lies_ahead_starts_today_and_knows_the_homes_events(filled):
    actions.add_event(filled, event(id="fair"))
    seen = queries.ahead("FR-75", 30)
    assert seen.start == date(2024, 3, 22)
    assert {"fair", "easter-2024"} <= {e.id for e in seen.entries}


def test_people_present_come_as_ranges_with_their_basis(filled):
    actions.add_event(
        filled, event(id="fair", site="b", start=date(2024, 3, 25), attendance={"low": 5000, "high": 9000})
    )
    found = {
        (p.site, p.day.isoformat(), p.half): p for p in queries.present(date(2024, 3, 25), 2, area="FR-IDF")
    }
    assert len(found) == 8
    assert found["a", "2024-03-25", "am"].basis == "figure"
    assert found["b", "2024-03-26", "pm"].basis == "assumed"
    assert found["b", "2024-03-25", "pm"].basis == "event"
    assert found["b", "2024-03-25", "pm"].high > 5 * crowding.rounded(found["b", "2024-03-26", "pm"].low)


@pytest.mark.parametrize("office", ["planning", "audit", "information", "machine-room", "cabinet"])
def test_only_offices_with_the_right_change_the_lists(people, office):
    for act, args in (
        (actions.import_sites, (TWO.encode(),)),
        (actions.import_owners, (OFFICES.encode(),)),
        (actions.withdraw_site, ("a", "Why.")),
        (actions.withdraw_owner, ("op", "Why.")),
        (actions.add_event, (event(),)),
        (actions.withdraw_event, ("fair", "Why.")),
    ):
        with pytest.raises(NotAllowed):
            act(people[office], *args)
    assert not Site.objects.exists()
    assert not Owner.objects.exists()


def test_the_rows_are_the_records_and_can_be_made_again(filled):
    actions.add_event(filled, event(id="fair", site="b", hours="10:00-18:00"))
    actions.withdraw_site(filled, "a", "Closed.")
    actions.import_sites(filled, TWO.replace("1000", "2000").encode())
    actions.import_owners(filled, OFFICES.replace("desk@", "night@").encode())
    verdict = verify()  # makes every row again from the record, beside the ones that stand
    assert verdict.faults == []
    assert verdict.rows > 5


def test_the_examples_that_come_with_vigie_go_in_and_every_site_has_its_owner(duty):
    assert len(actions.import_sites(duty, shipped.text("example-sites.csv").encode()).added) == 12
    assert len(actions.import_owners(duty, shipped.text("example-owners.csv").encode()).added) == 3
    assert not queries.gaps()
    assert all(queries.contact(o.id) for o in queries.owners())


def test_the_largest_table_fits_into_one_entry(duty):
    lines = "".join(
        f"s{i},Site number {i} with a rather long name that says where it is,station,48.88,2.35,FR-75,{i},op,\n"
        for i in range(5000)
    )
    assert len(actions.import_sites(duty, (HEAD + lines).encode()).added) == 5000
    assert Site.objects.count() == 5000
