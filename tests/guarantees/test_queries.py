"""An instance that drops a guarantee is found out by its own check: each is dropped here for real."""

import pytest
from django.db import connections

from tests.guarantees.dropping import drop_rule, rewrite, tell
from vigie.accounts import rights
from vigie.accounts.rights import ROLES
from vigie.guarantees import queries
from vigie.guarantees.separation import RULES
from vigie.ledger import append_only

pytestmark = pytest.mark.usefixtures("as_owner")
VENDOR = connections["record"].vendor


def numbers():
    return [one.number for one in queries.broken()]


def test_a_sound_instance_conforms(home):
    assert queries.broken() == []


@pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
def test_a_dropped_two_person_rule_is_found(home, rule):
    drop_rule(rule.table, rule.name)
    (found,) = queries.broken()
    assert found.number == 12
    assert rule.name in found.said


@pytest.mark.on("sqlite", because="PostgreSQL writes a rule in its own words")
def test_a_rule_that_was_made_toothless_under_its_name_is_found(home):
    name = "alert_decision_two_persons"
    rewrite(
        "alert_decision", lambda sql, found: sql.replace(f"CHECK ({found})", f"CHECK ({found} OR 1)"), name
    )
    assert numbers() == [12]


@pytest.mark.parametrize(("table", "trigger"), sorted(append_only.standing(VENDOR)))
def test_a_dropped_guard_of_the_record_is_found(home, table, trigger):
    tell(f"DROP TRIGGER {trigger}" + (f" ON {table}" if VENDOR == "postgresql" else ""))
    (found,) = queries.broken()
    assert found.number == 12
    assert trigger in found.said


@pytest.mark.on("sqlite")
def test_a_guard_that_lets_everything_through_is_found(home):
    name = "ledger_entry_no_update"
    tell(f"DROP TRIGGER {name}", f"CREATE TRIGGER {name} BEFORE UPDATE ON ledger_entry BEGIN SELECT 1; END")
    assert numbers() == [12]


@pytest.mark.on("postgresql")
def test_a_guard_that_was_switched_off_is_found(home):
    tell("ALTER TABLE ledger_entry DISABLE TRIGGER ledger_entry_no_update")
    assert numbers() == [12]


@pytest.mark.parametrize("alias", ["default", "record"])
def test_a_table_of_persons_is_found_in_either_database(home, alias):
    tell("CREATE TABLE watch_list (id integer, face_hash text)", alias=alias)
    assert set(numbers()) == {1}


def test_a_field_for_persons_in_a_table_of_ours_is_found(home):
    tell("ALTER TABLE reports_report ADD COLUMN suspect text")
    (found,) = queries.broken()
    assert found.number == 1
    assert "reports_report.suspect" in found.said


def test_a_name_kept_at_the_sign_in_desk_is_found(home, django_user_model):
    django_user_model.objects.create_user(username="watch", last_name="Somebody")
    assert numbers() == [1]


def test_a_forbidden_input_that_is_let_in_is_found(home, monkeypatch):
    from vigie.exposure import forbidden

    true = forbidden.reason
    monkeypatch.setattr(forbidden, "reason", lambda heading: None if "ethnic" in heading else true(heading))
    (found,) = queries.broken()
    assert found.number == 5
    assert "ethnicity" in found.said


def test_a_verb_that_asks_for_no_right_is_found(home, monkeypatch):
    from vigie.alert import actions

    monkeypatch.setattr(actions, "approve", actions.approve.__wrapped__)
    assert [one.said for one in queries.broken()] == ["alert.approve acts without asking for a right."]


def test_a_door_that_refuses_nobody_is_found(home, monkeypatch):
    monkeypatch.setattr(queries, "require", lambda _actor, _right: None)
    assert set(numbers()) == {10}


@pytest.mark.parametrize(
    ("role", "more"),
    [
        ("proposer", "alert.level.approve"),
        ("approver", "alert.*"),
        ("liaison", "partners.release.*"),
        ("administrator", "alert.level.approve"),
        ("administrator", "warning.*"),
    ],
)
def test_a_role_that_carries_what_two_must_hold_is_found(home, monkeypatch, role, more):
    monkeypatch.setitem(rights.ROLES, role, ROLES[role] | {more})
    assert set(numbers()) == {10}
