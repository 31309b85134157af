"""Questions asked of assessments: what holds one up, what is stale, which grade counts, what the criteria say now."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from vigie import times
from vigie.assessment import criteria
from vigie.assessment.dossier import Dossier, Taken, lay_out
from vigie.assessment.grades import Grade
from vigie.assessment.ground import Ground, Seen, ground as ground_of
from vigie.assessment.independence import Independence, Link, weigh
from vigie.assessment.models import Assessment, ClaimGrade, Dissent, DissentRead, Evidence
from vigie.errors import Conflict, NotFound
from vigie.reports import queries as reports
from vigie.reports.models import Claim


def seen(claims: Iterable[str]) -> dict[str, Seen]:
    """Give what is known of those claims, by id; unknown ids are left out."""
    return {row.id: _seen(row) for row in reports.claims(claims)}


def claims_since(at: datetime) -> list[Seen]:
    """List the claims that stand and came in since `at`: what an assessment can rest on."""
    return [_seen(row) for row in reports.claims_since(at)]


def _seen(row: Claim) -> Seen:
    # A paper that prints an agency's wire is no newsroom of its own.
    newsroom = row.report.agency or row.report.outlet
    return Seen(row.id, row.kind, row.evidence, row.report_id, newsroom, row.origin, row.flag, row.start)


def links(documents: Iterable[str]) -> list[Link]:
    """Give the links from those documents upwards: what each seems to copy.

    A copy link nobody has judged counts: two sources taken for one is the safer error.
    """
    return [Link(copy.child_id, copy.parent_id, copy.why) for copy in reports.links(documents)]


def assessment(id: str) -> Assessment:  # noqa: A002 - the record calls it so
    """Give an assessment. Raises NotFound."""
    found = Assessment.objects.filter(id=id).first()
    if found is None:
        raise NotFound("There is no assessment {given}.", given=id)
    return found


def assessments(zone: str | None = None) -> list[Assessment]:
    """List assessments, newest first; zone: only those of it."""
    chosen = Assessment.objects.order_by("-made_at", "-id")
    return list(chosen.filter(zone=zone) if zone else chosen)


def standing(scheme: str, level: str, zone: str) -> list[Assessment]:
    """List the assessments that stand for exactly this level and zone."""
    return list(Assessment.objects.filter(scheme=scheme, level=level, zone=zone, state="stands"))


def stale(at: datetime | None = None) -> list[Assessment]:
    """List assessments that stand past their review date, the longest overdue first."""
    return list(
        Assessment.objects.filter(state="stands", review__lt=at or times.now()).order_by("review", "id")
    )


def is_stale(row: Assessment, at: datetime | None = None) -> bool:
    """Say whether an assessment stands past its review date."""
    return row.state == "stands" and row.review < (at or times.now())


def dissents(id: str) -> list[Dissent]:  # noqa: A002
    """List who differed, oldest first."""
    return list(Dissent.objects.filter(assessment_id=id))


class UnreadDissent(Conflict):
    """An assessor differs, and whoever acts on the assessment has not said that they read it."""


def dissent(id: str) -> Dissent:  # noqa: A002
    """Give a dissent. Raises NotFound."""
    found = Dissent.objects.filter(id=id).first()
    if found is None:
        raise NotFound("There is no dissent {given}.", given=id)
    return found


def unread(id: str, person: str) -> list[Dissent]:  # noqa: A002
    """List the dissents on an assessment that a person has not said they read, oldest first."""
    read = DissentRead.objects.filter(person=person, dissent__assessment_id=id).values("dissent_id")
    return list(Dissent.objects.filter(assessment_id=id).exclude(id__in=read))


def require_read(id: str, person: str) -> None:  # noqa: A002
    """Raise UnreadDissent, naming each, while a person has not read who differs from an assessment; id may be empty."""
    waiting = [each.id for each in unread(id, person)] if id else []
    if waiting:
        raise UnreadDissent(
            "Someone differs from {assessment} and you have not read it ({dissents}). Read it on the page of the evidence, say that you have, then sign.",
            assessment=id,
            dissents=", ".join(waiting),
        )


def resting_on(claim: str) -> list[Assessment]:
    """List the assessments that stand and use a claim, for or against: what its withdrawal reaches."""
    used = Evidence.objects.filter(claim=claim).values("assessment_id")
    return list(Assessment.objects.filter(state="stands", id__in=used))


def claims_under(assessments: Iterable[str]) -> list[tuple[str, str]]:
    """Pair each claim that assessments use, for or against, with the assessment."""
    used = Evidence.objects.filter(assessment_id__in=list(assessments))
    return list(used.values_list("claim", "assessment_id").distinct())


def gradings(claim: str) -> list[ClaimGrade]:
    """List every grading of a claim, oldest first."""
    return list(ClaimGrade.objects.filter(claim=claim))


def grades(claims: Iterable[str]) -> dict[str, Grade]:
    """Give the grade that counts for each claim a person has graded: the newest by a person."""
    signed = ClaimGrade.objects.filter(claim__in=list(claims), by_machine=False)
    return {row.claim: Grade(row.source, row.item) for row in signed}


def proposed_grades(claims: Iterable[str]) -> dict[str, Grade]:
    """Give the newest grade a machine proposed for each claim: shown beside, never counted."""
    proposed = ClaimGrade.objects.filter(claim__in=list(claims), by_machine=True)
    return {row.claim: Grade(row.source, row.item) for row in proposed}


def ground(id: str) -> Ground:  # noqa: A002
    """Say whether an assessment still has ground; `ground(id).require(act)` refuses the act when it has none.

    Raises NotFound.
    """
    row = assessment(id)
    supporting = list(Evidence.objects.filter(assessment=row, stance="for").values_list("claim", flat=True))
    return ground_of(row.id, supporting, seen(supporting))


def dossier(row: Assessment, language: str = "en") -> Dossier:
    """Lay out the assessment's evidence: grades as they are now, withdrawn claims marked and no longer counted."""
    used = list(Evidence.objects.filter(assessment=row))
    known = seen(piece.claim for piece in used)
    taken = [
        Taken(e.claim, e.criterion, e.need, "for" if e.stance == "for" else "against", e.why, e.grade)
        for e in used
    ]
    return lay_out(criteria.load(row.scheme, row.level), taken, known, grades(known), language)


def independence(claims: Iterable[Seen]) -> Independence:
    """Count the documents and newsrooms that carry claims, and the origins the claims come from.

    A claim in a newsroom's own voice is of unknown origin: it comes from its document, and from what that copies.
    """
    given = list(claims)
    copied = links(each.document for each in given)
    newsrooms = {each.document: each.newsroom for each in given if each.newsroom}
    carried = weigh((each.document for each in given), copied, newsrooms, frozenset())
    upwards = [Link(each.id, each.origin or each.document) for each in given]
    origins = {each.origin for each in given if each.origin}
    said = weigh((each.id for each in given), [*upwards, *copied], {}, origins)
    return replace(said, documents=carried.documents, newsrooms=carried.newsrooms)
