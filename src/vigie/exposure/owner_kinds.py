"""The closed list of kinds of owner: who answers for a place or for an act."""

from functools import cache

from vigie.errors import BadInput
from vigie.exposure import shipped
from vigie.exposure.tables import plain


class UnknownOwnerKind(BadInput):
    """A kind of owner that is not in the list."""


def codes() -> tuple[str, ...]:
    """Give the codes, in the order of the list."""
    return tuple(shipped.tree("owner-kinds.yaml")["kinds"])


def label(code: str, lang: str = "en") -> str:
    """Say a kind of owner. Raises UnknownOwnerKind."""
    entry = shipped.tree("owner-kinds.yaml")["kinds"].get(code)
    if entry is None:
        raise _unknown(code)
    return str(entry.get(lang, entry["en"]))


def read(word: str) -> str:
    """Give the code of the kind a person wrote: code, label or usual word. Raises UnknownOwnerKind."""
    code = _by_word().get(plain(word))
    if code is None:
        raise _unknown(word)
    return code


@cache
def _by_word() -> dict[str, str]:
    kinds = shipped.tree("owner-kinds.yaml")["kinds"]
    return {plain(word): code for code, k in kinds.items() for word in (*k["words"], k["en"], k["fr"], code)}


def _unknown(given: str) -> UnknownOwnerKind:
    return UnknownOwnerKind(
        "{given!r} is not a kind of owner. The kinds are: {kinds}.", given=given, kinds=", ".join(codes())
    )
