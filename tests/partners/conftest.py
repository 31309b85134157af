"""A home with a level in force, two claims, and a partner with which TLP:AMBER was agreed."""

import pytest

from vigie import times
from vigie.alert import actions as alert, queries as levels
from vigie.assessment.ground import Seen


@pytest.fixture
def claims(monkeypatch):
    """The claims this home knows; a claim's number names the entry it came by, whose marking it has."""
    from vigie.assessment import queries

    known = {
        "claim-1-1": Seen(
            "claim-1-1",
            "claim_of_responsibility",
            "The group says it acted; the source is near it.",
            "report-1",
        ),
        "claim-1-2": Seen("claim-1-2", "statement", "More attempts are feared.", "report-1"),
    }
    monkeypatch.setattr(queries, "seen", lambda ids: {i: known[i] for i in ids if i in known})
    return known


@pytest.fixture
def level(people):
    """The decision by which a level is in force."""
    made = alert.propose(
        people["cabinet"],
        scheme="fr-vigipirate-2016",
        code="UA",
        zone="FR",
        reasons="A group has claimed an attack abroad and has tried here.",
        effective=times.now(),
    )
    alert.approve(people["prime-minister"], made, seen=levels.decision(made).digest)
    return made


@pytest.fixture
def partner(people):
    """A partner service that receives up to TLP:AMBER."""
    from vigie.partners import actions

    actions.agree(
        people["release"],
        "service-x",
        name="Service X",
        contact="Duty desk, duty@service-x.example",
        ceiling="TLP:AMBER",
    )
    return "service-x"
