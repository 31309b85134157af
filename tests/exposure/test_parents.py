"""A parent owner is on the list, and never stands above itself."""

import pytest
from hypothesis import given, strategies as st

from vigie.exposure import actions, queries
from vigie.exposure.kinds import (
    CONTACT_SET_FIRST,
    OWNERS_IMPORTED_FIRST,
    ContactSetFirst,
    OwnerFirst,
    OwnersImportedFirst,
)
from vigie.exposure.owners_csv import Contact, OwnerRow
from vigie.exposure.parents import BadParent, chain, check

NAMES = st.sampled_from("abcdef")


def row(owner, parent=""):
    return OwnerRow(owner, owner, "site-manager", "en", Contact(f"{owner}@example.org"), parent=parent)


def rows(*pairs):
    return {owner: row(owner, parent) for owner, parent in pairs}


def test_a_parent_may_stand_in_the_table_or_on_the_list():
    check(rows(("a", "b"), ("b", "")), {})
    check(rows(("a", "b")), rows(("b", "")))


def test_a_parent_that_is_nowhere_is_named():
    with pytest.raises(BadParent, match="a names b as its parent"):
        check(rows(("a", "b")), {})


@pytest.mark.parametrize("told", [[("a", "a")], [("a", "b"), ("b", "c"), ("c", "a")]])
def test_nobody_stands_above_itself(told):
    with pytest.raises(BadParent, match="above itself"):
        check(rows(*told), {})


def test_a_ring_closed_by_an_owner_of_the_list_is_seen():
    with pytest.raises(BadParent, match="above itself"):
        check(rows(("a", "b")), rows(("b", "a"), ("a", "")))


@given(st.dictionaries(NAMES, NAMES))
def test_a_chain_always_ends_and_names_nobody_twice(above):
    for owner in above:
        found = chain(owner, above)
        assert len(set(found)) == len(found)


def test_an_import_with_a_parent_keeps_it_and_one_with_a_wrong_one_keeps_nothing(people):
    table = "id,name,mail,parent\nshop,Shop,s@example.org,chain\nchain,Chain,c@example.org,\n"
    actions.import_owners(people["watch"], table.encode())
    assert queries.owner("shop").parent == "chain"
    with pytest.raises(BadParent):
        actions.import_owners(people["watch"], b"id,name,mail,parent\nshop,Shop,s@example.org,nowhere\n")
    assert queries.owner("shop").parent == "chain"


def test_entries_of_the_first_version_read_as_ones_without_superior_and_parent():
    first = OwnerFirst(id="x", name="X", kind="other", language="en", sites=[], site_kinds=[], area="")
    now = OWNERS_IMPORTED_FIRST.upcast(OwnersImportedFirst(file="f", rows=[first]))
    assert (now.rows[0].id, now.rows[0].parent) == ("x", "")
    contact = ContactSetFirst(owner="x", mail="m", phone="p", deputy_mail="d", deputy_phone="e")
    assert CONTACT_SET_FIRST.upcast(contact).superior_mail == ""
