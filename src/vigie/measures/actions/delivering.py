"""Sending what waits: through the channels of vigie.toml, else as files for a person to send. Each result is an entry."""

import errno
import fcntl
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from django.conf import settings

from vigie import files, times
from vigie.accounts.actions import verb
from vigie.accounts.actors import Actor
from vigie.errors import BadInput, Conflict, OutOfRoom
from vigie.homes import Home
from vigie.ledger import holds
from vigie.ledger.actions import after_commit, append, give_way, recorded
from vigie.ledger.kinds import QUEUE_RELEASED, By, QueueReleased
from vigie.measures import channels, kinds, queries
from vigie.measures.channels import Letter, Outcome
from vigie.measures.models import Message
from vigie.measures.moves import CLOSED, owes_a_word
from vigie.measures.queries import Bundle

_BY = By(person="", office="", via="clock")
_FILES_AT_ONCE = 500
_LETTERS_AT_ONCE = 25


class Sending(Conflict):
    """Another run is sending at this moment."""


class NotHeld(Conflict):
    """There is no hold to lift."""


@dataclass(frozen=True)
class Sent:
    """What a run of sending did, in messages to owners.

    files: written to the home's outbox, to be sent by hand; quiet: left for the end of the quiet hours.
    """

    delivered: int
    failed: int
    dropped: int
    files: int
    outbox: Path
    quiet: int = 0


def deliver_due(home: Home, *, again: bool = False, in_quiet_hours: bool = False) -> Sent:
    """Send every message that waits; with `again`, also those that failed. One contact gets one letter, whomever it is about.

    A message all of whose tasks are answered or closed, even a moment before its turn, is dropped: nothing is sent
    after the close. in_quiet_hours: also what is not urgent. No right is asked: a person ordered each message by
    switching measures. Raises Sending when another run is at it, Held while sending is held.
    """
    holds.check(home.path, "sending")
    with alone(home):
        waiting = queries.waiting(again=again)
        kept = [] if in_quiet_hours else _not_now(home, waiting)
        kept_back = {message.id for message in kept}
        bundles = queries.bundled([message for message in waiting if message.id not in kept_back], 1)
        run = _Run(home)
        letters = run.letters(bundles)
        if home.channels:
            delivered, written = sum(_through_channels(home, letters)), 0
        else:
            delivered = written = _as_files(home, letters)
        return Sent(delivered, run.sound - delivered, run.void, written, home.outbox, len(kept))


class _Run:
    """One run of sending; counts what may still be sent when its turn comes, and drops the rest."""

    def __init__(self, home: Home) -> None:
        self.home, self.sound, self.void = home, 0, 0

    def letters(self, bundles: Sequence[Bundle]) -> Iterator[tuple[Bundle, Letter]]:
        """Write letters a few at a time: the first leaves before the last is written, and who gives word meanwhile goes before."""
        for start in range(0, len(bundles), _LETTERS_AT_ONCE):
            part = self._sound(bundles[start : start + _LETTERS_AT_ONCE])
            yield from zip(part, queries.letters(self.home, part), strict=True)
            give_way()

    def _sound(self, bundles: Sequence[Bundle]) -> list[Bundle]:
        every = [message for bundle in bundles for message in bundle.messages]
        here = queries.still_waiting(every)
        states = queries.states_spoken_of(every)
        void = [message for message in every if not owes_a_word(states[message.id].values())]
        gone = {message.id for message in void} | {m.id for m in every if m.id not in here}
        dropped = [message for message in void if message.id in here]
        _drop(dropped)
        self.void += len(dropped)
        self.sound += len(every) - len(gone)
        return [left for bundle in bundles if (left := bundle.without(gone)) is not None]


def _not_now(home: Home, messages: Sequence[Message]) -> list[Message]:
    """Give those of the messages that quiet hours keep back at this time."""
    if home.waves.quiet_until(times.now(), times.time_zone(home.zone)) is None:
        return []
    return [
        message
        for message in messages
        if not home.waves.is_urgent(message.posture.set_at, message.posture.due)
    ]


def _through_channels(home: Home, letters: Iterable[tuple[Bundle, Letter]]) -> list[bool]:
    results = []
    for bundle, letter in letters:
        # Sent outside of the transaction: a slow mail server must not hold the record.
        outcome = channels.send(home.channels, letter, dict(home.ceilings), home.texts)
        _settle(bundle.messages, outcome)
        results += [outcome.delivered] * len(bundle.messages)
    return results


def _as_files(home: Home, letters: Iterator[tuple[Bundle, Letter]]) -> int:
    home.outbox.mkdir(parents=True, exist_ok=True)
    count = 0
    while part := list(islice(letters, _FILES_AT_ONCE)):
        files_of = {bundle.messages[0].id: letter for bundle, letter in part if letter.mail}
        for name, letter in files_of.items():
            _write(home.outbox / f"{name}.eml", channels.as_file(letter, sender=queries.sender(home)))
        # Told as delivered only once no power cut can take them.
        files.sure(*(home.outbox / f"{name}.eml" for name in files_of), home.outbox)
        written = [message for bundle, letter in part if letter.mail for message in bundle.messages]
        if written:
            _settle(written, Outcome(delivered=True, channel="file"))
        no_address = [message for bundle, letter in part if not letter.mail for message in bundle.messages]
        if no_address:
            _settle(no_address, Outcome(delivered=False, channel="file", why=channels.NO_MAIL))
        count += len(written)
    return count


def _write(file: Path, raw: bytes) -> None:
    draft = file.with_suffix(".new")
    try:
        draft.write_bytes(raw)
        draft.replace(file)
    except OSError as fault:
        if fault.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        draft.unlink(missing_ok=True)
        raise OutOfRoom(
            "The disc is full: {file} could not be written, and the messages still wait. Make room and send again.",
            file=file.name,
        ) from None


@recorded
def _settle(messages: Sequence[Message], outcome: Outcome) -> None:
    names = [message.id for message in messages]
    told, waiting = spoken_of(messages)
    if outcome.delivered:
        body = kinds.Delivered(messages=names, channel=outcome.channel, told=told, sent=waiting)
        append(_BY, kinds.DELIVERED, body, subjects=names[:100])
    else:
        failed = kinds.Failed(messages=names, channel=outcome.channel, why=outcome.why, unreached=waiting)
        append(_BY, kinds.FAILED, failed, subjects=names[:100])


def spoken_of(messages: Sequence[Message]) -> tuple[list[str], list[str]]:
    """Give the tasks that messages speak of and that are not closed, and those of them that waited for a message to leave."""
    states = queries.states_spoken_of(messages).values()
    spoken = {task: state for of in states for task, state in of.items()}
    told = [task for task, state in spoken.items() if state not in CLOSED]
    return told, [task for task, state in spoken.items() if state in {"open", "not_reached"}]


@recorded
def _drop(messages: Sequence[Message]) -> None:
    if messages:
        names = [message.id for message in messages]
        append(_BY, kinds.DROPPED, kinds.Dropped(messages=names), subjects=names[:100])


@verb("measures.queue.release")
def release_queue(actor: Actor, *, reason: str) -> int:
    """Let go what waits in a home that was put back. Gives how many messages wait. Raises NotHeld, BadInput without a reason."""
    home: Home = settings.VIGIE_HOME
    held = holds.standing(home.path, "sending")
    if held is None:
        raise NotHeld("Nothing holds what waits to be sent. Send it with: vigie send")
    if not reason.strip():
        raise BadInput("Say why what waits may be sent now: the reason stays on the record.")
    append(actor.by(), QUEUE_RELEASED, QueueReleased(held=held, reason=reason.strip()))
    after_commit(partial(holds.lift, home.path, "sending"))
    return len(queries.waiting())


@contextmanager
def alone(home: Home) -> Iterator[None]:
    """Let one run send at a time. Raises Sending when another is at it."""
    with (home.path / "sending.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Sending("Another run is sending now. Wait for it to end, then see: vigie tasks") from None
        yield
