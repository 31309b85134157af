"""What the public is advised to do at a level, by default: a start for whoever drafts, and the text of relays."""

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from vigie.errors import NotFound


class NoAdvice(NotFound):
    """There is no default advice in that language."""


def advice(position: int, of: int, country: str, language: str) -> tuple[str, ...]:
    """Give the default advice in `language` for the level at `position` of `of`, counted from the least severe.

    The gravest level of a scheme gets the fullest advice, the least severe the shortest. country: ISO 3166-1, for
    the emergency number. Raises NoAdvice when `language` has none.
    """
    table = _table()
    degree = "top" if position == of and of > 1 else "baseline" if position <= 1 else "raised"
    lines = table[degree].get(language)
    if lines is None:
        raise NoAdvice(
            "There is no advice to the public in {given!r}. Languages: {known}.",
            given=language,
            known=", ".join(table[degree]),
        )
    number = next((n for n, countries in table["emergency"].items() if country in countries), None)
    return tuple(line.format(emergency=number or table["no_number"][language]) for line in lines)


@cache
def _table() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load(
        files("vigie.warning").joinpath("advice.yaml").read_text(encoding="utf-8")
    )
    return read
