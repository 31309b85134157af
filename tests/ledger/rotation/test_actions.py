"""Keys give way to others, at their term or because they were lost; cuts at every step; every refusal."""

import shutil

import pytest

from tests.ledger.test_actions import BODY, BY
from vigie import times
from vigie.accounts import kinds
from vigie.ledger import actions, keys, note, seals
from vigie.ledger.exports.queries import files
from vigie.ledger.exports.reading import verify as verify_export
from vigie.ledger.exports.writing import write_folder
from vigie.ledger.kinds import KEY_CHANGED, KINDS, Body, Kind
from vigie.ledger.models import Checkpoint, Entry, PayloadKey
from vigie.ledger.proofs.queries import prove
from vigie.ledger.queries import one, verify
from vigie.ledger.rotation import actions as rotation
from vigie.ledger.witnesses.queries import chain, shown

WHY = "The key comes to its term."
TWO = {"persons": ["p-1", "p-2"], "reason": "The disc with the keys is broken."}


class Word(Body):
    text: str


@pytest.fixture
def word():
    """A kind that can be erased, known in this test alone."""
    kind = Kind("test.word.kept", 1, Word, erasable=True)
    yield kind
    del KINDS[kind.tag]


@pytest.fixture
def at_once(django_capture_on_commit_callbacks):
    """What follows a commit is done inside the block's end, as it is outside of tests."""
    return lambda: django_capture_on_commit_callbacks(using="record", execute=True)


def keep(kind, text="a lift is broken"):
    with actions.recording():
        return actions.append(BY, kind, Word(text=text)).seq


def write():
    with actions.recording():
        actions.append(BY, kinds.OFFICE_OPENED, BODY)


def holds():
    verdict = verify()
    assert verdict.verified, verdict.faults
    return verdict


def test_after_a_rotation_the_new_key_signs_and_all_before_still_verifies(home, at_once, tmp_path):
    old, before = keys.signing(home.keys), Checkpoint.objects.count()
    with at_once():
        rotation.rotate(BY, "signing", reason=WHY)
    new = keys.signing(home.keys)
    assert new.private_bytes_raw() != old.private_bytes_raw()
    assert not list(home.keys.glob("signing.*.key"))
    write()
    notes = list(Checkpoint.objects.order_by("size"))
    assert len(notes) == before + 2
    over, later = notes[-2:]
    note.read(over.note, old.public_key())  # the old key vouches for its successor
    note.read(over.note, new.public_key())
    note.read(later.note, new.public_key())
    with pytest.raises(note.BadNote):
        note.read(later.note, old.public_key())
    assert holds().lost_keys == []
    assert prove(0).check(new.public_key(), "test").size == later.size
    assert shown().log.public == new.public_key().public_bytes_raw()
    write_folder(files(), tmp_path / "export")
    assert verify_export(tmp_path / "export").faults == []


def test_the_entry_of_a_rotation_says_who_why_and_the_new_verifier(home, at_once):
    with at_once():
        rotation.rotate(BY, "signing", reason=WHY)
    said = one(Entry.objects.get(kind=KEY_CHANGED.tag).seq)[1]
    assert (said.key, said.lost, said.persons, said.reason) == ("signing", False, [BY.person], WHY)
    assert said.verifier == note.verifier_key("test", keys.signing(home.keys).public_key())


def test_keys_rotate_again_and_again(home, at_once):
    for _ in range(3):
        with at_once():
            rotation.rotate(BY, "signing", reason=WHY)
        write()
    assert len(chain().signers) == 4
    holds()


def test_a_cut_between_the_entry_and_the_new_key_s_place_is_mended_by_whoever_writes_next(home):
    rotation.rotate(BY, "signing", reason=WHY)  # what follows the commit never runs
    assert keys.next_signing(home.keys) is not None
    write()
    assert keys.next_signing(home.keys) is None
    holds()


def test_a_cut_between_the_entry_and_the_new_key_s_place_is_mended_by_rotating_again(home):
    rotation.rotate(BY, "signing", reason=WHY)
    rotation.rotate(BY, "signing", reason=WHY)
    assert len(chain().signers) == 2
    write()
    holds()


def test_a_rotation_that_fails_leaves_the_old_key_and_no_other(home, monkeypatch):
    before = keys.signing(home.keys).private_bytes_raw()

    def broken(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(rotation, "append", broken)
    with pytest.raises(Exception, match="full"):
        rotation.rotate(BY, "signing", reason=WHY)
    assert keys.signing(home.keys).private_bytes_raw() == before
    assert not list(home.keys.glob("*.next.key"))
    monkeypatch.undo()
    write()
    holds()


def test_a_key_put_back_from_before_the_rotation_writes_nothing(home, at_once, tmp_path):
    shutil.copy(home.keys / "signing.key", tmp_path / "old.key")
    with at_once():
        rotation.rotate(BY, "signing", reason=WHY)
    shutil.copy(tmp_path / "old.key", home.keys / "signing.key")
    with pytest.raises(keys.BadKey, match="not the one this record is signed with"):
        write()
    assert any("not the one named by entry" in f.what for f in verify().faults)


def test_a_lost_signing_key_is_replaced_on_two_persons_word_and_every_check_says_so(home, tmp_path):
    write()
    (home.keys / "signing.key").unlink()
    with pytest.raises(keys.BadKey, match="missing"):
        write()
    rotation.replace_lost(BY, "signing", **TWO)
    seq = Entry.objects.get(kind=KEY_CHANGED.tag).seq
    write()
    assert holds().lost_keys == [seq]
    said = one(seq)[1]
    assert (said.lost, said.persons, said.reason) == (True, TWO["persons"], TWO["reason"])
    write_folder(files(), tmp_path / "export")
    verdict = verify_export(tmp_path / "export")
    assert (verdict.faults, verdict.lost_keys) == ([], [seq])


def test_a_lost_key_is_not_replaced_on_one_person_s_word(home):
    for persons in ([], ["p-1"], ["p-1", "p-1"]):
        with pytest.raises(rotation.NotTwo):
            rotation.replace_lost(BY, "signing", persons=persons, reason=TWO["reason"])
    write()


def test_nothing_is_changed_without_a_reason(home):
    for act in (
        lambda: rotation.rotate(BY, "signing", reason="term"),
        lambda: rotation.replace_lost(BY, "web", persons=["p-1", "p-2"], reason=" "),
    ):
        with pytest.raises(rotation.NoReason):
            act()


def test_a_key_that_is_gone_cannot_be_rotated(home):
    (home.keys / "sealing.key").unlink()
    with pytest.raises(keys.BadKey, match="missing"):
        rotation.rotate(BY, "sealing", reason=WHY)


def test_a_new_sealing_key_opens_all_that_was_sealed_and_the_old_one_is_destroyed(home, word, tmp_path):
    seqs = [keep(word, f"lift {n}") for n in range(3)]
    own = seals.fresh()
    home.originals.mkdir(exist_ok=True)
    (home.originals / "report-7.sealed").write_bytes(seals.put(own, "report-7", b"of its own key"))
    (home.originals / "abc.sealed").write_bytes(keys.seal(home.keys, "abc", b"of the home's key"))
    draws = home.keys / "draws"
    draws.mkdir()
    (draws / "c.sealed").write_bytes(keys.seal(home.keys, "c.sealed", b"seed"))
    shutil.copy(home.keys / "sealing.key", tmp_path / "sealing.key")
    rotation.rotate(BY, "sealing", reason=WHY)
    assert not list(home.keys.glob("sealing.*.key"))
    assert [one(seq)[1].text for seq in seqs] == ["lift 0", "lift 1", "lift 2"]
    assert keys.unseal(home.keys, "abc", (home.originals / "abc.sealed").read_bytes()) == b"of the home's key"
    assert keys.unseal(home.keys, "c.sealed", (draws / "c.sealed").read_bytes()) == b"seed"
    assert seals.take(own, "report-7", (home.originals / "report-7.sealed").read_bytes()) == b"of its own key"
    holds()
    for row in PayloadKey.objects.all():  # what is wrapped now says nothing to the key before
        with pytest.raises(keys.OtherKey):
            keys.unseal(tmp_path, f"payload-{row.entry_id}", bytes(row.wrapped))
    keep(word)


def test_a_rotation_of_the_sealing_key_that_was_cut_short_goes_on(home, word, monkeypatch):
    seq = keep(word)
    old = (home.keys / "sealing.key").read_text()

    def cut(*_):
        raise KeyboardInterrupt

    for name in ("_wrap_anew", "_seal_anew"):
        home.originals.mkdir(exist_ok=True)
        (home.originals / "abc.sealed").write_bytes(keys.seal(home.keys, "abc", b"x"))
        with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
            patched.setattr(rotation, name, cut)
            rotation.rotate(BY, "sealing", reason=WHY)
        assert one(seq)[1].text == "a lift is broken"
        assert keys.unseal(home.keys, "abc", (home.originals / "abc.sealed").read_bytes()) == b"x"
    middle = (home.keys / "sealing.key").read_text()
    assert middle != old
    rotation.rotate(BY, "sealing", reason=WHY)
    assert (home.keys / "sealing.key").read_text() == middle
    assert not list(home.keys.glob("sealing.*.key"))
    assert one(seq)[1].text == "a lift is broken"
    holds()


def test_with_a_lost_sealing_key_goes_what_was_sealed_and_the_record_still_holds(home, word):
    seqs = [keep(word), keep(word)]
    (home.keys / "sealing.key").unlink()
    assert rotation.replace_lost(BY, "sealing", **TWO) == 2
    assert [one(seq)[1] for seq in seqs] == [None, None]
    said = one(Entry.objects.latest("seq").seq)[1]
    assert (said.entries, said.authority) == (seqs, "p-1, p-2")
    assert one(keep(word))[1].text == "a lift is broken"
    holds()


def test_links_signed_by_the_web_key_before_open_for_thirty_days_and_then_no_more(home, at_once):
    keys.make_web(home.keys)
    old, _none = keys.web(home.keys, times.now())
    with at_once():
        rotation.rotate(BY, "web", reason=WHY)
    now = times.now()
    new, earlier = keys.web(home.keys, now)
    assert (new != old, earlier) == (True, [old])
    with pytest.raises(rotation.LinksLive):
        rotation.rotate(BY, "web", reason=WHY)
    assert keys.web(home.keys, now + keys.LINKS_LIVE) == (new, [])
    with times.held(now + keys.LINKS_LIVE), at_once():
        rotation.rotate(BY, "web", reason=WHY)


def test_a_stolen_web_key_opens_nothing_any_more(home):
    keys.make_web(home.keys)
    old, _none = keys.web(home.keys, times.now())
    rotation.replace_lost(BY, "web", **TWO)
    new, earlier = keys.web(home.keys, times.now())
    assert (new != old, earlier) == (True, [])


def test_keys_warn_sixty_days_before_their_term_and_after_it(home):
    keys.make_web(home.keys)
    made = times.now()
    assert keys.warnings(home, made) == []
    assert keys.warnings(home, made + keys.VALID - keys.WARNED - (keys.WARNED / 60)) == []
    near = keys.warnings(home, made + keys.VALID - keys.WARNED)
    assert [str(w).split()[1] for w in near] == ["signing", "sealing", "web"]
    assert all("comes to its term" in str(w) for w in near)
    assert all("past its term" in str(w) for w in keys.warnings(home, made + keys.VALID))
    (home.keys / "web.key").unlink()
    assert "missing" in str(keys.warnings(home, made)[0])
