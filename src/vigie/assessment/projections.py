"""From entries to rows: the only writer of this room's tables."""

from vigie import times
from vigie.assessment import kinds
from vigie.assessment.models import Assessment, ClaimGrade, Dissent, DissentRead, Evidence, Review
from vigie.ledger.projections import Written, projects, writing


@projects(kinds.GRADED)
def graded(entry: Written, body: kinds.Graded) -> None:
    """A claim has one more grading."""
    writing.add(
        ClaimGrade,
        id=f"grade-{entry.seq}",
        claim=body.claim,
        source=body.source,
        item=body.item,
        why=body.why,
        by_machine=body.by_machine,
        person=entry.by.person,
        office=entry.by.office,
        at=entry.instant,
    )


@projects(kinds.MADE)
def made(entry: Written, body: kinds.Made) -> None:
    """An assessment stands; the ones it takes the place of end."""
    writing.change_each(Assessment, body.supersedes, state="superseded", ended_at=entry.instant)
    key = f"assessment-{entry.seq}"
    writing.add(
        Assessment,
        id=key,
        scheme=body.scheme,
        level=body.level,
        zone=body.zone,
        suggested=body.suggested,
        override=body.override,
        reasons=body.reasons,
        judgement=body.judgement,
        scale=body.scale,
        word=body.word,
        confidence=body.confidence,
        unmet=body.unmet,
        missing=body.missing,
        documents=body.documents,
        newsrooms=body.newsrooms,
        origins=body.origins,
        review=times.from_text(body.review),
        state="stands",
        made_by=entry.by.person,
        made_office=entry.by.office,
        made_at=entry.instant,
    )
    writing.add_each(
        Evidence,
        (
            {
                "id": f"evidence-{entry.seq}-{number:03d}",
                "assessment_id": key,
                "claim": piece.claim,
                "criterion": piece.criterion,
                "need": piece.need,
                "stance": piece.stance,
                "why": piece.why,
                "grade": piece.grade,
                "origin": piece.origin,
            }
            for number, piece in enumerate(body.evidence, 1)
        ),
    )
    said = {"assessment_id": key, "office": entry.by.office, "at": entry.instant}
    writing.add_each(
        Dissent,
        (
            {"id": f"dissent-{entry.seq}-{number:03d}", "words": words, **said}
            for number, words in enumerate(body.dissent, 1)
        ),
    )


@projects(kinds.DISSENTED)
def dissented(entry: Written, body: kinds.Dissented) -> None:
    """Someone differs."""
    writing.add(
        Dissent,
        id=f"dissent-{entry.seq}",
        assessment_id=body.assessment,
        words=body.words,
        office=entry.by.office,
        at=entry.instant,
    )


@projects(kinds.DISSENT_READ)
def dissent_read(entry: Written, body: kinds.DissentRead) -> None:
    """Somebody has read a dissent."""
    writing.add(
        DissentRead,
        id=f"dissent-read-{entry.seq}",
        dissent_id=body.dissent,
        person=entry.by.person,
        office=entry.by.office,
        at=entry.instant,
    )


@projects(kinds.REVIEWED)
def reviewed(entry: Written, body: kinds.Reviewed) -> None:
    """An assessment is upheld until a later date, or ends."""
    next_review = times.from_text(body.next_review) if body.next_review else None
    writing.add(
        Review,
        id=f"review-{entry.seq}",
        assessment_id=body.assessment,
        upheld=body.upheld,
        words=body.words,
        next_review=next_review,
        office=entry.by.office,
        at=entry.instant,
    )
    if next_review is not None:
        writing.change(Assessment, body.assessment, review=next_review)
    if not body.upheld:
        writing.change(Assessment, body.assessment, state="ended", ended_at=entry.instant)
