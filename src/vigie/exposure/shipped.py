"""The data files that come with this room: where they lie, and how they are opened."""

from functools import cache
from importlib import resources
from typing import Any

import yaml


@cache
def text(name: str) -> str:
    """Give the text of the data file of that name."""
    return resources.files("vigie.exposure").joinpath("data", name).read_text(encoding="utf-8")


@cache
def tree(name: str) -> Any:
    """Give the content of the YAML data file of that name. Shared between callers: not to be changed."""
    return yaml.safe_load(text(name))
