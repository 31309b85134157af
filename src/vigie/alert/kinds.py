"""Entries of this room. An entry states outcomes: what ended because of it stands in it too."""

from vigie.alert.dossier import Dossier
from vigie.ledger.kinds import Body, Kind


class Proposed(Body):
    """A level is proposed; `digest` is over exactly what an approver will sign."""

    scheme: str
    edition: str
    code: str
    zone: str
    reasons: str
    legal_basis: str
    assessment: str
    effective: str
    until: str | None
    review: str
    digest: str


class Revised(Body):
    """A returned proposal is written anew; earlier digests are void."""

    decision: str
    code: str
    reasons: str
    legal_basis: str
    assessment: str
    effective: str
    until: str | None
    review: str
    digest: str


class Returned(Body):
    """A proposal goes back to be written anew."""

    decision: str
    reason: str


class Rejected(Body):
    """A proposal is refused for good."""

    decision: str
    reason: str


class Approved(Body):
    """A second person signs what the digest says; earlier levels it takes the place of are named."""

    decision: str
    digest: str
    supersedes: list[str]


class Announced(Body):
    """The level was told to the public: by whom, where, when. May happen more than once."""

    level: str
    announcer: str
    where: str
    announced: str


class Received(Body):
    """A level decided elsewhere, as it was told: never ours."""

    scheme: str
    edition: str
    code: str
    zone: str
    authority: str
    words: str
    source: str
    source_sha256: str
    effective: str
    until: str | None
    state: str
    supersedes: list[str]


class Looked(Body):
    """A second person looked at a reception: it holds, or it does not and what it ended stands again."""

    reception: str
    agrees: bool
    reason: str
    supersedes: list[str]
    restores: list[str]


class GlassBroken(Body):
    """One person alone sets a level in force, until `until` at the latest unless two others countersign it."""

    decision: str
    digest: str
    reason: str
    until: str


class Countersigned(Body):
    """Another person signs what one set alone. complete: it is the second; earlier levels it takes the place of are named."""

    decision: str
    digest: str
    complete: bool
    supersedes: list[str]


class GlassRefused(Body):
    """Another person finds that it should not have been set: it ends now."""

    decision: str
    reason: str


class GlassLapsed(Body):
    """A level that one person set reached its hour before two others countersigned it."""

    decision: str


class Expired(Body):
    """A level reached the hour it was set until."""

    level: str


class Kept(Body):
    """Measures that stay on though the level falls; `digest` is what was signed, over level, measures and reason."""

    level: str
    measures: list[str]
    reason: str
    digest: str


class Convened(Body):
    """A meeting: who, when, on what question; the dossier is what the record held at `position`."""

    title: str
    question: str
    agenda: list[str]
    offices: list[str]
    held: str
    position: int
    root: str
    dossier: list[str]


class ConvenedSealed(Body):
    """A meeting, and all it has before it as the record stood at `position`; `digest` is over the dossier."""

    title: str
    question: str
    agenda: list[str]
    offices: list[str]
    held: str
    position: int
    root: str
    dossier: Dossier
    digest: str


class Resolved(Body):
    """A meeting decided something: an office owes a task, or a proposal (`becomes`), by a day."""

    meeting: str
    words: str
    becomes: str
    office: str
    due: str


class Settled(Body):
    """What a meeting decided is closed: done or not, in words; decision: the proposal it led to, or empty."""

    outcome: str
    done: bool
    words: str
    decision: str


class StandDownProposed(Body):
    """It is said that a level stands no longer from `effective` on. authority, words, source: of a level received, where that was said."""

    level: str
    reason: str
    authority: str
    words: str
    source: str
    source_sha256: str
    effective: str
    digest: str


class StandDownSettled(Body):
    """A second person signs that the level stands no longer, or not. restores: levels that it was to take the place of."""

    stand_down: str
    level: str
    agrees: bool
    reason: str
    digest: str
    restores: list[str]


PROPOSED = Kind("alert.level.proposed", 1, Proposed, solemn=True)
REVISED = Kind("alert.level.revised", 1, Revised, solemn=True)
RETURNED = Kind("alert.level.returned", 1, Returned)
REJECTED = Kind("alert.level.rejected", 1, Rejected, solemn=True)
APPROVED = Kind("alert.level.approved", 1, Approved, solemn=True)
ANNOUNCED = Kind("alert.level.announced", 1, Announced)
RECEIVED = Kind("alert.level.received", 1, Received, solemn=True)
LOOKED = Kind("alert.level.looked", 1, Looked, solemn=True)
GLASS_BROKEN = Kind("alert.glass.broken", 1, GlassBroken, solemn=True)
COUNTERSIGNED = Kind("alert.glass.countersigned", 1, Countersigned, solemn=True)
GLASS_REFUSED = Kind("alert.glass.refused", 1, GlassRefused, solemn=True)
GLASS_LAPSED = Kind("alert.glass.lapsed", 1, GlassLapsed)
EXPIRED = Kind("alert.level.expired", 1, Expired)
KEPT = Kind("alert.level.kept", 1, Kept, solemn=True)
CONVENED = Kind("alert.meeting.convened", 1, Convened)
CONVENED_SEALED = Kind("alert.meeting.convened", 2, ConvenedSealed)
RESOLVED = Kind("alert.meeting.resolved", 1, Resolved)
SETTLED = Kind("alert.meeting.settled", 1, Settled)
STAND_DOWN_PROPOSED = Kind("alert.stand_down.proposed", 1, StandDownProposed, solemn=True)
STAND_DOWN_SETTLED = Kind("alert.stand_down.settled", 1, StandDownSettled, solemn=True)
