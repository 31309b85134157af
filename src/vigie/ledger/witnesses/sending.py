"""Sending submissions to witnesses: all at once, believing nothing of what comes back."""

from base64 import b64decode
from binascii import Error as BadBase64
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from vigie.ledger.posting import PATIENCE, post
from vigie.ledger.witnesses.submission import PATH
from vigie.ledger.witnesses.witness import SHOWN

_AT_ONCE = 8
_TYPE = "text/plain; charset=utf-8"


@dataclass(frozen=True)
class Reply:
    """What came back. status: 0 when nothing did, and why stands in `reason`; shown: the checkpoint beside a refusal."""

    status: int
    body: bytes = b""
    shown: str = ""
    reason: str = ""


def send_all(letters: Sequence[tuple[str, bytes]], *, patience: float = PATIENCE) -> list[Reply]:
    """Send each (address, submission) at once and wait for every reply, in the same order."""
    if not letters:
        return []
    with ThreadPoolExecutor(min(len(letters), _AT_ONCE)) as pool:
        return list(pool.map(lambda letter: send(*letter, patience=patience), letters))


def send(address: str, submitted: bytes, *, patience: float = PATIENCE) -> Reply:
    """Send one submission to the witness at `address` (its submission prefix)."""
    answer = post(address.rstrip("/") + PATH, submitted, _TYPE, patience=patience)
    return Reply(answer.status, answer.body, _shown(answer.headers.get(SHOWN.lower(), "")), answer.reason)


def _shown(header: str) -> str:
    try:
        return b64decode(header, validate=True).decode()
    except (BadBase64, ValueError):
        return ""
