"""Read points of a GeoJSON collection (RFC 7946) as a table: a row a feature, a column a property, and `lat` and `lon`."""

import json
from collections.abc import Iterator
from typing import Any

from vigie.exposure.bad_table import BadTable

_SCALAR = (str, int, float, bool)


def records(data: bytes) -> Iterator[tuple[int, list[str]]]:
    """Give the headings, then each feature with its number counted from 2, as a table's first row is.

    Raises BadTable: no collection of features, or one that is no point (named by its number, from 1).
    """
    try:
        said = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise BadTable(
            "This begins like GeoJSON but is none. Expected a FeatureCollection in UTF-8."
        ) from None
    features = said.get("features")
    if said.get("type") != "FeatureCollection" or not isinstance(features, list):
        raise BadTable("This is no collection of features. Expected GeoJSON with type FeatureCollection.")
    points = [_point(number, feature) for number, feature in enumerate(features, start=1)]
    names = list(dict.fromkeys(name for told, _, _ in points for name in told if name not in ("lat", "lon")))
    yield 1, [*names, "lat", "lon"]
    for line, (told, lat, lon) in enumerate(points, start=2):
        yield line, [*(_text(told.get(name)) for name in names), lat, lon]


def _point(number: int, feature: Any) -> tuple[dict[str, Any], str, str]:
    match feature:
        case {"geometry": {"type": "Point", "coordinates": [lon, lat, *_]}} if all(
            isinstance(one, (int, float)) and not isinstance(one, bool) for one in (lat, lon)
        ):
            told = feature.get("properties") or {}
            if "id" in feature and "id" not in told:
                told = {"id": feature["id"], **told}
            return told, _degrees(lat), _degrees(lon)
    raise BadTable(
        "Feature {number} is no point. Places are points: longitude, then latitude. Take outlines and lines out of the file.",
        number=number,
    )


def _degrees(value: float) -> str:
    return f"{value:.9f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def _text(value: Any) -> str:
    if value is None:
        return ""
    return str(value).strip() if isinstance(value, _SCALAR) else json.dumps(value, ensure_ascii=False)
