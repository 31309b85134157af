"""A release as a STIX 2.1 bundle, frozen as bytes.

What is ours and what it becomes:

    the level        report + property extension       one container per bundle: report, or grouping without a level
    a judgement      note, with confidence             dissent stands in its text: receivers drop `opinion`
    a group          intrusion-set                     organisations only
    a place          location
    a measure        course-of-action
    the author       identity (organization)
    the marking      TLP 2.0 marking-definition, and a statement for caveats, recipients and exercises

Identifiers are random (UUID version 4) and given by the caller, so that the record keeps them and a rebuild
gives the same bytes. STIX 2.1: OASIS Standard, 10 June 2021. TLP 2.0 markings: OASIS extension-definition 60a3c5c5.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import orjson

from vigie.errors import BadInput
from vigie.markings import Marking, parse
from vigie.partners import closure, elements
from vigie.partners.definitions import (
    LEVEL_EXTENSION,
    MAKER,
    Object,
    level_extension,
    made_object,
    milliseconds,
    statement_marking,
    tlp_marking,
)
from vigie.partners.elements import Draft, Group, Judgement, Level, Measure, Place

_RANDOM = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
_TYPES: dict[type, str] = {
    Judgement: "note",
    Group: "intrusion-set",
    Place: "location",
    Measure: "course-of-action",
}

AUTHOR, BUNDLE, CONTAINER, STATEMENT = "author", "bundle", "container", "statement"
_OWN_KEYS = (AUTHOR, BUNDLE, CONTAINER, STATEMENT)


class BadId(BadInput):
    """An identifier that is missing, not random, or used for two things."""


@dataclass(frozen=True, slots=True)
class Frozen:
    """A bundle that will not change. sha256: 64 hexadecimal digits of the bytes."""

    data: bytes
    sha256: str


def needed_ids(draft: Draft) -> tuple[str, ...]:
    """Give the names under which `objects` expects a random UUID each: ours, then one per element but the level."""
    return (*_OWN_KEYS, *(e.key for e in draft.elements if not isinstance(e, Level)))


def objects(
    draft: Draft, ids: Mapping[str, str], at: datetime, *, author_since: datetime | None = None
) -> list[Object]:
    """Give the STIX objects of a draft, each marked, in an order that does not vary.

    ids: a UUID version 4 for each name of `needed_ids`. at: the instant of release. author_since: when the author's
    identity was first made, when that was in an earlier release: `created` may not differ from one to the next.
    Raises BadElement (see elements.check), BadMarking, or BadId.
    """
    elements.check(draft)
    _check_ids(draft, ids)
    made = milliseconds(at)
    marking = parse(draft.marking)
    markings = [tlp_marking(marking.tlp), *_statement(draft, marking, ids, made)]
    refs = [each["id"] for each in markings]
    author = {"name": draft.author, "identity_class": "organization"}
    body = [made_object("identity", ids[AUTHOR], milliseconds(author_since or at), refs, author)]
    by = body[0]["id"]
    stix_ids = {e.key: f"{_TYPES[type(e)]}--{ids[e.key]}" for e in draft.elements if not isinstance(e, Level)}
    for element in draft.elements:
        if not isinstance(element, Level):
            content = _content(element, stix_ids, draft)
            body.append(
                made_object(
                    _TYPES[type(element)],
                    ids[element.key],
                    made,
                    refs,
                    {**content, "created_by_ref": by, "lang": draft.language},
                )
            )
    listed = [each["id"] for each in body]
    level = draft.level
    container = _container(draft, level, made, listed)
    body.append(
        made_object(
            "report" if level else "grouping",
            ids[CONTAINER],
            made,
            refs,
            {**container, "created_by_ref": by, "lang": draft.language},
        )
    )
    return [*markings, *(level_extension(refs) if level else ()), *body]


def freeze(made: Sequence[Object], bundle_id: str) -> Frozen:
    """Freeze the objects as a bundle's bytes (keys sorted), after `closure.check`. bundle_id: a UUID version 4."""
    closure.check(made)
    data = orjson.dumps(
        {"type": "bundle", "id": f"bundle--{bundle_id}", "objects": made}, option=orjson.OPT_SORT_KEYS
    )
    return Frozen(data, hashlib.sha256(data).hexdigest())


def withdraw(data: bytes, at: datetime, bundle_id: str) -> Frozen:
    """Give the bundle that takes a released one back: the same objects by the author, revoked, with a later `modified`.

    STIX has no deletion at the partner's side; what the receiver keeps is marked as withdrawn.
    """
    made: list[Object] = orjson.loads(data)["objects"]
    for each in made:
        if "created_by_ref" in each and each["created_by_ref"] != MAKER:
            before = datetime.fromisoformat(each["modified"])
            each["modified"] = milliseconds(max(at, before + timedelta(milliseconds=1)))
            each["revoked"] = True
    return freeze(made, bundle_id)


def _check_ids(draft: Draft, ids: Mapping[str, str]) -> None:
    needed = needed_ids(draft)
    taken = sorted({e.key for e in draft.elements} & set(_OWN_KEYS))
    if taken:
        raise BadId(
            "An element cannot be called {taken}: the bundle itself uses that name. Choose another key.",
            taken=", ".join(taken),
        )
    for name in needed:
        given = ids.get(name, "")
        if not _RANDOM.fullmatch(given):
            raise BadId(
                "{name!r} has the id {given!r}. Expected a random UUID (version 4) in small letters.",
                name=name,
                given=given,
            )
    if len({ids[name] for name in needed}) != len(needed):
        raise BadId("Two parts of the release have the same id. Each needs a random one of its own.")


def _content(
    element: Judgement | Group | Place | Measure, stix_ids: Mapping[str, str], draft: Draft
) -> Object:
    match element:
        case Judgement():
            note: Object = {
                "abstract": element.title,
                "content": element.text,
                "authors": [draft.author],
                "object_refs": [stix_ids[key] for key in element.about],
            }
            if element.grade:
                # The names of MISP's admiralty-scale taxonomy, which receivers turn into tags.
                source, item = element.grade[0].lower(), element.grade[1]
                note["labels"] = [
                    f'admiralty-scale:source-reliability="{source}"',
                    f'admiralty-scale:information-credibility="{item}"',
                ]
            if element.confidence is not None:
                note["confidence"] = element.confidence
            return note
        case Group():
            aliases = {"aliases": list(element.aliases)} if element.aliases else {}
            return {"name": element.name, "description": element.text, **aliases}
        case Place():
            area = {"administrative_area": element.area} if element.area else {}
            return {"name": element.name, "country": element.country, **area}
        case Measure():
            return {"name": element.name, "description": element.text}


def _container(draft: Draft, level: Level | None, made: str, listed: list[str]) -> Object:
    name = f"{draft.frame} — {draft.title}" if draft.frame else draft.title
    if level is None:
        return {
            "name": name,
            "description": draft.summary,
            "context": "suspicious-activity",
            "object_refs": listed,
        }
    told = {
        "extension_type": "property-extension",
        "scheme": level.scheme,
        "zone": level.zone,
        "level_code": level.code,
        "level_name": level.name,
        "previous_level": level.previous,
        "effective": milliseconds(level.effective),
        "decided_by": level.decided_by,
        "standing": level.standing,
        "legal_ground": level.legal_ground,
    }
    return {
        "name": name,
        "description": draft.summary,
        "report_types": ["threat-report"],
        "published": made,
        "object_refs": listed,
        "extensions": {LEVEL_EXTENSION: {name: value for name, value in told.items() if value}},
    }


def _statement(draft: Draft, marking: Marking, ids: Mapping[str, str], made: str) -> list[Object]:
    said = [
        f"{draft.frame}: not a real alert; do not act on it and do not pass it on as one."
        if draft.frame
        else "",
        f"Caveats: {', '.join(sorted(marking.caveats))}." if marking.caveats else "",
        f"For: {', '.join(draft.recipients)}." if draft.recipients else "",
    ]
    return [statement_marking(ids[STATEMENT], made, filter(None, said))] if any(said) else []
