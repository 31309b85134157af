"""A site's own response stands beside the threat level and is never set by it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from vigie import times
from vigie.accounts.rights import NotAllowed
from vigie.alert import actions as alert
from vigie.errors import NotFound
from vigie.ledger.queries import recent, verify
from vigie.measures import actions, queries
from vigie.measures.models import SiteResponse
from vigie.measures.response import BadResponse
from vigie.schemes.reader import UnknownScheme

WHY = "Crowd expected for the whole week."


def respond(actor, level="HEIGHTENED", **changes):
    given = {
        "site": "s-mall",
        "scheme": "gb-response",
        "reason": WHY,
        "review": times.now() + timedelta(days=30),
        **changes,
    }
    return actions.respond(actor, level=level, **given)


def test_a_response_is_set_for_a_site_with_reason_and_review(owners):
    respond(owners["watch"])
    found = queries.responses("s-mall")
    assert [(r.level, r.reason, r.set_office) for r in found] == [("HEIGHTENED", WHY, "watch")]
    assert verify().verified


def test_a_new_response_takes_the_place_of_the_old_one(owners):
    respond(owners["watch"])
    with times.held(times.now() + timedelta(days=1)):
        respond(owners["watch"], "NORMAL")
    assert [r.level for r in queries.responses("s-mall")] == ["NORMAL"]
    assert SiteResponse.objects.count() == 2
    assert verify().verified


def test_a_received_level_sets_no_response_by_itself(owners):
    alert.receive(
        owners["watch"], scheme="gb-national-2019", code="CRITICAL", zone="GB", authority="JTAC", words="The threat level is CRITICAL.",
        source="https://example.org/level", effective=times.now(),
    )  # fmt: skip
    assert queries.responses() == []
    assert [(s.code, s.response) for s in queries.suggestions()] == [("CRITICAL", "EXCEPTIONAL")]


def test_a_homes_own_mapping_takes_the_place_of_the_shipped_one(home, owners):
    alert.receive(
        owners["watch"], scheme="fr-vigipirate-2016", code="UA", zone="FR", authority="Premier ministre", words="Urgence attentat.",
        source="https://example.org/level", effective=times.now(),
    )  # fmt: skip
    assert queries.suggestions() == []
    (home.path / "responses").mkdir()
    (home.path / "responses" / "mine.yaml").write_text(
        "{threat_scheme: fr-vigipirate-2016, response_scheme: gb-response, responses: [NORMAL, HEIGHTENED], suggests: {UA: HEIGHTENED}}"
    )
    assert [(s.code, s.response) for s in queries.suggestions()] == [("UA", "HEIGHTENED")]


def test_what_a_site_does_is_marked_as_its_own_affair(owners):
    respond(owners["watch"])
    entry, _ = recent(1)[0]
    assert entry.marking == "TLP:AMBER"


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"level": "RED"}, BadResponse),
        ({"reason": "ok"}, BadResponse),
        ({"site": "s-nowhere"}, NotFound),
        ({"scheme": "no-such"}, UnknownScheme),
    ],
)
def test_a_response_that_cannot_be_is_refused(owners, changes, refusal):
    with pytest.raises(refusal):
        respond(owners["watch"], **changes)
    with pytest.raises(BadResponse, match="review date"):
        respond(owners["watch"], review=times.now())


def test_only_an_office_with_the_right_sets_a_response(owners):
    with pytest.raises(NotAllowed):
        respond(owners["cabinet"])


def test_the_database_keeps_one_response_per_site(owners):
    respond(owners["watch"])
    row = SiteResponse.objects.get()
    row.pk = "response-999"
    with pytest.raises(IntegrityError), transaction.atomic(using="record"):
        row.save(force_insert=True)
