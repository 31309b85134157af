"""A home and its witnesses: what is kept of what they sign, what their lies do, and when writing stops."""

import subprocess
import sys
import threading
import time
from base64 import b64encode
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction

from vigie.accounts.actions import found_office
from vigie.errors import BadInput
from vigie.homes import BadHome
from vigie.ledger import holds, keys, note, queries
from vigie.ledger.actions import recording
from vigie.ledger.exports import reading
from vigie.ledger.exports.queries import files
from vigie.ledger.holds import Held
from vigie.ledger.kinds import By
from vigie.ledger.models import Checkpoint, Cosignature
from vigie.ledger.witnesses import submission
from vigie.ledger.witnesses.actions import NothingToDeclare, declare_rollback, exchange
from vigie.ledger.witnesses.judging import BEHIND, COUNTERSIGNED, FORKED, LIES, SILENT, STRANGER
from vigie.ledger.witnesses.queries import countersigned, shown, solemn_sizes
from vigie.ledger.witnesses.sending import send_all
from vigie.ledger.witnesses.witness import SHOWN, Server, Witness, init

CHECKER = Path(__file__).resolve().parents[3] / "tools" / "verify_record.py"
BY = By(person="p-1", office="machine-room", via="shell")


@contextmanager
def serving(server):
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def press(tmp_path):
    """An honest witness on a port."""
    init(tmp_path / "press", "witness.example/press")
    witness = Witness(tmp_path / "press")
    with serving(Server(("127.0.0.1", 0), witness)) as witness.port:
        yield witness
    witness.close()


class Liar:
    """A witness that answers what it is told to: `liar.answer = lambda submission: (status, headers, body)`."""

    def __init__(self):
        self.key = Ed25519PrivateKey.generate()
        self.verifier = note.Verifier(
            "witness.example/liar", note.COSIGNATURE, self.key.public_key().public_bytes_raw()
        )
        self.answer = self.honest

    def honest(self, given):
        return 200, {}, note.cosign(given.signed.text, self.verifier.name, self.key, int(time.time()))


@pytest.fixture
def liar():
    lying = Liar()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            given = submission.read(self.rfile.read(int(self.headers["Content-Length"])))
            status, headers, body = lying.answer(given)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                for piece in [body] if isinstance(body, str) else body:
                    self.wfile.write(piece.encode())
            except OSError:
                pass

        def log_message(self, *_):
            pass

    with serving(ThreadingHTTPServer(("127.0.0.1", 0), Handler)) as lying.port:
        yield lying


def toml(*witnesses, need=1, stop=False):
    lines = ["[witnesses]", f"need = {need}", f"stop = {str(stop).lower()}"]
    for witness in witnesses:
        name = witness.verifier.name.rpartition("/")[2]
        lines += ["[[witnesses.of]]", f'name = "{name}"', f'url = "http://127.0.0.1:{witness.port}/"']
        lines += [f'vkey = "{witness.verifier.vkey()}"']
    return "\n".join(lines)


@pytest.fixture
def watched(make_home, press):
    """A home with one honest witness, that watches it."""
    home = make_home(toml(press))
    press.watch(shown().log.vkey())
    return home


@pytest.fixture
def between(make_home, press, liar):
    """A home with an honest witness and a lying one, which needs both."""
    home = make_home(toml(press, liar, need=2))
    press.watch(shown().log.vkey())
    return home


def act(name="duty"):
    found_office(name, name.title(), ["duty"])


@contextmanager
def taken_back():
    """What happens inside is gone from the database afterwards: as a backup put in its place would have it."""
    with transaction.atomic(using="record"):
        yield
        transaction.set_rollback(True, using="record")


def said(standing):
    return {s.name: (s.standing, str(s)) for s in standing.said}


# --- what is kept -------------------------------------------------------------------------------------------------


def test_each_checkpoint_shown_is_countersigned_kept_and_told(watched, press):
    for name in ("one", "two"):
        act(name)
        assert exchange().signed == 1
    rows = list(Cosignature.objects.order_by("size"))
    assert [row.name for row in rows] == ["press", "press"]
    newest = Checkpoint.objects.order_by("-size").first()
    both = note.parse(newest.note + rows[-1].line)
    assert note.cosigned_at(both.text, both.signatures, press.verifier) is not None
    told = countersigned()
    assert (told.size, told.signed, told.need, told.count) == (newest.size, 1, 1, 1)
    assert queries.verify().verified


def test_showing_the_same_checkpoint_again_keeps_one_signature(watched):
    exchange()
    exchange()
    assert Cosignature.objects.count() == 1


def test_many_acts_since_the_last_exchange_are_proven_in_one_step(watched, press):
    exchange()
    for number in range(20):
        act(f"office-{number}")
    assert exchange().signed == 1
    assert press.logs()[0].size == queries.head()[0]


@pytest.mark.usefixtures("as_owner")
def test_a_home_that_lost_its_signatures_learns_from_the_witness_where_it_stands(watched):
    exchange()
    act()
    Cosignature.objects.all().delete()
    assert exchange().signed == 1


def test_a_home_without_witnesses_says_nothing_and_stops_nothing(make_home):
    home = make_home()
    assert exchange().said == ()
    assert holds.standing(home.path, "writing") is None
    assert countersigned().count == 0


def test_how_far_it_is_countersigned_is_how_far_enough_of_them_signed(between, liar):
    exchange()
    first = countersigned().size
    liar.answer = lambda _: (500, {}, "")
    act()
    exchange()
    told = countersigned()
    assert (told.size, told.signed) == (first, 1)


@pytest.mark.usefixtures("as_owner")
def test_a_signature_changed_afterwards_is_found(watched):
    exchange()
    row = Cosignature.objects.get()
    size = row.size
    raw = bytearray(note.parse_signatures(row.line)[0].value)
    raw[-1] ^= 1
    row.line = note.Signature(
        "witness.example/press", note.parse_signatures(row.line)[0].key_id, bytes(raw)
    ).line()
    row.save()
    assert [f.where for f in queries.verify().faults] == [f"countersignature of press at {size}"]


@pytest.mark.usefixtures("as_owner")
def test_a_signature_moved_to_another_checkpoint_is_found(watched):
    exchange()
    act()
    Cosignature.objects.update(size=queries.head()[0])
    assert "not over that checkpoint" in queries.verify().faults[0].what
    Cosignature.objects.update(size=99)
    assert "no checkpoint of that size" in queries.verify().faults[0].what


def test_the_checkpoints_of_solemn_acts_are_known_by_their_size(receiving_home):
    act("one")
    act("two")
    assert solemn_sizes(0, queries.head()[0]) == [1]
    assert solemn_sizes(1, queries.head()[0]) == []


def test_a_witness_whose_key_cannot_be_read_is_named(make_home, press):
    make_home(toml(press).replace("witness.example/press+", "witness.example/prose+"))
    with pytest.raises(BadHome, match=r"the witness press: .* does not fit its own id"):
        exchange()
    assert [f.where for f in queries.verify().faults] == ["vigie.toml"]


# --- lies of a witness --------------------------------------------------------------------------------------------


def _flipped(liar):
    def answer(given):
        status, headers, line = liar.honest(given)
        own = note.parse_signatures(line)[0]
        return (
            status,
            headers,
            note.Signature(own.name, own.key_id, own.value[:-1] + bytes([own.value[-1] ^ 1])).line(),
        )

    return answer


def _other_text(liar):
    def answer(given):
        text = given.signed.text.replace(f"\n{given.signed.checkpoint.size}\n", "\n99\n")
        return 200, {}, note.cosign(text, liar.verifier.name, liar.key, int(time.time()))

    return answer


def _larger(_liar):
    """Refuse, and show a larger checkpoint that the home did not sign."""

    def answer(given):
        made = note.Checkpoint(given.signed.checkpoint.origin, 9000, b"\x05" * 32)
        return 409, shows(note.sign(made, Ed25519PrivateKey.generate())), "9000\n"

    return answer


def _true(_liar):
    """Refuse, and show the very checkpoint that was sent."""

    def answer(given):
        lines = "".join(s.line() for s in given.signed.signatures)
        return 422, shows(f"{given.signed.text}\n{lines}"), ""

    return answer


def shows(checkpoint):
    return {SHOWN: b64encode(checkpoint.encode()).decode()}


def signs(key=None, name=None, at=5):
    """Sign what was sent: with another key, under another name, dated otherwise."""

    def make(liar):
        return lambda given: (
            200, {}, note.cosign(given.signed.text, name or liar.verifier.name, key or liar.key, at),
        )  # fmt: skip

    return make


def always(status, body="", headers=None):
    """Answer the same, whatever is sent."""
    return lambda _liar: lambda _given: (status, headers or {}, body)


def says(status, body):
    """Answer in words made from what is sent."""
    return lambda _liar: lambda given: (status, {}, body(given))


LIES_OF_A_WITNESS = {
    "a signature with one bit changed": (_flipped, LIES, "not over the checkpoint"),
    "a signature over another size": (_other_text, LIES, "not over the checkpoint"),
    "a signature by another key": (signs(key=Ed25519PrivateKey.generate()), LIES, "not by the key"),
    "a signature under another name": (signs(name="witness.example/other"), LIES, "not by the key"),
    "the log's own signature": (says(200, lambda given: given.signed.signatures[0].line()), LIES, "not by the key"),
    "a date to come": (signs(at=2**62), LIES, "ahead of this machine's clock"),
    "words in place of a signature": (always(200, "trust me\n"), LIES, "not over the checkpoint"),
    "nothing in place of a signature": (always(200), LIES, "not over the checkpoint"),
    "a refusal without a size": (always(409, "no"), LIES, "does not say at which size"),
    "a larger size, on its word": (always(409, "9000\n"), BEHIND, "says that it countersigned 9000"),
    "a larger size, shown under another key": (_larger, BEHIND, "says that it countersigned 9000"),
    "another root, on its word": (says(409, lambda given: f"{given.signed.checkpoint.size}\n"), FORKED, "no longer continues"),
    "a refused proof": (always(422), FORKED, "no longer continues"),
    "a refused proof, beside the true checkpoint": (_true, LIES, "a proof that holds"),
    "another size each time": (says(409, lambda given: f"{given.old + 1}\n"), SILENT, "another size each time"),
    "an answer without end": (always(200, ["x" * 9999] * 99), SILENT, "no end"),
    "a way elsewhere": (always(307, headers={"Location": "http://127.0.0.1:9/"}), SILENT, "answers 307"),
    "a fault of its own": (always(500), SILENT, "answers 500"),
    "that it does not know the log": (always(404), STRANGER, "does not watch"),
    "that it knows another key": (always(403), STRANGER, "under another key"),
}  # fmt: skip


@pytest.mark.parametrize("lie", LIES_OF_A_WITNESS)
def test_one_witness_that_lies_or_fails_is_told_and_stops_nothing(between, liar, lie):
    make, standing, words = LIES_OF_A_WITNESS[lie]
    for name in ("one", "two", "three"):
        act(name)
    liar.answer = make(liar)
    told = said(exchange())
    assert told["press"][0] == COUNTERSIGNED
    assert told["liar"][0] == standing
    assert words in told["liar"][1]
    assert list(Cosignature.objects.values_list("name", flat=True)) == ["press"]
    act("later")
    assert queries.verify().verified


def test_an_answer_that_drips_is_cut_off(between, liar, monkeypatch):
    monkeypatch.setitem(send_all.__kwdefaults__, "patience", 0.5)

    def drip(_given):
        def pieces():
            for _ in range(100):
                yield "x"
                time.sleep(0.05)

        return 200, {}, pieces()

    liar.answer = drip
    began = time.monotonic()
    assert said(exchange())["liar"][0] in {SILENT, LIES}
    assert time.monotonic() - began < 4


def test_a_witness_that_is_not_there_is_told_and_stops_nothing(make_home, press):
    port, press.port = press.port, 9
    make_home(toml(press))
    told = exchange()
    assert said(told)["press"][0] == SILENT
    assert "did not answer" in str(told.said[0])
    act()
    press.port = port


def test_the_bare_word_of_as_many_witnesses_as_are_needed_does_stop_the_writing(make_home, liar):
    make_home(toml(liar))
    liar.answer = lambda _: (409, {}, "9000\n")
    exchange()
    with pytest.raises(Held, match="liar says that it countersigned 9000 entries"):
        act()
    liar.answer = lambda _: (500, {}, "")
    exchange()  # its silence proves nothing
    with pytest.raises(Held):
        act()
    liar.answer = liar.honest
    exchange()
    act()


# --- a record put back ----------------------------------------------------------------------------------------------


def put_back(home, *names):
    """Act, be countersigned, and find the acts gone from the database; the file beside it is gone too."""
    with taken_back():
        for name in names or ("gone",):
            act(name)
        exchange()
        size, root = queries.head()
    (home.path / "checkpoint").unlink()
    return size, root.hex()


def test_a_record_behind_its_witness_is_held_and_says_what_happened_and_the_way_out(between):
    exchange()
    size, root = put_back(between)
    standing = exchange()
    assert (standing.against.name, standing.against.size, standing.against.root, standing.against.proven) == ("press", size, root, True)  # fmt: skip
    with pytest.raises(
        Held, match=f"press shows a checkpoint that this home signed at {size} entries.*declare-rollback"
    ):
        act()
    with pytest.raises(Held), recording():
        pass


@pytest.mark.parametrize("others", [1, 2, 5])
def test_a_record_that_went_on_differently_is_held_however_far_it_went(between, others):
    exchange()
    size, _root = put_back(between, "gone", "gone-too")
    for number in range(others):
        act(f"other-{number}")
    standing = exchange()
    assert standing.against.standing == (BEHIND if others == 1 else FORKED)
    assert (standing.against.size, standing.against.proven) == (size, True)
    with pytest.raises(Held):
        act()


def test_the_homes_own_file_shows_it_where_no_witness_does(receiving_home):
    with taken_back():
        act("gone")
    assert "The file checkpoint beside the database" in str(exchange().against)
    with pytest.raises(Held):
        act()
    declare_rollback(BY, reason="trial")
    act()


def test_a_file_of_another_home_shows_nothing(receiving_home):
    other = note.sign(note.Checkpoint("elsewhere", 900, b"\x05" * 32), keys.signing(receiving_home.keys))
    (receiving_home.path / "checkpoint").write_text(other)
    assert exchange().against is None
    forged = note.sign(note.Checkpoint("test", 900, b"\x05" * 32), Ed25519PrivateKey.generate())
    (receiving_home.path / "checkpoint").write_text(forged)
    assert exchange().against is None


def test_a_declared_rollback_says_what_was_lost_and_the_log_goes_on_under_another_name(watched, press):
    exchange()
    kept, _ = queries.head()
    size, root = put_back(watched)
    exchange()
    written = declare_rollback(BY, reason="the disc failed")
    body = queries.one(written.seq)[1]
    assert (body.lost, body.kept, body.root, body.shown_by, body.reason) == (size, kept, root, "press", "the disc failed")  # fmt: skip
    assert written.by == BY
    newest = note.parse(Checkpoint.objects.order_by("-size").first().note).checkpoint
    assert (newest.origin, newest.size) == (body.origin, kept + 1)
    assert body.origin == "test/2024-03-22T12:00:00Z"
    act()
    assert queries.verify().verified


def test_after_a_declared_rollback_the_witness_decides_whether_it_watches_the_new_name(watched, press):
    exchange()
    size, _ = put_back(watched)
    exchange()
    declare_rollback(BY, reason="the disc failed")
    told = exchange()
    assert told.said[0].standing == STRANGER
    assert shown().log.vkey() in str(told.said[0])
    act()
    press.watch(shown().log.vkey())
    assert exchange().signed == 1
    assert [(w.origin, w.size) for w in press.logs()] == [
        ("test", size),
        ("test/2024-03-22T12:00:00Z", queries.head()[0]),
    ]


def test_a_checkpoint_kept_elsewhere_from_before_a_rollback_is_told_as_lost_and_not_as_anothers(watched):
    exchange()
    with taken_back():
        act("gone")
        known = Checkpoint.objects.order_by("-size").first().note
        exchange()
    exchange()
    written = declare_rollback(BY, reason="the disc failed")
    act()
    (fault,) = queries.verify(known=known).faults
    assert f"entry {written.seq} declares that the record was put back" in fault.what


def test_an_export_made_after_a_declared_rollback_holds_for_both_its_checkers(watched, tmp_path):
    exchange()
    put_back(watched)
    exchange()
    declare_rollback(BY, reason="the disc failed")
    act()
    for name, data in files():
        (tmp_path / "export" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "export" / name).write_bytes(data)
    assert reading.verify(tmp_path / "export").faults == []
    done = subprocess.run(
        [sys.executable, CHECKER, tmp_path / "export"], capture_output=True, text=True, check=False
    )
    assert done.stdout == "All holds.\n"


def test_a_second_rollback_to_before_the_first_is_found_by_the_name_it_no_longer_has(watched, press):
    exchange()
    with taken_back():
        put_back(watched)
        exchange()
        declare_rollback(BY, reason="the first")
        act("gone")
    assert shown().log.name == "test"
    assert exchange().against is not None
    with pytest.raises(Held):
        act()


def test_a_rollback_is_not_declared_without_a_sign_of_one_nor_without_a_reason(watched):
    with pytest.raises(NothingToDeclare):
        declare_rollback(BY, reason="just so")
    holds.put(watched.path, "writing", "The check failed.")
    with pytest.raises(BadInput, match="with its reason"):
        declare_rollback(BY, reason="  ")
    assert holds.standing(watched.path, "writing") == "The check failed."


def test_somebody_elses_hold_is_neither_lifted_nor_replaced(watched):
    holds.put(watched.path, "writing", "The check failed.")
    exchange()
    assert holds.standing(watched.path, "writing") == "The check failed."


# --- where the policy says that writing stops -------------------------------------------------------------------------


def test_writing_stops_while_too_few_countersigned_and_goes_on_by_itself(make_home, liar):
    home = make_home(toml(liar, stop=True))
    liar.answer = lambda _: (500, {}, "")
    exchange()
    with pytest.raises(Held, match="goes on by itself"):
        act()
    with pytest.raises(NothingToDeclare):
        declare_rollback(BY, reason="not one")
    liar.answer = liar.honest
    exchange()
    assert holds.standing(home.path, "writing") is None
    act()


def test_an_accusation_takes_the_place_of_too_few_signatures(make_home, liar):
    home = make_home(toml(liar, stop=True))
    liar.answer = lambda _: (500, {}, "")
    exchange()
    liar.answer = lambda _: (409, {}, "9000\n")
    exchange()
    assert "9000" in holds.standing(home.path, "writing")
