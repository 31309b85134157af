"""The table of doors as it is shown: one line for each, with its address."""

from collections.abc import Iterable
from typing import Any

from vigie.accounts.routes import Door

COLUMNS = ("method", "address", "right", "objects", "shows", "apart", "step up", "rate", "records")


def row(address: str, door: Door) -> dict[str, Any]:
    """Give a door's line: what COLUMNS name, and the door's own name."""
    return {
        "name": door.name,
        "method": door.method,
        "address": address,
        "right": door.right,
        "objects": door.objects,
        "shows": door.shows,
        "apart": door.apart,
        "step up": door.step_up,
        "rate": door.rate,
        "records": list(door.records),
    }


def cells(line: dict[str, Any]) -> list[str]:
    """Give the words of a line's columns; what is not there is empty."""
    return [_word(line[column]) for column in COLUMNS]


def aligned(lines: Iterable[dict[str, Any]]) -> str:
    """Give lines as a table of text, under its heading."""
    rows = [list(COLUMNS), *(cells(line) for line in lines)]
    wide = [max(len(row[place]) for row in rows) for place in range(len(COLUMNS))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, wide, strict=True)).rstrip() for row in rows
    )


def _word(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    return ", ".join(value) if isinstance(value, list) else str(value)
