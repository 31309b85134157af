"""Which checkpoints are stamped, when, and what a check of the record says of the stamps."""

import shutil

import pytest

from tests.ledger.stamps.conftest import make_authority
from vigie.accounts.actions import found_office
from vigie.ledger import queries
from vigie.ledger.actions import append, recording
from vigie.ledger.kinds import ERASED, By, Erased
from vigie.ledger.models import TimeStamp
from vigie.ledger.stamps.actions import AT_ONCE, stamp_due
from vigie.ledger.stamps.queries import due


@pytest.fixture
def stamped_home(make_home, authority):
    home = make_home(f'[time_stamps]\nurl = "{authority.url}"\ncertificates = "authority.pem"\n')
    shutil.copy(authority.folder / "ca.pem", home.path / "authority.pem")
    return home


def solemn():
    """A solemn entry, for the sake of its checkpoint alone."""
    with recording():
        return (
            append(
                By(person="", office="", via="shell"), ERASED, Erased(entries=[], ground="g", authority="a")
            ).seq
            + 1
        )


def plain(name="duty"):
    found_office(name, name, ["duty"])


def sizes():
    return list(TimeStamp.objects.order_by("size").values_list("size", flat=True))


def test_the_checkpoint_of_each_solemn_act_is_stamped_and_no_other(stamped_home):
    first = stamp_due()
    assert (first.done, first.waiting, first.fault, sizes()) == (1, 0, None, [1])
    plain("one")
    assert stamp_due().done == 0
    one = solemn()
    plain("two")
    two = solemn()
    assert stamp_due().done == 2
    assert sizes() == [1, one, two]
    assert {row.authority for row in TimeStamp.objects.all()} == {"127.0.0.1"}
    assert queries.verify().verified


def test_a_home_that_names_an_authority_late_has_its_newest_solemn_checkpoint_stamped(stamped_home):
    solemn()
    newest = solemn()
    assert due(stamped_home) == [newest]


def test_an_authority_out_of_reach_stops_no_act_and_what_waits_is_stamped_later_in_order(
    stamped_home, authority
):
    stamp_due()
    authority.reply = lambda _query: (500, b"")
    waiting = [solemn(), solemn()]
    told = stamp_due()
    assert (told.done, told.waiting) == (0, 2)
    assert "answers 500" in str(told.fault)
    authority.reply = authority.honest
    assert stamp_due().done == 2
    assert sizes() == [1, *waiting]


def test_what_failed_is_never_passed_over(stamped_home, authority):
    stamp_due()
    waiting = [solemn(), solemn(), solemn()]
    answers = iter([True, False])
    authority.reply = lambda query: authority.honest(query) if next(answers) else (500, b"")
    assert stamp_due().done == 1
    assert due(stamped_home) == waiting[1:]


def test_one_turn_asks_for_so_many_and_no_more(stamped_home, authority):
    stamp_due()
    for _ in range(AT_ONCE + 3):
        solemn()
    told = stamp_due()
    assert (told.done, told.waiting) == (AT_ONCE, 3)


def test_a_stamp_that_does_not_hold_is_not_kept(stamped_home, authority, tmp_path):
    authority.folder = make_authority(tmp_path / "impostor")
    told = stamp_due()
    assert "does not hold" in str(told.fault)
    assert sizes() == []


def test_a_home_without_an_authority_asks_nobody(receiving_home):
    solemn()
    assert stamp_due().waiting == 0


def test_certificates_that_are_gone_are_told(stamped_home):
    stamp_due()
    (stamped_home.path / "authority.pem").unlink()
    solemn()
    assert "in PEM form" in str(stamp_due().fault)
    assert [f.where for f in queries.verify().faults] == ["time stamps"]


@pytest.mark.usefixtures("as_owner")
@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda token: token[:-1] + bytes([token[-1] ^ 1]), "does not hold"),
        (lambda token: token[:40], "does not hold"),
    ],
)
def test_a_stamp_changed_afterwards_is_found(stamped_home, change, told):
    stamp_due()
    row = TimeStamp.objects.get()
    row.token = change(bytes(row.token))
    row.save()
    (fault,) = queries.verify().faults
    assert fault.where == "time stamp at 1"
    assert told in fault.what


@pytest.mark.usefixtures("as_owner")
def test_a_stamp_moved_to_another_checkpoint_is_found(stamped_home):
    stamp_due()
    solemn()
    TimeStamp.objects.update(size=2)
    assert "does not hold" in queries.verify().faults[0].what
    TimeStamp.objects.update(size=99)
    assert "no checkpoint of that size" in queries.verify().faults[0].what
