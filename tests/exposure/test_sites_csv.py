import pytest
from hypothesis import given, strategies as st

from vigie.exposure import sites_csv
from vigie.exposure.areas import UnknownArea
from vigie.exposure.tables import BadTable, FaultyRows

HEAD = "id,name,kind,lat,lon,area,yearly_visitors,capacity,opening,owner,request\n"
SOUND = "a,Gare centrale,station,48.88,2.35,FR-75,1000,,,op,\n"


def read(rows, head=HEAD, **kwargs):
    return sites_csv.read((head + rows).encode(), **kwargs)


def only_fault(row):
    result = read(SOUND + row)
    assert [site.id for site in result.sites] == ["a"]
    (fault,) = result.faults
    assert fault.line == 3
    return fault


def test_a_french_spreadsheet_is_read():
    text = "Nom;Type;Latitude;Longitude;Code INSEE;Fréquentation;Horaires\nHôtel de Ville;Mairie;48,8564;2,3522;75056;1 200 000;lu-ve 8h-18h\n"
    (site,) = sites_csv.read(text.encode("cp1252")).whole()
    assert (site.name, site.kind, site.area, site.commune) == (
        "Hôtel de Ville",
        "town-hall",
        "FR-75C",
        "75056",
    )
    assert (site.lat_e6, site.lon_e6, site.yearly_visitors) == (48856400, 2352200, 1_200_000)
    assert site.id.startswith("hotel-de-ville-")


def test_no_figure_stays_no_figure():
    (site,) = read("b,Musée,museum,48.86,2.33,FR-75,,,,,\n").whole()
    assert site.yearly_visitors is None
    assert site.capacity is None


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("b,,station,48.88,2.35,FR-75,,,,,\n", "name"),
        ("b,X,castle in the air,48.88,2.35,FR-75,,,,,\n", "kind"),
        ("b,X,,48.88,2.35,FR-75,,,,,\n", "kind"),
        ("b,X,station,north,2.35,FR-75,,,,,\n", "lat"),
        ("b,X,station,98.88,2.35,FR-75,,,,,\n", "lat"),
        ("b,X,station,48.88,,FR-75,,,,,\n", "lon"),
        ("b,X,station,nan,2.35,FR-75,,,,,\n", "lat"),
        ("b,X,station,48.88,2.35,FR-7S,,,,,\n", "area"),
        ("b,X,station,48.88,2.35,,,,,,\n", "area"),
        ("b,X,station,48.88,2.35,FR-75,-5,,,,\n", "yearly_visitors"),
        ("b,X,station,48.88,2.35,FR-75,1e9,,,,\n", "yearly_visitors"),
        ("b,X,station,48.88,2.35,FR-75,12.5,,,,\n", "yearly_visitors"),
        ("b,X,station,48.88,2.35,FR-75,9999999999,,,,\n", "yearly_visitors"),
        ("b,X,station,48.88,2.35,FR-75,,many,,,\n", "capacity"),
        ("b,X,station,48.88,2.35,FR-75,,,sometimes,,\n", "opening"),
        ("b,X,station,48.88,2.35,FR-75,,,,who knows,\n", "owner"),
        ("b c,X,station,48.88,2.35,FR-75,,,,,\n", "id"),
        ("a,X,station,48.88,2.35,FR-75,,,,,\n", "id"),
        ("b,=1+1,station,48.88,2.35,FR-75,,,,,\n", "name"),
        ("b,X,worship,48.88,2.35,FR-75,,,,,\n", "request"),
        ("b,X,station,2.35,48.88,FR-75,,,,,\n", "lat, lon"),
    ],
)
def test_each_faulty_cell_is_named_by_line_and_column(row, column):
    assert only_fault(row).column == column


def test_a_swapped_position_says_so():
    assert "look swapped" in only_fault("b,X,station,2.35,48.88,FR-75,,,,,\n").wanted()


def test_a_doubled_id_names_the_line_that_has_it():
    assert "line 2 has it" in only_fault("a,X,station,48.88,2.35,FR-75,,,,,\n").wanted()


def test_all_faults_of_all_rows_are_found_at_once():
    result = read("b,,nowhere,x,y,FR-75,-1,,,,\n" + SOUND + "c,X,station,48.8,2.3,FR-75,z,,,,\n")
    assert [(f.line, f.column) for f in result.faults] == [
        (2, "name"),
        (2, "kind"),
        (2, "lat"),
        (2, "lon"),
        (2, "yearly_visitors"),
        (4, "yearly_visitors"),
    ]


def test_one_faulty_row_stops_the_whole_import():
    with pytest.raises(FaultyRows, match="Nothing was imported") as refusal:
        read(SOUND + "b,,station,48.88,2.35,FR-75,,,,,\n").whole()
    assert refusal.value.faults[0].line == 3


def test_a_place_of_worship_enters_with_its_request():
    (site,) = read("w,Chapel,worship,48.86,2.33,FR-75,,,,,REQ-7\n").whole()
    assert site.request == "REQ-7"


def test_one_area_may_be_given_for_all_sites():
    (site,) = read("b,X,station,48.88,2.35,,,,,,\n", area="fr-75").whole()
    assert site.area == "FR-75C"
    with pytest.raises(UnknownArea):
        read(SOUND, area="nowhere")


def test_a_table_without_sites_is_refused():
    with pytest.raises(BadTable, match="no site"):
        read("").whole()


@pytest.mark.parametrize(
    ("written", "number"),
    [("1200", 1200), ("1 200 000", 1200000), ("1\u202f200", 1200), ("1.200.000", 1200000), ("1 200", 1200)],
)
def test_thousands_are_read_as_written(written, number):
    (site,) = read(f"b,X,station,48.88,2.35,FR-75,{written},,,,\n").whole()
    assert site.yearly_visitors == number


def test_the_same_site_without_id_gets_the_same_id_again():
    assert (
        sites_csv.made_id("Gare", "FR-75C")
        == sites_csv.made_id("gare", "FR-75C")
        != sites_csv.made_id("Gare", "FR-13")
    )


@given(st.lists(st.lists(st.text(max_size=10), min_size=11, max_size=11), max_size=4))
def test_hostile_rows_give_faults_or_one_refusal_never_a_crash(rows):
    import csv
    import io

    out = io.StringIO()
    csv.writer(out).writerows(rows)
    try:
        result = read(out.getvalue().encode("utf-8", "replace").decode())
    except BadTable:
        return
    assert len(result.sites) + len({f.line for f in result.faults}) >= len({s.id for s in result.sites})
