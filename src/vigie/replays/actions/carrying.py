"""Acts that carry a level out: places known, messages sent, owners' answers, patrols drawn."""

from typing import Any

from vigie import times
from vigie.exposure import actions as places, queries as exposure
from vigie.exposure.events import read as read_events
from vigie.measures import actions as measures, queries as tasks
from vigie.patrols import actions as patrols, queries as plans
from vigie.replays.actions.founding import actor
from vigie.replays.stage import Stage
from vigie.replays.story import Answers, Draw, Send, Sites


def sites(stage: Stage, step: Sites) -> dict[str, Any]:
    """Take places, owners and events in."""
    who = actor(stage, step.by)
    places.import_sites(who, stage.story.file(step.sites), file=step.sites)
    places.import_owners(who, stage.story.file(step.owners), file=step.owners)
    for event in read_events(stage.story.file(step.events)):
        places.add_event(who, event)
    return {"sites": len(exposure.sites()), "owners": len(exposure.owners())}


def send(stage: Stage, step: Send) -> dict[str, Any]:
    """Deliver what waits."""
    del step
    done = measures.deliver_due(stage.home)
    how = f"as files in {done.outbox.name}/, no channel is set" if done.files else "by the home's channels"
    return {"messages": done.delivered, "how": how}


def answers(stage: Stage, step: Answers) -> dict[str, Any]:
    """Let owners answer by the links they were sent; whoever is not in the list stays silent."""
    del stage
    [posture] = tasks.standing()
    for owner, words in step.answers.items():
        token = tasks.link_for(owner, posture.id).rstrip("/").rpartition("/")[2]
        for word in words:
            answer, _colon, reason = word.partition(": ")
            measures.answer(token, answer, reason=reason)
    asked = {row.owner for row in tasks.matrix().rows}
    return {"answered": len(step.answers), "silent": len(asked - set(step.answers))}


def draw(stage: Stage, step: Draw) -> dict[str, Any]:
    """Draw patrols for the people expected at the area's places."""
    made = patrols.draw(
        actor(stage, step.by),
        teams=step.teams,
        first_day=times.parse_day(step.first_day),
        days=step.days,
        area=step.area,
    )
    row = plans.plan(made)
    stage.made["plan"] = made
    # The game is zero-sum: what the defender is worth is what the best informed attacker still finds, counted against.
    stage.found["patrol"] = {
        "plan": made,
        "value": -row.exposed / 1000,
        "bound": -row.least / 1000,
        "teams": step.teams,
        "sites": len(row.sites),
        "days": row.days,
        "assumed_share_percent": row.assumed_share / 10,
    }
    return {
        "exposed": f"{row.exposed / 1000:,.0f}",
        "least": f"{row.least / 1000:,.0f}",
        **stage.found["patrol"],
    }
