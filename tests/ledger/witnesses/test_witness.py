"""A witness: what it countersigns, and the lies of a log it does not."""

import socket
import sqlite3
import threading
import time
from base64 import b64decode
from contextlib import contextmanager, suppress
from http.client import HTTPConnection

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from vigie.errors import BadInput
from vigie.ledger import note
from vigie.ledger.witnesses import submission
from vigie.ledger.witnesses.witness import (
    MOST_CONNECTIONS,
    SHOWN,
    NotWatched,
    NoWitness,
    Server,
    Witness,
    WitnessBroken,
    WitnessThere,
    init,
)


def signed_at(witness, log, size, answer):
    """When the witness signed that checkpoint of that log."""
    return note.cosigned_at(
        note.parse(log.note(size)).text, note.parse_signatures(answer.body), witness.verifier
    )


def test_a_log_that_only_grows_is_countersigned_step_by_step(witness, log):
    for old, size in [(0, 1), (1, 2), (2, 7), (7, 8), (8, 20)]:
        answer = witness.add_checkpoint(log.send(old, size))
        assert answer.status == 200, answer.body
        assert signed_at(witness, log, size, answer) == 1_700_000_000
    assert [w.size for w in witness.logs()] == [20]


def test_the_same_checkpoint_is_countersigned_again_without_proof(witness, log):
    witness.add_checkpoint(log.send(0, 7))
    assert witness.add_checkpoint(log.send(7, 7)).status == 200


def test_an_empty_log_is_countersigned_under_its_own_root_and_no_other(witness, log):
    assert witness.add_checkpoint(log.send(0, 0)).status == 200
    other = note.sign(note.Checkpoint(log.origin, 0, b"\x01" * 32), log.key)
    assert witness.add_checkpoint(submission.write(0, [], other)).status == 409


# --- lies of a log -----------------------------------------------------------------------------------------------


def test_a_fork_at_the_same_size_is_refused_and_kept_as_evidence(witness, log):
    witness.add_checkpoint(log.send(0, 7))
    answer = witness.add_checkpoint(log.send(7, 7, log.rewritten()))
    assert (answer.status, answer.type, answer.body) == (409, "text/x.tlog.size", "7\n")
    (kept,) = witness.evidence(log.origin)
    assert (kept.note, kept.beside) == (log.note(7, log.rewritten()), log.note(7))
    assert "fork" in kept.what
    assert witness.add_checkpoint(log.send(7, 9)).status == 200  # the true history goes on


def test_a_fork_that_says_it_starts_from_nothing_is_kept_as_evidence_too(witness, log):
    witness.add_checkpoint(log.send(0, 7))
    assert witness.add_checkpoint(log.send(0, 7, log.rewritten())).status == 409
    assert len(witness.evidence(log.origin)) == 1


def test_a_rollback_is_refused_with_the_size_that_was_countersigned(witness, log):
    witness.add_checkpoint(log.send(0, 12))
    for old in (0, 5):
        answer = witness.add_checkpoint(log.send(old, 5))
        assert (answer.status, answer.body) == (409, "12\n")
    assert witness.logs()[0].size == 12


def test_a_log_cannot_start_afresh(witness, log):
    witness.add_checkpoint(log.send(0, 12))
    assert witness.add_checkpoint(log.send(0, 15, log.rewritten())).body == "12\n"


def test_a_rewritten_history_signed_by_the_true_key_is_refused_and_kept(witness, log):
    witness.add_checkpoint(log.send(0, 7))
    answer = witness.add_checkpoint(log.send(7, 12, log.rewritten()))
    assert answer.status == 422
    assert witness.evidence(log.origin)[0].size == 12
    assert witness.logs()[0].size == 7


def test_a_proof_of_another_step_is_refused(witness, log):
    witness.add_checkpoint(log.send(0, 7))
    for proof in (
        [],
        log.proof(6, 12),
        log.proof(7, 13),
        [*log.proof(7, 12), b"\0" * 32],
        log.proof(7, 12)[:-1],
    ):
        assert witness.add_checkpoint(submission.write(7, proof, log.note(12))).status == 422


def test_a_proof_where_nothing_was_seen_before_is_refused(witness, log):
    assert witness.add_checkpoint(submission.write(0, log.proof(3, 7), log.note(7))).status == 422


def test_an_old_size_above_the_checkpoint_is_malformed(witness, log):
    assert witness.add_checkpoint(submission.write(9, [], log.note(7))).status == 400


def test_a_log_nobody_asked_to_watch_is_unknown(witness, log):
    log.origin = "another-hall"
    assert witness.add_checkpoint(log.send(0, 7)).status == 404


def test_the_right_origin_under_another_key_is_forbidden(witness, log):
    log.key = Ed25519PrivateKey.generate()
    assert witness.add_checkpoint(log.send(0, 7)).status == 403


def test_the_right_key_id_over_another_text_is_forbidden(witness, log):
    text = log.note(7).replace("\n7\n", "\n8\n")
    assert witness.add_checkpoint(submission.write(0, [], text)).status == 403


def test_what_others_put_beside_the_log_s_signature_is_neither_believed_nor_kept(witness, log):
    stranger = note.cosign(
        note.parse(log.note(7)).text, "witness.example/other", Ed25519PrivateKey.generate(), 5
    )
    answer = witness.add_checkpoint(submission.write(0, [], log.note(7) + stranger))
    assert answer.status == 200
    assert witness.logs()[0].note == log.note(7)


def test_a_refusal_shows_the_newest_checkpoint_to_who_signs_as_the_log_and_to_nobody_else(witness, log):
    witness.add_checkpoint(log.send(0, 12))
    assert witness.add_checkpoint(log.send(0, 5)).shown == log.note(12)
    assert witness.add_checkpoint(log.send(12, 13, log.rewritten())).shown == log.note(12)
    log.key = Ed25519PrivateKey.generate()
    assert witness.add_checkpoint(log.send(0, 5)).shown == ""


def test_a_broken_body_is_malformed(witness):
    for body in (b"", b"old 0\n", b"\xff" * 10, b"old 0\n\ntown-hall\n7\n"):
        assert witness.add_checkpoint(body).status == 400


# --- the witness itself ------------------------------------------------------------------------------------------


def test_what_was_countersigned_outlives_the_process(folder, log):
    first = Witness(folder)
    first.watch(log.vkey)
    first.add_checkpoint(log.send(0, 7))
    del first  # no closing: as a process that is killed
    again = Witness(folder)
    assert again.add_checkpoint(log.send(0, 9)).body == "7\n"
    again.close()


def test_what_is_answered_was_kept_before(witness, log, folder):
    witness.add_checkpoint(log.send(0, 7))
    beside = sqlite3.connect(folder / "witness.sqlite3")
    assert beside.execute("SELECT size FROM newest").fetchall() == [(7,)]
    beside.close()
    assert witness._db.execute("PRAGMA synchronous").fetchone() == (2,)  # FULL


def test_two_submissions_at_once_never_cross(folder, log):
    """Half the threads carry the log on, each from where it stands; no smaller tree is ever signed after a larger."""
    witness = Witness(folder)
    witness.watch(log.vkey)
    signed = []

    def carry_on():
        for size in range(1, 21):
            for old in range(size):
                answer = witness.add_checkpoint(log.send(old, size))
                signed.extend([size] * (answer.status == 200))

    threads = [threading.Thread(target=carry_on) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert signed == sorted(signed)
    assert witness.logs()[0].size == 20
    witness.close()


def test_a_clock_set_back_does_not_date_a_larger_tree_before_a_smaller(folder, log):
    hours = iter([1000.0, 400.0])
    witness = Witness(folder, clock=lambda: next(hours))
    witness.watch(log.vkey)
    dates = [
        signed_at(witness, log, size, witness.add_checkpoint(log.send(old, size)))
        for old, size in [(0, 3), (3, 5)]
    ]
    assert dates == [1000, 1000]
    witness.close()


def test_a_log_may_sign_with_a_new_key_once_that_is_watched_and_the_old_can_be_let_go(witness, log):
    old = log.vkey
    witness.add_checkpoint(log.send(0, 7))
    log.key = Ed25519PrivateKey.generate()
    assert witness.add_checkpoint(log.send(7, 9)).status == 403
    witness.watch(log.vkey)
    assert witness.add_checkpoint(log.send(7, 9)).status == 200
    witness.unwatch(old)
    assert witness.logs()[0].vkeys == (log.vkey,)
    with pytest.raises(NotWatched):
        witness.unwatch(old)


def test_a_log_whose_last_key_is_let_go_is_remembered_and_no_more_countersigned(witness, log):
    witness.add_checkpoint(log.send(0, 7))
    witness.unwatch(log.vkey)
    assert witness.add_checkpoint(log.send(7, 9)).status == 404
    assert [(w.size, w.vkeys) for w in witness.logs()] == [(7, ())]


def test_evidence_is_bounded(witness, log, monkeypatch):
    monkeypatch.setattr("vigie.ledger.witnesses.witness.MOST_EVIDENCE", 3)
    witness.add_checkpoint(log.send(0, 7))
    for at in range(6):
        assert witness.add_checkpoint(log.send(7, 7, log.rewritten(at))).status == 409
    assert len(witness.evidence(log.origin)) == 3


def test_a_witness_is_made_once_and_its_key_is_its_owners_alone(folder):
    assert (folder / "witness.key").stat().st_mode & 0o777 == 0o600
    with pytest.raises(WitnessThere):
        init(folder, "witness.example/press")


@pytest.mark.parametrize("name", ["", "two words", "a+b", "tab\t", "x" * 300])
def test_a_name_no_key_may_have_is_refused(tmp_path, name):
    with pytest.raises(BadInput, match="cannot be called"):
        init(tmp_path / "new", name)


def test_a_folder_without_a_witness_or_with_anothers_key_is_refused(tmp_path, folder):
    with pytest.raises(NoWitness, match="vigie witness init"):
        Witness(tmp_path / "nothing")
    other = Ed25519PrivateKey.generate().private_bytes_raw().hex()
    (folder / "witness.key").write_text(other)
    with pytest.raises(NoWitness, match="not the one"):
        Witness(folder)
    (folder / "witness.key").write_text("no key")
    with pytest.raises(NoWitness, match="64 hexadecimal digits"):
        Witness(folder)


def test_a_file_that_is_no_database_is_told_and_nothing_is_countersigned(folder):
    (folder / "witness.sqlite3").write_bytes(b"garbage" * 1000)
    for beside in ("witness.sqlite3-wal", "witness.sqlite3-shm"):
        (folder / beside).unlink(missing_ok=True)
    with pytest.raises(WitnessBroken):
        Witness(folder)


# --- on a port ---------------------------------------------------------------------------------------------------


@pytest.fixture
def port(witness):
    server = Server(("127.0.0.1", 0), witness, patience=1.0)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    thread.join()
    server.server_close()


@contextmanager
def calling(port):
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        yield connection
    finally:
        connection.close()


def ask(connection, body):
    connection.request("POST", "/add-checkpoint", body)
    answer = connection.getresponse()
    return answer.status, answer.headers, answer.read()


def test_one_connection_serves_many_submissions(port, log):
    with calling(port) as connection:
        assert ask(connection, log.send(0, 7))[0] == 200
        assert ask(connection, log.send(7, 9))[0] == 200
        status, headers, body = ask(connection, log.send(7, 9))
    assert (status, headers["Content-Type"], body) == (409, "text/x.tlog.size", b"9\n")
    assert b64decode(headers[SHOWN]).decode() == log.note(9)


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"GET /add-checkpoint HTTP/1.1\r\nHost: x\r\n\r\n", 501),
        (b"POST /elsewhere HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n", 404),
        (b"POST /add-checkpoint HTTP/1.1\r\nHost: x\r\n\r\n", 411),
        (b"POST /add-checkpoint HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n", 411),
        (b"POST /add-checkpoint HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", 411),
        (b"POST /add-checkpoint HTTP/1.1\r\nHost: x\r\nContent-Length: 999999\r\n\r\n", 413),
        (b"POST /add-checkpoint HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nold", 400),
        (b"POST /add-checkpoint HTTP/1.1\r\nX: " + b"a" * 70000 + b"\r\n\r\n", 431),
    ],
    ids=["reading", "elsewhere", "no length", "chunks", "negative", "huge", "broken", "header"],
)  # fmt: skip
def test_a_hostile_request_is_one_short_refusal(port, sent, status):
    with socket.create_connection(("127.0.0.1", port), timeout=10) as raw:
        raw.sendall(sent)
        answer = raw.recv(4096)
    assert answer.startswith(f"HTTP/1.1 {status} ".encode())
    assert b"<" not in answer


def test_a_request_that_drips_is_cut_off(port):
    with socket.create_connection(("127.0.0.1", port), timeout=10) as raw:
        raw.sendall(b"POST /add-checkpoint HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n")
        try:
            for _ in range(60):
                raw.sendall(b"o")
                time.sleep(0.05)
            cut = raw.recv(10) == b""
        except (BrokenPipeError, ConnectionResetError):
            cut = True
    assert cut


def test_more_connections_than_it_can_bear_are_closed_and_room_is_made_again(port, log):
    idle = [socket.create_connection(("127.0.0.1", port), timeout=10) for _ in range(MOST_CONNECTIONS)]
    with socket.create_connection(("127.0.0.1", port), timeout=10) as one_more:
        assert one_more.recv(10) == b""
    for each in idle:
        each.close()
    served = False
    for _ in range(100):
        with suppress(OSError), calling(port) as connection:
            served = ask(connection, log.send(0, 7))[0] == 200
        if served:
            break
        time.sleep(0.05)
    assert served


def test_a_witness_without_room_on_its_disc_signs_nothing_and_goes_on_once_there_is_some(port, witness, log):
    (pages,) = witness._db.execute("PRAGMA page_count").fetchone()
    witness._db.execute(f"PRAGMA max_page_count = {pages}")
    text = note.parse(log.note(7)).text + "x" * 50_000 + "\n"
    long = note.Signature(log.origin, note.key_hash(log.origin, log.key.public_key().public_bytes_raw()), log.key.sign(text.encode()))  # fmt: skip
    with calling(port) as connection:
        status, _headers, body = ask(connection, submission.write(0, [], f"{text}\n{long.line()}"))
        assert (status, b"nothing was countersigned" in body) == (503, True)
        assert witness.logs()[0].size == 0
        witness._db.execute("PRAGMA max_page_count = 100000")
        assert ask(connection, log.send(0, 7))[0] == 200
