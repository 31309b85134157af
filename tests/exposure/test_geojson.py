"""Points of a GeoJSON collection, read as a table of places."""

import json

import pytest

from vigie.exposure import sites_csv
from vigie.exposure.bad_table import BadTable


def collection(*coordinates, kind="Point", **properties):
    told = {"name": "Gare du Nord", "kind": "station", "area": "FR-75", **properties}
    features = [
        {
            "type": "Feature",
            "id": f"g-{n}",
            "geometry": {"type": kind, "coordinates": one},
            "properties": told,
        }
        for n, one in enumerate(coordinates)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def test_points_with_their_properties_are_places():
    (site,) = sites_csv.read(collection([2.3552, 48.8802], capacity=500)).whole()
    assert (site.id, site.name, site.lat_e6, site.lon_e6, site.capacity) == (
        "g-0",
        "Gare du Nord",
        48_880_200,
        2_355_200,
        500,
    )


def test_latitude_first_is_found_out_and_said_of_the_feature():
    (fault,) = sites_csv.read(collection([48.8802, 2.3552])).faults
    assert fault.line == 2
    assert "latitude and longitude look swapped" in fault.wanted()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"{", "begins like GeoJSON"),
        (b"{" * 100_000, "begins like GeoJSON"),
        (b'{"type": "Feature"}', "no collection of features"),
        (b'{"type": "FeatureCollection", "features": {}}', "no collection of features"),
        (b'{"type": "FeatureCollection", "features": [7]}', "Feature 1 is no point"),
        (collection([[2, 48], [2, 49]], kind="LineString"), "Feature 1 is no point"),
        (collection(["2", "48"]), "Feature 1 is no point"),
        (collection([2.3, 48.8], religion="x"), "religion"),
        (collection([2.3, 48.8], colour="red"), "is not known"),
    ],
)
def test_what_is_no_collection_of_points_is_refused(data, said):
    with pytest.raises(BadTable, match=said):
        sites_csv.read(data)


def test_no_feature_is_no_place():
    with pytest.raises(BadTable):
        sites_csv.read(b'{"type": "FeatureCollection", "features": []}').whole()
