"""How the state of a task is drawn: a glyph and a tone; its word stands among the phrases."""

from vigie.measures.changes import ChangeKind
from vigie.measures.moves import State

STATE_SIGNS: dict[State, tuple[str, str]] = {
    "open": ("ring", ""),
    "sent": ("dot", ""),
    "not_reached": ("slash", "bad"),
    "reached": ("half", ""),
    "acknowledged": ("half", "good"),
    "doing": ("full", ""),
    "done": ("check", "good"),
    "cannot": ("cross", "bad"),
    "stop_asked": ("stop", "attention"),
    "stopped": ("check", ""),
    "ended": ("equal", ""),
    "replaced": ("up", ""),
}
"""Glyph and tone (`vigie.ui.shapes`, `vigie.css`) of each state."""

CHANGE_SIGNS: dict[ChangeKind, str] = {
    "new": "plus",
    "raised": "up",
    "eased": "down",
    "ended": "stop",
    "unchanged": "equal",
}
"""Glyph of each kind of change."""
