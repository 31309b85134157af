"""Play a story from its first act to its last, at the hours it tells."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from vigie import times
from vigie.homes import Home
from vigie.replays import story as stories
from vigie.replays.actions import asking, carrying, deciding, offering, reading, telling
from vigie.replays.actions.founding import people
from vigie.replays.stage import Stage
from vigie.replays.story import Story

ACTS: dict[type[stories.Act], Callable[[Stage, Any], dict[str, Any] | None]] = {
    stories.Sites: carrying.sites,
    stories.Reports: reading.take_in,
    stories.Grade: reading.grade,
    stories.Assess: reading.assess,
    stories.Figures: reading.figures,
    stories.Propose: deciding.propose,
    stories.Sign: deciding.sign,
    stories.Announce: deciding.announce,
    stories.Convene: deciding.convene,
    stories.Resolve: deciding.resolve,
    stories.Settle: deciding.settle,
    stories.Send: carrying.send,
    stories.Answers: carrying.answers,
    stories.Draw: carrying.draw,
    stories.Warn: telling.warn,
    stories.Offer: offering.offer,
    stories.Ask: asking.ask,
    stories.Ahead: asking.ahead,
    stories.Verify: asking.verify,
}


@dataclass(frozen=True)
class Told:
    """One line of a replay: when, and what was done."""

    at: datetime
    line: str


def play(story: Story, home: Home, *, report: Path | None, tell: Callable[[Told], None]) -> dict[str, Any]:
    """Play `story` in the fresh exercise home `home`; gives what it made, ready to print as JSON.

    report: a file read in place of the story's own reports. tell: called with a line after each act.
    Raises GroundLost when the reports give no ground for the decision, and whatever a verb raises.
    """
    stage = Stage(story=story, home=home, report=report)
    with times.held(stage.at(story.starts)):
        stage.persons = people(story)
    for step in story.steps:
        with times.held(stage.at(step.at)) as at:
            filled = ACTS[type(step)](stage, step)
            if filled is not None:
                tell(Told(at, step.line.format(**filled)))
    with times.held(stage.at(story.ends)):
        return stage.found | asking.closing(stage)
