"""A contact drill: called by a person, sent as an exercise, answered by link. It gives no task and moves none."""

from collections.abc import Iterable, Sequence

from vigie import files, times
from vigie.accounts.actions import verb
from vigie.accounts.actors import Actor
from vigie.homes import Home
from vigie.ledger import holds
from vigie.ledger.actions import append, give_way, recorded
from vigie.ledger.kinds import By
from vigie.measures import channels, kinds, queries
from vigie.measures.actions.delivering import alone
from vigie.measures.channels import Letter, Outcome
from vigie.measures.drilling.standing import BadDrill, check_minutes
from vigie.measures.parts import AN_ENTRY, parts

_CLOCK = By(person="", office="", via="clock")


@verb("measures.drill.call")
def call_drill(
    actor: Actor, *, minutes: int = 15, owners: Iterable[str] = (), in_quiet_hours: bool = False
) -> list[str]:
    """Call a contact drill: each owner is written to and is to answer within so many minutes. Gives its id, in parts for long lists.

    owners: ids; none = all on the list. in_quiet_hours: the messages do not wait for their end. Raises BadDrill, NotFound.
    """
    check_minutes(minutes)
    wanted = queries.drilled(list(owners))
    if not wanted:
        raise BadDrill("There is no owner on the list: nobody can be called. Import owners first.")
    made = []
    for part in parts(wanted, AN_ENTRY):
        body = kinds.DrillCalled(minutes=minutes, owners=list(part), in_quiet_hours=in_quiet_hours)
        made.append(f"drill-{append(actor.by(), kinds.DRILL_CALLED, body).seq}")
    return made


@recorded
def answer_drill(token: str) -> str:
    """Take an owner's answer to a drill through its link; the first counts. Gives the drill's id. Raises BadLink."""
    call = queries.check_drilled(token)
    if call.answered_at is None:
        by = By(person="", office=f"owner:{call.owner}", via="link")
        body = kinds.DrillAnswered(drill=call.drill_id, owner=call.owner)
        append(by, kinds.DRILL_ANSWERED, body, subjects=[call.drill_id, call.owner])
    return call.drill_id


def leave_drills(home: Home) -> int:
    """Send the messages of drills that wait. Gives how many owners were reached.

    Without a channel they are written to the outbox, as other messages are. In quiet hours only those of drills that break
    them leave. Raises Sending when another run is at it, Held while sending is held.
    """
    quiet = home.waves.quiet_until(times.now(), times.time_zone(home.zone)) is not None
    waiting = queries.to_leave(quiet=quiet)
    if not waiting:
        return 0
    holds.check(home.path, "sending")
    count = 0
    with alone(home):
        for drill, owners in waiting.items():
            for letter in queries.drill_letters(drill, owners):
                # Sent outside of the transaction: a slow mail server must not hold the record.
                outcome = _leave(home, drill.id, letter)
                _settle(drill.id, letter.owners, outcome)
                count += len(letter.owners) if outcome.delivered else 0
                give_way()
    return count


def _leave(home: Home, drill: str, letter: Letter) -> Outcome:
    if home.channels:
        return channels.send(home.channels, letter, dict(home.ceilings), home.texts)
    if not letter.mail:
        return Outcome(delivered=False, channel="file", why=channels.NO_MAIL)
    home.outbox.mkdir(parents=True, exist_ok=True)
    file = home.outbox / f"{drill}-{letter.owners[0]}.eml"
    file.write_bytes(channels.as_file(letter, sender=queries.sender(home)))
    files.sure(file, home.outbox)
    return Outcome(delivered=True, channel="file")


@recorded
def _settle(drill: str, owners: Sequence[str], outcome: Outcome) -> None:
    body = kinds.DrillLeft(
        drill=drill,
        owners=list(owners),
        channel=outcome.channel,
        delivered=outcome.delivered,
        why=outcome.why,
    )
    append(_CLOCK, kinds.DRILL_LEFT, body, subjects=[drill])
