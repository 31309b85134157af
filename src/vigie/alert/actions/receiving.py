"""A level decided elsewhere: received by one person, looked at by a second."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from vigie import times
from vigie.accounts.actions import verb
from vigie.accounts.actors import Actor
from vigie.accounts.signing_in.actions import keep_proof
from vigie.alert import kinds, moves, queries, regimes, signing
from vigie.alert.actions.asking import check_period, check_reason, check_sourced, over
from vigie.alert.actions.keeping import check_falls, check_kept, note_kept
from vigie.alert.actions.replacing import check_newest, for_later, standing_then
from vigie.alert.keeping import covering
from vigie.alert.models import Reception
from vigie.editions.actions import keep as keep_edition
from vigie.errors import Conflict
from vigie.ledger.actions import append, next_seq
from vigie.schemes.reader import Scheme, load


class ReceivedAlready(Conflict):
    """The same level came by another road already."""


@verb("alert.level.receive")
def receive(
    actor: Actor,
    *,
    scheme: str,
    code: str,
    zone: str,
    authority: str,
    words: str,
    source: str,
    effective: datetime,
    until: datetime | None = None,
    source_bytes: bytes | None = None,
) -> str:
    """Record a level decided elsewhere, in its authority's exact words; never as ours. Gives the reception's id.

    One person suffices to raise: it holds at once or from its hour on, shown as «one person» until a second has looked. A
    lowering, of what stands or of what was received for later, waits for the second person. A period that is over is recorded as history: it ends nothing. source: address or description; source_bytes: the file itself, if there is one.
    Raises UnknownLevel, UnknownZone, NoReason when authority, words or source are missing, NotInEdition,
    EndsByItself or NeedsAnEnd against what the scheme says, Overtaken when a newer level stands there,
    ReceivedAlready when the same change came already by another road.
    """
    plan = load(scheme)
    level = plan.level(code)
    plan.check_zone(zone)
    check_sourced(authority, words, source)
    check_period(effective, until)
    regimes.check_edition(plan, code, effective)
    past = over(until)
    same = queries.received_already(scheme, code, zone, effective, until)
    if same:
        raise ReceivedAlready(
            "{code} for {zone} was received already on {at} ({id}). Two roads count once.",
            code=code, zone=zone, at=times.text(same.received_at), id=same.id,
        )  # fmt: skip
    if not past:  # a period that is over may be told as it was
        regimes.check_end(plan, code, until)
    standing = [] if past else [s for s in standing_then(plan, zone, effective) if s.received]
    check_newest(f"{code} for {zone}", effective, standing)
    later = [] if past else [s for s in for_later(plan, zone, effective) if s.received]
    # A graver level that was received for later stays: one person's word ends nothing that is graver.
    before = [*standing, *(s for s in later if plan.level(s.code).rank <= level.rank)]
    lowers = any(plan.level(s.code).rank > level.rank for s in before)
    body = kinds.Received(
        scheme=scheme,
        edition=keep_edition(scheme),
        code=code,
        zone=zone,
        authority=authority,
        words=words,
        source=source,
        source_sha256=sha256(source_bytes if source_bytes is not None else words.encode()).hexdigest(),
        effective=times.text(effective),
        until=times.text(until) if until else None,
        state="waits for a second" if lowers else "one person",
        supersedes=[] if lowers else [s.id for s in before],
    )
    made = f"reception-{next_seq()}"
    append(actor.by(), kinds.RECEIVED, body, subjects=[made, zone, *body.supersedes], marking="TLP:CLEAR")
    return made


@verb("alert.level.look")
def look(
    actor: Actor,
    reception: str,
    *,
    agrees: bool,
    reason: str = "",
    keep: Sequence[str] = (),
    keep_reason: str = "",
    seen: str = "",
) -> None:
    """Look as the second person at a level received: it holds, or it is withdrawn with a reason.

    A lowering ends what was said before it; where a newer level stands, the lowering itself is over already.
    seen: digest of what the second person read, over the measures kept with a lowering too; what stands when not given.
    Raises NothingToKeep when measures are to be kept and nothing falls, DraftEdited, SamePerson when the receiver looks at their own, NoReason when a withdrawal has none, NotProven when they did
    not show that it is they.
    """
    row = queries.reception(reception)
    moves.check(moves.RECEPTION, row.state, "in force" if agrees else "withdrawn", reception)
    if actor.person == row.received_by:
        raise signing.SamePerson("You received this level yourself. Someone else must look at it.")
    if not agrees:
        check_reason(reason)
    check_falls(reception, keep, falls=agrees and row.state == "waits for a second")
    stands = queries.seen_in(reception)
    seen = seen or covering(stands, keep, keep_reason)
    check_kept(seen, stands, keep, keep_reason)
    plan = load(row.scheme)
    lowered = row.state == "waits for a second" and agrees
    ended = _gives_way(plan, row) if lowered else []
    restored = [] if agrees or row.state != "one person" else _ended_by(row)
    body = kinds.Looked(
        reception=reception, agrees=agrees, reason=reason, supersedes=ended, restores=restored
    )
    act = append(actor.by(), kinds.LOOKED, body, subjects=[reception, *ended])
    keep_proof(actor, act, "alert.level.look", reception, seen)
    note_kept(actor, reception, seen, keep, keep_reason)


def _gives_way(plan: Scheme, lowering: Reception) -> list[str]:
    """List what a lowering ends once looked at: what was said before it, or itself where a newer level stands."""
    if over(lowering.until):
        return []
    at = lowering.effective
    there = [
        queries.reception(s.id)
        for s in (*standing_then(plan, lowering.zone, at), *for_later(plan, lowering.zone, at))
        if s.received and s.id != lowering.id
    ]
    newer = [row for row in there if _said(row) > _said(lowering)]
    return [lowering.id] if newer else [row.id for row in there]


def _said(row: Reception) -> tuple[datetime, int]:
    """Order receptions by when they were true: in effect, or known of for later."""
    return min(row.effective, row.received_at), int(row.id.rpartition("-")[2])


def _ended_by(row: Reception) -> list[str]:
    """List the receptions that this one took the place of."""
    return [r.id for r in Reception.objects.filter(state="superseded", ended_by=row.id)]
