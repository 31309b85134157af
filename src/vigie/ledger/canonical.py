"""One way, and one only, to write a body as bytes: a profile of RFC 8785 (JSON Canonicalization Scheme).

The profile leaves out what canonical forms quarrel over: keys are ASCII (sorting by code unit and by code
point then agree), there are no floats (`1.0` and `1` would be two truths), integers stay within 2**53.
Inside it, orjson with sorted keys gives byte for byte what RFC 8785 asks for.
"""

from typing import Any

import orjson

from vigie.errors import BadInput

WIDEST = 2**53


class NotCanonical(BadInput):
    """A value outside the profile: a float, a non-ASCII key, an integer beyond 2**53, or another type."""


def dumps(value: Any) -> bytes:
    """Write `value` (dicts, lists, text, integers, booleans, null) in canonical form.

    Raises NotCanonical naming the place of the first value outside the profile.
    """
    if not _fits(value):
        _name_what_does_not(value, "body")
    try:
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    except orjson.JSONEncodeError as fault:  # a lone surrogate has no UTF-8 form
        raise NotCanonical(
            "The body holds text that cannot be written as UTF-8: {fault}.", fault=fault
        ) from None


def loads(data: bytes) -> Any:
    """Read canonical bytes back. Raises NotCanonical when `data` is not exactly what `dumps` writes."""
    try:
        value = orjson.loads(data)
    except orjson.JSONDecodeError as fault:
        raise NotCanonical("The bytes are not JSON: {fault}.", fault=fault) from None
    if dumps(value) != data:
        raise NotCanonical(
            "The bytes are JSON but not in canonical form; they were not written by this record."
        )
    return value


def _fits(value: Any) -> bool:
    """Say whether all of `value` lies in the profile, at a speed that an append can bear."""
    kind = type(value)
    if kind is str:
        return "\0" not in value
    if kind is int:
        return abs(value) <= WIDEST  # type: ignore[no-any-return]
    if value is None or kind is bool:
        return True
    if kind is dict:
        return all(type(key) is str and key.isascii() and _fits(inner) for key, inner in value.items())
    return (kind is list or kind is tuple) and all(map(_fits, value))


def _name_what_does_not(value: Any, place: str) -> None:
    # PostgreSQL keeps no text with a null character, and people can neither see nor type it.
    if isinstance(value, str) and "\0" in value:
        raise NotCanonical("{place} holds a null character. Take it out and send it again.", place=place)
    if value is None or isinstance(value, str | bool):
        return
    if isinstance(value, int):
        if abs(value) > WIDEST:
            raise NotCanonical(
                "{place} is {given}: integers stay within 2**53. Write it as text.", place=place, given=value
            )
        return
    if isinstance(value, dict):
        for key, inner in value.items():
            if not isinstance(key, str) or not key.isascii():
                raise NotCanonical("{place} has the key {key!r}: keys are ASCII text.", place=place, key=key)
            _name_what_does_not(inner, f"{place}.{key}")
        return
    if isinstance(value, list | tuple):
        for number, inner in enumerate(value):
            _name_what_does_not(inner, f"{place}[{number}]")
        return
    raise NotCanonical(
        "{place} is a {kind}: the record keeps text, integers, booleans, lists and tables only. Write a decimal as text.",
        place=place,
        kind=type(value).__name__,
    )
