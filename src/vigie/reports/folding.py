"""One spelling for matching: lower case, no accents, plain quotes, every character keeping its place."""

import unicodedata

_SPECIAL = {
    "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'",
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‟": '"', "″": '"',
    "–": "-", "—": "-", "‑": "-", "‐": "-", "−": "-",
    "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2007": " ", "\t": " ",
    "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ı": "i",
}  # fmt: skip


def _table() -> dict[int, str]:
    table = {ord(sign): plain for sign, plain in _SPECIAL.items()}
    for point in range(0xC0, 0x250):
        base = unicodedata.normalize("NFD", chr(point))[0]
        if base.isascii():
            table[point] = base.lower()
    return table


_TABLE = _table()


def fold(text: str) -> str:
    """Give `text` folded for matching, of the same length: offsets in one hold in the other."""
    folded = text.translate(_TABLE).lower()
    if len(folded) != len(text):  # a few letters of other scripts grow when lowered
        folded = "".join(low if len(low := sign.lower()) == 1 else sign for sign in text.translate(_TABLE))
    return folded
