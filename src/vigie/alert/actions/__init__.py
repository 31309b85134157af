"""What people do with levels. Every road (console, API, command line, replay) calls these verbs.

Each checks the right and the rules, then appends one entry.
"""

from vigie.alert.actions.asking import NoReason, TooEarly, TooLate
from vigie.alert.actions.convening import convene, resolve, settle
from vigie.alert.actions.deciding import (
    REVIEW_AFTER,
    DecidesNothing,
    LevelUnchanged,
    announce,
    approve,
    propose,
    reject,
    return_,
    revise,
)
from vigie.alert.actions.expiring import note_expiries
from vigie.alert.actions.glass import (
    LONGEST,
    GlassOwed,
    NotOwed,
    NotYet,
    OnlyUpwards,
    SignInstead,
    TooLong,
    break_glass,
    countersign,
    raise_alone,
    refuse_glass,
)
from vigie.alert.actions.receiving import ReceivedAlready, look, receive

__all__ = [
    "LONGEST", "REVIEW_AFTER", "DecidesNothing", "GlassOwed", "LevelUnchanged", "NoReason", "NotOwed", "NotYet", "OnlyUpwards",
    "ReceivedAlready", "SignInstead", "TooEarly", "TooLate", "TooLong", "announce", "approve", "break_glass", "convene", "countersign", "look",
    "note_expiries", "propose", "raise_alone", "receive", "refuse_glass", "reject", "resolve", "return_", "revise", "settle",
]  # fmt: skip
