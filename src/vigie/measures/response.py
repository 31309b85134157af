"""A site's own response level, which stands beside the threat level and is set by whoever answers for the site.

A threat level decided elsewhere only suggests a response, through a mapping that is data: in the United Kingdom
both SUBSTANTIAL and SEVERE go with HEIGHTENED, so a rise from one to the other changes nothing by itself.
"""

from datetime import datetime

import msgspec
import yaml

from vigie import times
from vigie.errors import BadInput
from vigie.schemes.reader import all_ids, load, shipped_ids

REASON_LEAST, REASON_MOST = 10, 300
"""Signs of a reason: enough for a place and its cause, too few for a story about a person."""


class BadResponse(BadInput):
    """A response level that cannot be set as given."""


class Mapping(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which response each received level suggests. source: where that is said; None for an adopter's own choice."""

    threat_scheme: str
    response_scheme: str
    suggests: dict[str, str]
    responses: tuple[str, ...]
    source: str | None = None


def read_mapping(raw: bytes, file: str) -> Mapping:
    """Read a mapping from YAML. Raises BadResponse naming the file and the fault."""
    try:
        found = msgspec.convert(yaml.safe_load(raw), Mapping)
    except (yaml.YAMLError, msgspec.ValidationError, ValueError) as fault:
        raise BadResponse("{file}: {fault}.", file=file, fault=" ".join(str(fault).split())) from None
    strange = sorted(set(found.suggests.values()) - set(found.responses))
    if strange:
        raise BadResponse(
            "{file}: suggests {strange}, which is not among responses: {known}.",
            file=file,
            strange=", ".join(strange),
            known=", ".join(found.responses),
        )
    return found


def of_schemes() -> tuple[Mapping, ...]:
    """Give the mappings that stand in schemes of responses, under `suggests`: this home's own before those shipped."""
    shipped = shipped_ids()
    schemes = [load(name) for name in sorted(all_ids(), key=lambda name: (name in shipped, name))]
    return tuple(
        Mapping(threat, scheme.id, pairs, scheme.codes, scheme.suggests_source)
        for scheme in schemes
        for threat, pairs in scheme.suggests.items()
    )


def suggested(mapping: Mapping, level: str) -> str | None:
    """Give the response a received level suggests, None when the mapping is silent. It is never set by itself."""
    return mapping.suggests.get(level)


def check(given: str, responses: tuple[str, ...], reason: str, review: datetime, now: datetime) -> None:
    """Check a response level before it is set: known, with a reason, to be reviewed later on. Raises BadResponse."""
    if given not in responses:
        raise BadResponse(
            "There is no response level {given!r}. Expected one of: {known}.",
            given=given,
            known=", ".join(responses),
        )
    check_reason(reason)
    if review <= now:
        raise BadResponse("The review date {review} is past. Give a later one.", review=times.text(review))


def check_reason(reason: str) -> None:
    """Check the reason of a response, or of its end. Raises BadResponse."""
    if not REASON_LEAST <= len(reason.strip()) <= REASON_MOST:
        raise BadResponse(
            "The reason {given!r} says too little or too much. Say in a sentence of {least} to {most} signs why the site goes to this "
            "response.",
            given=reason,
            least=REASON_LEAST,
            most=REASON_MOST,
        )
