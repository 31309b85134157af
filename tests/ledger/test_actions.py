"""Appending."""

import errno

import pytest
from django.db import DatabaseError, connections, transaction

from vigie import times
from vigie.accounts import kinds
from vigie.accounts.models import Office
from vigie.errors import BadInput, OutOfRoom
from vigie.ledger import actions
from vigie.ledger.actions.sealing import publish_head
from vigie.ledger.kinds import By
from vigie.ledger.models import Checkpoint, Entry
from vigie.ledger.queries import head, verify
from vigie.ledger.trouble import TablesBroken

BY = By(person="p-1", office="watch", via="console")
BODY = kinds.OfficeOpened(office="watch", title="Watch", roles=["duty"])


def open_office():
    return actions.append(BY, kinds.OFFICE_OPENED, BODY, subjects=["watch"])


def test_an_entry_and_its_row_stand_under_one_checkpoint(home):
    size, _ = head()
    with actions.recording():
        written = open_office()
    assert written.seq == size
    assert Office.objects.get(id="watch").title == "Watch"
    assert Checkpoint.objects.order_by("-size").first().size == size + 1
    assert (home.path / "checkpoint").read_text() == Checkpoint.objects.order_by("-size").first().note


def test_a_process_that_comes_late_does_not_put_an_older_head_over_a_newer_one(home):
    for _ in range(2):
        with actions.recording():
            open_office()
    *_, older, newest = Checkpoint.objects.order_by("size")
    publish_head(home, older.note)
    assert (home.path / "checkpoint").read_text() == newest.note


def test_the_head_of_a_record_that_was_rolled_back_gives_way(home):
    promised = f"test\n{head()[0] + 5}\nAAAA\n\n"
    (home.path / "checkpoint").write_text(promised)
    with actions.recording():
        open_office()
    assert (home.path / "checkpoint").read_text() == Checkpoint.objects.order_by("-size").first().note


def test_outside_a_recording_nothing_is_appended(home):
    with pytest.raises(BadInput, match="inside recording"):
        open_office()


def test_when_the_act_fails_nothing_of_it_is_kept(home):
    before = head()
    with pytest.raises(ZeroDivisionError), actions.recording():
        open_office()
        raise ZeroDivisionError
    assert head() == before
    assert not Office.objects.exists()


def test_the_record_cannot_be_opened_twice(home):
    with pytest.raises(actions.RecordTaken):
        actions.open_record()


def test_a_clock_far_behind_the_record_is_refused_and_a_small_step_back_is_not(home):
    with times.held("2024-03-22T11:59:57Z"), actions.recording():
        assert open_office().at == "2024-03-22T12:00:00Z"
    with (
        times.held("2024-03-22T11:00:00Z"),
        pytest.raises(actions.ClockWentBack, match="Set the clock right"),
        actions.recording(),
    ):
        open_office()


@pytest.mark.usefixtures("as_owner")
@pytest.mark.parametrize(
    "statement",
    ["UPDATE ledger_entry SET at='x'", "DELETE FROM ledger_entry", "DELETE FROM ledger_checkpoint"],
)
def test_the_database_itself_refuses_to_change_an_entry(home, statement):
    with pytest.raises(DatabaseError, match="only grows"), connections["record"].cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.on(
    "sqlite", because="a PostgreSQL whose disc is full cannot be had here; its SQLSTATE is in test_trouble"
)
@pytest.mark.django_db(databases=["default", "record"], transaction=True)
def test_a_full_disc_is_one_sentence_and_leaves_nothing_half_written(home):
    before = head()
    with connections["record"].cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count={cursor.fetchone()[0]}")
    big = kinds.OfficeOpened(office="watch", title="W" * 100_000, roles=[])
    with pytest.raises(OutOfRoom, match="nothing of it was kept"), actions.recording():
        actions.append(BY, kinds.OFFICE_OPENED, big)
    with connections["record"].cursor() as cursor:
        cursor.execute("PRAGMA max_page_count=1000000")
    assert head() == before
    assert Entry.objects.count() == before[0]


@pytest.mark.parametrize(
    ("statement", "raised", "said"),
    [
        ("SELECT * FROM nowhere", TablesBroken, "vigie record rebuild"),
        ("SELECT FROM WHERE", DatabaseError, "syntax"),
    ],
)
def test_another_fault_of_the_database_is_not_called_a_full_disc(home, statement, raised, said):
    with (
        pytest.raises(raised, match=said),
        actions.recording(),
        connections["record"].cursor() as cursor,
    ):
        cursor.execute(statement)


def test_a_body_beyond_the_bound_is_refused(home):
    big = kinds.OfficeOpened(office="watch", title="W" * (actions.WIDEST_BODY + 1), roles=[])
    with pytest.raises(BadInput, match="At most"), actions.recording():
        actions.append(BY, kinds.OFFICE_OPENED, big)


@pytest.mark.django_db(databases=["default", "record"], transaction=True)
def test_a_file_that_fails_after_the_act_is_not_told_as_an_act_that_failed(home):
    def full():
        raise OSError(errno.ENOSPC, "No space left on device")

    before = head()[0]
    with pytest.raises(actions.Unfinished, match="The act is on the record"), actions.recording():
        open_office()
        transaction.on_commit(full, using="record")
    assert head()[0] == before + 1
    assert verify().verified
    assert f"\n{before + 1}\n" in (home.path / "checkpoint").read_text()


def test_a_home_that_holds_another_instance_is_not_written_to(home, settings, tmp_path):
    from vigie import homes

    other = homes.create(tmp_path / "other", title="Other", instance="other")
    for name in ("signing.key", "sealing.key"):
        (other.keys / name).write_text((home.keys / name).read_text())
    settings.VIGIE_HOME = other
    before = head()
    with (
        pytest.raises(actions.AnotherInstance, match=r"record of test, and vigie\.toml says other"),
        actions.recording(),
    ):
        open_office()
    assert head() == before


def test_an_envelope_names_the_first_hundred_subjects_and_stays_short(home):
    subjects = [f"claim-{n}" for n in range(500)]
    with actions.recording():
        written = actions.append(BY, kinds.OFFICE_OPENED, BODY, subjects=subjects)
    assert written.subjects == tuple(subjects[:100])
    assert len(bytes(Entry.objects.get(seq=written.seq).envelope)) < 8192


def test_an_envelope_that_stays_too_long_is_refused(home):
    before = head()
    with pytest.raises(BadInput, match="its subjects are too long"), actions.recording():
        actions.append(BY, kinds.OFFICE_OPENED, BODY, subjects=["x" * 9000])
    assert head() == before
