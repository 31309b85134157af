"""Services are convened on a question: the dossier is all that stands on the record then."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings

from vigie import times
from vigie.accounts.actors import Actor
from vigie.alert import actions as alert, queries as levels
from vigie.alert.dossier import (
    AssessmentThen,
    DayThen,
    Dossier,
    GapThen,
    LevelThen,
    PieceThen,
    StateThen,
    TasksThen,
)
from vigie.assessment import queries as assessment
from vigie.assessment.models import Assessment
from vigie.exposure import areas, queries as exposure
from vigie.homes import Home
from vigie.ledger.actions import recorded
from vigie.measures import queries as tasks

DAYS_AHEAD = 30
"""How far the calendar of a dossier looks from the day the meeting is held."""


@recorded
def convene(
    actor: Actor, *, title: str, question: str, agenda: Sequence[str], offices: Sequence[str], held: datetime
) -> str:
    """Convene a meeting; its dossier is all that stands on the record at this moment. Gives the meeting's id."""
    return alert.convene(
        actor,
        title=title,
        question=question,
        agenda=list(agenda),
        offices=list(offices),
        held=held,
        dossier=dossier(held),
    )


def dossier(held: datetime) -> Dossier:
    """Give what a meeting held then has before it: levels, evidence, tasks by state, the calendar ahead, what is missing."""
    calendar, until = _calendar(held)
    return Dossier(
        levels=[
            LevelThen(
                id=s.id,
                scheme=s.scheme,
                code=s.code,
                zone=s.zone,
                since=times.text(s.since),
                until=times.text(s.until) if s.until else None,
                received=s.received,
                authority=s.authority,
            )
            for s in levels.standing()
        ],
        assessments=[_assessment(row) for row in assessment.assessments() if row.ended_at is None],
        tasks=[_tasks(row) for row in tasks.standing()],
        calendar=calendar,
        calendar_until=until,
        gaps=[GapThen(what=what, count=count) for what, count in _gaps() if count],
    )


def own_area(home: Home) -> str:
    """Give the area a home looks at: the first it decides for, else that of a level it received, else France."""
    for decides in home.decides:
        return decides.zones[0]
    zones = sorted({standing.zone for standing in levels.standing()}, key=lambda zone: (len(zone), zone))
    return zones[0] if zones else "FR"


def _assessment(row: Assessment) -> AssessmentThen:
    return AssessmentThen(
        id=row.id,
        scheme=row.scheme,
        level=row.level,
        zone=row.zone,
        reasons=row.reasons,
        word=row.word,
        confidence=row.confidence,
        documents=row.documents,
        newsrooms=row.newsrooms,
        origins=row.origins,
        review=times.text(row.review),
        pieces=[
            PieceThen(claim=e.claim, criterion=e.criterion, stance=e.stance, why=e.why, grade=e.grade)
            for e in row.evidence.all()
        ],
        missing=[*row.missing, *row.unmet],
        dissent=[each.words for each in assessment.dissents(row.id)],
    )


def _tasks(row: tasks.PostureRow) -> TasksThen:
    return TasksThen(
        posture=row.id,
        scheme=row.scheme,
        level=row.level,
        zone=row.zone,
        states=[StateThen(state=state, count=count) for state, count in tasks.by_state(row.id)],
        late=tasks.totals(row.id).chips["late"],
    )


def _calendar(held: datetime) -> tuple[list[DayThen], str]:
    home: Home = settings.VIGIE_HOME
    clock = times.time_zone(home.zone)
    today = times.now().astimezone(clock).date()
    start = max(today, held.astimezone(clock).date())
    try:
        seen = exposure.ahead(own_area(home), DAYS_AHEAD, start=start, as_known=today)
    except areas.UnknownArea:  # a scheme may be set for a zone whose calendar nobody keeps
        return [], ""
    days = [
        DayThen(id=e.id, start=e.start.isoformat(), end=e.end.isoformat(), names=dict(e.names))
        for e in seen.entries
    ]
    return days, (start + timedelta(days=DAYS_AHEAD - 1)).isoformat()


def _gaps() -> list[tuple[str, int]]:
    found = exposure.gaps()
    return [
        ("ownerless", len(found.ownerless)),
        ("unknown-owners", len(found.unknown_owners)),
        ("unreachable", sum(exposure.contact(owner.id) is None for owner in exposure.owners())),
        ("stale", len(assessment.stale())),
        ("unsigned", sum(row.state == "proposed" for row in levels.proposals())),
        ("unlooked", len(levels.unlooked())),
    ]
