"""What people do with claims and assessments: grade, assess, differ, review. And the one thing a rule may do: propose a grade."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from vigie import times
from vigie.accounts.actions import verb
from vigie.accounts.actors import Actor
from vigie.assessment import criteria, grades, kinds, queries
from vigie.assessment.evaluation import Evidence, Stance, Suggestion, suggest
from vigie.assessment.grades import Grade
from vigie.assessment.ground import NoGround, Seen
from vigie.errors import BadInput, Conflict, NotFound
from vigie.ledger.actions import append, recorded
from vigie.ledger.kinds import By
from vigie.schemes.reader import load as load_scheme

_SHORTEST = 10


class GradedByPerson(Conflict):
    """A rule tried to grade what a person has graded."""


class TooLittleSaid(BadInput):
    """A reason is missing or too short to be understood later."""


class ClaimWithdrawn(Conflict):
    """A claim chosen as evidence no longer stands."""


class CriteriaNotMet(Conflict):
    """A level the criteria do not give, without the ground of the scheme on which it is supported all the same."""


class AssessmentEnded(Conflict):
    """The assessment no longer stands."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A claim an assessor takes for or against one need, and why."""

    claim: str
    criterion: str
    need: str
    stance: Stance
    why: str = ""


@verb("assessment.claim.grade")
def grade(actor: Actor, claim: str, *, source: str, item: str, why: str) -> str:
    """Grade a claim: reliability of its source, credibility of the item. Gives the grading's id.

    Raises NotFound, BadGrade, TooLittleSaid. Earlier gradings stay on the record; the newest by a person counts.
    """
    _known([claim])
    judged = Grade(source, item)
    _said(why)
    body = kinds.Graded(claim=claim, source=judged.source, item=judged.item, why=why, by_machine=False)
    return f"grade-{append(actor.by(), kinds.GRADED, body, subjects=[claim]).seq}"


@recorded
def propose_grade(claim: str, *, contradicted: bool = False, by_better: bool = False) -> str:
    """Propose a claim's grade by rule (`grades.propose_item`); the source stays F until a person judges it.

    No right is asked: a proposal counts for nothing. Raises GradedByPerson when a person has graded the claim,
    NotFound. Gives the grading's id.
    """
    known = _known([claim])
    signed = queries.grades([claim]).get(claim)
    if signed:
        raise GradedByPerson(
            "{claim} was graded {grade} by a person. A rule does not grade it again; ask a person to.",
            claim=claim,
            grade=signed,
        )
    origins = queries.independence(known.values()).count
    item = grades.propose_item(origins=origins, contradicted=contradicted, by_better=by_better, source="F")
    why = f"Rule: independent origins {origins}; contradicted {'yes' if contradicted else 'no'}."
    body = kinds.Graded(claim=claim, source="F", item=item, why=why, by_machine=True)
    return f"grade-{append(By(person='', office='', via='rule'), kinds.GRADED, body, subjects=[claim]).seq}"


@verb("assessment.make")
def assess(
    actor: Actor,
    *,
    scheme: str,
    level: str,
    zone: str,
    evidence: Sequence[Chosen],
    reasons: str,
    review: datetime,
    override: str = "",
    judgement: str = "",
    scale: str = "",
    word: str = "",
    confidence: str = "",
    missing: Sequence[str] = (),
    dissent: Sequence[str] = (),
) -> str:
    """Say what is held to be so about a level in a zone, and on what. It sets nothing. Gives the assessment's id.

    review: when it must be looked at again, later than now. override: ground of the scheme on which the level is
    supported though its criteria are not met. scale, word: an estimate; confidence: low, moderate or high.
    Raises UnknownLevel, UnknownZone, UnknownCriterion, BadEvidence, NotFound, ClaimWithdrawn, NoGround when no claim
    speaks for it, CriteriaNotMet, TooLittleSaid, BadEstimate.
    """
    plan = load_scheme(scheme)
    plan.level(level)
    plan.check_zone(zone)
    asked = criteria.load(scheme, level)
    known = _standing([piece.claim for piece in evidence])
    if not any(piece.stance == "for" for piece in evidence):
        raise NoGround(
            "An assessment of {level} for {zone} has no ground: no claim speaks for it. Choose at least one that does.",
            level=level,
            zone=zone,
        )
    found = _suggested(asked, evidence, known)
    if found.level != level:
        _check_override(asked, override)
    _said(reasons)
    _check_estimate(scale, word, confidence)
    if review <= times.now():
        raise BadInput("The review date {review} is not ahead. Give a later one.", review=times.text(review))
    behind = queries.independence(known[p.claim] for p in evidence if p.stance == "for")
    graded = queries.grades(known)
    earlier = [row.id for row in queries.standing(scheme, level, zone)]
    body = kinds.Made(
        scheme=scheme,
        level=level,
        zone=zone,
        suggested=found.level or "",
        override="" if found.level == level else override,
        reasons=reasons,
        judgement=judgement,
        scale=scale,
        word=word,
        confidence=confidence,
        evidence=[_piece(piece, known, graded) for piece in evidence],
        unmet=[f"{finding.criterion.id}/{need.id}" for finding in found.findings for need in finding.missing],
        missing=list(missing),
        documents=len(behind.documents),
        newsrooms=len(behind.newsrooms),
        origins=behind.count,
        review=times.text(review),
        dissent=list(dissent),
        supersedes=earlier,
    )
    claims = list(dict.fromkeys(piece.claim for piece in evidence))
    return f"assessment-{append(actor.by(), kinds.MADE, body, subjects=[zone, *claims, *earlier]).seq}"


@verb("assessment.dissent.record")
def dissent(actor: Actor, assessment: str, words: str) -> str:
    """Differ from an assessment, in words that whoever decides will read. Gives the dissent's id."""
    _open(assessment)
    _said(words)
    body = kinds.Dissented(assessment=assessment, words=words)
    return f"dissent-{append(actor.by(), kinds.DISSENTED, body, subjects=[assessment]).seq}"


@verb("assessment.dissent.read")
def read_dissent(actor: Actor, dissent: str) -> None:
    """Say that one has read a dissent; said once, it is not said again. Raises NotFound."""
    row = queries.dissent(dissent)
    if row in queries.unread(row.assessment_id, actor.person):
        body = kinds.DissentRead(dissent=dissent)
        append(actor.by(), kinds.DISSENT_READ, body, subjects=[dissent, row.assessment_id])


@verb("assessment.review.do")
def review(
    actor: Actor, assessment: str, *, upheld: bool, words: str, next_review: datetime | None = None
) -> str:
    """Look at an assessment again: uphold it until a later date, or end it. Gives the review's id.

    Raises NoGround when it is to be upheld and no claim speaks for it any more, AssessmentEnded, TooLittleSaid,
    BadInput when it is upheld without a later review date.
    """
    _open(assessment)
    _said(words)
    if upheld:
        queries.ground(assessment).require(f"Upholding {assessment}")
        if next_review is None or next_review <= times.now():
            raise BadInput("An assessment that is upheld needs a later review date. Give one ahead of now.")
    body = kinds.Reviewed(
        assessment=assessment,
        upheld=upheld,
        words=words,
        next_review=times.text(next_review) if upheld and next_review else None,
    )
    return f"review-{append(actor.by(), kinds.REVIEWED, body, subjects=[assessment]).seq}"


def _known(claims: Sequence[str]) -> dict[str, Seen]:
    known = queries.seen(claims)
    unknown = sorted(set(claims) - set(known))
    if unknown:
        raise NotFound(
            "There is no claim {given}. Choose one that is on the record.", given=", ".join(unknown)
        )
    return known


def _standing(claims: Sequence[str]) -> dict[str, Seen]:
    known = _known(claims)
    gone = sorted(each.id for each in known.values() if each.withdrawn)
    if gone:
        raise ClaimWithdrawn(
            "{claims} no longer stands: it was withdrawn. Leave it out.", claims=", ".join(gone)
        )
    return known


def _suggested(asked: criteria.Criteria, evidence: Sequence[Chosen], known: Mapping[str, Seen]) -> Suggestion:
    graded = queries.grades(known)
    return suggest(
        asked,
        [
            Evidence(p.claim, p.criterion, p.need, p.stance, known[p.claim].origin, graded.get(p.claim))
            for p in evidence
        ],
    )


def _piece(piece: Chosen, known: Mapping[str, Seen], graded: Mapping[str, Grade]) -> kinds.Piece:
    return kinds.Piece(
        claim=piece.claim,
        criterion=piece.criterion,
        need=piece.need,
        stance=piece.stance,
        why=piece.why,
        grade=str(graded.get(piece.claim, "")),
        origin=known[piece.claim].origin,
    )


def _check_override(asked: criteria.Criteria, override: str) -> None:
    if not override:
        raise CriteriaNotMet(
            "On this evidence no criterion for {level} is met. Name the ground on which it is supported all the same "
            "({grounds}) and give reasons, or add evidence.",
            level=asked.level,
            grounds=", ".join(each.id for each in asked.overrides) or "the scheme has none",
        )
    asked.override(override)


def _check_estimate(scale: str, word: str, confidence: str) -> None:
    if scale or word:
        grades.Estimate(scale, word)
    if confidence and confidence not in grades.ANALYTIC_CONFIDENCE:
        raise grades.BadEstimate(
            "{given!r} is no analytic confidence. Say {known}.",
            given=confidence,
            known=", ".join(grades.ANALYTIC_CONFIDENCE),
        )


def _open(assessment: str) -> None:
    row = queries.assessment(assessment)
    if row.state != "stands":
        raise AssessmentEnded(
            "{assessment} no longer stands ({state}).", assessment=assessment, state=row.state
        )


def _said(given: str) -> None:
    if len(given.strip()) < _SHORTEST:
        raise TooLittleSaid(
            "{given!r} says too little. Write a sentence that will be understood in ten years.", given=given
        )
