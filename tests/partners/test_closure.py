"""What is not whole, or describes a person, does not leave."""

import copy
import uuid

import pytest
from hypothesis import given, strategies as st

from tests.partners.drafts import AT, draft, ids
from vigie.partners import closure, stix


@pytest.fixture
def objects():
    of = draft(frame="EXERCISE")
    return copy.deepcopy(stix.objects(of, ids(of), AT))


def by_type(objects, kind):
    return next(o for o in objects if o["type"] == kind)


def test_a_whole_bundle_passes(objects):
    closure.check(objects)


@given(st.data())
def test_taking_any_object_out_leaves_a_dangling_reference_or_no_container(data):
    of = draft(frame="EXERCISE")
    made = stix.objects(of, ids(of), AT)
    gone = data.draw(st.sampled_from(made))
    rest = [o for o in made if o is not gone]
    with pytest.raises((closure.DanglingReference, closure.NotWhole)) as refused:
        closure.check(rest)
    if isinstance(refused.value, closure.DanglingReference):
        assert gone["id"] in str(refused.value)


def test_a_dangling_reference_is_named_with_its_place(objects):
    target = f"location--{uuid.uuid4()}"
    by_type(objects, "note")["object_refs"].append(target)
    with pytest.raises(closure.DanglingReference, match=rf"note--.* by object_refs to {target}"):
        closure.check(objects)


def test_a_reference_inside_a_nested_object_is_seen(objects):
    target = f"marking-definition--{uuid.uuid4()}"
    by_type(objects, "note")["granular_markings"] = [{"marking_ref": target, "selectors": ["content"]}]
    with pytest.raises(closure.DanglingReference, match=r"granular_markings\.marking_ref"):
        closure.check(objects)


def test_an_extension_whose_definition_is_missing_is_dangling(objects):
    without = [o for o in objects if o["type"] != "extension-definition"]
    with pytest.raises(closure.DanglingReference, match="by extensions to extension-definition"):
        closure.check(without)


@pytest.mark.parametrize("identity_class", ["individual", "unknown", None])
def test_an_identity_that_is_or_may_be_a_person_is_refused(objects, identity_class):
    by_type(objects, "identity")["identity_class"] = identity_class
    with pytest.raises(closure.DescribesPerson, match="Name the office, not the person"):
        closure.check(objects)


def test_a_group_of_one_person_is_refused(objects):
    by_type(objects, "intrusion-set")["resource_level"] = "individual"
    with pytest.raises(closure.DescribesPerson, match="one person"):
        closure.check(objects)


@pytest.mark.parametrize(
    "kind",
    ["user-account", "email-addr", "email-message", "threat-actor", "observed-data", "x-person", "incident"],
)
def test_a_type_that_is_not_listed_does_not_leave(objects, kind):
    objects.append({"type": kind, "id": f"{kind}--{uuid.uuid4()}"})
    with pytest.raises(closure.DescribesPerson, match=kind):
        closure.check(objects)


def test_an_id_derived_from_a_name_is_refused(objects):
    by_type(objects, "location")["id"] = f"location--{uuid.uuid5(uuid.NAMESPACE_URL, 'x')}"
    with pytest.raises(closure.NotWhole, match="random UUID"):
        closure.check(objects)


def test_two_containers_are_refused(objects):
    objects.append({**by_type(objects, "report"), "type": "grouping", "id": f"grouping--{uuid.uuid4()}"})
    with pytest.raises(closure.NotWhole, match="2 containers"):
        closure.check(objects)


def test_an_object_given_twice_is_refused(objects):
    objects.append(by_type(objects, "location"))
    with pytest.raises(closure.NotWhole, match="twice"):
        closure.check(objects)
