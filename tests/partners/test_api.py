"""Releases by API: it can propose, and never lets go by itself."""

import pytest

from tests.partners.test_actions import propose
from vigie.partners import queries

ROOT = "/api/partners"
ELEMENTS = [
    {"type": "group", "key": "group", "name": "Invented Front", "text": "Claims an attack abroad."},
    {"type": "place", "key": "place", "name": "France", "country": "FR"},
    {
        "type": "judgement",
        "key": "judgement-1",
        "title": "Claim",
        "text": "We hold it to be probably true.",
        "about": ["group", "place"],
        "sources": ["claim-1-1"],
    },
]


def send(client, address, body):
    return client.post(ROOT + address, body, content_type="application/json")


def body(partner, **changes):
    return {
        "audience": partner,
        "title": "T",
        "summary": "S",
        "marking": "TLP:AMBER",
        "elements": ELEMENTS,
    } | changes


def test_a_release_goes_from_proposal_to_withdrawal(people, claims, partner, level, sign_in):
    liaison = sign_in("liaison")
    made = send(liaison, "/releases", body(partner, level=level))
    assert made.status_code == 201, made.content
    address = f"/releases/{made.json()['id']}"
    read = liaison.get(ROOT + address).json()
    assert (read["state"], read["objections"], read["sha256"]) == ("proposed", [], "")
    assert send(liaison, f"{address}/approve", {"seen": read["seen"]}).status_code == 403
    releaser = sign_in("release")
    assert send(releaser, f"{address}/approve", {"seen": "0" * 64}).status_code == 409
    assert send(releaser, f"{address}/approve", {"seen": read["seen"]}).status_code == 204
    assert len(liaison.get(ROOT + address).json()["sha256"]) == 64
    assert send(releaser, f"{address}/withdraw", {"reason": "It proved false today."}).status_code == 204
    assert [each["state"] for each in liaison.get(ROOT + "/releases?state=withdrawn").json()] == ["withdrawn"]


@pytest.mark.parametrize(
    ("elements", "sentence"),
    [
        ([{"type": "person", "key": "x", "name": "Somebody"}], "person"),
        (
            [{"type": "group", "key": "group", "name": "X", "text": "Y", "resource_level": "individual"}],
            "resource_level",
        ),
        ([{"type": "place", "key": "place"}], "name"),
    ],
    ids=["a person", "an unknown field", "a field missing"],
)
def test_an_element_that_is_not_one_of_ours_is_refused_naming_the_field(
    people, claims, partner, sign_in, elements, sentence
):
    answer = send(sign_in("liaison"), "/releases", body(partner, elements=elements))
    assert answer.status_code == 400
    assert sentence in answer.json()["error"]


def test_agreements_consents_and_refusals(people, claims, level, sign_in):
    releaser, liaison = sign_in("release"), sign_in("liaison")
    assert (
        send(
            releaser, "/agreements", {"audience": "x", "name": "X", "contact": "Desk", "ceiling": "TLP:AMBER"}
        ).status_code
        == 204
    )
    told = {"originator": "service-a", "item": "claim-1-1", "audience": "x", "words": "By telephone at noon."}
    assert send(liaison, "/consents", told).status_code == 201
    made = propose(people["liaison"], "x", level)
    assert send(releaser, f"/releases/{made}/reject", {"reason": "It tells too much."}).status_code == 204
    assert queries.release(made).state == "rejected"


def test_strangers_and_offices_without_the_right_are_refused(people, client, sign_in):
    assert client.get(ROOT + "/releases").status_code == 401
    assert sign_in("planning").get(ROOT + "/releases").status_code == 403
    assert sign_in("audit").get(ROOT + "/releases/release-99").status_code == 404
