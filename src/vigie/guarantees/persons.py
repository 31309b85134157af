"""Guarantee 1: words that the name of no table, field or index may hold, for none is made for private persons."""

import re

_FORBIDDEN = re.compile(
    r"suspect|watch_?list|face|plate|phone_?owner|imei|handle|religion|ethnic|origin_country|nationality|first_?name|last_?name|surname|birth|passport|criminal",
    re.IGNORECASE,
)


def forbidden(name: str) -> bool:
    """Say whether the name of a table or field is one for private persons."""
    return bool(_FORBIDDEN.search(name.replace("interface", "")))
