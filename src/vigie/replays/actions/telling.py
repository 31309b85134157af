"""The act that tells the public: a CAP message, the static site, what is known, not known and false."""

from typing import Any

from vigie.alert import queries as levels
from vigie.replays.actions.founding import actor
from vigie.replays.stage import Stage
from vigie.replays.story import Warn
from vigie.warning import actions as warning, queries as messages


def warn(stage: Stage, step: Warn) -> dict[str, Any]:
    """State the facts, draft the message, have another office approve it; the site is made with it."""
    author = actor(stage, step.by)
    told_of = levels.decision(stage.made["decision"])
    for fact in step.facts:
        warning.state_fact(
            author, zone=told_of.zone, state=fact.state, texts=fact.texts, source=fact.source, href=fact.href
        )
    drafted = warning.draft(author, told_of.id)
    warning.approve(actor(stage, step.approver), drafted, seen=messages.message(drafted).digest)
    row = messages.message(drafted)
    files = [path for path in stage.home.public.rglob("*") if path.is_file()]
    [cap] = [
        path for path in files if path.suffix == ".xml" and row.identifier in path.read_text(encoding="utf-8")
    ]
    stage.found["cap_file"] = str(cap)
    stage.found["public_dir"] = str(stage.home.public)
    pages = [path.stat().st_size for path in files if path.suffix == ".html"]
    return {
        "status": row.status,
        "identifier": row.identifier,
        "files": len(files),
        "largest": round(max(pages) / 1024),
    }
