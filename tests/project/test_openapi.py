"""The API's document: served to who is signed in, valid, and true of what the steps do."""

import json

import pytest
from openapi_spec_validator import validate

from vigie import times
from vigie.alert import queries


@pytest.fixture
def document(sign_in):
    answer = sign_in("watch").get("/api/openapi.json")
    assert answer.status_code == 200
    return answer.json()


def test_the_document_is_valid_openapi(document):
    validate(document)


def test_every_operation_says_what_it_does_and_how_one_signs_in(document):
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            assert operation.get("summary") or operation.get("description"), (method, path)
            assert operation.get("security"), (method, path)


def test_the_document_covers_what_the_steps_do(document):
    wanted = {
        "/api/steps/receptions", "/api/steps/receptions/{id}/look", "/api/steps/proposals/{id}/sign", "/api/steps/follows",
        "/api/steps/meetings", "/api/levels/proposals", "/api/levels/holding",
    }  # fmt: skip
    assert wanted <= set(document["paths"])
    for room in (
        "places",
        "reports",
        "assessments",
        "measures",
        "patrols",
        "warnings",
        "partners",
        "history",
    ):
        assert any(path.startswith(f"/api/{room}") for path in document["paths"]), room


def post(client, path, body):
    return client.post(path, data=json.dumps(body), content_type="application/json")


def test_a_level_is_proposed_and_signed_over_the_api_by_two_persons_and_not_by_one(sign_in, people):
    given = {
        "scheme": "fr-vigipirate-2016", "code": "UA", "zone": "FR", "effective": times.text(times.now()),
        "reasons": "An attack abroad was claimed by a group that has tried here before.",
    }  # fmt: skip
    made = post(sign_in("both"), "/api/levels/proposals", given).json()["id"]
    seen = {"seen": queries.decision(made).digest}
    own = post(sign_in("both"), f"/api/steps/proposals/{made}/sign", seen)
    assert own.status_code == 403
    assert "Someone else" in own.json()["error"]
    assert post(sign_in("watch"), f"/api/steps/proposals/{made}/sign", seen).status_code == 403
    assert post(sign_in("deputy"), f"/api/steps/proposals/{made}/sign", {"seen": "0" * 64}).status_code == 409
    assert post(sign_in("deputy"), f"/api/steps/proposals/{made}/sign", seen).status_code == 204
    assert queries.decision(made).state == "in force"


def test_a_level_is_received_and_looked_at_over_the_api(receiving_home, people, sign_in):
    given = {
        "scheme": "be-ocam", "code": "3", "zone": "BE", "authority": "OCAM", "words": "Niveau 3.", "source": "a letter",
        "effective": times.text(times.now()),
    }  # fmt: skip
    made = post(sign_in("watch"), "/api/steps/receptions", given)
    assert made.status_code == 201
    again = post(sign_in("second-watch"), "/api/steps/receptions", given)
    assert again.status_code == 409
    got = made.json()["id"]
    assert post(sign_in("watch"), f"/api/steps/receptions/{got}/look", {"agrees": True}).status_code == 403
    assert (
        post(sign_in("second-watch"), f"/api/steps/receptions/{got}/look", {"agrees": True}).status_code
        == 204
    )


def test_what_follows_can_be_asked_before_anybody_signs(sign_in):
    answer = sign_in("watch").get(
        "/api/steps/follows",
        {"scheme": "fr-vigipirate-2016", "code": "UA", "zone": "FR", "effective": "2024-03-24T20:00:00Z"},
    )
    assert answer.status_code == 200
    assert answer.json()["counts"]["switched on"] > 0


def test_a_broken_body_is_refused_and_nothing_is_recorded(sign_in):
    from vigie.ledger.queries import head

    before = head()
    client = sign_in("cabinet")
    assert client.post("/api/levels/proposals", data="{", content_type="application/json").status_code == 400
    assert post(client, "/api/levels/proposals", {"scheme": 1}).status_code == 422
    assert head() == before
    assert not queries.proposals()
