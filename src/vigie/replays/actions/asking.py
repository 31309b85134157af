"""Acts that ask the record and history: which time, what lies ahead, does all hold."""

from collections import Counter
from typing import Any

from vigie import times
from vigie.alert import queries as levels
from vigie.errors import RecordBroken
from vigie.exposure import queries as exposure
from vigie.history import queries as history
from vigie.ledger.queries import verify as check
from vigie.measures.models import Task
from vigie.replays.stage import Stage
from vigie.replays.story import Ahead, Ask, Verify
from vigie.schemes.reader import load


def ask(stage: Stage, step: Ask) -> dict[str, Any]:
    """Ask which time this is, under which definition, and how long each lasted."""
    found = history.which_time(step.scheme, step.level)
    stage.found["activation_number"] = found.number
    return {
        "count": found.number,
        "definition": found.definition.words(),
        "lengths": ", ".join(str(time.length) for time in found.times[:-1]),
    }


def ahead(stage: Stage, step: Ahead) -> dict[str, Any]:
    """Say what lies ahead, as known that day."""
    today = times.now().date()
    found = exposure.ahead(step.area, step.days, start=today, as_known=today)
    stage.found["ahead"] = [
        {"id": e.id, "name": e.names["en"], "start": e.start.isoformat(), "end": e.end.isoformat()}
        for e in found.entries
    ]
    drivers = ", ".join(driver.entry.names["en"] for driver in found.drivers())
    return {"until": f"{found.end.day} {found.end:%B}", "drivers": drivers}


def verify(stage: Stage, step: Verify) -> dict[str, Any]:
    """Check the record. Raises RecordBroken with the first thing that does not hold."""
    del step
    verdict = check()
    if not verdict.verified:
        first = verdict.faults[0]
        raise RecordBroken("{where}: {what}.", where=first.where, what=first.what)
    stage.found["record"] = {
        "entries": verdict.entries,
        "root": verdict.root.hex(),
        "checkpoints": verdict.checkpoints,
        "rows": verdict.rows,
        "verified": verdict.verified,
    }
    return {"entries": verdict.entries}


def closing(stage: Stage) -> dict[str, Any]:
    """Give what stands when the story ends: the level, the tasks by state."""
    row = levels.decision(stage.made["decision"])
    held = levels.holds(row.scheme, row.zone)
    level = load(row.scheme).level(held.winner.code) if held else None
    return {
        "story": stage.story.name,
        "home": str(stage.home.path),
        "exercise": stage.home.exercise,
        "level": {
            "scheme": row.scheme,
            "zone": row.zone,
            "code": level.code if level else None,
            "rank": level.rank if level else None,
            "name": level.word("") if level else None,
            "decided": times.text(row.decided_at) if row.decided_at else None,
            "effective": times.text(row.effective),
            "announced": [times.text(a.announced) for a in levels.announcements(row.id)],
            "convened": [times.text(m.held) for m in levels.meetings()],
        },
        "tasks": dict(sorted(Counter(Task.objects.values_list("state", flat=True)).items())),
    }
