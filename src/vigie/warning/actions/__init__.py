"""What people do with warnings: draft, correct, approve, withdraw, state a fact, publish.

The public site is made anew inside the same act that gives it something to say, and put in place once the record
has taken the entry: what is public is on the record, and never the other way round.
"""

from vigie.warning.actions.issuing import (
    GOOD_FOR,
    MessageOvertaken,
    NotStanding,
    RelaysOnly,
    approve,
    correct,
    draft,
    withdraw,
)
from vigie.warning.actions.publishing import publish
from vigie.warning.actions.stating import NoReason, state_fact

__all__ = [
    "GOOD_FOR",
    "MessageOvertaken",
    "NoReason",
    "NotStanding",
    "RelaysOnly",
    "approve",
    "correct",
    "draft",
    "publish",
    "state_fact",
    "withdraw",
]
