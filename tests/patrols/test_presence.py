"""What a plan may be made from: a closed list of columns, and ranges of people that can be."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.patrols.weeks import FIRST, NAMES, present
from vigie.errors import BadInput
from vigie.exposure.crowding import UnknownHalf
from vigie.exposure.tables import BadTable, FaultyRows
from vigie.patrols.presence import COLUMNS, BadPresence, check_columns, check_days, from_rows, gather, read

HEADING = "site,name,day,half,low,high,basis"
ROW = "st-nord,Gare du Nord,2031-05-26,am,900,1100,figure"
FORBIDDEN = [
    "ethnicity", "religion of inhabitants", "nationality", "income", "median income", "housing", "social housing share",
    "age", "average age", "past stops", "stops", "arrests", "crime counts", "crime_count", "incidents recorded as offences",
    "drug offences", "unemployment", "origin", "first name", "migrants",
]  # fmt: skip


def table(*rows, heading=HEADING):
    return "\n".join((heading, *rows)).encode()


def test_people_expected_are_laid_out_by_half_day_with_sites_in_order():
    laid = gather(reversed(present()), NAMES)
    assert laid.sites == ("mall", "museum", "st-nord", "st-sud")
    assert laid.names == ("Les Halles", "Musée", "Gare du Nord", "Gare du Sud")
    assert (laid.days, len(laid.halves)) == (7, 14)
    assert [(h.day, h.half) for h in laid.halves[:3]] == [
        (FIRST, "am"),
        (FIRST, "pm"),
        (FIRST + timedelta(days=1), "am"),
    ]
    assert laid.halves[0].middle == (400, 200, 1000, 600)
    assert laid.halves[0].assumed == (True, True, False, False)


def test_a_site_without_a_name_goes_by_its_id():
    assert gather(present(), {}).names == ("mall", "museum", "st-nord", "st-sud")


def test_without_sites_there_is_no_plan():
    with pytest.raises(BadPresence, match=r"no sites to plan for\. Import sites first"):
        gather([], {})


def test_a_half_day_given_twice_is_named():
    with pytest.raises(BadPresence, match=r"st-nord on 2031-05-26 \(am\) are given twice"):
        gather([*present(), present()[0]], NAMES)


def test_a_half_day_not_given_is_named():
    with pytest.raises(BadPresence, match=r"Nothing is said of st-nord on 2031-05-26 \(am\)"):
        gather(present()[1:], NAMES)


def test_more_than_seven_days_are_refused():
    with pytest.raises(BadPresence, match=r"A plan of 8 days cannot be\. It covers 1 to 7"):
        gather(present(days=8), NAMES)


def test_days_that_do_not_follow_one_another_are_refused():
    late = present(days=1, first=FIRST + timedelta(days=3))
    with pytest.raises(BadPresence, match="jump from 2031-05-26 to 2031-05-29"):
        gather([*present(days=1), *late], NAMES)


@pytest.mark.parametrize(
    "changed", [{"low": -1}, {"low": 5, "high": 4}, {"high": 10_000_001}, {"low": 0.5}, {"high": True}]
)
def test_a_range_that_cannot_be_is_refused(changed):
    first, *rest = present()
    with pytest.raises(BadPresence, match="Expected two whole numbers"):
        gather([replace(first, **changed), *rest], NAMES)


def test_an_unknown_half_and_an_unknown_basis_are_refused():
    first, *rest = present()
    with pytest.raises(UnknownHalf):
        gather([replace(first, half="night"), *rest], NAMES)
    with pytest.raises(BadPresence, match="rests on 'rumour'"):
        gather([replace(first, basis="rumour"), *rest], NAMES)


def test_too_many_sites_for_one_plan_are_refused():
    rows = tuple((f"s{k}", 1, 2, "figure") for k in range(2001))
    with pytest.raises(BadPresence, match="2001 sites; a plan takes at most 2000"):
        gather(present(rows, days=1), {})


def test_a_table_is_read_with_names():
    rows, names = read(table(ROW))
    assert (rows[0].site, rows[0].half, rows[0].low, rows[0].high, rows[0].basis) == (
        "st-nord",
        "am",
        900,
        1100,
        "figure",
    )
    assert names == {"st-nord": "Gare du Nord"}


@pytest.mark.parametrize("column", FORBIDDEN)
def test_a_forbidden_column_is_refused_by_name_in_a_table(column):
    with pytest.raises(BadTable, match=f"The column {column!r} is refused"):
        read(table(ROW + ",1", heading=f"{HEADING},{column}"))


@pytest.mark.parametrize("column", FORBIDDEN)
def test_a_forbidden_column_is_refused_by_name_in_data(column):
    with pytest.raises(BadPresence, match=f"The column {column!r} is refused"):
        check_columns(["site", column])


@pytest.mark.parametrize("column", ["notes", "score", "priority", "lat"])
def test_any_other_column_is_refused_by_name_too(column):
    with pytest.raises(BadTable, match=f"The column {column!r} is not known"):
        read(table(ROW + ",1", heading=f"{HEADING},{column}"))
    with pytest.raises(BadPresence, match=f"The column {column!r} is not known"):
        check_columns([column])


def test_the_columns_a_plan_knows_are_these_and_no_others():
    assert [c.name for c in COLUMNS] == ["site", "name", "day", "half", "low", "high", "basis"]
    check_columns(c.name for c in COLUMNS)


def test_every_faulty_row_is_named_and_none_is_taken():
    bad = [
        "st-nord,x,26/05/2031,am,1,2,figure",
        "st-nord,x,2031-05-26,noon,1,2,figure",
        "st-nord,x,2031-05-26,am,many,2,figure",
        "st-nord,x,2031-05-26,am,1,-2,figure",
        "st-nord,x,2031-05-26,am,9,2,figure",
        "st-nord,x,2031-05-26,am,1,2,guess",
        ",x,2031-05-26,am,1,2,figure",
    ]
    with pytest.raises(FaultyRows) as refused:
        read(table(ROW, *bad))
    assert [(f.line, f.column) for f in refused.value.faults] == [
        (3, "day"),
        (4, "half"),
        (5, "low"),
        (6, "high"),
        (7, "low"),
        (8, "basis"),
        (9, "site"),
    ]


@pytest.mark.parametrize("count", [-1, 0, 8])
def test_a_plan_has_one_to_seven_days(count):
    with pytest.raises(BadPresence, match=f"A plan of {count} days cannot be"):
        check_days(count)


JSON_ROW = {
    "site": "st-nord",
    "name": "Gare du Nord",
    "day": "2031-05-26",
    "half": "am",
    "low": 1,
    "high": 2,
    "basis": "figure",
}


def test_rows_of_json_are_read_like_those_of_a_table():
    assert from_rows([JSON_ROW | {"low": 900, "high": 1100}]) == read(table(ROW))


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (JSON_ROW | {"arrests": 3}, "The column 'arrests' is refused"),
        (JSON_ROW | {"weight": 3}, "The column 'weight' is not known"),
        ({"site": "st-nord"}, "Row 1 lacks day, half, low, high, basis"),
        (JSON_ROW | {"half": 3}, "Row 1: half is 3. Expected a text"),
        (JSON_ROW | {"site": ""}, "Row 1: site is ''"),
        (JSON_ROW | {"day": "tomorrow"}, "'tomorrow' is not a day"),
    ],
)
def test_rows_of_json_that_cannot_be_are_refused(row, says):
    with pytest.raises(BadInput, match=says):
        from_rows([row])


@pytest.mark.parametrize("changed", [{"low": "1"}, {"high": None}, {"low": 3}])
def test_ranges_of_json_that_cannot_be_are_refused_when_laid_out(changed):
    rows, names = from_rows([JSON_ROW | changed])
    with pytest.raises(BadPresence, match="Expected two whole numbers"):
        gather(rows, names)
