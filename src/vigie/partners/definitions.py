"""What a bundle carries besides its content: the definitions of its markings and of the level extension.

TLP 2.0 markings: OASIS extension-definition 60a3c5c5. STIX 2.1 §7.2 (data markings), §7.3 (extensions).
"""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any

from vigie import times
from vigie.markings import Tlp
from vigie.partners.closure import TLP_EXTENSION

Object = dict[str, Any]

# Random once, then fixed: readers know our extension and its maker by these.
LEVEL_EXTENSION = "extension-definition--8d3e2857-ad53-4e2e-baff-bb0ca1f3916b"
MAKER = "identity--c2b85367-ae6a-41a5-bd0a-96d3dac8b51c"
_MADE = "2026-11-23T00:00:00.000Z"

_TLP_IDS = {
    Tlp.CLEAR: "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487",
    Tlp.GREEN: "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
    Tlp.AMBER: "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421",
    Tlp.AMBER_STRICT: "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003",
    Tlp.RED: "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1",
}


def milliseconds(instant: datetime) -> str:
    """Write an instant as STIX wants it: UTC, three digits after the second, `Z`."""
    return f"{times.text(instant).removesuffix('Z')}.{instant.microsecond // 1000:03d}Z"


def made_object(kind: str, uuid: str, made: str, refs: list[str], content: Object) -> Object:
    """Give a STIX object with what every one of ours has: id, times, markings (`refs`)."""
    return {
        "type": kind,
        "spec_version": "2.1",
        "id": f"{kind}--{uuid}",
        "created": made,
        "modified": made,
        "object_marking_refs": refs,
        **content,
    }


def tlp_marking(tlp: Tlp) -> Object:
    """Give the marking-definition of a TLP 2.0 label, exactly as OASIS published it."""
    word = tlp.label.removeprefix("TLP:").lower()
    return {
        "type": "marking-definition",
        "spec_version": "2.1",
        "id": _TLP_IDS[tlp],
        "created": "2022-10-01T00:00:00.000Z",
        "name": tlp.label,
        "extensions": {TLP_EXTENSION: {"extension_type": "property-extension", "tlp_2_0": word}},
    }


def statement_marking(uuid: str, made: str, said: Iterable[str]) -> Object:
    """Give a statement marking that says each sentence of `said`."""
    return {
        "type": "marking-definition",
        "spec_version": "2.1",
        "id": f"marking-definition--{uuid}",
        "created": made,
        "definition_type": "statement",
        "definition": {"statement": " ".join(said)},
    }


def level_extension(refs: list[str]) -> list[Object]:
    """Give the definition of the level extension, its schema within, and the identity of its maker."""
    maker = {
        "name": "vigie",
        "identity_class": "system",
        "description": "Open-source terror-alert-level system.",
    }
    definition = {
        "created_by_ref": MAKER,
        "name": "alert level of a national scheme",
        "description": "Says on a report which level of which scheme holds in which zone, since when, by whose decision.",
        "schema": _schema(),
        "version": "1.0.0",
        "extension_types": ["property-extension"],
    }
    return [
        made_object("identity", MAKER.partition("--")[2], _MADE, refs, maker),
        made_object("extension-definition", LEVEL_EXTENSION.partition("--")[2], _MADE, refs, definition),
    ]


@cache
def _schema() -> str:
    return (files("vigie.partners") / "schemas" / "alert-level-1.json").read_text(encoding="utf-8")
