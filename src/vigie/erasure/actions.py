"""What people do about erasure: note requests, propose, carry out, refuse, answer; and what the terms do each day."""

from collections.abc import Sequence
from datetime import date

from django.conf import settings

from vigie import times
from vigie.accounts.actions import verb
from vigie.accounts.actors import Actor
from vigie.erasure import kinds, queries, terms
from vigie.erasure.calendar import due_on
from vigie.erasure.models import Erasure
from vigie.errors import BadInput, Conflict, Refused
from vigie.homes import Home
from vigie.ledger import queries as ledger
from vigie.ledger.actions import NotErasable, after_commit, append, erase as take_away, recorded, sweep
from vigie.ledger.kinds import By, kind_of

REQUESTS = ("erasure", "rectification", "copy")
OUTCOMES = ("done", "partly", "refused")
_BY = By(person="", office="", via="clock")
_AT_ONCE = 1000
"""Entries that one entry erases: a larger number waits for the next turn of the clock."""


class NoGround(BadInput):
    """An erasure without its ground or its authority."""


class SamePerson(Refused):
    """The second person is the first."""


class SettledAlready(Conflict):
    """The erasure was carried out or refused; the request was answered."""


@verb("erasure.request.note")
def note_request(
    actor: Actor, what: str, *, reference: str, received: date, entries: Sequence[int] = ()
) -> str:
    """Note that somebody asks for what concerns them. Gives the request's id.

    what: erasure, rectification or copy; reference: of their letter, no name; received: the day it came.
    Raises BadInput.
    """
    if what not in REQUESTS:
        raise BadInput(
            "{given!r} is no request. Expected one of: {known}.", given=what, known=", ".join(REQUESTS)
        )
    if not reference.strip() or len(reference) > 80:
        raise BadInput("A request needs the reference of its letter, 80 characters at most, without a name.")
    home: Home = settings.VIGIE_HOME
    today = times.now().astimezone(times.time_zone(home.zone)).date()
    if received > today:
        raise BadInput("The request came on {given}, which is yet to come.", given=received.isoformat())
    _check_there(entries)
    body = kinds.RequestReceived(
        what=what,
        reference=reference.strip(),
        entries=sorted(set(entries)),
        received=received.isoformat(),
        due=due_on(received).isoformat(),
    )
    return f"request-{append(actor.by(), kinds.REQUEST_RECEIVED, body, marking='TLP:AMBER').seq}"


@verb("erasure.request.answer")
def answer_request(actor: Actor, request: str, outcome: str, *, words: str) -> None:
    """Note that a request was answered: done, partly or refused, and in which words. Raises BadInput, SettledAlready."""
    row = queries.request(request)
    if row.answered_at is not None:
        raise SettledAlready("{request} was answered already.", request=request)
    if outcome not in OUTCOMES:
        raise BadInput(
            "{given!r} is no answer. Expected one of: {known}.", given=outcome, known=", ".join(OUTCOMES)
        )
    if len(words.strip()) < 10:
        raise BadInput("Say what they were told, in a sentence and without their name.")
    append(
        actor.by(),
        kinds.REQUEST_ANSWERED,
        kinds.RequestAnswered(request=request, outcome=outcome, words=words.strip()),
        subjects=[request],
        marking="TLP:AMBER",
    )


@verb("erasure.entries.propose")
def propose(actor: Actor, seqs: Sequence[int], *, ground: str, authority: str, request: str = "") -> str:
    """Propose that what entries say be erased, for good. Gives the erasure's id; a second person carries it out.

    ground: the rule or request it rests on; authority: who may order it; request: the noted request it follows from.
    Entries that say the same again come with them. Raises NoGround, NotFound, NotErasable.
    """
    if len(ground.strip()) < 10 or len(authority.strip()) < 3:
        raise NoGround(
            "An erasure needs its ground, in a sentence, and who has the authority to order it. Both stay on the record."
        )
    if request:
        queries.request(request)
    entries = queries.companions(seqs)
    _check_there(entries)
    if not entries:
        raise BadInput("Name at least one entry.")
    for seq in entries:
        _check_erasable(seq)
    body = kinds.ErasureProposed(
        entries=entries, ground=ground.strip(), authority=authority.strip(), request=request
    )
    subjects = [request] if request else []
    return f"erasure-{append(actor.by(), kinds.PROPOSED, body, subjects=subjects).seq}"


@verb("erasure.entries.carry_out")
def carry_out(actor: Actor, erasure: str) -> None:
    """Erase what another person proposed to erase. Raises SamePerson, SettledAlready, NotErasable."""
    row = _waits(erasure)
    if row.proposed_by == actor.person:
        raise SamePerson("You proposed this erasure yourself. Someone else must carry it out.")
    # A term of vigie.toml may have taken some of them meanwhile.
    left = [line.entry.seq for line in queries.lines(row.entries) if not line.erased]
    if not left:
        raise SettledAlready("What {erasure} was about was erased meanwhile. Refuse it.", erasure=erasure)
    subjects = [erasure, row.request] if row.request else [erasure]
    _erase(actor.by(), left, row.ground, row.authority, subjects)


@verb("erasure.entries.carry_out")
def refuse(actor: Actor, erasure: str, *, reason: str) -> None:
    """Leave the entries as they are, with a reason. Raises SettledAlready, BadInput."""
    _waits(erasure)
    if len(reason.strip()) < 10:
        raise BadInput("Say in a sentence why the entries stay.")
    append(
        actor.by(),
        kinds.REFUSED,
        kinds.ErasureRefused(erasure=erasure, reason=reason.strip()),
        subjects=[erasure],
    )


def enforce() -> int:
    """Erase what the terms of vigie.toml make due, and sweep what erasures left behind. Gives the number of entries.

    Each term leaves one entry: what, how many, under which term. Nothing is done while nothing is due.
    """
    count = 0
    for due in queries.due():
        goes = due.goes[:_AT_ONCE]
        if goes:
            _by_term(due.term.name, goes)
            count += len(goes)
    if count:
        for path in queries.orphans():
            path.unlink(missing_ok=True)
    sweep()
    return count


@recorded
def _by_term(name: str, seqs: Sequence[int]) -> None:
    home: Home = settings.VIGIE_HOME
    term = next(term for term in terms.TERMS if term.name == name)
    _erase(_BY, seqs, terms.ground(home, term), terms.AUTHORITY, [])


def _erase(by: By, seqs: Sequence[int], ground: str, authority: str, subjects: Sequence[str]) -> None:
    files = queries.files(seqs)
    take_away(by, seqs, ground=ground, authority=authority, subjects=subjects)

    def remove() -> None:
        for path in files:
            path.unlink(missing_ok=True)

    after_commit(remove)


def _waits(erasure: str) -> Erasure:
    row = queries.erasure(erasure)
    if row.state != "proposed":
        raise SettledAlready("{erasure} is {state} already.", erasure=erasure, state=row.state)
    return row


def _check_there(seqs: Sequence[int]) -> None:
    size, _root = ledger.head()
    for seq in seqs:
        if not 0 <= seq < size:
            raise BadInput(
                "The record has no entry {seq}. It holds entries 0 to {last}.", seq=seq, last=size - 1
            )


def _check_erasable(seq: int) -> None:
    entry, said = ledger.one(seq) or (None, None)
    if entry is None or not kind_of(entry.kind).erasable:
        raise NotErasable(
            "Entry {seq} is of kind {kind}, which is kept for good. Only what may hold personal data or has a term can be erased.",
            seq=seq,
            kind=entry.kind if entry else "-",
        )
    if said is None:
        raise NotErasable("What entry {seq} says was erased already.", seq=seq)
