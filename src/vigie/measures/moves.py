"""The states of a task and the moves between them, as a table.

    open ──sent──> sent ──reached──> reached ──> acknowledged ──> doing ──> done
      └──failed──> not reached                     └───────────> cannot
    any told state ──stop──> asked to stop ──stopped──> stopped

Acknowledged is never shown as done. An answer that comes late, or twice, or in another order is accepted: the latest
word about the work holds, and «received» after it takes nothing back. Closed states let nothing out: no message is
ever sent about a closed task.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal, get_args

from vigie.errors import Conflict

State = Literal[
    "open",
    "sent",
    "not_reached",
    "reached",
    "acknowledged",
    "doing",
    "done",
    "cannot",
    "stop_asked",
    "stopped",
    "ended",
    "replaced",
]
"""open: waits to be sent; not_reached: sending failed; reached: known to have got through, no word yet.
stop_asked: stood down, owner asked to stop; stopped: owner says so; ended: lifted before anybody was told;
replaced: another rung of the ladder took its place."""

Event = Literal[
    "sent", "failed", "reached", "acknowledged", "doing", "done", "cannot", "stop", "stopped", "replace"
]

STATES: tuple[State, ...] = get_args(State)
ANSWERS: tuple[Event, ...] = ("acknowledged", "doing", "done", "cannot", "stopped")
"""What an owner may say."""
CLOSED: frozenset[State] = frozenset({"stopped", "ended", "replaced"})
WAITING: frozenset[State] = frozenset({"open", "sent", "not_reached", "reached", "stop_asked"})
"""States in which the owner still owes a word."""

_WORK: dict[Event, State] = {"doing": "doing", "done": "done", "cannot": "cannot"}
_END: dict[Event, State] = {"stop": "stop_asked", "replace": "replaced"}
_FIRST: dict[Event, State] = {"acknowledged": "acknowledged", **_WORK, **_END}

MOVES: dict[State, dict[Event, State]] = {
    "open": {"sent": "sent", "failed": "not_reached", "reached": "reached", **_FIRST, "stop": "ended"},
    "sent": {"sent": "sent", "failed": "not_reached", "reached": "reached", **_FIRST},
    "not_reached": {"sent": "sent", "failed": "not_reached", "reached": "reached", **_FIRST},
    "reached": {"sent": "reached", "failed": "reached", "reached": "reached", **_FIRST},
    # A delivery report that arrives after the owner's word says nothing new.
    "acknowledged": {"sent": "acknowledged", "failed": "acknowledged", "reached": "acknowledged", **_FIRST},
    "doing": {"sent": "doing", "failed": "doing", "reached": "doing", **_FIRST, "acknowledged": "doing"},
    "done": {"sent": "done", "failed": "done", "reached": "done", **_FIRST, "acknowledged": "done"},
    "cannot": {"sent": "cannot", "failed": "cannot", "reached": "cannot", **_FIRST, "acknowledged": "cannot"},
    # Words about the work may cross the stand-down on their way; they are kept and change nothing.
    "stop_asked": {
        **dict.fromkeys(
            ("sent", "failed", "reached", "acknowledged", "doing", "done", "cannot", "stop"), "stop_asked"
        ),
        "stopped": "stopped",
        "replace": "replaced",
    },
    "stopped": dict.fromkeys((*ANSWERS, "sent", "failed", "reached"), "stopped"),
    "ended": dict.fromkeys((*ANSWERS, "sent", "failed", "reached"), "ended"),
    "replaced": dict.fromkeys((*ANSWERS, "sent", "failed", "reached"), "replaced"),
}


class MoveRefused(Conflict):
    """The task is not in a state for this."""


def move(state: State, event: Event) -> State:
    """Give the state after `event`. Raises MoveRefused, naming what is possible."""
    try:
        return MOVES[state][event]
    except KeyError:
        raise MoveRefused(
            "A task that is {state!r} cannot be {event!r}. Possible now: {possible}.",
            state=state.replace("_", " "),
            event=event,
            possible=", ".join(sorted(MOVES[state])) or "nothing",
        ) from None


def may_send(states: Iterable[State]) -> bool:
    """Say whether a message about these tasks may go out: only while one of them is not closed."""
    return any(state not in CLOSED for state in states)


def owes_a_word(states: Iterable[State]) -> bool:
    """Say whether one of these tasks still waits for its owner's word: only then may a message about them leave."""
    return any(state in WAITING for state in states)


def is_late(due: datetime, answered: datetime | None, now: datetime) -> bool:
    """Say whether the answer came after `due`, or has not come and `due` is past."""
    return (answered or now) > due
