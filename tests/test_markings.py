"""The lattice of markings: laws, text form, refusals."""

import pytest
from hypothesis import given, strategies as st

from vigie.markings import BadMarking, Marking, Tlp, join_all, parse, parse_tlp

slugs = st.from_regex(r"[a-z0-9][a-z0-9.-]{0,8}", fullmatch=True).filter(lambda s: s != "nobody")
names = st.frozensets(slugs, max_size=4)
markings = st.builds(
    Marking,
    tlp=st.sampled_from(Tlp),
    caveats=names,
    originators=names,
    audiences=st.none() | st.frozensets(slugs, max_size=4),
)


@given(markings, markings, markings)
def test_joining_does_not_depend_on_order_or_grouping(a, b, c):
    assert a.join(b) == b.join(a)
    assert a.join(b).join(c) == a.join(b.join(c))


@given(markings)
def test_joining_a_marking_with_itself_or_with_clear_changes_nothing(a):
    assert a.join(a) == a
    assert a.join(Marking()) == a


@given(markings, markings)
def test_a_join_covers_both_and_is_the_least_that_does(a, b):
    joined = a.join(b)
    assert joined.covers(a)
    assert joined.covers(b)
    assert joined.tlp in {a.tlp, b.tlp}
    assert joined.caveats <= a.caveats | b.caveats
    assert joined.originators <= a.originators | b.originators


@given(markings, markings, markings)
def test_what_covers_two_markings_covers_their_join(a, b, upper):
    above = a.join(b).join(upper)
    assert above.covers(a.join(b))
    if upper.covers(a) and upper.covers(b):
        assert upper.covers(a.join(b))


@given(markings, markings)
def test_two_markings_that_cover_each_other_are_the_same(a, b):
    if a.covers(b) and b.covers(a):
        assert a == b


@given(markings)
def test_the_text_form_is_read_back_unchanged(a):
    assert parse(a.text()) == a


@given(markings, markings)
def test_equal_markings_have_equal_texts_and_different_ones_different(a, b):
    assert (a == b) == (a.text() == b.text())


@given(st.text(max_size=60))
def test_any_text_is_a_marking_or_refused_with_one_error(text):
    try:
        read = parse(text)
    except BadMarking:
        return
    assert parse(read.text()) == read


def test_the_audiences_of_a_join_are_those_common_to_both():
    a = Marking(audiences=frozenset({"x", "y"}))
    b = Marking(audiences=frozenset({"y", "z"}))
    assert a.join(b).audiences == {"y"}
    assert a.join(Marking(audiences=frozenset({"z"}))).text() == "TLP:CLEAR//FOR nobody"


def test_an_unconfined_marking_is_less_strict_than_one_for_an_audience():
    confined = Marking(audiences=frozenset({"x"}))
    assert confined.covers(Marking())
    assert not Marking().covers(confined)


def test_labels_stand_in_the_order_of_tlp_2_0():
    assert [tlp.label for tlp in sorted(Tlp)] == [
        "TLP:CLEAR",
        "TLP:GREEN",
        "TLP:AMBER",
        "TLP:AMBER+STRICT",
        "TLP:RED",
    ]
    assert parse_tlp("amber+strict") is Tlp.AMBER_STRICT


def test_the_join_of_nothing_is_clear():
    assert join_all([]) == Marking(Tlp.CLEAR)
    assert join_all([Marking(Tlp.GREEN), Marking(Tlp.RED), Marking(Tlp.AMBER)]).tlp is Tlp.RED


def test_tlp_white_of_the_first_version_is_refused_with_the_list_of_labels():
    with pytest.raises(BadMarking, match=r"TLP:WHITE.*TLP:CLEAR, TLP:GREEN"):
        parse("TLP:WHITE")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "TLP:AMBER//",
        "TLP:AMBER//FOR",
        "TLP:AMBER//FOR x//FOR y",
        "TLP:AMBER//TO x",
        "TLP:AMBER//FOR X",
        "TLP:AMBER//FOR x, nobody",
    ],
)
def test_a_malformed_marking_is_refused(text):
    with pytest.raises(BadMarking):
        parse(text)
