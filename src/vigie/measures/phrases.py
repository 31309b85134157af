"""The fixed phrases that owners read, in each language there is a full set for."""

from functools import cache
from importlib import resources

import yaml


@cache
def languages() -> tuple[str, ...]:
    """Give the languages that have every phrase, in the file's order."""
    return tuple(_all())


def pick(wanted: str) -> str:
    """Give `wanted` when there are phrases in it (a region is left off: fr-CA gives fr), else the first language."""
    short = wanted.partition("-")[0].lower()
    return short if short in _all() else languages()[0]


def say(language: str, phrase: str, **fields: object) -> str:
    """Give a phrase in a language of `languages()`, its places filled."""
    return _all()[language][phrase].format(**fields)


def in_words(text: dict[str, str], language: str) -> str:
    """Give a text's words in `language`, else in the first language it has: an adopter's may have one only."""
    return text.get(language) or next(iter(text.values()), "")


@cache
def _all() -> dict[str, dict[str, str]]:
    raw = resources.files("vigie.measures").joinpath("data/phrases.yaml").read_text(encoding="utf-8")
    read: dict[str, dict[str, str]] = yaml.safe_load(raw)
    return read
