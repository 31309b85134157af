"""What people do with partners: agree, record consent, propose a release, let it go, refuse it, take it back."""

import uuid
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import msgspec
from django.conf import settings

from vigie import times
from vigie.accounts.actions import verb
from vigie.accounts.actors import Actor
from vigie.accounts.signing_in.actions import keep_proof
from vigie.alert import moves, queries as alert
from vigie.errors import BadInput, Conflict, OutOfRoom
from vigie.homes import Home
from vigie.ledger import canonical
from vigie.ledger.actions import after_commit, append
from vigie.ledger.outer.actions import enter
from vigie.ledger.outer.leaves import Released, of_partner
from vigie.ledger.tlog_proof import SUFFIX
from vigie.markings import Marking, parse, parse_tlp
from vigie.partners import elements, kinds, queries, stix
from vigie.partners.elements import Draft, Element, Level
from vigie.partners.models import Release
from vigie.partners.release import UnknownSource, require_releasable, require_second_person

_SHORTEST = 10


class NotWaiting(Conflict):
    """The release is not in a state for this."""


class Changed(Conflict):
    """What was read is not what stands."""


class NoReason(BadInput):
    """An act that needs a reason came without one."""


class LevelNotStanding(Conflict):
    """A level that does not hold cannot be told to a partner as one that does."""


@verb("partners.audience.agree")
def agree(
    actor: Actor, audience: str, *, name: str, contact: str, ceiling: str, honours: Sequence[str] = ()
) -> None:
    """Record what was agreed with a partner, or change it.

    audience: slug; contact: a function; ceiling: highest TLP label it receives; honours: caveats it honours.
    Raises BadMarking, BadInput.
    """
    Marking(audiences=frozenset({audience}), caveats=frozenset(honours))
    if not name.strip() or not contact.strip():
        raise BadInput(
            "A partner needs a name and a contact. Write the desk or duty office to reach, not a person."
        )
    body = kinds.Agreed(
        audience=audience,
        name=name,
        contact=contact,
        ceiling=parse_tlp(ceiling).label,
        honours=sorted(honours),
    )
    append(actor.by(), kinds.AGREED, body, subjects=[audience])


@verb("partners.consent.record")
def record_consent(actor: Actor, *, originator: str, item: str, audience: str, words: str) -> str:
    """Record that an originator lets one of its items go to one audience. Gives the consent's id.

    words: who said so, how and when. Raises NotFound, UnknownSource, NoReason.
    """
    queries.partner(audience)
    if not queries.internals([item]):
        raise UnknownSource(
            "There is no {item} in this home. Name a claim, assessment or level that is there.", item=item
        )
    Marking(originators=frozenset({originator}))
    _said(words)
    body = kinds.Consented(originator=originator, item=item, audience=audience, words=words)
    return f"consent-{append(actor.by(), kinds.CONSENTED, body, subjects=[item, audience]).seq}"


@verb("partners.release.propose")
def propose(
    actor: Actor,
    *,
    audience: str,
    title: str,
    summary: str,
    marking: str,
    chosen: Sequence[Element],
    level: str = "",
    language: str = "en",
    recipients: Sequence[str] = (),
    lowering: str = "",
) -> str:
    """Propose elements, rewritten for a partner, to be released. Gives the release's id; nothing leaves yet.

    chosen: elements in words for the audience, no level among them. level: id of the decision or reception to tell
    of; its facts come from the record. marking: the release's own, such as TLP:AMBER. lowering: why the new text can
    bear a lower marking than its sources.
    Raises BadElement, BadMarking, NotFound, UnknownSource, NotReleasable or NoConsent naming what stands in the way,
    LevelNotStanding.
    """
    home: Home = settings.VIGIE_HOME
    if any(isinstance(element, Level) for element in chosen):
        raise elements.BadElement(
            "A level is named by its id: its facts come from the record. Take it out of the elements."
        )
    told = (*([_level(level)] if level else []), *chosen)
    draft = Draft(
        title=title.strip(),
        summary=summary.strip(),
        language=language,
        author=home.title,
        audience=audience,
        marking=parse(marking).text(),
        elements=told,
        recipients=tuple(recipients),
        frame=home.frame,
        lowering=lowering.strip(),
    )
    elements.check(draft)
    _require_releasable(draft)
    ids = {name: str(uuid.uuid4()) for name in stix.needed_ids(draft)}
    signature = queries.signature()
    if signature:
        ids[stix.AUTHOR] = signature.author
    stix.freeze(
        stix.objects(draft, ids, times.now()), ids[stix.BUNDLE]
    )  # what could not be frozen is refused now
    body = kinds.Proposed(draft=draft, ids=ids, digest=digest(draft))
    items = sorted({item for element in told for item in element.sources})
    return f"release-{append(actor.by(), kinds.PROPOSED, body, subjects=[audience, *items], marking=draft.marking).seq}"


@verb("partners.release.approve")
def approve(actor: Actor, release: str, *, seen: str) -> None:
    """Let a release go as the second person: it is frozen as bytes and written to the home's `releases` folder.

    seen: digest of what was read. Raises SamePerson, NotWaiting, Changed, NotProven, and NotReleasable when something
    stands in the way by now.
    """
    row = _waiting(release)
    require_second_person(row.proposed_by, actor.person)
    if seen != row.digest:
        raise Changed("What you read is not what stands in {release}. Read it again.", release=release)
    draft = queries.draft(row)
    _require_releasable(draft)
    signature = queries.signature()
    made = stix.objects(draft, row.ids, times.now(), author_since=signature.since if signature else None)
    frozen = stix.freeze(made, row.ids[stix.BUNDLE])
    body = kinds.Approved(release=release, digest=seen, bundle=frozen.data.decode(), sha256=frozen.sha256)
    act = append(actor.by(), kinds.APPROVED, body, subjects=[release, row.audience_id], marking=row.marking)
    keep_proof(actor, act, "partners.release.approve", release, seen)
    _enter(actor, row, frozen)
    after_commit(lambda: write_file(release))


@verb("partners.release.approve")
def reject(actor: Actor, release: str, reason: str) -> None:
    """Refuse a proposed release, with a reason. Raises NotWaiting, NoReason."""
    _waiting(release)
    _said(reason)
    append(actor.by(), kinds.REJECTED, kinds.Rejected(release=release, reason=reason), subjects=[release])


@verb("partners.release.withdraw")
def withdraw(actor: Actor, release: str, reason: str) -> None:
    """Take a release back: the same objects, revoked, are frozen and written beside it. One person suffices.

    Raises NotWaiting when it has not left or was taken back already, NoReason.
    """
    row = queries.release(release)
    if row.state != "released":
        raise NotWaiting(
            "{release} is {state}: only what has left can be taken back.", release=release, state=row.state
        )
    _said(reason)
    frozen = stix.withdraw(row.bundle.encode(), times.now(), str(uuid.uuid4()))
    body = kinds.Withdrawn(release=release, reason=reason, bundle=frozen.data.decode(), sha256=frozen.sha256)
    append(actor.by(), kinds.WITHDRAWN, body, subjects=[release, row.audience_id], marking=row.marking)
    _enter(actor, row, frozen)
    after_commit(lambda: write_file(release))


def write_file(release: str) -> Path:
    """Write what left (or its withdrawal, once taken back), and its proof, to `releases/` in the home. Gives the path.

    May be called again at any time: the bytes are always the record's. Raises NotWaiting when nothing has left,
    OutOfRoom when it cannot be written; the record holds the bytes all the same.
    """
    home: Home = settings.VIGIE_HOME
    row = queries.release(release)
    if row.state not in ("released", "withdrawn"):
        raise NotWaiting("{release} is {state}: nothing has left.", release=release, state=row.state)
    folder = home.path / "releases"
    target = folder / (f"{release}.json" if row.state == "released" else f"{release}-withdrawn.json")
    data = (row.bundle if row.state == "released" else row.withdrawal).encode()
    proof = queries.proof(row)
    written = {target: data, target.with_suffix(SUFFIX): proof.encode()} if proof else {target: data}
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        for place, content in written.items():
            draft = place.with_suffix(".new")
            draft.write_bytes(content)
            draft.replace(place)
    except OSError as fault:
        raise OutOfRoom(
            "{release} is on the record, but its file could not be written ({fault}). Make room, then open it again in the console.",
            release=release,
            fault=fault.strerror,
        ) from fault
    return target


def _enter(actor: Actor, row: Release, frozen: stix.Frozen) -> None:
    """Enter the bytes that leave into the partner's own log, under the bundle's own random name."""
    what = f"bundle {msgspec.json.decode(frozen.data)['id']}"
    enter(actor.by(), of_partner(row.audience_id), [Released(what, frozen.data)], marking=row.marking)


def digest(draft: Draft) -> str:
    """Give the SHA-256 over everything the second person reads."""
    return sha256(canonical.dumps(msgspec.to_builtins(draft))).hexdigest()


def _level(item: str) -> Level:
    row = alert.level(item)
    if row.stage not in ("approved", *moves.STANDING):
        raise LevelNotStanding(
            "{item} is {state}: a partner is told only of a level that holds.", item=item, state=row.stage
        )
    return queries.level_element(item)


def _require_releasable(draft: Draft) -> None:
    require_releasable(
        draft, queries.audience(draft.audience), queries.sources(draft), queries.consents(draft.audience)
    )


def _waiting(release: str) -> Release:
    row = queries.release(release)
    if row.state != "proposed":
        raise NotWaiting(
            "{release} is {state}: it does not wait for anyone.", release=release, state=row.state
        )
    return row


def _said(given: str) -> None:
    if len(given.strip()) < _SHORTEST:
        raise NoReason(
            "The reason {given!r} says too little. Write a sentence that will be understood in ten years.",
            given=given,
        )
