"""What people do with warnings: draft, correct, approve, withdraw, state a fact, publish.

The public site is made anew inside the same act that gives it something to say, and put in place once the record
has taken the entry: what is public is on the record, and never the other way round.
"""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import msgspec
from django.conf import settings

from vigie import times
from vigie.accounts.actions import verb
from vigie.accounts.actors import Actor
from vigie.accounts.signing_in.actions import keep_proof
from vigie.alert import queries as levels
from vigie.alert.models import Decision
from vigie.alert.moves import check as check_move
from vigie.alert.signing import SamePerson, check_seen
from vigie.errors import BadInput, Conflict, Refused
from vigie.exposure import areas
from vigie.homes import Home
from vigie.ledger.actions import after_commit, append, next_seq
from vigie.ledger.outer import queries as outer
from vigie.ledger.outer.actions import enter
from vigie.ledger.outer.leaves import PUBLIC, Released
from vigie.schemes.reader import load
from vigie.warning import kinds, moves, queries
from vigie.warning.cap import Message as CapMessage, Reference, refuse_unsayable
from vigie.warning.cap_xml import from_bytes, to_bytes
from vigie.warning.compose import (
    Draft,
    MissingTranslation,
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
from vigie.warning.public import FACT_STATES
from vigie.warning.site import LISTED, Site, cap_name, listing_bytes, page_name, proof_name, statement_name
from vigie.warning.staging import put_in_place, stage, sums
from vigie.warning.views import public as pages, site as shown

GOOD_FOR = timedelta(days=7)
"""How long a message holds when nobody says otherwise."""


class RelaysOnly(Refused):
    """The level was decided elsewhere, or this home does not decide there: it relays, and issues no CAP message."""


class NotStanding(Conflict):
    """The level does not hold, or the message no longer does."""


class MessageOvertaken(Conflict):
    """Another message was issued since this one was drafted."""


class NoReason(BadInput):
    """An act that needs a reason, a source or an address came without a good one."""


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
    return _publish(actor, message)


@verb("warning.message.withdraw")
def withdraw(actor: Actor, message: str, reason: str) -> None:
    """Take back a draft that waits, with a reason. What is issued is never withdrawn, only corrected: `correct`."""
    row = queries.message(message)
    check_move(moves.MESSAGE, row.state, "withdrawn", message)
    _check_reason(reason)
    append(actor.by(), kinds.WITHDRAWN, kinds.Withdrawn(message=message, reason=reason), subjects=[message])


@verb("warning.fact.state")
def state_fact(
    actor: Actor,
    *,
    zone: str,
    state: str,
    texts: Mapping[str, str],
    source: str,
    href: str = "",
    replaces: str = "",
) -> str:
    """State what is known, not known or false, in every language of the home, and publish it. Gives its id.

    replaces: an earlier statement, which stays on the record and is shown as what was said until then. Raises BadInput for another state, UnknownArea, MissingTranslation,
    NoReason without a source or with an address that is not one, Conflict when the earlier one was replaced already.
    """
    home: Home = settings.VIGIE_HOME
    if state not in FACT_STATES:
        raise BadInput(
            "{given!r} is not a state. Expected one of: {known}.", given=state, known=", ".join(FACT_STATES)
        )
    zone = areas.check(zone)
    plain = {language: " ".join(texts.get(language, "").split()) for language in home.languages}
    for language, text in plain.items():
        if not text:
            raise MissingTranslation(
                "The {field} in {language} is missing. Write it in every language of this home: {languages}.",
                field="statement",
                language=language,
                languages=", ".join(home.languages),
            )
        refuse_unsayable(f"statement ({language})", text)
    if not source.strip():
        raise NoReason("A statement needs its source: who says so.")
    refuse_unsayable("source", source)
    if href and urlsplit(href).scheme not in {"http", "https"}:
        raise NoReason(
            "{given!r} is not an address of a page. Write it with https:// at the start, or leave it out.",
            given=href,
        )
    if replaces and hasattr(queries.fact(replaces), "replaced_by"):
        raise Conflict("{given} was replaced already. Replace the newer statement.", given=replaces)
    body = kinds.FactStated(
        zone=zone, state=state, texts=plain, source=source.strip(), href=href, replaces=replaces
    )
    stated = f"fact-{next_seq()}"
    subjects = [stated, zone, *([replaces] if replaces else [])]
    append(actor.by(), kinds.FACT_STATED, body, subjects=subjects, marking="TLP:CLEAR")
    _publish(actor, stated)
    return stated


@verb("warning.page.publish")
def publish(actor: Actor, *, because: str = "") -> str:
    """Make the public site anew from what stands: levels decided here, levels received (as relays), messages, facts.

    because: id of what gave rise to it. Gives the publication's id. Raises OutOfRoom when the disc is full.
    """
    return _publish(actor, because)


def _publish(actor: Actor, because: str) -> str:
    home: Home = settings.VIGIE_HOME
    files = _proven(actor, shown.site())
    log = queries.log_files()
    # A tile never changes: those that stand already are not written again.
    new = {
        name: data for name, data in log.items() if "/tile/" not in name or not (home.public / name).exists()
    }
    label = f"publication-{next_seq()}"
    staged = stage(files | new, home.public, label)
    listed = [
        kinds.File(name=name, bytes=len(files[name]), sha256=digest_) for name, digest_ in sums(files).items()
    ]
    append(
        actor.by(),
        kinds.PUBLISHED,
        kinds.Published(because=because, files=listed),
        subjects=[because] if because else [],
        marking="TLP:CLEAR",
    )

    # The entry stands by then. A site that could not be put in place differs from it, and the page of warnings says so
    # (queries.unlike_published).
    def show() -> None:
        try:
            put_in_place(staged, home.public, log.keys())
        except OSError:
            logging.getLogger("vigie").exception("The public site could not be put in place")

    after_commit(show)
    return label


def _proven(actor: Actor, site: Site) -> dict[str, bytes]:
    """Enter what the site shows into the public log, and give its files, with the proof of each statement and message."""
    place = outer.size(PUBLIC)
    statements = {page.statement for page in site.pages if page.statement}
    caps = {message.cap: cap_name(message.id) for message in site.messages}
    released = [
        *(Released("", data) for data in sorted(statements)),
        *(Released(n, c) for c, n in caps.items()),
    ]
    places = outer.places(PUBLIC, (each.sha256 for each in released))
    fresh: list[Released] = []
    for each in released:
        if each.sha256 not in places:
            places[each.sha256] = place + len(fresh)
            fresh.append(each if each.what else Released(statement_name(place + len(fresh)), each.data))
    site = msgspec.structs.replace(site, places=places, vkey=outer.vkey(PUBLIC))
    files = pages.files(site)
    listed = Released(LISTED, listing_bytes(site, sums(files)))
    places[listed.sha256] = place + len(fresh)
    enter(actor.by(), PUBLIC, [*fresh, listed], marking="TLP:CLEAR")
    files[LISTED] = listed.data
    names = {
        places[Released("", data).sha256]: name
        for name, data in files.items()
        if Released("", data).sha256 in places
    }
    files |= {proof_name(names[at]): proof.encode() for at, proof in outer.proofs(PUBLIC, names).items()}
    return files | pages.check_pages(site, outer.head(PUBLIC).note)


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
    scheme = load(row.scheme)
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
