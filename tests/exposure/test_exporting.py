import pytest
from hypothesis import given, strategies as st

from vigie.exposure import (
    areas,
    exporting,
    formulas,
    owner_kinds,
    owners_csv,
    shipped,
    site_kinds,
    sites_csv,
    tables,
)
from vigie.exposure.exporting import SEPARATORS, UnknownSeparator
from vigie.exposure.owners_csv import Contact, OwnerRow
from vigie.exposure.sites_csv import SiteRow

separators = st.sampled_from(sorted(SEPARATORS))
ids = st.builds("{}{}".format, st.sampled_from("aZ0"), st.text("aZ09._-", max_size=9))


def sound(text):
    """Give a text that a cell may hold: with an apostrophe before what would be refused as a formula."""
    text = text.strip(" \u00a0")
    return "'" + text if tables.hazard(text) else text


# Signs that quotation, separators, line ends and formulas are made of, or any that can be seen.
words = st.text("=+-@'\",;|\t\r\n 1a.é(", max_size=12) | st.text(
    st.characters(exclude_categories=["C"]), max_size=20
)
kept = words.map(sound)
names = words.map(lambda text: sound(" ".join(text.split()) or "x"))
places = st.sampled_from(["FR-75C", "FR-IDF", "BE", "GB", "FR-971", "FR"])


@st.composite
def sites(draw):
    area = draw(places)
    south, west, north, east = areas.box(area) or (-80, -170, 80, 170)
    return SiteRow(
        id=draw(ids),
        name=draw(names),
        kind=draw(st.sampled_from(list(site_kinds.kinds()))),
        lat_e6=draw(st.integers(int(south * 1e6) + 1, int(north * 1e6) - 1)),
        lon_e6=draw(st.integers(int(west * 1e6) + 1, int(east * 1e6) - 1)),
        area=area,
        commune=draw(st.sampled_from(["", "75056"])),
        yearly_visitors=draw(st.none() | st.integers(0, sites_csv.MAX_VISITORS)),
        capacity=draw(st.none() | st.integers(0, sites_csv.MAX_CAPACITY)),
        opening=draw(st.sampled_from(["", "24/7", "Mo-Fr 08:00-18:00; PH off", "lu-ve 8h-18h"])),
        owner=draw(st.just("") | ids),
        source=draw(kept),
        request=draw(kept.map(lambda text: text or "r")),
    )


mails = st.sampled_from(["a@example.org", "'=x@example.org", "'+1@example.org", "x-y@example.org"])
phones = st.builds(
    "{}{}01".format,
    st.sampled_from(["+33", "-3", "\t3", "(3", "3"]),
    st.text("0123456789 ().\t-", max_size=18),
)
maybe = st.just("")


@st.composite
def owners(draw):
    return OwnerRow(
        id=draw(ids),
        name=draw(names),
        kind=draw(st.sampled_from(owner_kinds.codes())),
        language=draw(st.sampled_from(["fr", "en", "oci"])),
        contact=Contact(draw(mails), *(draw(maybe | way) for way in (phones, mails, phones, mails, phones))),
        sites=tuple(draw(st.lists(ids, max_size=4, unique=True))),
        site_kinds=tuple(draw(st.lists(st.sampled_from(list(site_kinds.kinds())), max_size=4, unique=True))),
        area=draw(maybe | places),
        parent=draw(maybe | ids),
    )


def each(rows):
    return st.lists(rows, min_size=1, max_size=4, unique_by=lambda row: row.id)


@given(each(sites()), separators)
def test_places_exported_and_imported_again_are_the_same(rows, separator):
    assert sites_csv.read(exporting.sites(rows, separator)).whole() == tuple(rows)


@given(each(owners()), separators)
def test_owners_exported_and_imported_again_are_the_same(rows, separator):
    assert owners_csv.read(exporting.owners(rows, separator)).whole() == tuple(rows)


def test_the_examples_come_back_as_they_were():
    places = sites_csv.read(shipped.text("example-sites.csv").encode()).whole()
    assert sites_csv.read(exporting.sites(places)).whole() == places
    offices = owners_csv.read(shipped.text("example-owners.csv").encode()).whole()
    assert owners_csv.read(exporting.owners(offices)).whole() == offices


def test_a_french_spreadsheet_gets_semicolons_and_decimal_commas():
    (site,) = sites_csv.read(b"id,name,kind,lat,lon,area\na,Gare,station,48.88,-0.5,FR\n").whole()
    heading, row = exporting.sites([site], "semicolon").decode("utf-8-sig").splitlines()
    assert heading.startswith("id;name;kind;lat;lon;")
    assert row.startswith("a;Gare;station;48,88;-0,5;;FR;")
    assert (
        exporting.sites([site]).decode("utf-8-sig").splitlines()[1].startswith("a,Gare,station,48.88,-0.5,")
    )


def test_a_telephone_number_is_written_as_text():
    (owner,) = owners_csv.read(b"id,name,mail,phone\nx,Office,x@example.org,+33 1 00\n").whole()
    assert b"'+33 1 00" in exporting.owners([owner])


def test_an_apostrophe_does_not_bring_a_formula_in():
    (fault,) = owners_csv.read(b"id,name,mail\nx,'=HYPERLINK(1),x@example.org\n").faults
    assert fault.given.startswith("=")


def test_an_empty_list_gives_the_headings_to_fill():
    assert exporting.owners([]).decode("utf-8-sig").strip().split(",") == [c.name for c in owners_csv.COLUMNS]


def test_another_separator_is_refused():
    with pytest.raises(UnknownSeparator, match="comma, semicolon"):
        exporting.sites([], "tab")


@given(each(sites()))
def test_no_cell_begins_like_a_formula(rows):
    for row in rows:
        for cell in map(formulas.defused, exporting.site_cells(row).values()):
            assert cell[:1] not in {*"=+@\t\r"}
