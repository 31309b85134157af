"""What a replay has in hand between two acts."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from vigie import times
from vigie.homes import Home
from vigie.replays.story import Story


@dataclass
class Stage:
    """The story, its home, who holds which office, and what the acts so far made.

    report: a file given by hand, read in place of the story's own. persons: office to opaque person id. made: ids by
    name; found: what the last line of the replay prints.
    """

    story: Story
    home: Home
    report: Path | None = None
    persons: dict[str, str] = field(default_factory=dict)
    made: dict[str, str] = field(default_factory=dict)
    reports: list[str] = field(default_factory=list)
    found: dict[str, Any] = field(default_factory=dict)

    def at(self, given: str) -> datetime:
        """Read an instant of the story, in its zone."""
        return times.parse(given, self.story.zone)

    def said(self, instant: datetime) -> str:
        """Say an instant in the story's zone."""
        local = instant.astimezone(times.time_zone(self.story.zone))
        return f"{local:%a} {local.day} {local:%b %H:%M}"
