"""The words of the public pages, by language, whole or not at all."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import yaml

from vigie.errors import NotFound


class NoSuchLanguage(NotFound):
    """The public words do not exist in that language, or not all of them."""


def languages() -> tuple[str, ...]:
    """Give the languages that have every public word, in the order of the file."""
    table = _table()
    whole = set().union(*table.values())
    return tuple(language for language, said in table.items() if set(said) == whole)


def words(language: str) -> Mapping[str, str]:
    """Give the public words in `language`. Raises NoSuchLanguage when one is missing: pages never mix languages."""
    if language not in languages():
        raise NoSuchLanguage(
            "The public words are not complete in {given!r}. Languages: {known}. Take it out of languages in vigie.toml.",
            given=language,
            known=", ".join(languages()),
        )
    return MappingProxyType(_table()[language])


@cache
def _table() -> dict[str, dict[str, str]]:
    text = files("vigie.warning").joinpath("words.yaml").read_text(encoding="utf-8")
    return {
        language: {str(key): said for key, said in table.items()}
        for language, table in yaml.safe_load(text).items()
    }
