"""Headings a maker chose, matched to the columns that are read: by a guess, by a person, never by the machine alone."""

import pytest
from hypothesis import given, strategies as st

from vigie.exposure import forbidden, matching, owners_csv, sites_csv, tables
from vigie.exposure.bad_table import BadTable
from vigie.exposure.matching import LEFT_OUT, BadMatch, headings, read
from vigie.exposure.tables import ForbiddenColumn, Unmatched

THEIRS = """Libellé de l'établissement;Type de lieu;Y;X;INSEE;Remarques internes
Gare du Nord;station;48,8802;2,3552;75056;à revoir
Musée;museum;48,8600;2,3400;75056;
"""
MATCHED = "Libellé de l'établissement=name; Type de lieu=kind; Remarques internes="


def guesses(text, columns=sites_csv.COLUMNS):
    return {one.given: one.guess for one in headings(text.encode(), columns)}


def test_each_heading_is_shown_with_its_first_cells_and_a_guess():
    found = headings(THEIRS.encode(), sites_csv.COLUMNS)
    assert [one.guess for one in found] == ["name", "kind", "lat", "lon", "commune", LEFT_OUT]
    assert found[0].cells == ("Gare du Nord", "Musée")
    assert found[5].cells == ("à revoir",)


def test_three_cells_are_shown_and_empty_ones_passed_over():
    text = "name\n" + "\n".join(f'"{n}"' for n in ("a", "b", "c", "d"))
    assert headings(text.encode(), sites_csv.COLUMNS)[0].cells == ("a", "b", "c")


def test_a_column_of_addresses_or_numbers_is_told_by_its_cells():
    assert guesses("Joindre;Appeler\na@b.example;01 02 03 04 05\n", owners_csv.COLUMNS) == {
        "Joindre": "mail",
        "Appeler": "phone",
    }


def test_no_column_is_guessed_twice():
    assert list(guesses("nom;nom du site\na;b\n").values()) == ["name", LEFT_OUT]


def test_what_is_not_known_is_not_guessed_into_an_import():
    with pytest.raises(Unmatched, match="is not known"):
        sites_csv.read(THEIRS.encode())


def test_what_a_person_said_is_read_and_what_they_left_out_is_not():
    found = sites_csv.read(THEIRS.encode(), matched=read(MATCHED, sites_csv.COLUMNS)).whole()
    assert [(site.name, site.kind, site.area) for site in found] == [
        ("Gare du Nord", "station", "FR-75C"),
        ("Musée", "museum", "FR-75C"),
    ]


def test_a_formula_in_a_column_left_out_hurts_nobody():
    text = THEIRS.replace("à revoir", "=1+1")
    assert not sites_csv.read(text.encode(), matched=read(MATCHED, sites_csv.COLUMNS)).faults


def test_what_a_person_said_before_is_filled_in_again():
    said = read("Remarques internes=source; Type de lieu=", sites_csv.COLUMNS)
    found = headings(THEIRS.encode(), sites_csv.COLUMNS, said)
    assert [one.guess for one in found] == ["name", LEFT_OUT, "lat", "lon", "commune", "source"]


@pytest.mark.parametrize("said", ["Prénom=name", "Prénom="])
def test_a_forbidden_column_stays_refused_whatever_it_is_called_or_left_out(said):
    text = "inconnu;Prénom;kind;lat;lon\na;b;station;48;2\n"
    with pytest.raises(ForbiddenColumn):
        sites_csv.read(text.encode(), matched=read(f"inconnu=; {said}", sites_csv.COLUMNS))
    with pytest.raises(ForbiddenColumn):  # it speaks before the unknown one does
        sites_csv.read(text.encode())


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("no equals sign", "matches no heading"),
        ("=name", "matches no heading"),
        ("Libellé=nom", "is no column"),
    ],
)
def test_a_match_that_cannot_be_is_refused(said, why):
    with pytest.raises(BadMatch, match=why):
        read(said, sites_csv.COLUMNS)


def test_two_headings_on_one_column_and_a_needed_one_left_out_are_refused():
    two = "Libellé de l'établissement=name; Type de lieu=name; Remarques internes="
    with pytest.raises(Unmatched, match="twice"):
        sites_csv.read(THEIRS.encode(), matched=read(two, sites_csv.COLUMNS))
    without = "Libellé de l'établissement=; Type de lieu=kind; Remarques internes="
    with pytest.raises(Unmatched, match="no column name"):
        sites_csv.read(THEIRS.encode(), matched=read(without, sites_csv.COLUMNS))


def test_a_file_of_lines_is_read_as_a_text_is():
    assert read(MATCHED.replace("; ", "\n"), sites_csv.COLUMNS) == read(MATCHED, sites_csv.COLUMNS)
    assert read("a=b=name", sites_csv.COLUMNS) == {tables.plain("a=b"): "name"}


def test_lists_of_headings_have_one_name_whatever_stands_below():
    one, two = (headings(f"Nom, Lieu\n{cell},x\n".encode(), sites_csv.COLUMNS) for cell in ("a", "b"))
    other = headings(b"Lieu, Nom\na,x\n", sites_csv.COLUMNS)
    assert matching.list_of(one) == matching.list_of(two) != matching.list_of(other)


@given(
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_characters='\r\n;"\x00'), max_size=20),
        min_size=1,
        max_size=8,
    )
)
def test_any_headings_are_shown_or_refused_in_words(given):
    text = ";".join(given) + "\n" + ";".join("x" for _ in given)
    try:
        found = headings(text.encode(), sites_csv.COLUMNS)
    except BadTable:
        return
    taken = [one.guess for one in found if one.guess != LEFT_OUT]
    assert len(taken) == len(set(taken))
    assert all(forbidden.reason(one.given) is None or one.guess is not None for one in found)
