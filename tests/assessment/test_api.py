"""Assessments by API: the same verbs, the same refusals."""

import pytest

from tests.assessment.test_actions import WHY, assess, graded
from vigie.assessment import queries

ROOT = "/api/assessments"


@pytest.fixture
def desk(people, claims):
    return people["assessment-desk"]


def send(client, address, body):
    return client.post(address, body, content_type="application/json")


def test_a_claim_is_graded_and_a_bad_grade_refused(desk, sign_in):
    client = sign_in("analysis")
    assert (
        send(client, f"{ROOT}/claims/claim-1-1/grades", {"source": "B", "item": "2", "why": WHY}).status_code
        == 201
    )
    refused = send(client, f"{ROOT}/claims/claim-1-1/grades", {"source": "Z", "item": "2", "why": WHY})
    assert refused.status_code == 400
    assert "letter A to F" in refused.json()["error"]


def test_an_assessment_is_made_and_read_back(desk, sign_in):
    graded(desk, "claim-1-1", "claim-1-2")
    client = sign_in("assessment-desk")
    evidence = [
        {"claim": c, "criterion": "aftermath", "need": n, "stance": "for"}
        for c, n in (("claim-1-1", "carried-out"), ("claim-1-1", "here"), ("claim-1-2", "fresh"))
    ]
    body = {
        "scheme": "fr-vigipirate-2016",
        "level": "UA",
        "zone": "FR",
        "evidence": evidence,
        "reasons": "An attack has just struck.",
        "review": "2024-04-08T12:00:00Z",
    }
    answer = send(client, ROOT, body)
    assert answer.status_code == 201, answer.content
    read = client.get(f"{ROOT}/{answer.json()['id']}").json()
    assert (read["suggested"], read["holds"], read["stale"], read["origins"]) == ("UA", True, False, 1)
    assert any("criteria for UA are met" in sentence for sentence in read["said"])
    assert [each["id"] for each in client.get(f"{ROOT}?zone=FR").json()] == [read["id"]]


def test_a_review_date_without_a_time_zone_is_refused(desk, sign_in):
    body = {
        "scheme": "fr-vigipirate-2016",
        "level": "UA",
        "zone": "FR",
        "evidence": [],
        "reasons": "x",
        "review": "2024-04-08T12:00:00",
    }
    answer = send(sign_in("assessment-desk"), ROOT, body)
    assert answer.status_code == 400
    assert "time zone" in answer.json()["error"]


def test_dissent_and_review_by_api(desk, sign_in):
    made = assess(desk, override="precaution")
    client = sign_in("assessment-desk")
    assert (
        send(client, f"{ROOT}/{made}/dissents", {"words": "I hold it to be propaganda."}).status_code == 201
    )
    assert (
        send(
            client, f"{ROOT}/{made}/reviews", {"upheld": False, "words": "The claim proved false."}
        ).status_code
        == 201
    )
    assert client.get(f"{ROOT}/{made}").json()["dissent"] == ["I hold it to be propaganda."]
    assert queries.assessment(made).state == "ended"
    assert send(client, f"{ROOT}/{made}/dissents", {"words": "I still hold it to be."}).status_code == 409


def test_a_stranger_and_an_office_without_the_right_are_refused(desk, sign_in, client):
    assert client.get(ROOT).status_code == 401
    assert sign_in("machine-room").get(ROOT).status_code == 403
    assert client.get(f"{ROOT}/assessment-99").status_code == 401
    assert sign_in("audit").get(f"{ROOT}/assessment-99").status_code == 404
