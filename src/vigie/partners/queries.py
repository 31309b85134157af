"""Questions asked of releases: what waits, what left, what an item of ours became outside, what it was made of."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import msgspec

from vigie.accounts.queries import title
from vigie.alert import moves, queries as alert
from vigie.alert.models import Decision
from vigie.assessment import queries as assessment
from vigie.assessment.models import Assessment
from vigie.errors import NotFound
from vigie.ledger.outer import queries as outer
from vigie.ledger.outer.leaves import of_partner
from vigie.ledger.queries import one
from vigie.markings import Marking, parse, parse_tlp
from vigie.partners.elements import Draft, Level
from vigie.partners.models import OriginatorConsent, Partner, Release, ReleasedObject
from vigie.partners.release import Audience, Consent, Objection, Source, objections
from vigie.schemes.reader import load

_ITEM = re.compile(r"(claim|decision|reception|assessment)-(\d+)(?:-\d+)?")


@dataclass(frozen=True, slots=True)
class Internal:
    """An item of this home as it stands inside: the full version, never released."""

    id: str
    text: str
    marking: Marking
    stands: bool


def proof(row: Release) -> str:
    """Give the proof (C2SP tlog-proof) that what left stands in the partner's own log; once taken back, of the withdrawal.

    Empty when nothing has left, or when it left before there were such logs.
    """
    digest = {"released": row.sha256, "withdrawn": row.withdrawal_sha256}.get(row.state, "")
    log = of_partner(row.audience_id)
    place = outer.places(log, [digest]).get(digest)
    return "" if place is None else outer.proofs(log, [place])[place]


def log_key(row: Release) -> str:
    """Give the key of the partner's own log, as verifiers take it: to be handed over once, by another road. Raises BadKey."""
    return outer.vkey(of_partner(row.audience_id))


def partner(slug: str) -> Partner:
    """Give a partner. Raises NotFound."""
    found = Partner.objects.filter(id=slug).first()
    if found is None:
        raise NotFound("No partner is known as {given}. Record what was agreed with it first.", given=slug)
    return found


def partners() -> list[Partner]:
    """List partners by name."""
    return list(Partner.objects.all())


def audience(slug: str) -> Audience:
    """Give a partner as the rules of release see it. Raises NotFound."""
    row = partner(slug)
    return Audience(row.id, row.name, parse_tlp(row.ceiling), frozenset(row.honours))


def release(id: str) -> Release:  # noqa: A002 - the record calls it so
    """Give a release. Raises NotFound."""
    found = Release.objects.select_related("audience").filter(id=id).first()
    if found is None:
        raise NotFound("There is no release {given}.", given=id)
    return found


def releases(state: str | None = None) -> list[Release]:
    """List releases, newest first; state: proposed, released, rejected or withdrawn."""
    chosen = Release.objects.select_related("audience").order_by("-proposed_at", "-id")
    return list(chosen.filter(state=state) if state else chosen)


def draft(row: Release) -> Draft:
    """Give the draft of a release."""
    return msgspec.convert(row.draft, Draft)


def consents(slug: str) -> frozenset[Consent]:
    """Give every originator's consent to passing something to a partner."""
    rows = OriginatorConsent.objects.filter(audience_id=slug)
    return frozenset(Consent(row.originator, row.item, slug) for row in rows)


def sources(given: Draft) -> dict[str, Source]:
    """Give every internal item a draft names, as the rules of release see it."""
    named = {item for element in given.elements for item in element.sources}
    return {item.id: Source(item.marking, item.stands) for item in internals(named)}


def objections_to(given: Draft) -> tuple[Objection, ...]:
    """Give what stands in the way of a draft now. Raises NotFound, UnknownSource."""
    return objections(given, audience(given.audience), sources(given), consents(given.audience))


def internals(items: Iterable[str]) -> list[Internal]:
    """Give the full version of internal items; what is not there is left out."""
    wanted = [(item, found) for item in dict.fromkeys(items) if (found := _ITEM.fullmatch(item))]
    claims = assessment.seen(item for item, found in wanted if found[1] == "claim")
    result = []
    for item, found in wanted:
        written = one(int(found[2]))
        if written is None:
            continue
        if found[1] == "claim":
            told = (claims[item].words, not claims[item].withdrawn) if item in claims else None
        else:
            told = _told(item)
        if told is not None:
            result.append(Internal(item, told[0], parse(written[0].marking), told[1]))
    return result


def _told(item: str) -> tuple[str, bool] | None:
    try:
        row = assessment.assessment(item) if item.startswith("assessment-") else alert.level(item)
    except NotFound:
        return None
    if isinstance(row, Assessment):
        return row.reasons, row.state == "stands"
    return row.reasons if isinstance(row, Decision) else row.words, row.stage in ("approved", *moves.STANDING)


def level_element(item: str) -> Level:
    """Give the level a decision or reception set, as an element: its facts are the record's, not the liaison's.

    Raises NotFound.
    """
    row = alert.level(item)
    level = load(row.scheme).level(row.code)
    return Level(
        key="level",
        scheme=row.scheme,
        zone=row.zone,
        code=row.code,
        name=level.word(""),
        effective=row.effective,
        decided_by=_decided_by(row) if isinstance(row, Decision) else row.authority,
        standing="decided" if isinstance(row, Decision) else "relayed",
        legal_ground=row.legal_basis if isinstance(row, Decision) else "",
        sources=(item,),
    )


def _decided_by(row: Decision) -> str:
    """Name the office that decided; a partner is told when it was one person alone."""
    office = title(row.decided_office)
    return f"{office} (one person, to be countersigned by two)" if row.unended == "alone" else office


def releases_made_of(item: str) -> list[Release]:
    """List the releases that left and hold something made of an internal item: where a retraction must reach."""
    rows = ReleasedObject.objects.filter(release__state="released").select_related("release__audience")
    return list({row.release.id: row.release for row in rows if item in row.sources}.values())


@dataclass(frozen=True, slots=True)
class Signature:
    """The identity under which this home signs its releases: one for all, so that partners know it again."""

    author: str
    since: datetime


def signature() -> Signature | None:
    """Give the identity of the first release proposed here, None before there is one."""
    first = Release.objects.order_by("proposed_at", "id").first()
    return Signature(first.ids["author"], first.proposed_at) if first else None
