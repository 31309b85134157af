"""The drawn signs: five badge shapes from low to high, the house ladder of tones, and the state glyphs.

Colour never carries a meaning alone: every sign has a form of its own and words beside it. All are drawn
as SVG in a box of 24 by 24, so that they look the same on every machine, print, and need no font.
"""

from typing import TypeVar

from vigie.errors import BadInput

_Sign = TypeVar("_Sign")

# From low to high. A scheme's file may name one for each level; `spread` chooses where it does not.
SHAPES: dict[str, str] = {
    "circle": "M12 2.5a9.5 9.5 0 1 0 0 19a9.5 9.5 0 1 0 0-19z",
    "square": "M3.5 3.5h17v17h-17z",
    "diamond": "M12 1.5L22.5 12L12 22.5L1.5 12z",
    "triangle": "M12 2.5L23 21.5H1z",
    "octagon": "M7.7 1.5h8.6l6.2 6.2v8.6l-6.2 6.2H7.7l-6.2-6.2V7.7z",
}

# Names of the house ladder for schemes whose country publishes no colours, lightest first.
# The values stand in vigie.css; least CIE76 distance between two steps 27, 22 under simulated deficiencies
# (Machado, Oliveira, Fernandes 2009).
LADDER = ("step-1", "step-2", "step-3", "step-4", "step-5")

_RING = "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18z"

# Each glyph: the strokes, then the filled parts.
GLYPHS: dict[str, tuple[str, str]] = {
    "ring": (_RING, ""),
    "dot": (_RING, "M12 8.5a3.5 3.5 0 1 0 0 7a3.5 3.5 0 1 0 0-7z"),
    "half": (_RING, "M12 3a9 9 0 0 1 0 18z"),
    "full": (_RING, _RING),
    "check": (_RING + "M7.5 12.5l3 3l6-7", ""),
    "cross": (_RING + "M8.5 8.5l7 7M15.5 8.5l-7 7", ""),
    "slash": (_RING + "M5.6 18.4L18.4 5.6", ""),
    "clock": (_RING + "M12 7v5.5l3.5 2", ""),
    "question": (
        _RING + "M9.3 9.4a2.8 2.8 0 1 1 3.9 2.6c-.9.4-1.2 1-1.2 2",
        "M12 16.2a1.1 1.1 0 1 0 0 2.2a1.1 1.1 0 1 0 0-2.2z",
    ),
    "stop": ("M5 5h14v14H5z", ""),
    "plus": ("M12 4v16M4 12h16", ""),
    "up": ("M12 20V5M5.5 11.5L12 5l6.5 6.5", ""),
    "down": ("M12 4v15M5.5 12.5L12 19l6.5-6.5", ""),
    "equal": ("M5 9h14M5 15h14", ""),
    "warning": ("M12 3L22 20.5H2zM12 9.5v5.5", "M12 16.4a1.1 1.1 0 1 0 0 2.2a1.1 1.1 0 1 0 0-2.2z"),
    "lock": ("M5.5 11h13v9.5h-13zM8 11V8a4 4 0 0 1 8 0v3", ""),
}


class UnknownSign(BadInput):
    """A page asks for a shape, a tone or a glyph that is not drawn."""


def shape(name: str) -> str:
    """Give the outline of a badge shape, as SVG path data in a box of 24. Raises UnknownSign."""
    return _drawn(SHAPES, name, "badge shape")


def glyph(name: str) -> tuple[str, str]:
    """Give the strokes and the filled parts of a state glyph, as SVG path data. Raises UnknownSign."""
    return _drawn(GLYPHS, name, "state glyph")


def spread(rank: int, levels: int) -> tuple[str, str]:
    """Give (shape, tone) for the `rank`-th of `levels` levels, lowest first, spread over the five of the house.

    rank: 1 to `levels`. Raises UnknownSign outside of it.
    """
    if not 1 <= rank <= levels:
        raise UnknownSign(
            "Rank {rank} is not one of {levels} levels. Ranks run from 1 to {levels}.",
            rank=rank,
            levels=levels,
        )
    step = 0 if levels == 1 else round((rank - 1) * 4 / (levels - 1))
    return tuple(SHAPES)[step], LADDER[step]


def _drawn(signs: dict[str, _Sign], name: str, kind: str) -> _Sign:
    try:
        return signs[name]
    except KeyError:
        raise UnknownSign(
            "{given!r} is not a {kind}. Those drawn are: {known}.",
            given=name,
            kind=kind,
            known=", ".join(signs),
        ) from None
