"""No level stands any more: said by one person, signed by a second. Of a level decided here, or of one received.

Ended before its time by two persons' word, for now or for an hour to come. What stood under it, or around it, holds again.
"""

from datetime import datetime
from hashlib import sha256

from vigie import times
from vigie.accounts.actions import verb
from vigie.accounts.actors import Actor
from vigie.accounts.signing_in.actions import keep_proof
from vigie.alert import kinds, moves, queries, signing
from vigie.alert.actions.asking import check_reason, check_sourced
from vigie.alert.models import Decision, Reception, StandDown
from vigie.errors import Conflict
from vigie.ledger.actions import append, next_seq


class AskedAlready(Conflict):
    """A stand-down of the level waits for its second person already."""


class EndsBefore(Conflict):
    """The level ends before that hour by itself, or another takes its place."""


@verb("alert.level.propose")
def propose_stand_down(actor: Actor, level: str, *, reason: str, effective: datetime | None = None) -> str:
    """Propose that a level decided here stands no longer, from `effective` on (now when not given). Gives its id.

    It changes nothing until a second person signs. Raises NotFound, NoReason, WrongMove when the level neither holds nor is
    signed for later, EndsBefore, AskedAlready.
    """
    check_reason(reason)
    return _ask(actor, queries.decision(level), effective, reason=reason)


@verb("alert.level.receive")
def receive_stand_down(
    actor: Actor,
    level: str,
    *,
    authority: str,
    words: str,
    source: str,
    effective: datetime | None = None,
    source_bytes: bytes | None = None,
) -> str:
    """Record that no level stands any more where this one was received, in its authority's words. Gives its id.

    It is a lowering: it changes nothing before a second person has looked. Raises NotFound, NoReason when authority, words
    or source are missing, WrongMove, EndsBefore, AskedAlready.
    """
    check_sourced(authority, words, source)
    digest = sha256(source_bytes if source_bytes is not None else words.encode()).hexdigest()
    row = queries.reception(level)
    return _ask(actor, row, effective, authority=authority, words=words, source=source, source_sha256=digest)


@verb("alert.level.approve")
def sign_stand_down(
    actor: Actor, stand_down: str, *, seen: str, agrees: bool = True, reason: str = ""
) -> None:
    """Sign as the second person that a level decided here stands no longer, or reject it with a reason.

    seen: digest of what was read. Raises WrongMove, SamePerson, DraftEdited, NoReason, NotProven.
    """
    row = queries.stand_down(stand_down)
    queries.decision(row.level)
    _settle(actor, row, "alert.level.approve", seen, agrees, reason)


@verb("alert.level.look")
def look_stand_down(
    actor: Actor, stand_down: str, *, seen: str, agrees: bool = True, reason: str = ""
) -> None:
    """Look as the second person at the end of a level received: it ends, or the end is withdrawn with a reason.

    Raises as `sign_stand_down`.
    """
    row = queries.stand_down(stand_down)
    queries.reception(row.level)
    _settle(actor, row, "alert.level.look", seen, agrees, reason)


def _ask(
    actor: Actor,
    row: Decision | Reception,
    effective: datetime | None,
    *,
    reason: str = "",
    authority: str = "",
    words: str = "",
    source: str = "",
    source_sha256: str = "",
) -> str:
    hour = effective or times.now()
    _check_stands(row, hour)
    waits = StandDown.objects.filter(level=row.id, state="proposed").first()
    if waits:
        raise AskedAlready(
            "That {level} stands no longer waits for its second person already ({id}).",
            level=row.id,
            id=waits.id,
        )
    said = {
        "level": row.id, "reason": reason, "authority": authority, "words": words, "source": source,
        "source_sha256": source_sha256, "effective": times.text(hour),
    }  # fmt: skip
    body = kinds.StandDownProposed(**said, digest=signing.digest_of(said))
    made = f"standdown-{next_seq()}"
    append(actor.by(), kinds.STAND_DOWN_PROPOSED, body, subjects=[made, row.id])
    return made


def _settle(actor: Actor, row: StandDown, right: str, seen: str, agrees: bool, reason: str) -> None:
    moves.check(moves.STAND_DOWN, row.state, "signed" if agrees else "rejected", row.id)
    if actor.person == row.proposed_by:
        raise signing.SamePerson("You said yourself that it stands no longer. Someone else must sign that.")
    signing.check_seen(seen, row.digest)
    if not agrees:
        check_reason(reason)
    level = queries.level(row.level)
    if agrees:
        _check_stands(level, row.effective)
    restores = (
        queries.to_give_way(level.id) if agrees and max(row.effective, times.now()) <= level.effective else []
    )
    body = kinds.StandDownSettled(
        stand_down=row.id,
        level=level.id,
        agrees=agrees,
        reason=reason.strip(),
        digest=seen,
        restores=restores,
    )
    subjects = [row.id, level.id, *restores]
    act = append(actor.by(), kinds.STAND_DOWN_SETTLED, body, subjects=subjects, marking="TLP:CLEAR")
    keep_proof(actor, act, right, row.id, seen)


def _check_stands(row: Decision | Reception, hour: datetime) -> None:
    if row.stage == "alone" or not queries.will_stand(row.id):
        raise moves.WrongMove(
            "{what} is {now!r}: only a level that holds, or is signed for later, can be stood down.",
            what=row.id,
            now=row.stage,
        )
    if row.ends is not None and row.ends <= hour:
        raise EndsBefore(
            "{level} ends at {at} already, before that hour. Nothing needs to be stood down.",
            level=row.id,
            at=times.text(row.ends),
        )
