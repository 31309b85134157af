"""What a check of the record finds, and that it names it."""

import pytest
from django.db import connections

from vigie import homes
from vigie.accounts.actions import found_office
from vigie.accounts.models import Office
from vigie.ledger import projections, tree
from vigie.ledger.append_only import lifted
from vigie.ledger.models import Checkpoint, Entry, Payload
from vigie.ledger.queries import NoRecord, head, verify

pytestmark = [
    pytest.mark.django_db(databases=["default", "record"], transaction=True),
    pytest.mark.usefixtures("as_owner"),
]


def by_hand(*statements):
    """Run SQL as someone who took the database's own refusal away; a statement may come with its values."""
    with connections["record"].cursor() as cursor:
        for statement in [*lifted(connections["record"].vendor), *statements]:
            cursor.execute(*((statement,) if isinstance(statement, str) else statement))


def faults():
    return [(f.where, f.what) for f in verify().faults]


def test_a_record_left_alone_is_verified(people):
    verdict = verify()
    assert verdict.verified, verdict.faults
    assert (verdict.entries, verdict.root) == head()
    assert verdict.rows == Office.objects.count() * 2


def test_a_changed_envelope_is_named(people):
    envelope = bytes(Entry.objects.get(seq=3).envelope).replace(b"shell", b"shall")
    by_hand(("UPDATE ledger_entry SET envelope = %s WHERE seq=3", [envelope]))
    found = faults()
    assert found[0] == ("entry 3", "its envelope was changed after it was written")
    [(where, what)] = [fault for fault in found if fault[0].startswith("checkpoint")]
    assert where == "checkpoint 4"
    later = Checkpoint.objects.filter(size__gt=4).count()
    assert (
        what
        == f"the entries up to it no longer give the root it promises, nor those up to {later} later ones"
    )


def test_a_changed_body_is_named(people):
    body = bytes(Payload.objects.get(entry_id=1).body).replace(b"analyst", b"approve")
    by_hand(("UPDATE ledger_payload SET body = %s WHERE seq=1", [body]))
    assert faults() == [("entry 1", "what it says was changed after it was written")]


def test_a_dropped_last_entry_is_named(people):
    last = head()[0] - 1
    by_hand(f"DELETE FROM ledger_payload WHERE seq={last}", f"DELETE FROM ledger_entry WHERE seq={last}")
    assert any(where == f"entry {last}" and "missing" in what for where, what in faults())


def test_a_last_entry_dropped_with_its_checkpoint_shows_in_the_file_beside(people):
    last = head()[0] - 1
    by_hand(
        f"DELETE FROM ledger_payload WHERE seq={last}",
        f"DELETE FROM ledger_entry WHERE seq={last}",
        f"DELETE FROM ledger_checkpoint WHERE size={last + 1}",
    )
    assert any("the checkpoint file promises" in what for _, what in faults())


@pytest.mark.parametrize("left", ["", "test\n14\n", "\0" * 175, "test\n14\nQUJD\n\n— test QU"])
def test_a_head_cut_off_by_a_power_cut_is_as_one_that_is_not_there(people, settings, left):
    """It is written without waiting for the disc; a whole one, of another root, is a finding."""
    beside = settings.VIGIE_HOME.path / "checkpoint"
    whole = beside.read_text()
    beside.write_text(left)
    assert verify().verified == (left != "test\n14\n")
    beside.write_text(whole)
    assert verify().verified


def test_an_entry_taken_out_of_the_middle_is_named(people):
    by_hand("DELETE FROM ledger_payload WHERE seq=4", "DELETE FROM ledger_entry WHERE seq=4")
    assert ("entry 4", "it is missing: the numbers are not dense") in faults()


def test_a_payload_missing_without_erasure_is_an_alarm(people):
    by_hand("DELETE FROM ledger_payload WHERE seq=2")
    assert ("entry 2", "what it says is missing, and no erasure is on the record") in faults()


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE accounts_office SET title='Elsewhere' WHERE id='audit'", "edited by hand"),
        (
            "INSERT INTO accounts_office (id, title, roles, deputies, carried) VALUES ('ghost', 'Ghost', '[]', '[]', '[]')",
            "added by hand",
        ),
        ("DELETE FROM accounts_mandate WHERE office_id='audit'", "missing"),
    ],
)
def test_a_row_touched_by_hand_is_named_and_a_rebuild_mends_it(people, statement, said):
    by_hand(statement)
    [(where, what)] = faults()
    assert where.startswith("accounts_")
    assert said in what
    projections.rebuild()
    assert verify().verified


def test_a_forged_checkpoint_is_named(people):
    by_hand("UPDATE ledger_checkpoint SET note = replace(note, '\n9\n', '\n8\n') WHERE size=9")
    assert any(where == "checkpoint 9" for where, _ in faults())


def test_a_checkpoint_taken_away_is_missed_although_later_ones_stand(people):
    by_hand("DELETE FROM ledger_checkpoint WHERE size=9")
    assert faults() == [("checkpoint 9", "it is missing: checkpoint 10 was signed after it")]


def test_a_home_that_holds_another_instance_is_named(people, settings, tmp_path):
    other = homes.create(tmp_path / "other", title="Other", instance="other")
    for name in ("signing.key", "sealing.key"):
        (other.keys / name).write_text((settings.VIGIE_HOME.keys / name).read_text())
    settings.VIGIE_HOME = other
    assert any("another instance" in what for _, what in faults())


def test_a_rebuild_makes_every_row_again_even_when_a_table_is_gone(people):
    before = projections.rows()
    by_hand("DROP TABLE accounts_mandate")
    projections.rebuild()
    assert projections.rows() == before


@pytest.mark.parametrize(
    "envelope", [b"{}", b"[]", b'"x"', b"12", b"", b"\xff", b'{"at":1,"by":3,"kind":[],"payload":2,"seq":3}']
)
def test_an_envelope_of_another_form_is_named_and_does_not_stop_the_check(people, envelope):
    leaf = tree.leaf_hash(envelope)
    by_hand(("UPDATE ledger_entry SET envelope=%s, leaf=%s WHERE seq=3", [envelope, leaf]))
    assert "entry 3" in [where for where, _ in faults()]


@pytest.mark.on("sqlite", because="PostgreSQL's columns hold their own type alone")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_entry SET envelope='text' WHERE seq=3",
        "UPDATE ledger_payload SET body='text' WHERE seq=3",
        "UPDATE ledger_payload SET salt=5 WHERE seq=3",
    ],
)
def test_a_value_of_another_type_is_named(people, statement):
    by_hand(statement)
    assert "entry 3" in [where for where, _ in faults()]


@pytest.mark.on("sqlite", because="PostgreSQL's columns hold their own type alone")
def test_a_checkpoint_that_is_no_text_is_named(people):
    size = head()[0]
    by_hand(f"UPDATE ledger_checkpoint SET note=x'ff00' WHERE size={size}")
    assert {where for where, _ in faults()} == {f"checkpoint {size}"}


def test_the_last_entrys_time_in_the_edge_is_checked(people):
    by_hand("UPDATE ledger_edge SET last_at='2020-01-01T00:00:00Z'")
    assert faults() == [("the tree's edge", "it does not fit the entries")]


def test_an_edge_that_was_changed_takes_no_entry_and_says_so(people):
    by_hand(("UPDATE ledger_edge SET hashes=%s", [b"\0"]))
    with pytest.raises(NoRecord, match="edge of the record's tree was changed"):
        head()
    with pytest.raises(NoRecord):
        found_office("late", "Late", ["reader"])


def test_a_table_that_was_dropped_is_named_and_made_again(people):
    by_hand("DROP TABLE accounts_mandate")
    assert faults() == [("accounts_mandate", "the table is missing: make it again with vigie record rebuild")]
    projections.rebuild()
    assert faults() == []


def test_a_record_without_its_own_tables_is_a_finding_and_no_crash(people):
    with connections["record"].cursor() as cursor:
        cursor.execute("ALTER TABLE ledger_checkpoint RENAME TO hidden")
        try:
            assert [where for where, _ in faults()] == ["the database"]
        finally:
            cursor.execute("ALTER TABLE hidden RENAME TO ledger_checkpoint")
