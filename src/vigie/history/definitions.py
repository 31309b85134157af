"""What counts as an attack carried out, failed or foiled, under each named definition, and the count under it.

The word decides the number: an act that hurt people and killed none «failed» for the services and was «carried out» for a
minister. A figure is therefore compared under the definition it was said by, and a count carries the name of its own.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from vigie.errors import BadInput
from vigie.history.incidents import Incident

STATUSES = ("completed", "failed", "foiled", "disputed")
OWN = "register"


class NoDefinition(BadInput):
    """A definition of what counts that is none of ours."""


@dataclass(frozen=True)
class Definition:
    """What counts as what.

    hurt: True where an act that killed or hurt somebody counts as completed. joined: acts that are counted as one.
    readings: the status of acts that this definition reads otherwise than the register. said: (office, day) of the figures said
    under it. name, words: by language.
    """

    id: str
    name: dict[str, str]
    words: dict[str, str]
    sources: tuple[str, ...]
    hurt: bool
    joined: tuple[frozenset[str], ...]
    readings: dict[str, str]
    said: frozenset[tuple[str, str]]

    def statuses(self, incident: Incident) -> frozenset[str]:
        """Give each status the incident can have under this definition: two where what decides is not sourced."""
        if incident.id in self.readings:
            return frozenset({self.readings[incident.id]})
        if not self.hurt or incident.status != "failed":
            return frozenset({incident.status})
        told = (incident.deaths, incident.injured)
        if any(_some(number) for number in told):
            return frozenset({"completed"})
        return frozenset({"failed"} if all(told) else {"failed", "completed"})


@dataclass(frozen=True)
class Tally:
    """Incidents counted under one definition, by status: `least` and `most` differ where a status is not sourced."""

    definition: Definition
    least: dict[str, int]
    most: dict[str, int]

    def said(self, status: str) -> str:
        """Give the count of a status: `17`, or `17–19` where it has bounds only."""
        least, most = self.least[status], self.most[status]
        return str(least) if least == most else f"{least}–{most}"

    def as_dict(self) -> dict[str, Any]:
        """Give the count as JSON."""
        return {
            "definition": self.definition.id,
            "words": self.definition.words["en"],
            "sources": list(self.definition.sources),
            "least": self.least,
            "most": self.most,
        }


@cache
def definitions() -> tuple[Definition, ...]:
    """Give every definition, the register's own first."""
    text = (files("vigie.history") / "data" / "definitions.yaml").read_text(encoding="utf-8")
    return tuple(
        Definition(
            id=row["id"],
            name=row["name"],
            words=row["words"],
            sources=tuple(row.get("sources", ())),
            hurt=row.get("hurt", False),
            joined=tuple(frozenset(group) for group in row.get("joined", ())),
            readings=row.get("readings", {}),
            said=frozenset((each["said_by"], each["as_of"]) for each in row.get("figures", ())),
        )
        for row in yaml.safe_load(text)
    )


def definition(named: str) -> Definition:
    """Give a definition by its name. Raises NoDefinition."""
    for each in definitions():
        if each.id == named:
            return each
    raise NoDefinition(
        "{given} is no definition of what counts. Choose one of: {known}.",
        given=named,
        known=", ".join(each.id for each in definitions()),
    )


def said_under(said_by: str, as_of: str) -> Definition:
    """Give the definition a figure was said by; the register's own where no page states one."""
    found = (each for each in definitions() if (said_by, as_of) in each.said)
    return next(found, definition(OWN))


def tally(incidents: Iterable[Incident], under: Definition) -> Tally:
    """Count incidents by status. Acts that the definition joins count once, when more than one of them is given."""
    least: Counter[str] = Counter()
    most: Counter[str] = Counter()
    met: set[frozenset[str]] = set()
    for incident in incidents:
        group = next((each for each in under.joined if incident.id in each), None)
        if group in met:
            continue
        if group:
            met.add(group)
        found = under.statuses(incident)
        most.update(found)
        if len(found) == 1:
            least.update(found)
    return Tally(under, *({status: counter[status] for status in STATUSES} for counter in (least, most)))


def _some(number: str) -> bool:
    """Say whether a number as sourced («0», «2-3», «350+», empty) is surely more than none."""
    return number.split("-", maxsplit=1)[0].strip("+ ") not in {"", "0"}
