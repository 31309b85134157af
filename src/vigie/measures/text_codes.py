"""The code in a text message, and what is read from the one that comes back: `7K2M-9QX4-TZ3 3`.

A code names a message and bears a tag that only its home can make. Its letters are Crockford's: no I, L, O, U; those
that look alike are read as one, and spaces, hyphens and case do not count.
"""

import re
from dataclasses import dataclass
from hashlib import sha256

from vigie.errors import BadInput
from vigie.measures.moves import Event

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_ALIKE = str.maketrans("ILOU", "110V")
_PLACES = 8192
"""Messages of one entry at most: a power of two above the rows that an entry holds."""
_NUMBER, _TAG = 8, 5
"""Letters of the number, and of the tag: twenty-five bits, thirty million tries for each message."""
_SAID = re.compile(rf"\W*((?:[0-9A-Za-z][ -]?){{{_NUMBER + _TAG}}})\W*([^\W\d_]+|\d)\b\W*(.*)", re.DOTALL)

_WORDS: dict[str, Event] = {
    "1": "acknowledged", "2": "doing", "3": "done", "4": "cannot", "5": "stopped",
    "ok": "acknowledged", "received": "acknowledged", "recu": "acknowledged", "reçu": "acknowledged", "doing": "doing", "encours": "doing",
    "done": "done", "fait": "done", "cannot": "cannot", "impossible": "cannot", "stopped": "stopped", "arrete": "stopped", "arrêté": "stopped",
}  # fmt: skip


class BadText(BadInput):
    """A text message that is no answer: no code, or no word that is known."""


@dataclass(frozen=True)
class Said:
    """What a text message says. entry, place: which message its code names; tag: to be compared with the home's own."""

    entry: int
    place: int
    tag: str
    given: Event
    reason: str


def code(entry: int, place: int, secret: bytes) -> str:
    """Write the code of the message at `place` of an entry. secret: what only this home can make for it."""
    whole = _letters(entry * _PLACES + place, _NUMBER) + tag(secret)
    return f"{whole[:4]}-{whole[4:8]}-{whole[8:]}"


def tag(secret: bytes) -> str:
    """Give the tag that a secret makes."""
    return _letters(int.from_bytes(sha256(secret).digest()[:4]) >> (32 - 5 * _TAG), _TAG)


def read(text: str) -> Said:
    """Read a text message: a code, then a digit or a word, then for «cannot» its reason. Raises BadText."""
    found = _SAID.match(text)
    letters = re.sub(r"[ -]", "", found[1]).upper().translate(_ALIKE) if found else ""
    given = _WORDS.get(found[2].casefold()) if found else None
    if found is None or given is None:
        raise BadText(
            "This is no answer. Send the code of the message, then 1 received, 2 doing, 3 done, 4 cannot and why, or 5 stopped."
        )
    number = 0
    for letter in letters[:_NUMBER]:
        number = number * 32 + _LETTERS.index(letter)
    entry, place = divmod(number, _PLACES)
    return Said(entry, place, letters[_NUMBER:], given, " ".join(found[3].split()))


def _letters(number: int, most: int) -> str:
    found = ""
    while number:
        number, last = divmod(number, 32)
        found = _LETTERS[last] + found
    return found.rjust(most, _LETTERS[0])
