"""A small record, and twelve ways to tamper with it: what the tests of every verifier share.

A forger without the key changes what they like and leaves signatures; one with the key signs anew.
"""

from copy import deepcopy
from dataclasses import dataclass, field, replace

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from vigie.ledger import canonical, note, tiles, tree
from vigie.ledger.exports import layout
from vigie.ledger.payloads import digest

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
NAME = "test"
ERASED = 3


@dataclass
class Record:
    """What stands in tables or files: (number, envelope) in order, (salt, body) by number, notes by size."""

    entries: list[tuple[int, bytes]] = field(default_factory=list)
    said: dict[int, tuple[bytes, bytes]] = field(default_factory=dict)
    notes: dict[int, str] = field(default_factory=dict)

    @property
    def head(self):
        return self.notes[max(self.notes)]

    def append(self, kind, body, office="audit"):
        seq = len(self.entries)
        salt, plain = bytes([seq]) * 16, canonical.dumps(body)
        self.entries.append((seq, enveloped(seq, kind, salt, plain, office)))
        self.said[seq] = (salt, plain)

    def sign(self, key=KEY, name=NAME):
        edge = tree.Edge()
        for count, (_, envelope) in enumerate(self.entries, 1):
            edge.add(tree.leaf_hash(envelope))
            promised = note.Checkpoint(name, count, edge.root(), count - 1 or None)
            self.notes[count] = note.sign(promised, key)


def enveloped(seq, kind, salt, plain, office):
    return canonical.dumps(
        {
            "seq": seq,
            "kind": kind,
            "at": f"2024-03-22T12:00:{seq:02d}Z",
            "by": {"person": "", "office": office, "via": "shell"},
            "subjects": [],
            "marking": "TLP:GREEN",
            "payload": digest(salt, plain),
        }
    )


def whole():
    """A record of nine entries; what entry 3 said was erased, and entry 7 says so."""
    record = Record()
    verifier = note.verifier_key(NAME, KEY.public_key())
    record.append("ledger.record.opened/1", {"instance": NAME, "exercise": False, "verifier": verifier})
    for n in range(1, 9):
        if n == 7:
            body = {"entries": [ERASED], "ground": "A request under article 17.", "authority": "audit"}
            record.append("ledger.payload.erased/1", body)
        else:
            record.append(
                "accounts.office.opened/1", {"office": f"office-{n}", "title": f"Office {n}", "roles": []}
            )
    record.sign()
    del record.said[ERASED]
    return record


def edit(record):
    seq, envelope = record.entries[5]
    record.entries[5] = (seq, envelope.replace(b"audit", b"audIt"))


def delete(record):
    del record.entries[5], record.said[5]


def insert(record):
    _, envelope = record.entries[5]
    record.entries.insert(6, (6, envelope.replace(b"12:00:05", b"12:00:06").replace(b'"seq":5', b'"seq":6')))
    record.entries[7:] = [(seq + 1, envelope) for seq, envelope in record.entries[7:]]
    record.said = {n + (n > 5): pair for n, pair in record.said.items()} | {6: record.said[5]}


def swap(record):
    (first, one), (second, other) = record.entries[4:6]
    record.entries[4:6] = [(first, other), (second, one)]
    record.said[4], record.said[5] = record.said[5], record.said[4]


def truncate(record):
    del record.entries[-1], record.said[8]


def roll_back(record):
    """All of the last entry goes, its checkpoint too: what is left is a record as it once was."""
    truncate(record)
    del record.notes[9]


def fork(record):
    """One with the key writes history anew, and all of it agrees with itself."""
    salt, plain = record.said[5]
    plain = plain.replace(b"Office 5", b"Office V")
    record.said[5] = (salt, plain)
    record.entries[5] = (5, enveloped(5, "accounts.office.opened/1", salt, plain, "audit"))
    record.sign()


def replay(record):
    """An old entry is put at the end once more, unchanged."""
    record.entries.append((9, record.entries[5][1]))
    record.said[9] = record.said[5]


def re_sign(record):
    """One without the key writes history anew and signs with a key of their own."""
    fork(record)
    record.sign(OTHER_KEY)


def swap_salts(record):
    (one, first), (other, second) = record.said[4], record.said[5]
    record.said |= {4: (other, first), 5: (one, second)}


def erase_silently(record):
    del record.said[5]


def wrong_origin(record):
    record.sign(name="elsewhere")
    record.notes = {size: text.replace("— elsewhere", f"— {NAME}") for size, text in record.notes.items()}
    for size, text in record.notes.items():
        signed = note.parse(text)
        own = note.Verifier(NAME, note.ED25519, KEY.public_key().public_bytes_raw())
        line = note.Signature(NAME, own.key_id, KEY.sign(signed.text.encode())).line()
        record.notes[size] = f"{signed.text}\n{line}"


def wrong_size(record):
    """The newest checkpoint, truly signed, speaks of one entry more than its root is of."""
    last = note.parse(record.head).checkpoint
    record.notes[9] = note.sign(replace(last, size=10), KEY)


WAYS = {
    function.__name__: function
    for function in (
        edit, delete, insert, swap, truncate, fork, replay, re_sign, swap_salts, erase_silently, wrong_origin, wrong_size, roll_back,
    )
}  # fmt: skip
BY_AN_OLDER_CHECKPOINT_ALONE = {"fork", "roll_back"}
"""What agrees with itself: only who kept a checkpoint from before can tell."""


def tampered(way):
    record = deepcopy(whole())
    WAYS[way](record)
    return record


def exported(record, folder):
    """Write a record as an export, as a forger would: with hashes that fit what they wrote."""

    def put(name, data):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)

    envelopes = [envelope for _, envelope in record.entries]
    grown = tiles.grown(map(tree.leaf_hash, envelopes))
    for level, place, width in tiles.spans(len(envelopes)):
        put(tiles.tile_name(level, place, width), tiles.own_hashes(grown.tile(level, place), width))
    put(tiles.tile_name(layout.ENTRIES, 0, len(envelopes)), tiles.bundle(envelopes))
    lines = [layout.payload_line(seq, *pair) for seq, pair in sorted(record.said.items())]
    put(layout.payloads_name(0), b"".join(lines))
    put(layout.VKEY, (note.verifier_key(NAME, KEY.public_key()) + "\n").encode())
    put(layout.HEAD, record.head.encode())
    for size, text in record.notes.items():
        put(layout.checkpoint_name(size), text.encode())
    return folder
