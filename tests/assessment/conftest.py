"""Claims to assess, without reading a report for each test."""

import pytest

from vigie.assessment.ground import Seen


@pytest.fixture
def claims(monkeypatch):
    """A dict of the claims this home knows: a test adds, withdraws or removes them."""
    from vigie.assessment import queries

    known = {
        "claim-1-1": Seen("claim-1-1", "attack", "An attack struck the hall.", "report-1", "Paper", "police"),
        "claim-1-2": Seen(
            "claim-1-2", "statement", "A second attack is feared.", "report-1", "Paper", "police"
        ),
        "claim-2-1": Seen(
            "claim-2-1", "claim_of_responsibility", "The group says it acted.", "report-2", "Site", "group"
        ),
    }
    monkeypatch.setattr(queries, "seen", lambda ids: {i: known[i] for i in ids if i in known})
    monkeypatch.setattr(queries, "claims_since", lambda _at: [c for c in known.values() if not c.withdrawn])
    return known
