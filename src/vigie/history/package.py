"""The shipped histories as open data: plain CSV files and the Data Package that says what their columns mean.

Frictionless Data Package v1: https://specs.frictionlessdata.io/data-package/ and Table Schema.
"""

import csv
import io
import json
from collections.abc import Iterator
from hashlib import sha256
from importlib.resources import files
from typing import Any

import yaml

from vigie import __version__
from vigie.history.changes import header_of, rows_of

PACKAGE = "datapackage.json"


def package(*, low: bool = False) -> Iterator[tuple[str, bytes]]:
    """Give (name, bytes) of each file: the tables, then what describes them.

    low: also the rows of low confidence, which keep their mark.
    """
    told = yaml.safe_load((files("vigie.history") / "data" / "fields.yaml").read_text(encoding="utf-8"))
    resources = []
    for name, about in told.items():
        data = _table(name, list(about["fields"]), low=low)
        resources.append(_resource(name, about, data))
        yield f"{name}.csv", data
    described = {
        "profile": "tabular-data-package",
        "name": "vigie-history",
        "title": "Terror-alert levels, incidents and official figures, with their sources",
        "version": __version__,
        "licenses": [
            {
                "name": "CC-BY-4.0",
                "title": "Creative Commons Attribution 4.0",
                "path": "https://creativecommons.org/licenses/by/4.0/",
            }
        ],
        "contributors": [{"title": "The vigie project", "role": "wrangler"}],
        "resources": resources,
    }
    yield PACKAGE, (json.dumps(described, ensure_ascii=False, indent=2) + "\n").encode()


def _table(name: str, columns: list[str], *, low: bool) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\r\n")  # RFC 4180
    writer.writeheader()
    writer.writerows(row for row in rows_of(f"{name}.csv") if low or row.get("confidence") != "low")
    return out.getvalue().encode()


def _resource(name: str, about: dict[str, Any], data: bytes) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(column, told) for column, told in about["fields"].items()],
        "missingValues": [""],
    }
    if "key" in about:
        schema["primaryKey"] = about["key"]
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "path": f"{name}.csv",
        "title": about["title"],
        "description": " ".join([about["description"], *header_of(f"{name}.csv")]),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{sha256(data).hexdigest()}",
        "schema": schema,
    }


def _field(column: str, told: dict[str, Any]) -> dict[str, Any]:
    rules = {rule: told[rule] for rule in ("required", "unique", "enum", "minimum") if rule in told}
    field = {"name": column, "type": told.get("type", "string"), "description": told["description"]}
    return {**field, "constraints": rules} if rules else field
