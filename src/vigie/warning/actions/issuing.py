"""Drafting, correcting, approving and withdrawing messages."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings

from vigie import times
from vigie.accounts.actions import verb
from vigie.accounts.actors import Actor
from vigie.accounts.signing_in.actions import keep_proof
from vigie.alert import queries as levels
from vigie.alert.models import Decision
from vigie.alert.moves import check as check_move
from vigie.alert.signing import SamePerson, check_seen
from vigie.editions.queries import edition
from vigie.errors import Conflict, Refused
from vigie.homes import Home
from vigie.ledger.actions import append, next_seq
from vigie.warning import kinds, moves, queries
from vigie.warning.actions.publishing import make_site
from vigie.warning.actions.stating import NoReason
from vigie.warning.cap import Message as CapMessage, Reference
from vigie.warning.cap_xml import from_bytes, to_bytes
from vigie.warning.compose import (
    Draft,
    Text,
    Weight,
    alert_of,
    cancel_of,
    checked_texts,
    digest,
    proposed_texts,
    refuse_faulty,
    weight_of,
)
from vigie.warning.models import Message
from vigie.warning.site import page_name

GOOD_FOR = timedelta(days=7)
"""How long a message holds when nobody says otherwise."""


class RelaysOnly(Refused):
    """The level was decided elsewhere, or this home does not decide there: it relays, and issues no CAP message."""


class NotStanding(Conflict):
    """The level does not hold, or the message no longer does."""


class MessageOvertaken(Conflict):
    """Another message was issued since this one was drafted."""


@verb("warning.message.draft")
def draft(
    actor: Actor,
    level: str,
    *,
    texts: Sequence[Text] | None = None,
    expires: datetime | None = None,
    weight: Weight | None = None,
    after: str = "",
) -> str:
    """Draft the message that tells of a level that stands here; nobody sees it until a second person approves.

    It is an Alert, or an Update of every message of the zone that nothing has ended. texts: one per language of the
    home, else the proposed ones; after: id of a withdrawn draft whose words are taken up, and whose authors then
    cannot approve this one either. Gives the message's id.
    Raises RelaysOnly, NotStanding, MissingTranslation, Faulty, and BadMessage for what CAP cannot hold.
    """
    row = _decided(level)
    home: Home = settings.VIGIE_HOME
    earlier = queries.heads(row.scheme, row.zone)
    plan = _plan(row, expires or row.until, weight, [_cap(m).reference for m in earlier])
    words = checked_texts(texts or proposed_texts(plan.scheme, plan.level, plan.zone_names), home.languages)
    authors = list(queries.message(after).authors) if after else []
    return _append(actor, row, alert_of(plan, words), words, [m.id for m in earlier], authors, "")


@verb("warning.message.draft")
def correct(actor: Actor, message: str, *, reason: str) -> str:
    """Draft the Cancel that takes a message back, in the words of correction approved with it. Gives its id.

    A second person approves it, as any message. Raises NotStanding when something ended the message already,
    NoReason, RelaysOnly.
    """
    row = queries.message(message)
    _check_issued(row)
    _check_reason(reason)
    level = _may_tell(row.level)
    plan = _plan(level, None, None, [_cap(row).reference])
    words = queries.texts_of(row)
    return _append(actor, level, cancel_of(plan, words), words, [row.id], [], reason)


@verb("warning.message.approve")
def approve(actor: Actor, message: str, *, seen: str) -> str:
    """Sign a message as the second person: it is issued, and the public site made anew. Gives the publication's id.

    seen: digest of what the signer read. Raises SamePerson for whoever wrote any of its words, DraftEdited, WrongMove,
    NotStanding when its level no longer holds, MessageOvertaken, RelaysOnly, Faulty, NotProven.
    """
    row = queries.message(message)
    check_move(moves.MESSAGE, row.state, "issued", message)
    if actor.person in row.authors:
        raise SamePerson("You wrote this message, or part of it. Someone else must approve it.")
    check_seen(seen, row.digest)
    cap = row.cap.encode()
    # Both are checked on the stored bytes: it is these that go out, whatever road the row took.
    check_seen(digest(cap, queries.texts_of(row)), row.digest)
    refuse_faulty(cap)
    _check_world(row)
    if row.kind == "Cancel":
        _may_tell(row.level)
        for earlier in row.references:
            _check_issued(queries.message(earlier))
    else:
        _decided(row.level_id)
        if row.references != [m.id for m in queries.heads(row.scheme, row.zone)]:
            raise MessageOvertaken(
                "Another message for {zone} was issued since this one was drafted. Withdraw it and draft again, so that it refers to it.",
                zone=row.zone,
            )
    act = append(
        actor.by(),
        kinds.APPROVED,
        kinds.Approved(message=message, digest=row.digest),
        subjects=[message, row.level_id],
        marking="TLP:CLEAR",
    )
    keep_proof(actor, act, "warning.message.approve", message, seen)
    return make_site(actor, message)


@verb("warning.message.withdraw")
def withdraw(actor: Actor, message: str, reason: str) -> None:
    """Take back a draft that waits, with a reason. What is issued is never withdrawn, only corrected: `correct`."""
    row = queries.message(message)
    check_move(moves.MESSAGE, row.state, "withdrawn", message)
    _check_reason(reason)
    append(actor.by(), kinds.WITHDRAWN, kinds.Withdrawn(message=message, reason=reason), subjects=[message])


def _decided(level: str) -> Decision:
    """Give the decision to tell of. Raises RelaysOnly for a reception, NotStanding when it does not hold now."""
    row = levels.level(level)
    if not isinstance(row, Decision):
        raise RelaysOnly(
            "{level} was decided by {authority}, not here: this home relays it and issues no CAP message. Publish the page instead.",
            level=level,
            authority=row.authority,
        )
    if all(standing.id != level for standing in levels.standing()):
        raise NotStanding(
            "{level} does not stand now ({state}). Only a level that holds can be told of.",
            level=level,
            state=row.state,
        )
    return _may_tell(row)


def _may_tell(row: Decision) -> Decision:
    home: Home = settings.VIGIE_HOME
    if not home.may_decide(row.scheme, row.zone):
        raise RelaysOnly(
            "This home does not decide {scheme} in {zone}, so it issues no CAP message: it publishes relays only. Name scheme and zone under [[decides]] in vigie.toml if it does decide.",
            scheme=row.scheme,
            zone=row.zone,
        )
    return row


def _plan(
    row: Decision, expires: datetime | None, weight: Weight | None, references: Sequence[Reference]
) -> Draft:
    home: Home = settings.VIGIE_HOME
    scheme = edition(row.scheme, row.edition).scheme
    level = scheme.level(row.code)
    # CAP writes whole seconds, and a message must be later than those it refers to.
    sent = max([times.now(), *(times.parse(r.sent) + timedelta(seconds=1) for r in references)])
    host = urlsplit(home.address).hostname or "localhost"
    return Draft(
        identifier=f"{home.instance}.message-{next_seq()}",
        sender=f"{home.instance}@{host}",
        sender_name=home.title,
        sent=sent,
        effective=row.effective,
        expires=expires or sent + GOOD_FOR,
        scheme=scheme,
        level=level,
        zone=row.zone,
        zone_names={language: queries.zone_name(row.zone, language) for language in home.languages},
        addresses={
            language: queries.address() + page_name(language, row.scheme, row.zone)
            for language in home.languages
        },
        weight=weight or weight_of(level),
        references=tuple(references),
        frame=home.frame,
    )


def _append(
    actor: Actor,
    level: Decision,
    message: CapMessage,
    texts: Sequence[Text],
    references: list[str],
    authors: list[str],
    reason: str,
) -> str:
    home: Home = settings.VIGIE_HOME
    cap = to_bytes(message, home.zone)
    refuse_faulty(cap)
    expires = message.infos[0].expires or message.sent
    body = kinds.Drafted(
        level=level.id,
        scheme=level.scheme,
        zone=level.zone,
        code=level.code,
        identifier=message.identifier,
        kind=message.kind,
        status=message.status,
        sent=times.text(message.sent),
        expires=times.text(expires),
        references=references,
        texts=list(texts),
        cap=cap.decode(),
        digest=digest(cap, texts),
        authors=[*authors, *([] if actor.person in authors else [actor.person])],
        reason=reason,
    )
    made = f"message-{next_seq()}"
    append(actor.by(), kinds.DRAFTED, body, subjects=[made, level.id, *references])
    return made


def _cap(row: Message) -> CapMessage:
    return from_bytes(row.cap.encode())


def _check_issued(row: Message) -> None:
    state = queries.state_of(row)
    if row.kind == "Cancel" or state not in {"active", "contradictory", "expired"}:
        raise NotStanding(
            "{message} is {state}: only a message that was issued, and that nothing has ended, can be taken back.",
            message=row.id,
            state="closing" if row.kind == "Cancel" else state,
        )


def _check_world(row: Message) -> None:
    """An exercise's message never leaves a real home, nor a real one an exercise."""
    home: Home = settings.VIGIE_HOME
    if (row.status == "Exercise") != home.exercise:
        if home.exercise:
            raise Conflict(
                "{message} has the status {status}, and this home is an exercise. Withdraw it and draft again.",
                message=row.id,
                status=row.status,
            )
        raise Conflict(
            "{message} has the status {status}, and this home is not an exercise. Withdraw it and draft again.",
            message=row.id,
            status=row.status,
        )


def _check_reason(given: str) -> None:
    if len(given.strip()) < 10:
        raise NoReason(
            "The reason {given!r} says too little. Write a sentence that will be understood in ten years.",
            given=given,
        )
