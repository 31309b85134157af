"""From a proposal to frozen bytes: two persons, markings, originators, withdrawal."""

import json
from dataclasses import replace
from hashlib import sha256

import pytest
from django.db import IntegrityError, transaction
from stix2validator import ValidationOptions, validate_string

from vigie.accounts.rights import NotAllowed
from vigie.assessment import kinds as assessment_kinds
from vigie.errors import BadInput, NotFound, OutOfRoom
from vigie.ledger import keys, tlog_proof
from vigie.ledger.actions import append, recording
from vigie.ledger.projections import rebuild, rows
from vigie.ledger.queries import recent, verify
from vigie.markings import BadMarking
from vigie.partners import actions, queries
from vigie.partners.actions import Changed, LevelNotStanding, NoReason, NotWaiting
from vigie.partners.elements import BadElement, Group, Judgement, Level, Measure, Place
from vigie.partners.models import Release
from vigie.partners.release import NoConsent, NotReleasable, SamePerson, UnknownSource

GROUP = Group(key="group", name="Invented Front", text="Claims an attack abroad.")
PLACE = Place(key="place", name="France", country="FR")


def judgement(claim="claim-1-1", text="We hold the claim to be probably true."):
    return Judgement(
        key="judgement-1",
        title="Claim",
        text=text,
        about=("group", "place"),
        sources=(claim,),
        grade="B2",
        confidence=70,
    )


def propose(actor, partner, level="", **changes):
    told = {
        "audience": partner,
        "title": "Level raised in France",
        "summary": "Elements that may be useful to you.",
        "marking": "TLP:AMBER",
        "chosen": [GROUP, PLACE, judgement()],
        "level": level,
    }
    return actions.propose(actor, **(told | changes))


def approve(actor, release):
    actions.approve(actor, release, seen=queries.release(release).digest)


def entries():
    return len(recent(1000))


@pytest.fixture
def liaison(people, claims):
    return people["liaison"]


@pytest.fixture
def releaser(people):
    return people["release"]


@pytest.fixture
def both(people):
    """One person holding both offices, in turn."""
    from vigie.accounts.actions import found_mandate
    from vigie.accounts.actors import Actor

    found_mandate(people["liaison"].person, "release")
    return people["liaison"], Actor(people["liaison"].person, "release", "console")


def received_item(marking):
    """An item that came under a marking of its own; gives the id of the claim it holds."""
    body = assessment_kinds.Graded(claim="x", source="F", item="6", why="rule", by_machine=True)
    from vigie.ledger.kinds import By

    with recording():
        written = append(By(person="", office="", via="rule"), assessment_kinds.GRADED, body, marking=marking)
    return f"claim-{written.seq}-1"


def test_a_release_is_frozen_by_a_second_person_and_strictly_valid(
    home, liaison, releaser, partner, level, django_capture_on_commit_callbacks
):
    made = propose(liaison, partner, level)
    assert queries.release(made).state == "proposed"
    assert not (home.path / "releases").exists()
    with django_capture_on_commit_callbacks(using="record", execute=True):
        approve(releaser, made)
    row = queries.release(made)
    data = (home.path / "releases" / f"{made}.json").read_bytes()
    assert data == row.bundle.encode()
    assert sha256(data).hexdigest() == row.sha256
    proof = tlog_proof.read((home.path / "releases" / f"{made}.tlog-proof").read_text())
    key = keys.signing(home.keys).public_key()
    assert proof.check(key, f"test/partners/{partner}").size == 1
    leaf = json.loads(proof.entry)
    assert (leaf["sha256"], leaf["what"]) == (row.sha256, f"bundle {json.loads(data)['id']}")
    report = validate_string(row.bundle, ValidationOptions(strict=True, enforce_refs=True, version="2.1"))
    assert report.is_valid
    told = next(o for o in json.loads(data)["objects"] if o["type"] == "report")["extensions"]
    (extension,) = told.values()
    assert (extension["level_code"], extension["standing"], extension["decided_by"]) == (
        "UA",
        "decided",
        "Prime Minister",
    )


def test_the_proposer_cannot_let_it_go_in_another_office(both, claims, partner, level):
    as_liaison, as_releaser = both
    made = propose(as_liaison, partner, level)
    with pytest.raises(SamePerson, match="Someone other than the proposer"):
        approve(as_releaser, made)
    assert queries.release(made).state == "proposed"


def test_the_database_refuses_one_person_alone_and_unfrozen_releases(liaison, partner, level):
    made = propose(liaison, partner, level)
    for change in (
        {"approved_by": liaison.person, "state": "released", "bundle": "x", "sha256": "x"},
        {"state": "released"},
        {"approved_by": "p-9", "state": "released"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic(using="record"):
            Release.objects.filter(id=made).update(**change)


def test_neither_office_does_the_others_part(liaison, releaser, partner, level):
    with pytest.raises(NotAllowed):
        propose(releaser, partner, level)
    made = propose(liaison, partner, level)
    with pytest.raises(NotAllowed):
        approve(liaison, made)


def test_what_was_read_must_be_what_stands(liaison, releaser, partner, level):
    made = propose(liaison, partner, level)
    with pytest.raises(Changed):
        actions.approve(releaser, made, seen="0" * 64)


def test_nothing_internal_stands_in_the_bytes(liaison, releaser, partner, level, claims):
    made = propose(liaison, partner, level)
    approve(releaser, made)
    bundle = queries.release(made).bundle
    for internal in (
        claims["claim-1-1"].words,
        "claim-1-1",
        level,
        "A group has claimed an attack abroad",
        liaison.person,
    ):
        assert internal not in bundle


def test_a_marking_above_the_agreement_is_refused_at_the_proposal(liaison, partner, level):
    before = entries()
    with pytest.raises(NotReleasable, match="goes up to TLP:AMBER"):
        propose(liaison, partner, level, marking="TLP:RED", recipients=["Duty desk"])
    assert entries() == before


def test_an_item_of_another_service_needs_its_consent(liaison, releaser, partner, level, claims):
    item = received_item("TLP:GREEN//ORIGIN service-a")
    claims[item] = replace(claims["claim-1-1"], id=item)
    with pytest.raises(NoConsent, match="consent of service-a"):
        propose(liaison, partner, level, chosen=[GROUP, PLACE, judgement(item)])
    actions.record_consent(
        liaison,
        originator="service-a",
        item=item,
        audience=partner,
        words="By telephone, their duty desk, at noon.",
    )
    made = propose(liaison, partner, level, chosen=[GROUP, PLACE, judgement(item)])
    approve(releaser, made)
    assert queries.release(made).state == "released"


def test_a_stricter_source_needs_the_lowering_argued(liaison, partner, level, claims):
    item = received_item("TLP:RED")
    claims[item] = replace(claims["claim-1-1"], id=item)
    with pytest.raises(NotReleasable, match="Raise the marking"):
        propose(liaison, partner, level, chosen=[GROUP, PLACE, judgement(item)])
    assert propose(
        liaison,
        partner,
        level,
        chosen=[GROUP, PLACE, judgement(item)],
        lowering="Only what was printed since is told.",
    )


def test_a_claim_withdrawn_between_proposal_and_approval_stops_the_release(
    liaison, releaser, partner, level, claims
):
    made = propose(liaison, partner, level)
    claims["claim-1-1"] = replace(claims["claim-1-1"], withdrawn="The paper took it back.")
    with pytest.raises(NotReleasable, match="claim-1-1, which no longer stands"):
        approve(releaser, made)
    assert queries.release(made).state == "proposed"


def test_only_a_level_that_holds_can_be_told(liaison, partner, people):
    from vigie import times
    from vigie.alert import actions as alert

    waiting = alert.propose(
        people["cabinet"],
        scheme="fr-vigipirate-2016",
        code="UA",
        zone="FR",
        reasons="Reasons that are long enough.",
        effective=times.now(),
    )
    with pytest.raises(LevelNotStanding, match="is proposed"):
        propose(liaison, partner, waiting)


def test_the_facts_of_a_level_are_never_the_liaisons(liaison, partner, level):
    from vigie import times

    forged = Level(
        "level", "fr-vigipirate-2016", "FR", "VIG", "Vigilance", times.now(), "Nobody", "decided", (level,)
    )
    with pytest.raises(BadElement, match="named by its id"):
        propose(liaison, partner, chosen=[forged])


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"audience": "service-y"}, NotFound),
        ({"marking": "TLP:WHITE"}, BadMarking),
        ({"chosen": []}, BadElement),
        ({"chosen": [GROUP, judgement()]}, BadElement),
        ({"chosen": [GROUP, PLACE, judgement("claim-99-1")]}, UnknownSource),
        ({"chosen": [GROUP, PLACE, judgement("passwords-1")]}, UnknownSource),
        ({"chosen": [GROUP, PLACE, judgement(text="See claim-1-1 for the source.")]}, NotReleasable),
        ({"chosen": [Measure(key="m", name="Checks", text="Bag checks.", sources=())]}, BadElement),
        ({"title": " "}, BadElement),
    ],
)
def test_a_release_that_does_not_fit_is_refused_and_leaves_nothing(liaison, partner, changes, error):
    before = entries()
    with pytest.raises(error):
        propose(liaison, partner, **changes)
    assert entries() == before


def test_a_release_taken_back_revokes_the_same_objects(
    home, liaison, releaser, partner, level, django_capture_on_commit_callbacks
):
    made = propose(liaison, partner, level)
    approve(releaser, made)
    with django_capture_on_commit_callbacks(using="record", execute=True):
        actions.withdraw(liaison, made, "The claim proved false this morning.")
    row = queries.release(made)
    assert row.state == "withdrawn"
    revoked = json.loads((home.path / "releases" / f"{made}-withdrawn.json").read_bytes())["objects"]
    proof = tlog_proof.read((home.path / "releases" / f"{made}-withdrawn.tlog-proof").read_text())
    assert (proof.index, json.loads(proof.entry)["sha256"]) == (1, queries.release(made).withdrawal_sha256)
    assert {o["type"] for o in revoked if o.get("revoked")} == {"report", "note", "intrusion-set", "location"}
    with pytest.raises(NotWaiting):
        actions.withdraw(liaison, made, "Once more, to be sure of it.")


def test_a_refused_release_cannot_leave(liaison, releaser, partner, level):
    made = propose(liaison, partner, level)
    with pytest.raises(NoReason):
        actions.reject(releaser, made, "no")
    actions.reject(releaser, made, "The summary tells too much of the source.")
    with pytest.raises(NotWaiting, match="is rejected"):
        approve(releaser, made)
    with pytest.raises(NotWaiting):
        actions.withdraw(releaser, made, "It never left, in fact.")
    with pytest.raises(NotWaiting, match="nothing has left"):
        actions.write_file(made)


def test_a_release_leaves_once(liaison, releaser, partner, level):
    made = propose(liaison, partner, level)
    approve(releaser, made)
    with pytest.raises(NotWaiting, match="is released"):
        approve(releaser, made)


def test_every_release_is_signed_by_the_same_identity(liaison, releaser, partner, level):
    authors = []
    for _ in range(2):
        made = propose(liaison, partner, level)
        approve(releaser, made)
        objects = json.loads(queries.release(made).bundle)["objects"]
        authors.append(
            next(o for o in objects if o["type"] == "identity" and o["identity_class"] == "organization")
        )
    assert authors[0]["id"] == authors[1]["id"]
    assert authors[0]["created"] == authors[1]["created"]


def test_the_file_comes_back_from_the_record(home, liaison, releaser, partner, level):
    made = propose(liaison, partner, level)
    approve(releaser, made)
    path = actions.write_file(made)
    path.unlink()
    assert actions.write_file(made).read_bytes() == queries.release(made).bundle.encode()


def test_a_file_that_cannot_be_written_is_told_and_the_record_keeps_the_bytes(
    home, liaison, releaser, partner, level
):
    made = propose(liaison, partner, level)
    approve(releaser, made)
    (home.path / "releases").write_text("a file stands where the folder should")
    with pytest.raises(OutOfRoom, match="is on the record"):
        actions.write_file(made)
    assert queries.release(made).bundle


def test_an_item_knows_the_releases_made_of_it(liaison, releaser, partner, level):
    made = propose(liaison, partner, level)
    assert queries.releases_made_of("claim-1-1") == []
    approve(releaser, made)
    assert [row.id for row in queries.releases_made_of("claim-1-1")] == [made]
    assert [row.id for row in queries.releases_made_of(level)] == [made]
    assert queries.releases_made_of("claim-1-2") == []


def test_an_agreement_recorded_again_takes_the_place_of_the_earlier(releaser, partner):
    actions.agree(
        releaser, partner, name="Service X", contact="Duty desk", ceiling="green", honours=["no-press"]
    )
    row = queries.partner(partner)
    assert (row.ceiling, row.honours) == ("TLP:GREEN", ["no-press"])


@pytest.mark.parametrize(
    "changes",
    [{"ceiling": "TLP:WHITE"}, {"name": " "}, {"contact": ""}, {"honours": ["No Press"]}],
    ids=["label", "name", "contact", "caveat"],
)
def test_an_agreement_that_does_not_fit_is_refused(releaser, changes):
    told = {"name": "Service Z", "contact": "Duty desk", "ceiling": "TLP:GREEN"} | changes
    with pytest.raises(BadInput):
        actions.agree(releaser, "service-z", **told)


def test_consent_needs_a_known_item_partner_and_words(liaison, partner):
    told = {
        "originator": "service-a",
        "item": "claim-1-1",
        "audience": partner,
        "words": "By telephone at noon.",
    }
    for changes, error in (
        ({"item": "claim-99-1"}, UnknownSource),
        ({"audience": "service-y"}, NotFound),
        ({"words": "yes"}, NoReason),
    ):
        with pytest.raises(error):
            actions.record_consent(liaison, **(told | changes))


def test_an_exercise_home_marks_everything_it_releases(make_home, request):
    home = make_home(
        'exercise = true\nframe = "REPLAY"\n[[decides]]\nscheme = "fr-vigipirate-2016"\nzones = ["FR"]\n'
    )
    people = request.getfixturevalue("people")
    request.getfixturevalue("claims")
    made = propose(people["liaison"], request.getfixturevalue("partner"), request.getfixturevalue("level"))
    approve(people["release"], made)
    objects = json.loads(queries.release(made).bundle)["objects"]
    assert home.frame == "REPLAY"
    assert next(o for o in objects if o["type"] == "report")["name"].startswith("REPLAY — ")
    assert any(
        "not a real alert" in o["definition"]["statement"]
        for o in objects
        if o.get("definition_type") == "statement"
    )


@pytest.mark.django_db(databases=["default", "record"], transaction=True)
@pytest.mark.usefixtures("as_owner")
def test_a_rebuild_brings_back_the_same_bytes(liaison, releaser, partner, level):
    made = propose(liaison, partner, level)
    approve(releaser, made)
    before = rows()
    rebuild()
    assert rows() == before
    assert verify().verified
