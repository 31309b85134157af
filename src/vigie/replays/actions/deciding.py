"""Acts on the level: proposed, signed, announced, services convened."""

from typing import Any

from vigie import steps
from vigie.accounts.queries import title
from vigie.alert import actions as alert, queries as levels
from vigie.ledger.queries import head
from vigie.replays.actions.founding import actor
from vigie.replays.stage import Stage
from vigie.replays.story import Announce, Convene, Propose, Resolve, Settle, Sign
from vigie.schemes.reader import load


def propose(stage: Stage, step: Propose) -> dict[str, Any]:
    """Propose the level on the assessment made."""
    stage.made["decision"] = alert.propose(
        actor(stage, step.by),
        scheme=step.scheme,
        code=step.level,
        zone=step.zone,
        reasons=step.reasons,
        legal_basis=step.legal_basis,
        assessment=stage.made["assessment"],
        effective=stage.at(step.effective),
        review=stage.at(step.review),
    )
    return {"office": title(step.by)}


def sign(stage: Stage, step: Sign) -> dict[str, Any]:
    """Read what follows, then sign what was read."""
    row = levels.decision(stage.made["decision"])
    follows = steps.what_follows(row.scheme, row.code, row.zone, row.effective)
    steps.sign(actor(stage, step.by), row.id, seen=row.digest)
    level = load(row.scheme).level(row.code)
    return {
        "level": level.word(""),
        "zone": row.zone,
        "on": follows.counts[0][1],
        "owners": follows.owners,
        "due": stage.said(follows.due) if follows.due else "-",
    }


def announce(stage: Stage, step: Announce) -> dict[str, Any]:
    """Note that the public was told."""
    alert.announce(
        actor(stage, step.by),
        stage.made["decision"],
        announcer=step.announcer,
        where=step.where,
        announced=stage.at(step.at),
    )
    return {}


def convene(stage: Stage, step: Convene) -> dict[str, Any]:
    """Convene the services."""
    position, _root = head()
    held = stage.at(step.held)
    stage.made["meeting"] = steps.convene(
        actor(stage, step.by),
        title=step.title,
        question=step.question,
        agenda=step.agenda,
        offices=step.offices,
        held=held,
    )
    return {"held": stage.said(held), "position": position}


def resolve(stage: Stage, step: Resolve) -> dict[str, Any]:
    """Write down what the meeting decided."""
    for one in step.decisions:
        alert.resolve(
            actor(stage, step.by),
            stage.made["meeting"],
            words=one.words,
            becomes=one.becomes,
            office=one.office,
            due=stage.at(one.due),
        )
    return {"count": len(step.decisions)}


def settle(stage: Stage, step: Settle) -> dict[str, Any]:
    """Close what the office owes first."""
    owed = levels.owed(step.by)[0]
    alert.settle(actor(stage, step.by), owed.id, done=True, words=step.words)
    return {"words": owed.words, "left": len(levels.owed())}
