"""One table in which each row names a place, its owner and its contact."""

import pytest

from vigie.accounts.actors import Actor
from vigie.exposure import actions, joint_csv, queries
from vigie.exposure.models import Contact, Owner, Site
from vigie.exposure.tables import FaultyRows
from vigie.ledger.queries import head

TABLE = """name,kind,lat,lon,area,exploitant,mail,phone
Gare du Nord,station,48.8802,2.3552,FR-75,Exploitant des gares,gares@example.org,01 00 00 00 01
Gare de Lyon,station,48.8443,2.3735,FR-75,Exploitant des gares,,
Musée,museum,48.8600,2.3400,FR-75,Service des musées,musees@example.org,
"""


def test_a_row_names_the_place_its_owner_and_its_contact():
    read = joint_csv.read(TABLE.encode()).whole()
    assert [site.name for site in read.sites.sites] == ["Gare du Nord", "Gare de Lyon", "Musée"]
    assert [owner.name for owner in read.owners.owners] == ["Exploitant des gares", "Service des musées"]
    first, second, third = (site.owner for site in read.sites.sites)
    assert first == second == read.owners.owners[0].id != third


def test_two_words_about_one_owner_are_a_fault_of_the_later_row():
    text = TABLE.replace("Gares,,", "").replace("gares,,", "gares,other@example.org,")
    (fault,) = joint_csv.read(text.encode()).faults
    assert (fault.line, fault.column) == (3, "mail")
    assert "on line 2" in fault.wanted()


@pytest.mark.parametrize(
    ("wrong", "column"),
    [
        (TABLE.replace("musees@example.org", "no mail"), "mail"),
        (TABLE.replace("Service des musées", "M. Martin"), "name"),
        (TABLE.replace("Service des musées", ""), "id"),
        (TABLE.replace("museum", "fortress"), "kind"),
    ],
)
def test_a_fault_of_place_or_owner_takes_none_of_the_table(people, wrong, column):
    size = head()[0]
    with pytest.raises(FaultyRows) as refused:
        actions.import_both(people["watch"], wrong.encode())
    assert column in {fault.column for fault in refused.value.faults}
    assert head()[0] == size


def test_all_of_it_goes_in_at_once_and_again_changes_nothing(people):
    sites, owners = actions.import_both(people["watch"], TABLE.encode())
    assert (len(sites.added), len(owners.added)) == (3, 2)
    assert (Site.objects.count(), Owner.objects.count(), Contact.objects.count()) == (3, 2, 2)
    assert not queries.gaps().ownerless
    size = head()[0]
    again = actions.import_both(people["watch"], TABLE.encode())
    assert all(not one.added and not one.changed for one in again)
    assert head()[0] == size


def test_who_may_import_places_alone_may_not_import_both(people, monkeypatch):
    from vigie.accounts.actions import door
    from vigie.errors import Refused

    may = door.queries.may
    monkeypatch.setattr(
        door.queries, "may", lambda actor, right: right != "exposure.owners.import" and may(actor, right)
    )
    assert isinstance(people["watch"], Actor)
    with pytest.raises(Refused):
        actions.import_both(people["watch"], TABLE.encode())
    assert not Site.objects.exists()
