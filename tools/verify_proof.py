#!/usr/bin/env python3
"""Check that something published stands in a public log: Python's standard library and one call of `cryptography`.

    python verify_proof.py FILE FILE.tlog-proof VKEY

FILE is what was published or released; VKEY a file with the log's key, best taken from somewhere else. Prints since when
it stands in the log and under which head, and ends with 0; or says what does not hold, and ends with 1.
"""

import json
import sys
from base64 import b64decode
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def sha(*parts: bytes) -> bytes:
    return sha256(b"".join(parts)).digest()


def root_of(leaf: bytes, index: int, size: int, path: list[bytes]) -> bytes:
    """Give the root a path leads to (RFC 9162, section 2.1.3.2)."""
    place, last, top = index, size - 1, leaf
    for step in path:
        if place & 1 or place == last:
            top = sha(b"\1", step, top)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            top = sha(b"\1", top, step)
        place, last = place >> 1, last >> 1
    return top if last == 0 and index < size else b""


def check(data: bytes, proof: str, vkey: str) -> str:
    """Give what the log says of `data`. Raises ValueError naming what does not hold."""
    head, _, note = proof.partition("\n\n")
    _, extra, index, *path = head.split("\n")
    leaf, (text, _, signatures) = b64decode(extra.removeprefix("extra ")), note.partition("\n\n")
    name, _, key = vkey.strip().split("+", 2)
    [raw, *_] = (b64decode(x.split(" ")[2]) for x in signatures.splitlines() if x.startswith(f"— {name} "))
    Ed25519PublicKey.from_public_bytes(b64decode(key)[1:]).verify(raw[4:], f"{text}\n".encode())
    origin, size, root = text.split("\n")[:3]
    if origin != name:
        raise ValueError(f"the head is of the log {origin}, not of {name}")
    if root_of(sha(b"\0", leaf), int(index[6:]), int(size), list(map(b64decode, path))) != b64decode(root):
        raise ValueError("the proof does not lead to the head that is signed")
    if json.loads(leaf)["sha256"] != sha256(data).hexdigest():
        raise ValueError("the log holds other bytes under this proof: the file was changed")
    told = json.loads(leaf)
    return f"{told['what']} stands in the log {origin} since {told['at']}, as number {index[6:]} of {size}."


if __name__ == "__main__":
    published, proven, known = (Path(name).read_bytes() for name in sys.argv[1:4])
    try:
        print(check(published, proven.decode(), known.decode()))
    except Exception as fault:
        sys.exit(f"It does not hold: {fault or 'the signature is not by the key given'}")
