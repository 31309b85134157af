from types import SimpleNamespace

from hypothesis import given, strategies as st

from vigie.exposure.charge import charges, gaps
from vigie.exposure.difference import difference


def site(id_, kind="station", area="FR-75C", owner=""):
    return SimpleNamespace(id=id_, kind=kind, area=area, owner=owner)


def office(id_, sites=(), site_kinds=(), area=""):
    return SimpleNamespace(id=id_, sites=sites, site_kinds=site_kinds, area=area)


def test_a_site_is_answered_for_by_who_its_row_names_and_by_who_lists_it():
    found = charges([site("a", owner="x"), site("b")], [office("x"), office("y", sites=["a", "b"])])
    assert found == {"x": ("a",), "y": ("a", "b")}


def test_owners_of_a_kind_answer_where_nobody_is_named_and_only_in_their_area():
    owners = [
        office("paris", site_kinds=["station"], area="FR-IDF"),
        office("lyon", site_kinds=["station"], area="FR-69"),
        office("x"),
    ]
    found = charges([site("a"), site("b", owner="x"), site("c", kind="museum")], owners)
    assert found == {"paris": ("a",), "lyon": (), "x": ("b",)}


def test_an_owner_of_a_department_does_not_answer_for_a_whole_region():
    assert charges([site("a", area="FR-IDF")], [office("x", site_kinds=["station"], area="FR-75")]) == {
        "x": ()
    }


def test_what_does_not_meet_is_listed():
    found = gaps(
        [site("a", owner="gone"), site("b", owner="x")], [office("x", sites=["b", "nowhere"]), office("idle")]
    )
    assert found.ownerless == ("a",)
    assert found.siteless == ("idle",)
    assert found.unknown_owners == (("a", "gone"),)
    assert found.unknown_sites == (("x", "nowhere"),)
    assert (found.named_owners, found.listed_sites) == (("gone",), ("nowhere",))
    assert found


def test_nothing_amiss_is_no_gap():
    assert not gaps([site("a", owner="x")], [office("x")])
    assert not gaps([], [])


@given(
    st.dictionaries(st.text(max_size=3), st.integers()), st.dictionaries(st.text(max_size=3), st.integers())
)
def test_a_table_is_parted_into_new_changed_and_unchanged(told, standing):
    found = difference(told, standing)
    assert sorted([*found.added, *found.changed, *found.unchanged]) == sorted(told)
    assert set(found.added) == set(told) - set(standing)
    assert difference(told, told).unchanged == tuple(told)
    assert difference(told, {**standing, **told}).changed == ()
