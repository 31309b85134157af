"""Acts on reports: they come in, are graded, weighed; their figures are kept as said."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from vigie.assessment import actions as assessment, queries as assessed
from vigie.assessment.actions import Chosen
from vigie.assessment.evaluation import Stance
from vigie.assessment.ground import NoGround
from vigie.history import actions as history
from vigie.replays.actions.founding import actor
from vigie.replays.stage import Stage
from vigie.replays.story import Assess, Figures, Grade, Reports, Take
from vigie.reports import actions as reports, queries as read
from vigie.reports.models import Claim, Report


class GroundLost(NoGround):
    """The reports that were read give no ground for what the story goes on to do."""


def take_in(stage: Stage, step: Reports) -> dict[str, Any] | None:
    """Take reports in; a report given by hand takes the place of all the story's own. None when there is nothing to read."""
    if stage.report is not None:
        if stage.reports:
            return None
        # A report of the Monday tells of the Sunday: it is read first, as the source the story is told from.
        files = [(stage.report.name, stage.report.read_bytes(), stage.story.published)]
    else:
        files = [(name, stage.story.file(f"reports/{name}"), day) for name, day in step.files.items()]
    who = actor(stage, step.by)
    made = [reports.add(who, data, name=name, published=date.fromisoformat(day)) for name, data, day in files]
    stage.reports += made
    claims = list(Claim.objects.filter(report_id__in=made))
    behind = assessed.independence(assessed.seen(claim.id for claim in claims).values())
    stage.found["claims"] = dict(sorted(Counter(Claim.objects.values_list("kind", flat=True)).items()))
    return {
        "documents": len(made),
        "claims": len(claims),
        "masked": sum(len(row.masks) for row in Report.objects.filter(id__in=made)),
        "origins": behind.count,
        "newsrooms": len(behind.newsrooms),
    }


def grade(stage: Stage, step: Grade) -> dict[str, Any]:
    """Grade every claim read so far by the analyst's rules."""
    who = actor(stage, step.by)
    count = 0
    for rule in step.rules:
        for claim in claims_of(stage, rule.kinds):
            assessment.grade(who, claim, source=rule.source, item=rule.item, why=rule.why)
            count += 1
    return {"graded": count}


def assess(stage: Stage, step: Assess) -> dict[str, Any]:
    """Weigh what was read against the criteria. Raises GroundLost when no claim speaks for the level."""
    chosen = [piece for take in step.takes for piece in _taken(stage, take)]
    if not any(piece.stance == "for" for piece in chosen):
        kinds = sorted({kind for take in step.takes if take.stance == "for" for kind in take.kinds})
        raise GroundLost(
            "The act «propose {level} for {zone}» has lost its ground: of {count} report(s) read, none holds a claim of "
            "{kinds}. Nothing was proposed and nothing decided.",
            level=step.level,
            zone=step.zone,
            count=len(stage.reports),
            kinds=", ".join(kinds),
        )
    made = assessment.assess(
        actor(stage, step.by),
        scheme=step.scheme,
        level=step.level,
        zone=step.zone,
        evidence=chosen,
        reasons=step.reasons,
        review=stage.at(step.review),
        override=step.override,
        scale=step.scale,
        word=step.word,
        confidence=step.confidence,
        missing=step.missing,
    )
    stage.made["assessment"] = made
    row = assessed.assessment(made)
    dossier = assessed.dossier(row)
    met = [finding for finding in dossier.suggestion.findings if not finding.missing]
    return {
        "met": len(met),
        "criteria": len(dossier.suggestion.findings),
        "origins": row.origins,
        "suggested": row.suggested,
    }


def figures(stage: Stage, step: Figures) -> dict[str, Any]:
    """Put the official figures of the reports on the record as they were said, one for each thing counted."""
    who = actor(stage, step.by)
    said: list[tuple[str, str]] = []
    for claim in _statistics(stage, step.area):
        for number in claim.numbers:
            what = next((word for sign, word in step.whats.items() if sign in number["what"]), "")
            if not what or what in {kept for kept, _ in said}:
                continue
            start, _slash, end = claim.date.partition("/")
            modifier = number["modifier"].replace("_", " ")
            history.record_figure(
                who,
                what=[what],
                value=str(number["value"]),
                modifier=modifier,
                said_by=claim.speaker or "not said",
                as_of=claim.report.published or stage.story.published,
                window_from=start,
                window_to=end or start,
                area=step.area,
                source=claim.report.outlet or claim.report.name,
                claim=claim.id,
            )
            said.append((what, f"{'' if modifier == 'exact' else modifier + ' '}{number['value']} {what}"))
    return {"figures": "; ".join(words for _, words in said) or "none was found"}


def claims_of(stage: Stage, kinds: Iterable[str]) -> list[str]:
    """List the ids of the claims of some kinds in the reports read so far, in the order read; flagged ones left out."""
    wanted = list(kinds)
    rows = [row for report in stage.reports for row in read.claims_of(report)]
    return [row.id for row in rows if row.kind in wanted and not row.flag and not row.negated]


def _taken(stage: Stage, take: Take) -> list[Chosen]:
    chosen = claims_of(stage, take.kinds)
    if take.status:
        status = {row.id: row.status for row in read.claims(chosen)}
        chosen = [claim for claim in chosen if status[claim] == take.status]
    stance: Stance = "against" if take.stance == "against" else "for"
    return [Chosen(claim, take.criterion, take.need, stance, take.why) for claim in chosen[: take.most]]


def _statistics(stage: Stage, area: str) -> list[Claim]:
    rows = Claim.objects.filter(kind="statistic", report_id__in=stage.reports).select_related("report")
    return [row for row in rows.order_by("report_id", "number") if row.place_code in ("", area)]
