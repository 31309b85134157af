"""Pages of partners and releases."""

import json

import pytest

from tests.partners.test_actions import approve, propose
from vigie.partners import actions, queries


@pytest.fixture
def waiting(people, claims, partner, level):
    """A release that waits for its second person."""
    return propose(people["liaison"], partner, level)


@pytest.fixture
def recent_claims(claims, monkeypatch):
    """The claims offered on the form."""
    from vigie.partners import views

    monkeypatch.setattr(views, "claims_since", lambda _at: list(claims.values()))
    return claims


def page(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status, answer.content.decode()
    return answer.content.decode()


def form(partner, level, **changes):
    told = {
        "audience": partner,
        "level": level,
        "title": "Level raised in France",
        "summary": "Elements that may be useful to you.",
        "language": "en",
        "tlp": "TLP:AMBER",
        "group": "Invented Front",
        "group_text": "Claims an attack abroad.",
        "place": "France",
        "country": "fr",
        "judgement-TOTAL_FORMS": "4",
        "judgement-INITIAL_FORMS": "0",
        "judgement-0-claim": "claim-1-1",
        "judgement-0-title": "Claim",
        "judgement-0-text": "We hold it to be probably true.",
        "judgement-0-graded": "on",
        "measure-TOTAL_FORMS": "2",
        "measure-INITIAL_FORMS": "0",
        "measure-0-name": "Bag checks",
        "measure-0-text": "Visual checks of bags at stations.",
    }
    return told | changes


def test_an_empty_home_says_what_is_missing(sign_in):
    shown = page(sign_in("liaison"), "/partners/")
    assert "Nothing waits" in shown
    assert "No partner is known" in shown


def test_the_release_page_shows_what_they_will_see_beside_the_full_version(waiting, sign_in):
    shown = page(sign_in("release"), f"/partners/{waiting}/")
    assert "We hold the claim to be probably true." in shown
    assert "The group says it acted; the source is near it." in shown
    assert "TLP:AMBER" in shown
    assert "decided here by Prime Minister" in shown
    assert "<script" not in shown


def test_a_liaison_proposes_on_the_page(people, partner, level, recent_claims, sign_in):
    client = sign_in("liaison")
    assert "The group says it acted" in page(client, "/partners/new/")
    answer = client.post("/partners/new/", form(partner, level))
    assert answer.status_code == 302, answer.content.decode()
    (row,) = queries.releases("proposed")
    assert [e.key for e in queries.draft(row).elements] == [
        "level",
        "group",
        "place",
        "judgement-1",
        "measure-1",
    ]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"judgement-0-text": ""}, "Choose a claim and write"),
        ({"measure-0-text": ""}, "Write both"),
        ({"tlp": "TLP:RED", "recipients": "Duty desk"}, "goes up to TLP:AMBER"),
        ({"judgement-0-text": "See claim-1-1."}, "an id of this home"),
        ({"country": "France"}, "valid value"),
        ({"group_text": ""}, "empty text"),
    ],
)
def test_a_refused_release_keeps_what_was_written_and_says_why(
    people, partner, level, recent_claims, sign_in, changes, sentence
):
    answer = sign_in("liaison").post("/partners/new/", form(partner, level, **changes))
    shown = answer.content.decode()
    assert answer.status_code == 400
    assert sentence in shown
    assert "Elements that may be useful to you." in shown
    assert queries.releases() == []


def test_letting_go_takes_the_marking_typed_and_what_was_read(waiting, sign_in):
    client = sign_in("release")
    seen = queries.release(waiting).digest
    assert (
        client.post(f"/partners/{waiting}/approve/", {"seen": seen, "typed": "TLP:GREEN"}).status_code == 400
    )
    assert (
        client.post(f"/partners/{waiting}/approve/", {"seen": "0" * 64, "typed": "TLP:AMBER"}).status_code
        == 409
    )
    assert queries.release(waiting).state == "proposed"
    assert (
        client.post(f"/partners/{waiting}/approve/", {"seen": seen, "typed": "tlp:amber"}).status_code == 302
    )
    assert queries.release(waiting).state == "released"


def test_the_frozen_file_is_handed_over_as_the_record_has_it(waiting, people, sign_in):
    client = sign_in("release")
    assert client.get(f"/partners/{waiting}/bundle/").status_code == 404
    assert client.get(f"/partners/{waiting}/proof/").status_code == 404
    approve(people["release"], waiting)
    answer = client.get(f"/partners/{waiting}/bundle/")
    assert answer.content.decode() == queries.release(waiting).bundle
    assert answer["Content-Type"] == "application/stix+json;version=2.1"
    assert waiting in answer["Content-Disposition"]
    proof = client.get(f"/partners/{waiting}/proof/")
    assert proof["Content-Disposition"] == f'attachment; filename="{waiting}.tlog-proof"'
    assert "\ntest/partners/service-x\n1\n" in proof.content.decode()
    assert "test/partners/service-x+" in page(client, f"/partners/{waiting}/")


def test_taking_back_hands_over_the_withdrawal(waiting, people, sign_in):
    approve(people["release"], waiting)
    client = sign_in("liaison")
    assert client.post(f"/partners/{waiting}/withdraw/", {"reason": ""}).status_code == 400
    client.post(f"/partners/{waiting}/withdraw/", {"reason": "The claim proved false this morning."})
    assert "The claim proved false this morning." in page(client, f"/partners/{waiting}/")
    revoked = json.loads(client.get(f"/partners/{waiting}/bundle/").content)["objects"]
    assert any(o.get("revoked") for o in revoked)


def test_a_refusal_is_kept_with_its_reason(waiting, sign_in):
    client = sign_in("release")
    client.post(f"/partners/{waiting}/reject/", {"reason": "It tells too much of the source."})
    assert "It tells too much of the source." in page(client, "/partners/")


def test_what_stands_in_the_way_is_said_before_anyone_signs(waiting, claims, people, sign_in):
    actions.agree(people["release"], "service-x", name="Service X", contact="Duty desk", ceiling="TLP:GREEN")
    assert "goes up to TLP:GREEN" in page(sign_in("release"), f"/partners/{waiting}/")


def test_a_vanished_source_is_told_on_the_page(waiting, claims, sign_in):
    claims.clear()
    assert "claim-1-1, which is not in this home" in page(sign_in("release"), f"/partners/{waiting}/")


def test_agreements_and_consents_are_recorded_on_their_pages(people, claims, sign_in):
    releaser, liaison = sign_in("release"), sign_in("liaison")
    refused = releaser.post(
        "/partners/agree/",
        {"audience": "x", "name": "X", "contact": "Desk", "ceiling": "TLP:GREEN", "honours": "No Press"},
    )
    assert refused.status_code == 400
    releaser.post(
        "/partners/agree/",
        {"audience": "x", "name": "Service of X", "contact": "Desk", "ceiling": "TLP:GREEN"},
    )
    assert "Service of X" in page(liaison, "/partners/")
    told = {"originator": "service-a", "item": "claim-1-1", "audience": "x", "words": "By telephone at noon."}
    assert liaison.post("/partners/consent/", told | {"item": "claim-99-1"}).status_code == 400
    assert liaison.post("/partners/consent/", told).status_code == 302
    assert len(queries.consents("x")) == 1


@pytest.mark.parametrize(
    ("office", "address"),
    [
        ("release", "new/"),
        ("liaison", "agree/"),
        ("release", "consent/"),
        ("machine-room", ""),
        ("analysis", ""),
    ],
)
def test_an_office_without_the_right_is_refused(people, sign_in, office, address):
    assert sign_in(office).get(f"/partners/{address}").status_code == 403
