"""The API does what the console does, with the same rights."""

from datetime import timedelta

import pytest

from vigie import times
from vigie.measures.models import Posture, SiteResponse, Task


def post(client, address, body):
    return client.post(f"/api/measures/{address}", body, content_type="application/json")


def test_a_level_is_switched_and_its_tasks_are_listed(owners, level, sign_in):
    cause = level("UA")
    client = sign_in("watch")
    before = client.get("/api/measures/follows?scheme=fr-vigipirate-2016&level=UA&zone=FR").json()
    made = post(client, f"switch/{cause}", {})
    assert made.status_code == 201
    assert made.json()["tasks"] == before["tasks"] == Task.objects.count()
    assert client.get("/api/measures/postures").json()[0]["id"] == made.json()["posture"]
    rows = client.get("/api/measures/tasks?owner=o-mall").json()
    assert {row["measure"] for row in rows} == set(
        Task.objects.filter(owner="o-mall").values_list("measure", flat=True)
    )


def test_an_answer_is_taken_down_and_a_call_noted(raised, sign_in):
    client = sign_in("watch")
    assert post(client, "owners/o-mall/answers", {"given": "done", "via": "phone"}).status_code == 201
    assert post(client, "owners/o-rail/calls", {"reached": True}).status_code == 201
    assert {row["owner"] for row in client.get("/api/measures/tasks?show=done").json()} == {"o-mall"}


@pytest.mark.parametrize(
    ("address", "body", "status"),
    [
        ("owners/o-mall/answers", {"given": "perhaps", "via": "phone"}, 400),
        ("owners/o-mall/answers", {"given": "stopped", "via": "phone"}, 409),
        ("owners/o-mall/answers", {"given": "done", "via": "phone", "tasks": ["task-1-1"]}, 403),
        ("owners/nobody/calls", {"reached": True}, 404),
        ("switch/decision-999", {}, 404),
    ],
)
def test_what_cannot_be_is_one_sentence_and_its_status(raised, sign_in, address, body, status):
    answer = post(sign_in("watch"), address, body)
    assert answer.status_code == status
    assert answer.json()["error"].endswith((".", "nothing"))


def test_an_office_without_the_right_is_refused(raised, sign_in):
    cause = Posture.objects.get().cause
    assert post(sign_in("cabinet"), f"switch/{cause}", {}).status_code == 403
    assert (
        post(sign_in("audit"), "owners/o-mall/answers", {"given": "done", "via": "phone"}).status_code == 403
    )


def test_a_stand_down_where_a_level_still_stands_is_a_conflict(raised, sign_in):
    answer = post(sign_in("watch"), f"stand-down/{Posture.objects.get().cause}", {})
    assert answer.status_code == 409


def test_a_response_is_set(owners, sign_in):
    given = {
        "site": "s-mall", "scheme": "gb-response", "level": "HEIGHTENED", "reason": "Crowd expected all week",
        "review": times.text(times.now() + timedelta(days=9)),
    }  # fmt: skip
    assert post(sign_in("watch"), "responses", given).status_code == 201
    assert SiteResponse.objects.get().level == "HEIGHTENED"


def test_a_scheme_without_measures_is_not_found(owners, sign_in):
    assert sign_in("watch").get("/api/measures/follows?scheme=nl-dtn&level=4&zone=NL").status_code == 404
