"""Levels over the API."""

import json

from vigie import times
from vigie.alert import actions, queries


def proposal(**changes):
    return {
        "scheme": "fr-vigipirate-2016", "code": "UA", "zone": "FR", "effective": times.text(times.now()),
        "reasons": "An attack abroad was claimed by a group that has tried here before.", **changes,
    }  # fmt: skip


def post(client, path, body):
    return client.post(path, data=json.dumps(body), content_type="application/json")


def test_no_level_on_record_is_said_as_that_never_as_low(sign_in):
    answer = sign_in("watch").get("/api/levels/holding?scheme=fr-vigipirate-2016&zone=FR")
    assert (answer.status_code, answer.json()) == (
        404,
        {"error": "No level of this scheme is on record for this zone."},
    )


def test_a_level_is_proposed_by_one_and_asked_for_by_all(sign_in, people):
    made = post(sign_in("cabinet"), "/api/levels/proposals", proposal())
    assert made.status_code == 201
    decision = made.json()["id"]
    actions.approve(people["prime-minister"], decision, seen=queries.decision(decision).digest)
    answer = sign_in("watch").get("/api/levels/holding?scheme=fr-vigipirate-2016&zone=FR-75").json()
    assert (answer["code"], answer["rank"], answer["decided_in"], answer["rule"]) == (
        "UA",
        3,
        "FR",
        "highest-covering",
    )


def test_a_refusal_is_one_sentence_with_its_status(sign_in):
    client = sign_in("cabinet")
    for changes, status in (({"code": "ROUGE"}, 400), ({"zone": "BE"}, 400), ({"scheme": "none"}, 404)):
        answer = post(client, "/api/levels/proposals", proposal(**changes))
        assert answer.status_code == status
        assert answer.json()["error"]


def test_returning_and_rejecting_need_the_approvers_right_and_a_reason(sign_in, people):
    decision = post(sign_in("cabinet"), "/api/levels/proposals", proposal()).json()["id"]
    assert (
        post(sign_in("cabinet"), f"/api/levels/proposals/{decision}/return", {"reason": "x" * 20}).status_code
        == 403
    )
    assert (
        post(sign_in("deputy"), f"/api/levels/proposals/{decision}/return", {"reason": ""}).status_code == 400
    )
    assert (
        post(
            sign_in("deputy"), f"/api/levels/proposals/{decision}/return", {"reason": "Say the review date."}
        ).status_code
        == 204
    )
    assert (
        post(
            sign_in("deputy"), f"/api/levels/proposals/{decision}/reject", {"reason": "Not solid enough."}
        ).status_code
        == 204
    )
    assert queries.decision(decision).state == "rejected"


def test_a_foreign_page_cannot_post_in_the_name_of_who_is_signed_in(people):
    from django.contrib.auth import get_user_model
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(get_user_model().objects.get(username="cabinet"))
    assert post(client, "/api/levels/proposals", proposal()).status_code == 403
