"""Acts on reports: they come in, are graded, weighed; their figures are kept as said."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from vigie import times
from vigie.assessment import actions as assessment, queries as assessed
from vigie.assessment.actions import Chosen
from vigie.assessment.criteria import load as criteria
from vigie.assessment.ground import NoGround
from vigie.history import actions as history
from vigie.replays.actions.founding import actor
from vigie.replays.stage import Stage
from vigie.replays.story import Assess, Figures, Grade, Reports, Take
from vigie.reports import actions as reports
from vigie.reports.models import Claim


class GroundLost(NoGround):
    """The reports that were read give no ground for what the story goes on to do."""


def reports_in(stage: Stage, step: Reports) -> dict[str, Any] | None:
    """Take reports in; a report given by hand takes the place of all the story's own."""
    if stage.report is not None:
        if stage.reports:
            return None
        files = [(stage.report.name, stage.report.read_bytes(), stage.story.published)]
    else:
        files = [(name, stage.story.file(f"reports/{name}"), day) for name, day in step.files.items()]
    before = set(Claim.objects.values_list("id", flat=True))
    who = actor(stage, step.by)
    made = [reports.add(who, data, name=name, published=date.fromisoformat(day)) for name, data, day in files]
    stage.reports += made
    fresh = [claim for claim in Claim.objects.all() if claim.id not in before]
    behind = assessed.independence(assessed.seen(claim.id for claim in fresh).values())
    _count(stage)
    return {
        "documents": len(made),
        "claims": len(fresh),
        "masked": sum(len(row.masks) for row in reports.rows(made)),
        "origins": behind.count,
        "newsrooms": len(behind.newsrooms),
    }
