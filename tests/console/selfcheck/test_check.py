"""Each thing the selfcheck asks for, taken away for real, and what it says then."""

import os
import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connections

from tests.conftest import VENDOR
from tests.guarantees.dropping import drop_rule, tell
from vigie import times
from vigie.console.selfcheck.queries import check, disc
from vigie.ledger import holds
from vigie.ledger.actions import append, recording
from vigie.ledger.kinds import REHEARSED, By, Rehearsed

GIB = 1024**3


def found(**how):
    return {finding.name: finding for finding in check(**how)}


def states(**how):
    """Name to state, without the one that the machine of the test decides: its free room."""
    return {name: finding.state for name, finding in found(**how).items() if name != "disc.room"}


@pytest.mark.parametrize("whole", [True, False])
def test_of_a_fresh_home_all_that_must_hold_does_and_what_it_lacks_is_said(home, whole):
    said = states(whole=whole)
    assert [name for name, state in said.items() if state == "fails"] == []
    assert [name for name, state in said.items() if state == "warns"] == [
        "copies.age",
        "copies.tried",
        "outside.witnesses",
    ]


def test_whatever_does_not_hold_comes_with_a_way_out(home, monkeypatch):
    holds.put(home.path, "writing", "A test.")
    (home.keys / "sealing.key").chmod(0o644)
    for finding in check():
        assert bool(finding.way) == (finding.state != "holds"), finding
        assert not re.search(r"[{}]", finding.said + finding.way), finding


def test_a_key_others_can_read_fails_though_its_folder_is_closed(home):
    (home.keys / "signing.key").chmod(0o644)
    assert found()["keys.files"].state == "fails"
    assert "signing.key" in found()["keys.files"].said


@pytest.mark.parametrize("key", ["signing.key", "sealing.key"])
def test_a_key_that_is_gone_or_short_fails_and_the_other_questions_are_asked_all_the_same(home, key):
    text = (home.keys / key).read_text()
    (home.keys / key).write_text(text[8:])
    said = found()
    assert said["keys.there"].state == "fails"
    assert "28 bytes" in said["keys.there"].said
    assert "guarantees.12" in said
    (home.keys / key).unlink()
    assert found()["keys.there"].state == "fails"


def test_another_record_s_key_fails(home):
    (home.keys / "signing.key").write_text("ab" * 32 + "\n")
    said = found()
    assert said["keys.own"].state == "fails"
    assert said["record.whole"].state == "fails"


def test_a_key_past_its_term_is_said(home):
    with times.held(times.now() + timedelta(days=800)):
        assert found()["keys.term"].state == "warns"


def test_data_others_can_read_fails_only_where_they_can_reach_it(home):
    file = home.originals / "abc.sealed"
    file.write_bytes(b"sealed")
    file.chmod(0o644)
    home.originals.chmod(0o755)
    home.path.chmod(0o700)
    assert found()["keys.data"].state == "holds"
    home.path.chmod(0o755)
    assert found()["keys.data"].state == "fails"
    home.originals.chmod(0o700)
    assert found()["keys.data"].state == "holds"


def test_a_clock_behind_the_record_fails(home):
    with times.held(times.now() - timedelta(seconds=5)):
        assert found()["clock.order"].state == "fails"


def test_a_clock_days_away_from_the_disc_s_fails(home, monkeypatch):
    from vigie.console.selfcheck.queries import clock

    monkeypatch.setattr(clock.time, "time", lambda: 4_000_000_000.0)
    assert found()["clock.disc"].state == "fails"


@pytest.mark.parametrize(
    ("total", "free", "state"),
    [
        (100 * GIB, 50 * GIB, "holds"),
        (100 * GIB, 4 * GIB, "warns"),
        (10 * GIB, GIB - 1, "warns"),
        (10 * GIB, 99 * 1024**2, "fails"),
    ],
)
def test_room_on_the_disc(home, monkeypatch, total, free, state):
    monkeypatch.setattr(disc, "disk_usage", lambda _path: SimpleNamespace(total=total, free=free))
    assert found()["disc.room"].state == state


def test_a_disc_that_takes_nothing_fails(home, monkeypatch):
    def refuse(**_how):
        raise OSError(30, os.strerror(30))

    monkeypatch.setattr(disc, "NamedTemporaryFile", refuse)
    assert found()["disc.written"].state == "fails"


@pytest.mark.on("sqlite")
def test_a_database_that_does_not_write_through_fails(home):
    connection = connections["record"]
    true = connection.cursor

    def cursor():
        kept = true()
        execute = kept.execute
        kept.execute = lambda sql, *more: execute("SELECT 1" if sql == "PRAGMA synchronous" else sql, *more)
        return kept

    connection.cursor = cursor
    try:
        assert found()["databases.record.through"].state == "fails"
    finally:
        del connection.cursor


@pytest.mark.on("postgresql")
def test_a_role_whose_commits_are_not_waited_for_fails(home):
    tell("SET LOCAL synchronous_commit = off")
    assert found()["databases.record.through"].state == "fails"


@pytest.mark.on("postgresql")
def test_a_role_that_could_change_the_record_fails(as_owner, home):
    assert found()["databases.record.rights"].state == "fails"
    assert "UPDATE ledger_entry" in found()["databases.record.rights"].said


def test_a_hold_on_writing_fails_and_one_on_sending_is_said(home):
    holds.put(home.path, "sending", "It was put back.")
    assert found()["record.sending"].state == "warns"
    holds.put(home.path, "writing", "It is older than its witnesses know.")
    said = found()["record.writing"]
    assert said.state == "fails"
    assert "older than its witnesses know" in said.said


@pytest.mark.django_db(databases=["default", "record"], transaction=True)
def test_a_row_edited_by_hand_is_found_by_the_whole_check_and_not_by_the_quick(home, people):
    tell("UPDATE accounts_office SET title = 'Somebody else' WHERE id = 'cabinet'")
    assert found(whole=True)["record.whole"].state == "fails"
    assert found(whole=False)["record.head"].state == "holds"


def test_a_head_that_does_not_fit_is_found_by_the_quick_check(home):
    tell("UPDATE ledger_edge SET size = size + 1")
    assert found(whole=False)["record.head"].state == "fails"


def test_a_dropped_rule_and_a_dropped_guard_fail_as_guarantees(as_owner, home):
    drop_rule("warning_message", "warning_message_two_persons")
    tell("DROP TRIGGER ledger_entry_no_delete" + (" ON ledger_entry" if VENDOR == "postgresql" else ""))
    failed = [
        finding.said for finding in check() if finding.name == "guarantees.12" and finding.state == "fails"
    ]
    assert len(failed) == 2


def rehearsed(*, verified):
    body = Rehearsed(
        made=times.text(times.now()), entries=1, root="00", verified=verified, faults=0 if verified else 3
    )
    with recording():
        append(By(person="", office="", via="clock"), REHEARSED, body)


def test_a_backup_that_did_not_hold_when_tried_fails(home):
    rehearsed(verified=False)
    assert found()["copies.tried"].state == "fails"


def test_a_backup_tried_out_holds_for_twice_its_term(home):
    rehearsed(verified=True)
    assert found()["copies.tried"].state == "holds"
    with times.held(times.now() + timedelta(days=61)):
        assert found()["copies.tried"].state == "warns"


@pytest.mark.parametrize(("asked", "state"), [("", "warns"), ("[backup]\nevery_days = 1\n", "fails")])
def test_no_backup_or_an_old_one_fails_where_vigie_toml_asks_for_them(make_home, asked, state):
    from vigie.ledger.backups import archive
    from vigie.ledger.backups.archive import FORMAT, Manifest

    home = make_home(asked)
    assert found()["copies.age"].state == state
    home.backups.folder.mkdir(mode=0o700, exist_ok=True)
    made = times.text(times.now())
    manifest = Manifest(FORMAT, "data", home.instance, "0", made, 1, "00", {})
    archive.write(home.backups.folder / f"{home.instance}-1.data.tar", manifest, {})
    assert found()["copies.age"].state == "holds"
    with times.held(times.now() + timedelta(days=8)):
        assert found()["copies.age"].state == state


def test_what_cannot_be_asked_is_a_failure_and_the_rest_is_asked(home, monkeypatch):
    (home.path / "backups").mkdir(exist_ok=True)
    (home.path / "backups" / f"{home.instance}-1.data.tar").write_bytes(b"no archive")
    said = found()
    assert said["copies.asked"].state == "fails"
    assert said["guarantees.1"].state == "holds"


def test_fewer_countersignatures_than_needed_are_said_and_fail_where_writing_is_to_stop(make_home):
    witnesses = """
[witnesses]
need = 1
stop = {stop}
[[witnesses.of]]
name = "press"
url = "http://127.0.0.1:1"
vkey = "press+{vkey}"
"""
    from vigie.ledger.note import ED25519, Verifier

    vkey = Verifier("press", ED25519, bytes(32)).vkey().partition("+")[2]
    make_home(witnesses.format(stop="false", vkey=vkey))
    assert found()["outside.witnesses"].state == "warns"


def test_the_page_is_for_administrators_auditors_and_the_duty_desk(sign_in):
    for office in ("machine-room", "audit", "watch"):
        assert sign_in(office).get("/record/selfcheck/").status_code == 200
    for office in ("analysis", "prime-minister", "information"):
        assert sign_in(office).get("/record/selfcheck/").status_code == 403


def test_the_page_says_what_fails_first_and_the_way_out(sign_in, home):
    holds.put(home.path, "writing", "A test stopped it.")
    html = sign_in("audit").get("/record/selfcheck/").content.decode()
    assert "that must hold do" in html
    assert "A test stopped it." in html
    assert "the heads alone were compared" in html


def test_checking_everything_reads_the_whole_record(sign_in):
    html = sign_in("audit").post("/record/selfcheck/").content.decode()
    assert "rows equal to it" in html
    assert "the heads alone were compared" not in html


def test_the_record_and_the_offices_lead_to_it(sign_in):
    assert "/record/selfcheck/" in sign_in("audit").get("/record/").content.decode()
    assert "/record/selfcheck/" in sign_in("machine-room").get("/people/offices/").content.decode()
