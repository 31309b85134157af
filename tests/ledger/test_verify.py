"""What a check of the record finds, and that it names it."""

import pytest
from django.db import connections

from vigie import homes
from vigie.accounts.models import Office
from vigie.ledger import projections
from vigie.ledger.append_only import lifted
from vigie.ledger.queries import head, verify

pytestmark = pytest.mark.django_db(databases=["default", "record"], transaction=True)


def by_hand(*statements):
    with connections["record"].cursor() as cursor:
        for statement in [*lifted(), *statements]:
            cursor.execute(statement)


def faults():
    return [(f.where, f.what) for f in verify().faults]


def test_a_record_left_alone_is_verified(people):
    verdict = verify()
    assert verdict.verified, verdict.faults
    assert (verdict.entries, verdict.root) == head()
    assert verdict.rows == Office.objects.count() * 2


def test_a_changed_envelope_is_named(people):
    by_hand(
        "UPDATE ledger_entry SET envelope = CAST(replace(CAST(envelope AS TEXT), 'shell', 'shall') AS BLOB) WHERE seq=3"
    )
    found = faults()
    assert ("entry 3", "its envelope was changed after it was written") in found
    assert any(where.startswith("checkpoint") for where, _ in found)


def test_a_changed_body_is_named(people):
    by_hand(
        "UPDATE ledger_payload SET body = CAST(replace(CAST(body AS TEXT), 'analyst', 'approve') AS BLOB) WHERE seq=1"
    )
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
        ("INSERT INTO accounts_office VALUES ('ghost', 'Ghost', '[]')", "added by hand"),
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
