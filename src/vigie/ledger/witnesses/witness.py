"""A witness: countersigns each log's newest checkpoint once it is shown that nothing before it changed.

C2SP tlog-witness over one SQLite file. A witness never countersigns two histories under one origin: it keeps the
newest checkpoint of each log it watches, asks for a proof that the next one continues it, and keeps whatever
contradicts it as evidence. It needs no home, and nothing of the logs but their checkpoints.

    FOLDER/witness.key       its signing key, readable by the owner alone
    FOLDER/witness.vkey      its name and public key: what the logs' operators put into their vigie.toml
    FOLDER/witness.sqlite3   the keys it trusts, the newest checkpoint of each log, and the evidence
"""

import io
import logging
import os
import socket
import sqlite3
import sys
import threading
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from vigie import files
from vigie.errors import BadInput, Conflict, NotFound, RecordBroken
from vigie.ledger import note, tree
from vigie.ledger.note import COSIGNATURE, ED25519, BadNote, Checkpoint, Verifier
from vigie.ledger.witnesses import submission
from vigie.ledger.witnesses.submission import BadSubmission, Submission

SHOWN = "Vigie-Checkpoint"
"""Header of a refusal: base64 of the newest checkpoint countersigned, so that the refusal need not be taken on trust.

It goes only to who shows a checkpoint signed by that log: the size of a log tells how busy it is.
"""

MOST_EVIDENCE = 1000
"""Pieces of evidence kept for one log. Only the holder of its key can make any."""

PATIENCE = 10.0
"""Seconds within which a whole request must have come in."""

MOST_CONNECTIONS = 64

_WIDEST_SHOWN = 32 * 1024  # readers of headers take lines of 64 KiB at most, and base64 adds a third

_SCHEMA = """
CREATE TABLE IF NOT EXISTS trusted (vkey TEXT PRIMARY KEY, origin TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS newest (origin TEXT PRIMARY KEY, size INTEGER NOT NULL, root BLOB NOT NULL, note TEXT NOT NULL, at INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS evidence (
    origin TEXT NOT NULL, size INTEGER NOT NULL, root BLOB NOT NULL, note TEXT NOT NULL, what TEXT NOT NULL,
    beside TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (origin, size, root)
);
"""

_log = logging.getLogger("vigie.witness")


class NoWitness(BadInput):
    """The folder is not a witness's, or its key cannot be used."""


class WitnessThere(Conflict):
    """The folder already holds a witness, or something else."""


class NotWatched(NotFound):
    """The witness does not trust that key."""


class WitnessBroken(RecordBroken):
    """The witness's own file cannot be used."""


@dataclass(frozen=True)
class Answer:
    """What is answered: status, media type, body, and the checkpoint shown beside a refusal."""

    status: HTTPStatus
    body: str
    type: str = "text/plain; charset=utf-8"
    shown: str = ""


@dataclass(frozen=True)
class Watched:
    """One log as the witness knows it. note: empty before the first countersignature; at: POSIX seconds."""

    origin: str
    size: int
    root: bytes
    note: str
    at: int
    vkeys: tuple[str, ...]
    evidence: int


@dataclass(frozen=True)
class Evidence:
    """A checkpoint signed by the log that does not continue the one the witness had countersigned (`beside`)."""

    size: int
    note: str
    what: str
    beside: str
    at: int


def init(folder: Path, name: str) -> Verifier:
    """Make a witness in an empty folder. Raises WitnessThere, BadInput for a name no key may have."""
    if not note.fits_name(name):
        raise BadInput(
            "A witness cannot be called {name!r}. Expected a name without spaces or plus, such as witness.example.org/press.",
            name=name,
        )
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise WitnessThere("{folder} is not empty. Give another folder for the witness.", folder=folder)
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    key = Ed25519PrivateKey.generate()
    verifier = Verifier(name, COSIGNATURE, key.public_key().public_bytes_raw())
    with os.fdopen(
        os.open(folder / "witness.key", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w"
    ) as stream:
        stream.write(key.private_bytes_raw().hex() + "\n")
    (folder / "witness.vkey").write_text(verifier.vkey() + "\n", encoding="utf-8")
    Witness(folder).close()
    files.sure_below(folder)
    return verifier


class Witness:
    """A witness's folder, open. Any number of threads and processes may use it at once."""

    def __init__(self, folder: Path, *, clock: Callable[[], float] = time.time) -> None:
        """Open the folder. Raises NoWitness when it is none, or when its key is not the one its logs know."""
        self._key = _key(folder)
        self.verifier = _verifier(folder)
        if self._key.public_key().public_bytes_raw() != self.verifier.public:
            raise NoWitness(
                "The key in {folder} is not the one its witness.vkey names. Put the right file back from a backup.",
                folder=folder,
            )
        self._clock = clock
        self._lock = threading.Lock()
        try:
            self._db = sqlite3.connect(
                folder / "witness.sqlite3", timeout=20, isolation_level=None, check_same_thread=False
            )
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=FULL")
            self._db.executescript(_SCHEMA)
        except sqlite3.Error as fault:
            raise WitnessBroken(
                "{folder}/witness.sqlite3 cannot be used: {fault}. Put it back from a backup taken today, or make a new "
                "witness: one that forgot what it saw must not countersign under its old name.",
                folder=folder,
                fault=fault,
            ) from None

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def watch(self, vkey: str) -> str:
        """Trust one more key of a log. Gives the log's origin. Raises BadVerifier."""
        log = note.read_vkey(vkey, type=ED25519)
        with self._writing():
            self._db.execute("INSERT OR IGNORE INTO trusted VALUES (?, ?)", (log.vkey(), log.name))
        return log.name

    def unwatch(self, vkey: str) -> str:
        """Trust a key no more: it was lost, or stolen. What was seen stays. Gives the origin. Raises NotWatched."""
        log = note.read_vkey(vkey, type=ED25519)
        with self._writing():
            if not self._db.execute("DELETE FROM trusted WHERE vkey = ?", (log.vkey(),)).rowcount:
                raise NotWatched(
                    "This witness does not trust {vkey}. List its logs with: vigie witness logs",
                    vkey=log.vkey(),
                )
        return log.name

    def logs(self) -> list[Watched]:
        """List the logs: those it trusts a key of, and those it once countersigned."""
        with self._lock:
            trusted = self._db.execute("SELECT origin, vkey FROM trusted ORDER BY origin, vkey").fetchall()
            rows = self._db.execute("SELECT origin, size, root, note, at FROM newest").fetchall()
            kept = dict(self._db.execute("SELECT origin, COUNT(*) FROM evidence GROUP BY origin").fetchall())
        newest = {origin: rest for origin, *rest in rows}
        origins = sorted({origin for origin, _vkey in trusted} | newest.keys())
        return [
            Watched(
                origin=origin,
                size=size,
                root=root,
                note=newest_note,
                at=at,
                vkeys=tuple(vkey for of, vkey in trusted if of == origin),
                evidence=kept.get(origin, 0),
            )
            for origin in origins
            for size, root, newest_note, at in [newest.get(origin, (0, tree.EMPTY, "", 0))]
        ]

    def evidence(self, origin: str) -> list[Evidence]:
        """List what contradicts a log's history, oldest first."""
        with self._lock:
            rows = self._db.execute(
                "SELECT size, note, what, beside, at FROM evidence WHERE origin = ? ORDER BY at, size",
                (origin,),
            ).fetchall()
        return [Evidence(*row) for row in rows]

    def add_checkpoint(self, body: bytes) -> Answer:
        """Judge a submission, and countersign what continues the log. What is answered is on the disc before."""
        try:
            given = submission.read(body)
        except BadSubmission as fault:
            return Answer(HTTPStatus.BAD_REQUEST, f"{fault}\n")
        origin = given.signed.checkpoint.origin
        with self._writing():
            trusted = self._db.execute("SELECT vkey FROM trusted WHERE origin = ?", (origin,)).fetchall()
            if not trusted:
                return Answer(HTTPStatus.NOT_FOUND, "This witness does not watch that log.\n")
            own = "".join(line for (vkey,) in trusted for line in _signed_by(given, vkey))
            if not own:
                said = "No signature of a key this witness trusts for that log.\n"
                return Answer(HTTPStatus.FORBIDDEN, said)
            return self._judge(given, f"{given.signed.text}\n{own}")

    def _judge(self, given: Submission, signed: str) -> Answer:
        """Judge; signed: the checkpoint under the trusted signatures alone, for anybody may put others beside them."""
        point = given.signed.checkpoint
        if given.old > point.size:
            return Answer(HTTPStatus.BAD_REQUEST, "The old size is above the checkpoint's.\n")
        row = self._db.execute(
            "SELECT size, root, note, at FROM newest WHERE origin = ?", (point.origin,)
        ).fetchone()
        size, root, newest, last = row or (0, tree.EMPTY, "", 0)
        if point.size == size and point.root != root:
            self._keep(point, signed, newest, "another root at the same size: a fork")
            return _conflict(size, newest)
        if given.old != size:
            return _conflict(size, newest)
        if not _continues(given, root):
            self._keep(point, signed, newest, "no proof that it continues what was countersigned")
            return Answer(
                HTTPStatus.UNPROCESSABLE_ENTITY,
                "The proof does not lead from the old size to this checkpoint.\n",
                shown=newest,
            )
        at = max(
            int(self._clock()), last
        )  # a clock set back must not date the larger tree before the smaller
        line = note.cosign(given.signed.text, self.verifier.name, self._key, at)
        self._db.execute(
            "INSERT INTO newest VALUES (?, ?, ?, ?, ?) ON CONFLICT (origin) DO UPDATE SET size = excluded.size, "
            "root = excluded.root, note = excluded.note, at = excluded.at",
            (point.origin, point.size, point.root, signed, at),
        )
        return Answer(HTTPStatus.OK, line)

    def _keep(self, point: Checkpoint, signed: str, beside: str, what: str) -> None:
        (kept,) = self._db.execute(
            "SELECT COUNT(*) FROM evidence WHERE origin = ?", (point.origin,)
        ).fetchone()
        if kept >= MOST_EVIDENCE:
            return
        done = self._db.execute(
            "INSERT OR IGNORE INTO evidence VALUES (?, ?, ?, ?, ?, ?, ?)",
            (point.origin, point.size, point.root, signed, what, beside, int(self._clock())),
        )
        if done.rowcount:
            _log.warning("%s shows %s at %d entries; kept as evidence", point.origin, what, point.size)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Hold the file: what is looked at and what is written must not come apart, or two sizes could cross."""
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:  # a full disc may have taken it back already
                    self._db.execute("ROLLBACK")
                raise


def _signed_by(given: Submission, vkey: str) -> list[str]:
    log = note.read_vkey(vkey, type=ED25519)
    try:
        note.check(given.signed, log)
    except BadNote:
        return []
    return [s.line() for s in log.of(given.signed.signatures)[:1]]


def _continues(given: Submission, root: bytes) -> bool:
    point = given.signed.checkpoint
    if given.old == 0:  # nothing was seen before: there is nothing to prove
        return not given.proof and (point.size > 0 or point.root == tree.EMPTY)
    return tree.check_consistency(given.old, root, point.size, point.root, given.proof)


def _conflict(size: int, newest: str) -> Answer:
    return Answer(HTTPStatus.CONFLICT, f"{size}\n", submission.SIZE_TYPE, newest)


def _key(folder: Path) -> Ed25519PrivateKey:
    file = folder / "witness.key"
    try:
        return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(file.read_text(encoding="ascii").strip()))
    except FileNotFoundError:
        raise NoWitness(
            "There is no witness in {folder}. Make one with: vigie witness init {folder} --name NAME",
            folder=folder,
        ) from None
    except (OSError, ValueError) as fault:
        raise NoWitness(
            "{file} cannot be used: {fault}. Expected 64 hexadecimal digits; put it back from a backup.",
            file=file,
            fault=fault,
        ) from None


def _verifier(folder: Path) -> Verifier:
    file = folder / "witness.vkey"
    try:
        return note.read_vkey(file.read_text(encoding="utf-8"), type=COSIGNATURE)
    except (OSError, UnicodeDecodeError) as fault:
        raise NoWitness(
            "{file} cannot be read: {fault}. Put it back from a backup.", file=file, fault=fault
        ) from None


class _Timed(io.RawIOBase):
    """A connection's bytes, of which a whole request must have come before a deadline, however slowly it drips."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self.until = 0.0

    def readable(self) -> bool:
        """Say yes: bytes come in here."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read what has come. Raises TimeoutError at the deadline."""
        left = self.until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._connection.settimeout(left)
        return self._connection.recv_into(buffer)


class _Handler(BaseHTTPRequestHandler):
    """One connection to the witness."""

    server: "Server"
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "vigie-witness", ""
    error_message_format, error_content_type = "%(message)s\n", "text/plain; charset=utf-8"

    def setup(self) -> None:
        """Put the deadline between the connection and what reads from it."""
        super().setup()
        self.rfile.close()
        self._timed = _Timed(self.connection)
        self.rfile = io.BufferedReader(self._timed)

    def handle_one_request(self) -> None:
        """Give each request of a connection its own deadline."""
        self._timed.until = time.monotonic() + self.server.patience
        try:
            super().handle_one_request()
        except (ConnectionError, TimeoutError):
            self.close_connection = True

    def do_POST(self) -> None:
        """Take a submission."""
        length = self.headers.get("Content-Length", "")
        if (
            "Transfer-Encoding" in self.headers
            or not (length.isascii() and length.isdecimal())
            or len(length) > 9
        ):
            self._say(
                Answer(HTTPStatus.LENGTH_REQUIRED, "Say how long the submission is, with Content-Length.\n"),
                last=True,
            )
        elif int(length) > submission.WIDEST:
            said = f"A submission has at most {submission.WIDEST} bytes.\n"
            self._say(Answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, said), last=True)
        elif self.path != submission.PATH:
            self._say(
                Answer(HTTPStatus.NOT_FOUND, f"Checkpoints are sent to {submission.PATH}.\n"), last=True
            )
        else:
            self._take(self.rfile.read(int(length)), int(length))

    def _take(self, body: bytes, length: int) -> None:
        if len(body) < length:
            self.close_connection = True
            return
        try:
            answer = self.server.witness.add_checkpoint(body)
        except sqlite3.Error:
            _log.exception("The witness's own file could not be written: nothing was countersigned")
            answer = Answer(
                HTTPStatus.SERVICE_UNAVAILABLE, "The witness cannot write now: nothing was countersigned.\n"
            )
        self._say(answer)

    def _say(self, answer: Answer, *, last: bool = False) -> None:
        body = answer.body.encode()
        self.connection.settimeout(self.server.patience)
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.type)
        self.send_header("Content-Length", str(len(body)))
        if answer.shown and len(answer.shown) <= _WIDEST_SHOWN:
            self.send_header(SHOWN, b64encode(answer.shown.encode()).decode())
        if last:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_given: object) -> None:
        """Say nothing of each request: what matters is said where it is judged."""


class Server(ThreadingHTTPServer):
    """The witness on a port: a thread for each connection, and no more connections than it can bear."""

    daemon_threads = True
    request_queue_size = MOST_CONNECTIONS

    def __init__(self, place: tuple[str, int], witness: Witness, *, patience: float = PATIENCE) -> None:
        """Listen at once. patience: seconds within which a whole request must have come in. Raises OSError."""
        self.witness = witness
        self.patience = patience
        self._room = threading.BoundedSemaphore(MOST_CONNECTIONS)
        super().__init__(place, _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Open a thread for a connection, or close it where there is no room."""
        if not self._room.acquire(blocking=False):
            self.shutdown_request(request)
            return
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Serve a connection to its end, then make room."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._room.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Tell of a fault of ours; a caller who hangs up is none."""
        del request, client_address
        if not isinstance(sys.exc_info()[1], OSError):
            _log.exception("A request could not be served")
