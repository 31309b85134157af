"""Drafts that several tests start from: a level, a judgement, a group, two places, a measure, all invented."""

import uuid
from datetime import UTC, datetime

from vigie.partners import stix
from vigie.partners.elements import Draft, Group, Judgement, Level, Measure, Place

AT = datetime(2030, 5, 3, 10, 0, tzinfo=UTC)

LEVEL = Level(
    key="level",
    scheme="xx-blank-2030",
    zone="XX",
    code="3",
    name="Niveau trois",
    effective=datetime(2030, 5, 2, 19, 30, tzinfo=UTC),
    decided_by="Office of the Interior",
    standing="decided",
    sources=("decision-12",),
    previous="Niveau deux",
)
GROUP = Group(key="group", name="Invented Front", text="Claims attacks abroad since 2029.", aliases=("IF",))
PLACE = Place(key="place", name="Belgium", country="BE")
JUDGEMENT = Judgement(
    key="judgement",
    title="Claim of responsibility",
    text="We hold the claim to be probably true (B2).",
    about=("group", "place"),
    sources=("claim-4-1",),
    grade="B2",
    confidence=70,
)
MEASURE = Measure(
    key="measure", name="Bag checks", text="Visual checks of bags at stations.", sources=("claim-4-2",)
)


def draft(*elements, **changes):
    told = {
        "title": "Level raised",
        "summary": "Elements that may be useful to the partner service.",
        "language": "en",
        "author": "Office of the Interior",
        "audience": "partner-x",
        "marking": "TLP:AMBER",
        "elements": elements or (LEVEL, GROUP, PLACE, JUDGEMENT, MEASURE),
    }
    return Draft(**(told | changes))


def ids(for_draft):
    return {name: str(uuid.uuid4()) for name in stix.needed_ids(for_draft)}
