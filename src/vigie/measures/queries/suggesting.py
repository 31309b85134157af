"""Which response the levels that stand would suggest to sites. A suggestion sets nothing."""

from dataclasses import dataclass

from django.conf import settings

from vigie.alert import queries as levels
from vigie.homes import Home
from vigie.measures.queries.postures import hung_responses
from vigie.measures.response import Mapping, of_schemes, read_mapping, suggested

RESPONSES = "responses"
"""Folder of a home that holds the adopter's own mappings, one YAML file each."""


@dataclass(frozen=True)
class Suggestion:
    """What one level suggests. level: id of the decision or reception; source: where the mapping is from."""

    level: str
    scheme: str
    code: str
    zone: str
    response_scheme: str
    response: str
    source: str | None


def suggestions() -> list[Suggestion]:
    """List what the levels that stand suggest, by the home's own mappings, else those of the schemes. Raises BadResponse."""
    mappings = (*_own(), *of_schemes())
    found = []
    for standing in sorted(levels.standing(), key=lambda s: (s.scheme, s.zone, s.id)):
        mapping = next((m for m in mappings if m.threat_scheme == standing.scheme), None)
        response = suggested(mapping, standing.code) if mapping else None
        if mapping and response:
            found.append(
                Suggestion(
                    standing.id,
                    standing.scheme,
                    standing.code,
                    standing.zone,
                    mapping.response_scheme,
                    response,
                    mapping.source,
                )
            )
    return found


def response_schemes() -> list[str]:
    """List the schemes of responses this home speaks of: in its catalogues, its mappings, else in those of the schemes."""
    own = {mapping.response_scheme for mapping in _own()} | set(hung_responses())
    return sorted(own or {mapping.response_scheme for mapping in of_schemes()})


def _own() -> list[Mapping]:
    home: Home = settings.VIGIE_HOME
    return [
        read_mapping(file.read_bytes(), file.name) for file in sorted((home.path / RESPONSES).glob("*.yaml"))
    ]
