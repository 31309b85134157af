"""Bundles: what the judges accept, what is refused, what is taken back."""

import hashlib
import json
import uuid
from datetime import timedelta

import pytest
import stix2
from stix2validator import ValidationOptions, validate_string

from tests.partners.drafts import AT, GROUP, JUDGEMENT, LEVEL, MEASURE, PLACE, draft, ids
from vigie.markings import Tlp
from vigie.partners import stix
from vigie.partners.elements import BadElement


def frozen(of):
    given = ids(of)
    return stix.freeze(stix.objects(of, given, AT), given["bundle"])


def judged(data):
    """What stix2-validator says under --strict with references enforced, and what stix2 parses strictly."""
    report = validate_string(data.decode(), ValidationOptions(strict=True, enforce_refs=True, version="2.1"))
    assert report.is_valid, [
        str(e) for result in report.object_results for e in [*result.errors, *result.warnings]
    ]
    return stix2.parse(data.decode(), allow_custom=False)


def test_a_release_with_a_level_is_valid_for_the_strict_judges():
    bundle = judged(frozen(draft()).data)
    types = [each["type"] for each in bundle["objects"]]
    assert types.count("report") == 1
    assert "grouping" not in types


def test_a_release_without_a_level_is_a_grouping_and_valid():
    bundle = judged(frozen(draft(GROUP, PLACE, JUDGEMENT, MEASURE)).data)
    types = [each["type"] for each in bundle["objects"]]
    assert types.count("grouping") == 1
    assert "report" not in types
    assert "extension-definition" not in types


@pytest.mark.parametrize("tlp", Tlp, ids=lambda tlp: tlp.label)
def test_every_label_of_tlp_2_0_is_carried_on_every_object(tlp):
    bundle = judged(frozen(draft(marking=tlp.label, recipients=("Duty office of partner X",))).data)
    marking = next(o for o in bundle["objects"] if o["type"] == "marking-definition" and o.get("name"))
    assert marking["name"] == tlp.label
    assert all(
        marking["id"] in o["object_marking_refs"]
        for o in bundle["objects"]
        if o["type"] != "marking-definition"
    )


def test_the_report_says_which_level_of_which_scheme_since_when_and_by_whom():
    bundle = json.loads(frozen(draft()).data)
    report = next(o for o in bundle["objects"] if o["type"] == "report")
    told = report["extensions"][stix.LEVEL_EXTENSION]
    assert told["scheme"] == "xx-blank-2030"
    assert told["level_name"] == "Niveau trois"
    assert told["effective"] == "2030-05-02T19:30:00.000Z"
    assert told["standing"] == "decided"
    assert report["published"] == "2030-05-03T10:00:00.000Z"
    assert "legal_ground" not in told


def test_the_extension_on_the_report_fits_the_schema_shipped_with_it():
    jsonschema = pytest.importorskip("jsonschema")
    bundle = json.loads(frozen(draft()).data)
    schema = next(json.loads(o["schema"]) for o in bundle["objects"] if o["type"] == "extension-definition")
    told = next(o for o in bundle["objects"] if o["type"] == "report")["extensions"][stix.LEVEL_EXTENSION]
    jsonschema.validate(told, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(told | {"suspect": "x"}, schema)


def test_a_judgement_becomes_a_note_with_its_grade_confidence_and_objects():
    bundle = json.loads(frozen(draft()).data)
    note = next(o for o in bundle["objects"] if o["type"] == "note")
    assert note["confidence"] == 70
    assert 'admiralty-scale:source-reliability="b"' in note["labels"]
    assert {ref.partition("--")[0] for ref in note["object_refs"]} == {"intrusion-set", "location"}


def test_internal_sources_never_stand_in_the_bytes():
    data = frozen(draft()).data.decode()
    assert "claim-4" not in data
    assert "decision-12" not in data
    assert "sources" not in data


def test_an_exercise_says_so_in_its_name_and_in_a_marking():
    bundle = judged(frozen(draft(frame="EXERCISE")).data)
    report = next(o for o in bundle["objects"] if o["type"] == "report")
    assert report["name"].startswith("EXERCISE — ")
    statement = next(o for o in bundle["objects"] if o.get("definition_type") == "statement")
    assert "not a real alert" in statement["definition"]["statement"]
    assert statement["id"] in report["object_marking_refs"]


def test_the_same_draft_ids_and_instant_give_the_same_bytes():
    of = draft()
    given = ids(of)
    one, two = (stix.freeze(stix.objects(of, given, AT), given["bundle"]) for _ in range(2))
    assert one == two
    assert one.sha256 == hashlib.sha256(one.data).hexdigest()


def test_a_withdrawal_revokes_the_same_objects_with_a_later_modified_date():
    first = frozen(draft())
    taken_back = stix.withdraw(first.data, AT + timedelta(hours=1), str(uuid.uuid4()))
    judged(taken_back.data)
    before = {o["id"]: o for o in json.loads(first.data)["objects"]}
    after = {o["id"]: o for o in json.loads(taken_back.data)["objects"]}
    assert before.keys() == after.keys()
    assert {o["type"] for o in after.values() if o.get("revoked")} == {
        "report",
        "note",
        "intrusion-set",
        "location",
        "course-of-action",
    }
    assert all(after[i]["modified"] > before[i]["modified"] for i in after if after[i].get("revoked"))


def test_a_withdrawal_at_the_very_second_of_release_is_still_later():
    first = frozen(draft())
    after = json.loads(stix.withdraw(first.data, AT, str(uuid.uuid4())).data)["objects"]
    assert {o["modified"] for o in after if o.get("revoked")} == {"2030-05-03T10:00:00.001Z"}


@pytest.mark.parametrize(
    "bad",
    ["", "not-a-uuid", str(uuid.uuid5(uuid.NAMESPACE_URL, "x")), "F91038C0-256F-48A8-8896-E846DCFC5BED"],
)
def test_an_id_that_is_not_random_is_refused(bad):
    of = draft()
    with pytest.raises(stix.BadId, match="'group'"):
        stix.objects(of, ids(of) | {"group": bad}, AT)


def test_one_id_for_two_parts_is_refused():
    of = draft()
    given = ids(of)
    with pytest.raises(stix.BadId, match="same id"):
        stix.objects(of, given | {"group": given["place"]}, AT)


def test_an_element_cannot_take_a_name_of_the_bundle_itself():
    of = draft(
        LEVEL, PLACE, GROUP, MEASURE.__class__(key="author", name="x", text="y", sources=("claim-1-1",))
    )
    with pytest.raises(stix.BadId, match="author"):
        stix.objects(of, ids(of), AT)


@pytest.mark.parametrize(
    ("elements", "sentence"),
    [
        ((LEVEL, LEVEL), "called 'level'"),
        ((GROUP, JUDGEMENT), "speaks of place"),
        (
            (JUDGEMENT.__class__(key="j", title="t", text="x", about=(), sources=("claim-1-1",)),),
            "speaks of nothing",
        ),
        ((MEASURE.__class__(key="m", name="x", text="  ", sources=("claim-1-1",)),), "empty text"),
        ((MEASURE.__class__(key="m", name="x", text="y", sources=()),), "Name its internal sources"),
        ((PLACE.__class__(key="p", name="x", country="Belgium"),), "ISO 3166-1"),
        ((PLACE.__class__(key="Ä b", name="x", country="BE"),), "small letters"),
    ],
)
def test_an_unsound_draft_is_refused_naming_the_element(elements, sentence):
    of = draft(*elements)
    with pytest.raises(BadElement, match=sentence):
        stix.objects(of, ids(of), AT)


def test_a_release_of_nothing_is_refused():
    of = draft()
    empty = of.__class__(**{**{f: getattr(of, f) for f in of.__struct_fields__}, "elements": ()})
    with pytest.raises(BadElement, match="holds no element"):
        stix.objects(empty, {}, AT)
