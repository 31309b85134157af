"""The table of rights."""

import pytest

from vigie.accounts import rights


def test_a_right_is_held_by_name_or_by_its_noun_or_room():
    assert rights.holds(["proposer"], "alert.level.propose")
    assert rights.holds(["proposer"], "alert.meeting.convene")
    assert rights.holds(["assessor"], "assessment.claim.grade")
    assert not rights.holds(["proposer"], "alert.level.approve")
    assert not rights.holds([], "alert.read")
    assert not rights.holds(["no-such-role"], "alert.read")


def test_an_unknown_role_is_refused_with_those_there_are():
    with pytest.raises(rights.UnknownRole, match="approver"):
        rights.check_roles(["duty", "emperor"])


def test_a_refusal_can_say_which_roles_to_ask():
    assert rights.roles_with("alert.level.approve") == ["approver"]
