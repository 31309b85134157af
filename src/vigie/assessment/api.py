"""This room's part of the API."""

from datetime import datetime
from typing import Literal

from django.http import HttpRequest
from ninja import Router, Schema, Status

from vigie import times
from vigie.accounts.api import Right
from vigie.accounts.middleware import actor_of
from vigie.accounts.routes import ANY, GREEN
from vigie.assessment import actions, queries
from vigie.assessment.models import Assessment

router = Router(tags=["assessments"])


class Made(Schema):
    """What was made."""

    id: str


class GradeIn(Schema):
    """A grading: source A to F, item 1 to 6, and why."""

    source: str
    item: str
    why: str


class EvidenceIn(Schema):
    """A claim for or against one need of one criterion."""

    claim: str
    criterion: str
    need: str
    stance: Literal["for", "against"]
    why: str = ""


class AssessmentIn(Schema):
    """An assessment to make."""

    scheme: str
    level: str
    zone: str
    evidence: list[EvidenceIn]
    reasons: str
    review: datetime
    override: str = ""
    judgement: str = ""
    scale: str = ""
    word: str = ""
    confidence: str = ""
    missing: list[str] = []
    dissent: list[str] = []


class AssessmentOut(Schema):
    """An assessment, and whether it still has ground."""

    id: str
    scheme: str
    level: str
    zone: str
    suggested: str
    override: str
    reasons: str
    documents: int
    newsrooms: int
    origins: int
    unmet: list[str]
    missing: list[str]
    review: datetime
    state: str
    stale: bool
    holds: bool
    dissent: list[str]
    said: list[str]


class WordsIn(Schema):
    """A sentence."""

    words: str


class ReviewIn(Schema):
    """A review's outcome."""

    upheld: bool
    words: str
    next_review: datetime | None = None


@router.get("", response=list[AssessmentOut], auth=Right("assessment.read", shows=GREEN))
def assessments(request: HttpRequest, zone: str | None = None) -> object:
    """List assessments, newest first."""
    del request
    return [_out(row) for row in queries.assessments(zone)]


@router.get("/{id}", response=AssessmentOut, auth=Right("assessment.read", objects=ANY, shows=GREEN))
def assessment(request: HttpRequest, id: str) -> object:  # noqa: A002
    """Give an assessment, with what its criteria say now."""
    del request
    return _out(queries.assessment(id))


@router.post(
    "",
    response={201: Made},
    auth=Right("assessment.make", records=("assessment.made/1", "assessment.dissent.recorded/1")),
)
def assess(request: HttpRequest, given: AssessmentIn) -> object:
    """Make an assessment. It sets nothing."""
    told = given.dict()
    evidence = [actions.Chosen(**piece) for piece in told.pop("evidence")]
    review = _instant(told.pop("review"))
    return Status(201, {"id": actions.assess(actor_of(request), evidence=evidence, review=review, **told)})


@router.post(
    "/{id}/dissents",
    response={201: Made},
    auth=Right("assessment.dissent.record", objects=ANY, records=("assessment.dissent.recorded/1",)),
)
def dissent(request: HttpRequest, id: str, given: WordsIn) -> object:  # noqa: A002
    """Differ from an assessment."""
    return Status(201, {"id": actions.dissent(actor_of(request), id, given.words)})


@router.post(
    "/dissents/{id}/read",
    response={204: None},
    auth=Right("assessment.dissent.read", objects=ANY, records=("assessment.dissent.read/1",)),
)
def read_dissent(request: HttpRequest, id: str) -> object:  # noqa: A002
    """Say that one has read a dissent: whoever signs a level must have read each on the assessment it names."""
    actions.read_dissent(actor_of(request), id)
    return Status(204, None)


@router.post(
    "/{id}/reviews",
    response={201: Made},
    auth=Right("assessment.review.do", objects=ANY, records=("assessment.review.done/1",)),
)
def review(request: HttpRequest, id: str, given: ReviewIn) -> object:  # noqa: A002
    """Uphold an assessment until a later date, or end it."""
    following = _instant(given.next_review) if given.next_review else None
    made = actions.review(
        actor_of(request), id, upheld=given.upheld, words=given.words, next_review=following
    )
    return Status(201, {"id": made})


@router.post(
    "/claims/{claim}/grades",
    response={201: Made},
    auth=Right("assessment.claim.grade", objects=ANY, records=("assessment.claim.graded/1",)),
)
def grade(request: HttpRequest, claim: str, given: GradeIn) -> object:
    """Grade a claim."""
    made = actions.grade(actor_of(request), claim, source=given.source, item=given.item, why=given.why)
    return Status(201, {"id": made})


def _instant(given: datetime) -> datetime:
    """Give the instant in the record's own form. Raises BadTime when it carries no time zone."""
    return times.from_text(times.text(given))


def _out(row: Assessment) -> AssessmentOut:
    return AssessmentOut(
        id=row.id, scheme=row.scheme, level=row.level, zone=row.zone, suggested=row.suggested, override=row.override,
        reasons=row.reasons, documents=row.documents, newsrooms=row.newsrooms, origins=row.origins, unmet=row.unmet,
        missing=row.missing, review=row.review, state=row.state, stale=queries.is_stale(row), holds=queries.ground(row.id).holds,
        dissent=[each.words for each in queries.dissents(row.id)],
        said=[sentence.said() for sentence in queries.dossier(row).suggestion.sentences()],
    )  # fmt: skip
