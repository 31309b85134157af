"""The languages vigie reads, and their word lists, each loaded once from a data file."""

import functools
import tomllib
from importlib import resources
from typing import Any

LANGUAGES = ("en", "fr", "es", "de", "it", "nl")


@functools.cache
def load(*path: str) -> dict[str, Any]:
    """Read one data file of this room, e.g. `load("time", "en.toml")`."""
    file = resources.files("vigie.reports") / "data"
    for part in path:
        file = file / part
    return tomllib.loads(file.read_text(encoding="utf-8"))


def of(subject: str, language: str) -> dict[str, Any]:
    """Give the word lists of `subject` (time, claims, page, persons) in `language`."""
    return load(subject, f"{language}.toml")
