"""How a text fits a cell-broadcast message: its alphabet, its length, its pages.

3GPP TS 23.041: at most 15 pages, of 93 characters in the GSM 7-bit alphabet or 41 in UCS-2. TS 23.038, section 6.2.1:
characters of the extension table take two places; one character outside both tables turns the whole text to UCS-2.
"""

from msgspec import Struct

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("\f^{}\\[~]|€")
_PAGES = 15
_PER_PAGE = {"GSM-7": 93, "UCS-2": 41}


class CellText(Struct, frozen=True):
    """What a text takes. places: 7-bit places or 16-bit units; most: how many there are; pages: of 15."""

    alphabet: str
    places: int
    most: int
    pages: int

    @property
    def fits(self) -> bool:
        """True when it goes out whole."""
        return self.places <= self.most


def measured(text: str) -> CellText:
    """Measure a text: in GSM 7-bit if every character has a place there, else in UCS-2 (UTF-16 units)."""
    if all(char in _BASIC or char in _EXTENDED for char in text):
        alphabet, places = "GSM-7", sum(2 if char in _EXTENDED else 1 for char in text)
    else:
        alphabet, places = "UCS-2", len(text.encode("utf-16-le")) // 2
    per_page = _PER_PAGE[alphabet]
    return CellText(alphabet, places, per_page * _PAGES, -(-places // per_page))
