"""What people do with levels. Every road (console, API, command line, replay) calls these verbs.

Each checks the right and the rules, then appends one entry.
"""

from vigie.alert.actions.asking import NoReason, TooLate
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
from vigie.alert.actions.replacing import Overtaken
from vigie.alert.actions.standing_down import (
    AskedAlready,
    EndsBefore,
    look_stand_down,
    propose_stand_down,
    receive_stand_down,
    sign_stand_down,
)

__all__ = [
    "LONGEST",
    "REVIEW_AFTER",
    "AskedAlready",
    "DecidesNothing",
    "EndsBefore",
    "GlassOwed",
    "LevelUnchanged",
    "NoReason",
    "NotOwed",
    "NotYet",
    "OnlyUpwards",
    "Overtaken",
    "ReceivedAlready",
    "SignInstead",
    "TooLate",
    "TooLong",
    "announce",
    "approve",
    "break_glass",
    "convene",
    "countersign",
    "look",
    "look_stand_down",
    "note_expiries",
    "propose",
    "propose_stand_down",
    "raise_alone",
    "receive",
    "receive_stand_down",
    "refuse_glass",
    "reject",
    "resolve",
    "return_",
    "revise",
    "settle",
    "sign_stand_down",
]  # fmt: skip
