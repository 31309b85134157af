"""The shipped history as a file: every row is sound, sourced and named by office."""

import re
from typing import get_args

import pytest

from vigie.history.changes import Move, changes, gaps, header_of, rows_of
from vigie.schemes.dates import read
from vigie.schemes.reader import UnknownScheme, all_ids, load

ALL = [change for each in all_ids() for change in changes(each, low=True)]


def test_the_137_sourced_changes_and_the_6_unsure_ones_ship():
    assert len([change for change in ALL if change.confidence != "low"]) == 137
    assert len([change for change in ALL if change.confidence == "low"]) == 6


def test_unsure_rows_come_only_on_request():
    assert all(change.confidence != "low" for each in all_ids() for change in changes(each))
    assert {c.zones for c in changes("fr-vigipirate-2016", low=True)} - {
        c.zones for c in changes("fr-vigipirate-2016")
    } == {("FR-11",)}


@pytest.mark.parametrize("change", ALL, ids=lambda change: change.id)
def test_each_row_fits_its_scheme_and_names_its_page(change):
    scheme = load(change.scheme)
    scheme.level(change.code)
    for zone in change.zones:
        scheme.check_zone(zone)
    assert change.move in get_args(Move)
    assert change.confidence in {"high", "medium", "low"}
    assert change.known >= change.date
    assert change.source.startswith("http") or change.confidence == "low"
    assert change.reason


def test_the_file_says_who_compiled_it_and_under_which_licence():
    for name in ("level-history.csv", "official-counts.csv", "incidents-fr.csv", "postures.csv", "gaps.csv"):
        header = " ".join(header_of(name))
        assert "Compiled by the vigie project" in header
        assert "CC BY 4.0" in header


def test_offices_are_named_and_never_their_holders():
    said = {row["announced_by"] for row in rows_of("level-history.csv")}
    assert "Prime Minister" in said
    words = {word for office in said for word in re.findall(r"\w+", office)}
    assert not words & {"Valls", "Attal", "May", "Patel", "Ridge", "Ardern", "Hollande", "Castaner", "Borne"}


def test_codes_and_dates_are_those_of_the_collected_facts(shared):
    import csv

    with (shared / "facts/level-history.csv").open(encoding="utf-8") as file:
        facts = {
            (r["scheme_id"], r["date"], r["level_code"], r["zone"].split(";")[0].replace("+", " "))
            for r in csv.DictReader(file)
        }
    assert {(c.scheme, c.date.text, c.code, " ".join(c.zones)) for c in ALL} == facts


def test_gaps_lie_in_schemes_and_in_order():
    for each in all_ids():
        for gap in gaps(each):
            load(each).check_zone(gap.zone)
            assert gap.end is None or gap.start.first < gap.end.first


def test_an_unknown_scheme_has_no_history():
    with pytest.raises(UnknownScheme):
        changes("fr-vigipirate-1900")


def test_a_row_known_later_than_its_date_says_so():
    row = next(c for c in changes("gb-national-2019") if c.date == read("2021-02-04"))
    assert row.known == read("2021-02-08")
