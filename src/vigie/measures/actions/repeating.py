"""Insisting: what got no word leaves again, to the office, then its deputy, then its superior, until somebody answers.

The clock does it, and decides nothing by it: a person ordered the tasks, and vigie.toml says how soon who is written to.
"""

from collections.abc import Sequence

from vigie import times
from vigie.homes import Home
from vigie.ledger import holds
from vigie.ledger.actions import append, give_way, recorded
from vigie.ledger.kinds import By
from vigie.measures import channels, kinds, queries
from vigie.measures.actions.delivering import alone, spoken_of
from vigie.measures.channels import Outcome
from vigie.measures.models import Message
from vigie.measures.moves import owes_a_word
from vigie.measures.parts import AN_ENTRY, parts
from vigie.measures.queries import Bundle

_BY = By(person="", office="", via="clock")


def repeat_due(home: Home) -> int:
    """Send again what nobody gave word of, on the wave that is due. Gives how many messages left.

    Nothing leaves where no channel is set (a person sends the files, and calls), nor about what was answered or closed a
    moment before. In quiet hours only what is urgent leaves. Raises Sending when another run is at it, Held while sending
    is held.
    """
    if not home.channels:
        return 0
    holds.check(home.path, "sending")
    now = times.now()
    quiet = home.waves.quiet_until(now, times.time_zone(home.zone)) is not None
    with alone(home):
        due = queries.due_again(home.waves, now, only_urgent=quiet)
        return sum(_wave(home, wave, due[wave]) for wave in sorted(due))


def _wave(home: Home, wave: int, messages: Sequence[Message]) -> int:
    count = 0
    nowhere: list[Message] = []
    for whole in queries.bundled(messages, wave):
        bundle = _sound(whole)
        if bundle is None:
            continue
        if not (bundle.mail or bundle.phones) and wave > 1:
            nowhere += bundle.messages
            continue
        # Sent outside of the transaction: a slow mail server must not hold the record.
        letter = queries.letters(home, [bundle], again=True)[0]
        outcome = channels.send(home.channels, letter, dict(home.ceilings), home.texts)
        _settle(wave, bundle.messages, outcome)
        count += len(bundle.messages) if outcome.delivered else 0
        give_way()
    for part in parts(nowhere, AN_ENTRY):
        _settle(wave, part, Outcome(False, "", channels.NO_ADDRESS))
    return count


def _sound(bundle: Bundle) -> Bundle | None:
    """Leave out what was answered, closed or said anew since the run began."""
    here = queries.still_silent(bundle.messages)
    states = queries.states_spoken_of(bundle.messages)
    return bundle.without(
        {m.id for m in bundle.messages if m.id not in here or not owes_a_word(states[m.id].values())}
    )


@recorded
def _settle(wave: int, messages: Sequence[Message], outcome: Outcome) -> None:
    names = [message.id for message in messages]
    told, waiting = spoken_of(messages) if outcome.delivered else ([], [])
    body = kinds.Repeated(
        wave=wave,
        messages=names,
        channel=outcome.channel,
        delivered=outcome.delivered,
        why=outcome.why,
        told=told,
        sent=waiting,
    )
    append(_BY, kinds.REPEATED, body, subjects=names[:100])
