#!/usr/bin/env python3
"""Check an exported record with Python's standard library and one call of `cryptography`; nothing of vigie is used.

    python verify_record.py FOLDER [OLDER_CHECKPOINT ...]

OLDER_CHECKPOINT is a checkpoint of this record that was kept elsewhere: by it alone a history shows that was written
anew by whoever holds the key. Prints what does not hold and ends with 1, or says that all holds and ends with 0.
"""

import json
import sys
from base64 import b64decode
from collections.abc import Iterator
from functools import reduce
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey as PublicKey

TELLING = [f"ledger.{k}/1" for k in ("record.opened", "key.changed", "rollback.declared", "payload.erased")]


def sha(*parts: bytes) -> bytes:
    return sha256(b"".join(parts)).digest()


def read(folder: Path, names: str) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(folder.glob(names)) if file.is_file())


def signed(note: str, keys: set[bytes]) -> tuple[str, int, bytes]:
    """Give what a checkpoint promises, once its signature holds: the record's name, number of entries, root."""
    text, _, signatures = note.partition("\n\n")
    ids = {sha(name.encode(), b"\n", key)[:4]: key[1:] for name in signatures.split()[1::3] for key in keys}
    raw = next(raw for raw in map(b64decode, signatures.split()[2::3]) if raw[:4] in ids)
    PublicKey.from_public_bytes(ids[raw[:4]]).verify(raw[4:], f"{text}\n".encode())
    return text.split("\n")[0], int(text.split("\n")[1]), b64decode(text.split("\n")[2])


def check(folder: Path, known: list[Path]) -> Iterator[str]:
    """Say what does not hold: of each entry in its place, then of each checkpoint. The tree is that of RFC 6962."""
    said = dict(line.split(b" ", 1) for line in read(folder, "payloads/**/*").splitlines())
    bundles, hashes = BytesIO(read(folder, "tile/entries/**/*")), read(folder, "tile/0/**/*")
    edge, roots, size, gone, names, keys = list[bytes](), {0: sha()}, 0, set[int](), set[str](), set[bytes]()
    while entry := bundles.read(int.from_bytes(bundles.read(2), "big")):
        top, carry, (salt, body) = sha(b"\0", entry), size, said.get(b"%d" % size, b" ").split(b" ", 1)
        if top != hashes[32 * size : 32 * size + 32] or json.loads(entry)["seq"] != size:
            yield f"entry {size}: it was changed or moved: its hash in tile/0 or the number it bears is another"
        elif body and sha(bytes.fromhex(salt.decode()), body).hex() != json.loads(entry)["payload"]:
            yield f"entry {size}: what it says was changed, or its salt"
        elif body and json.loads(entry)["kind"] in TELLING and (told := json.loads(body)):
            gone, names = gone | {*told.get("entries", ())}, names | {*map(told.get, ("instance", "origin"))}
            keys |= {b64decode(key) for key in told.get("verifier", "").split("+", 2)[2:]}
        while carry & 1:
            top, carry = sha(b"\1", edge.pop(), top), carry >> 1
        edge, size = [*edge, top], size + 1
        roots[size] = reduce(lambda right, left: sha(b"\1", left, right), reversed(edge))
    for seq in sorted({*range(size)} ^ {*map(int, said)} ^ gone):
        yield f"entry {seq}: what it says is missing and no entry tells of its erasure, or the other way round"
    for file in [*(folder / "checkpoints").iterdir(), *known, head := folder / "checkpoint"]:
        try:
            origin, count, root = signed(file.read_text("utf-8"), keys)
            if origin not in names or roots.get(count) != root or (file == head and count != size):
                yield f"{file}: it promises {count} entries of {origin}, not the {size} of {' or '.join(filter(None, names))} that are here"
        except Exception as fault:
            yield f"{file}: it is not signed by a key the record names ({fault!r})"


if __name__ == "__main__":
    print(*(found := [*check(Path(sys.argv[1]), [*map(Path, sys.argv[2:])])]) or ["All holds."], sep="\n")
    sys.exit(bool(found))
