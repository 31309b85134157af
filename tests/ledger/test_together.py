"""Acts handed to the writer and committed together on a real record."""

import contextlib
import threading

import pytest
from django.db import IntegrityError
from django.utils import translation

from vigie import times
from vigie.accounts import kinds
from vigie.accounts.actions import found_office
from vigie.accounts.models import Office
from vigie.errors import BadInput
from vigie.ledger import actions, holds
from vigie.ledger.actions import group_commit
from vigie.ledger.kinds import By
from vigie.ledger.models import Checkpoint, Entry
from vigie.ledger.queries import head, verify

pytestmark = pytest.mark.django_db(databases=["default", "record"], transaction=True)
BY = By(person="p-1", office="watch", via="console")


@actions.recorded
def open_office(office, title="Watch"):
    body = kinds.OfficeOpened(office=office, title=title, roles=["duty"])
    return actions.append(BY, kinds.OFFICE_OPENED, body, subjects=[office]).seq


def all_at_once(*acts):
    """Run each act in a thread of its own while the writer is held up; give what each gave or raised, in order."""
    go, came = threading.Event(), [None] * len(acts)

    def one(number, act):
        try:
            came[number] = act()
        except Exception as fault:  # noqa: BLE001 - told to the test
            came[number] = fault

    def stop():
        with contextlib.suppress(Exception):
            group_commit._writer.do(lambda: go.wait(10))

    stopper = threading.Thread(target=stop)
    stopper.start()
    threads = []
    for number, act in enumerate(acts):
        threads.append(threading.Thread(target=one, args=(number, act)))
        threads[-1].start()
        while len(group_commit._writer._waiting) <= number:
            pass
    go.set()
    for thread in [stopper, *threads]:
        thread.join()
    return came


def test_many_acts_stand_under_one_checkpoint_and_dense_numbers(writer):
    size, sealed = head()[0], Checkpoint.objects.count()
    came = all_at_once(*(lambda n=n: open_office(f"office-{n}") for n in range(8)))
    assert came == list(range(size, size + 8))
    assert Checkpoint.objects.count() == sealed + 1
    assert verify().verified


def test_an_act_that_fails_takes_only_itself_back(writer):
    size = head()[0]

    @actions.recorded
    def half():
        open_office("gone")
        raise ZeroDivisionError

    @actions.recorded
    def clashing():
        open_office("clash")
        Office.objects.create(id="clash", title="", roles=[])

    came = all_at_once(lambda: open_office("one"), half, clashing, lambda: open_office("two"))
    assert isinstance(came[1], ZeroDivisionError)
    assert isinstance(came[2], IntegrityError)
    assert (came[0], came[3]) == (size, size + 1)
    assert sorted(Office.objects.values_list("id", flat=True)) == ["one", "two"]
    assert verify().verified


def test_when_the_commit_fails_no_act_of_the_batch_is_told_as_done(writer, home):
    before = head()
    key = (home.keys / "signing.key").read_text()
    (home.keys / "signing.key").write_text("no key\n")
    came = all_at_once(lambda: open_office("one"), lambda: open_office("two"))
    (home.keys / "signing.key").write_text(key)
    assert all("cannot be read" in str(fault) for fault in came)
    assert head() == before
    assert open_office("three") == before[0]


def test_the_callers_clock_and_language_hold_in_the_writers_thread(writer):
    @actions.recorded
    def told():
        return times.text(times.now()), translation.get_language()

    with times.held("2024-03-25T08:00:00Z"), translation.override("fr"):
        assert told() == ("2024-03-25T08:00:00Z", "fr")


def test_what_follows_a_commit_is_done_once_the_entry_stands_and_never_for_an_act_taken_back(writer):
    seen = []

    @actions.recorded
    def kept():
        seq = open_office("kept")
        actions.after_commit(lambda: seen.append(seq))
        return seq

    @actions.recorded
    def taken_back():
        open_office("not-kept")
        actions.after_commit(lambda: seen.append("never"))
        raise BadInput("No.")

    @actions.recorded
    def unfinished():
        open_office("unfinished")
        actions.after_commit(lambda: (_ for _ in ()).throw(OSError("no room")))

    came = all_at_once(kept, taken_back, unfinished)
    assert seen == [came[0]]
    assert isinstance(came[1], BadInput)
    assert isinstance(came[2], actions.Unfinished)
    assert Office.objects.filter(id="unfinished").exists()


def test_a_verb_inside_an_act_joins_it(writer):
    @actions.recorded
    def both():
        found_office("inner", "Inner", ["duty"])
        return open_office("outer")

    size = head()[0]
    assert both() == size + 1


def test_while_writing_is_held_every_caller_is_told_and_none_waits_for_ever(writer, home):
    holds.put(home.path, "writing", "A backup was put back.")
    with pytest.raises(holds.Held, match="A backup was put back"):
        open_office("one")
    holds.lift(home.path, "writing")
    assert open_office("two") == head()[0] - 1


def test_a_head_that_cannot_be_written_beside_the_record_is_no_failed_act(writer, home):
    (home.path / "checkpoint").unlink()
    (home.path / "checkpoint").mkdir()
    size = head()[0]
    assert open_office("one") == size
    assert head()[0] == size + 1


def test_who_works_in_the_background_pauses_while_somebody_writes_and_only_then(writer, monkeypatch):
    paused = []
    monkeypatch.setattr(group_commit.time, "sleep", paused.append)
    actions.give_way()
    assert not paused
    writer.do(actions.give_way)
    assert paused == [group_commit._PAUSE]


def test_an_act_sees_what_it_appended_itself_and_what_others_did_before_it(writer):
    @actions.recorded
    def looks():
        seq = open_office("mine")
        return seq, list(Entry.objects.filter(seq__gte=seq - 1).values_list("seq", flat=True))

    size = head()[0]
    came = all_at_once(lambda: open_office("before"), looks)
    assert came[1] == (size + 1, [size, size + 1])


def test_an_act_that_looked_and_then_failed_takes_back_nothing_of_those_before_it(writer):
    @actions.recorded
    def looks_and_fails():
        open_office("gone")
        assert Entry.objects.filter(kind=kinds.OFFICE_OPENED.tag).exists()
        raise BadInput("No.")

    size = head()[0]
    came = all_at_once(lambda: open_office("one"), looks_and_fails, lambda: open_office("two"))
    assert (came[0], came[2]) == (size, size + 1)
    assert verify().verified
    assert Entry.objects.count() == size + 2


def test_rows_of_an_act_that_fails_at_its_end_go_with_it(writer):
    """Its rows are plain statements: nothing went through Django before them, which would have made its savepoint."""

    @actions.recorded
    def fails_at_its_end():
        body = kinds.OfficeOpened(office="gone", title="Gone", roles=["duty"])
        actions.append(BY, kinds.OFFICE_OPENED, body, subjects=["gone"])
        raise BadInput("No.")

    size = head()[0]
    came = all_at_once(lambda: open_office("one"), fails_at_its_end, lambda: open_office("two"))
    assert (came[0], came[2]) == (size, size + 1)
    assert sorted(Office.objects.values_list("id", flat=True)) == ["one", "two"]
    assert verify().verified
