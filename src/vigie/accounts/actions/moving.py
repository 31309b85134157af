"""What takes two administrators: one proposes, another confirms, and neither for themselves."""

from datetime import datetime

from vigie import times
from vigie.accounts import kinds, queries
from vigie.accounts.actions import making
from vigie.accounts.actions.door import verb
from vigie.accounts.actors import Actor
from vigie.errors import BadInput, Conflict, Refused
from vigie.ledger.actions import append


class OwnMandate(Refused):
    """An administrator would give themselves something."""


class SameAdministrator(Refused):
    """The second administrator is the first one, or the one it serves."""


class OneAlone(Conflict):
    """There is nobody who could be the second administrator."""


class MoveClosed(Conflict):
    """The move does not wait any more."""


class NoReason(BadInput):
    """An act that needs a reason came without one."""


def check_reason(given: str) -> None:
    """Raise NoReason unless the reason says something."""
    if len(given.strip()) < 10:
        raise NoReason(
            "The reason {given!r} says too little. Write a sentence that will be understood in ten years.",
            given=given,
        )


def propose(
    actor: Actor,
    act: str,
    *,
    office: str = "",
    person: str = "",
    title: str = "",
    roles: list[str] | None = None,
    deputies: list[str] | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    reason: str = "",
) -> str:
    """Append a move that waits for a second administrator. Gives its id.

    Part of the verbs that need it: it asks no right itself. Raises OneAlone when nobody could confirm it.
    """
    if not queries.administrators() - {actor.person, person}:
        raise OneAlone(
            "This takes two administrators, and there is no other who could confirm it. Give a second person an "
            "administrator's office on the server: vigie officers add NAME --office administration --role administrator"
        )
    body = kinds.MoveProposed(
        act=act,
        office=office,
        person=person,
        title=title,
        roles=roles or [],
        deputies=deputies or [],
        since=times.text(since) if since else None,
        until=times.text(until) if until else None,
        reason=reason,
    )
    subjects = [subject for subject in (office, person) if subject]
    return f"move-{append(actor.by(), kinds.MOVE_PROPOSED, body, subjects=subjects).seq}"


@verb("accounts.move.confirm")
def confirm(actor: Actor, move: str) -> str:
    """Confirm as the second administrator; what was proposed is made. Gives the id of what was made.

    Raises SameAdministrator for who proposed it and for whom it serves, MoveClosed when it does not wait, NotFound
    when its office was closed meanwhile.
    """
    row = queries.move(move)
    _check_waits(row.state, move)
    if actor.person in {row.proposed_by, row.person}:
        raise SameAdministrator(
            "You proposed {move}, or it serves yourself. Another administrator must confirm it.", move=move
        )
    if row.act in {"deputies", "mandate", "invitation"}:
        queries.office(row.office)
    append(actor.by(), kinds.MOVE_CONFIRMED, kinds.MoveConfirmed(move=move), subjects=[move])
    return making.MAKES[row.act](actor.by(), row)


@verb("accounts.move.confirm")
def refuse(actor: Actor, move: str, reason: str) -> None:
    """Refuse a move, or take one's own back, with a reason. Raises MoveClosed, NoReason."""
    _check_waits(queries.move(move).state, move)
    check_reason(reason)
    append(actor.by(), kinds.MOVE_REFUSED, kinds.MoveRefused(move=move, reason=reason), subjects=[move])


def _check_waits(state: str, move: str) -> None:
    if state != "proposed":
        raise MoveClosed("{move} is {state}: it does not wait any more.", move=move, state=state)
