"""What a witness's reply means, and when what witnesses say must stop a home from writing.

A witness is believed where it shows something signed: its own signature over the checkpoint it was sent, or a
checkpoint that this home's own key signed and that the record does not continue. Its bare word counts as one of `need`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from vigie import times
from vigie.ledger import note
from vigie.ledger.note import BadNote, Checkpoint, Verifier
from vigie.ledger.witnesses.sending import Reply
from vigie.ledger.witnesses.submission import read_size
from vigie.translatable import gettext_noop as _

COUNTERSIGNED, BEHIND, FORKED, STRANGER, SILENT, LIES = (
    "countersigned", "behind", "forked", "stranger", "silent", "lies",
)  # fmt: skip

AHEAD = 600
"""Seconds a witness's clock may be ahead of this machine's."""

_SIGNED, _CONFLICT, _UNPROVEN = 200, 409, 422
_REFUSALS = {
    404: _("{name} does not watch {origin}: give its operator {vkey}"),
    403: _("{name} watches {origin} under another key: give its operator {vkey}"),
}


@dataclass(frozen=True)
class Asked:
    """What a witness was asked: to go on from `old` entries to the checkpoint, whose text and log key are given."""

    old: int
    point: Checkpoint
    text: str
    log: Verifier


@dataclass(frozen=True)
class Said:
    """What a witness said, in one sentence.

    standing: COUNTERSIGNED; BEHIND (it knows more entries than the record has); FORKED (it knows others); STRANGER (it
    does not watch this log); SILENT; LIES. size, root: what it stands at, as far as it says; proven: this home's own
    key signed that; line: its signature.
    """

    name: str
    standing: str
    message: str
    fields: Mapping[str, Any]
    size: int = 0
    root: str = ""
    proven: bool = False
    line: str = ""

    def said(self, translate: Callable[[str], str]) -> str:
        """Give the sentence in the language of `translate`."""
        return translate(self.message).format(**self.fields)

    def __str__(self) -> str:
        return self.said(str)


def judge(
    name: str, witness: Verifier, asked: Asked, reply: Reply, *, root_at: Callable[[int], bytes], now: float
) -> Said | int:
    """Say what the reply means, or give the size to ask again from. root_at: this record's root at a smaller size."""
    if reply.status == 0:
        return _say(name, SILENT, _("{name} did not answer: {reason}."), reason=reply.reason.rstrip("."))
    if reply.status == _SIGNED:
        return _signature(name, witness, asked, reply, now)
    if reply.status == _CONFLICT:
        return _conflict(name, asked, reply)
    if reply.status == _UNPROVEN:
        return _unproven(name, asked, reply, root_at)
    sentence = _REFUSALS.get(reply.status)
    if sentence is None:
        return _say(name, SILENT, _("{name} did not countersign: it answers {status}."), status=reply.status)
    return _say(name, STRANGER, sentence, origin=asked.point.origin, vkey=asked.log.vkey())


def accusing(said: Sequence[Said], need: int) -> Said | None:
    """Give what must stop a home from writing: one proof, or the bare word of `need` witnesses; None when neither is there."""
    against = [s for s in said if s.standing in {BEHIND, FORKED}]
    proven = next((s for s in against if s.proven), None)
    if proven is not None:
        return proven
    return max(against, key=lambda s: s.size) if against and len(against) >= need else None


def _signature(name: str, witness: Verifier, asked: Asked, reply: Reply, now: float) -> Said:
    try:
        lines = note.parse_signatures(reply.body.decode())
        at = note.cosigned_at(asked.text, lines, witness)
    except (BadNote, UnicodeDecodeError):
        return _say(
            name, LIES, _("{name} answered with a signature that is not over the checkpoint it was sent.")
        )
    if at is None:
        return _say(
            name, LIES, _("{name} answered with a signature that is not by the key vigie.toml names.")
        )
    if at > now + AHEAD:
        return _say(
            name, LIES, _("{name} dates its signature {at}, ahead of this machine's clock. See which of the two is wrong."),
            at=times.text(datetime.fromtimestamp(min(at, 2**37), UTC)),
        )  # fmt: skip
    size, own = asked.point.size, witness.of(lines)[0].line()
    sentence = _("{name} countersigned {size} entries.")
    return _say(name, COUNTERSIGNED, sentence, size=size, line=own, root=asked.point.root.hex())


def _conflict(name: str, asked: Asked, reply: Reply) -> Said | int:
    size, seen = read_size(reply.body), _seen(asked, reply)
    if size is None:
        return _say(name, LIES, _("{name} refuses the checkpoint and does not say at which size it stands."))
    if size > asked.point.size:
        if seen is not None and seen.size > asked.point.size:
            return _ahead(name, asked, seen.size, seen.root.hex(), proven=True)
        return _ahead(name, asked, size)
    if size != asked.old:
        return size
    if size == asked.point.size:
        proven = seen is not None and seen.size == size and seen.root != asked.point.root
        return _fork(name, size, seen if proven else None)
    return _say(
        name,
        LIES,
        _("{name} stands at {size} entries, was shown how the record goes on from there, and refuses."),
        size=size,
    )


def _unproven(name: str, asked: Asked, reply: Reply, root_at: Callable[[int], bytes]) -> Said:
    seen = _seen(asked, reply)
    if seen is None or not 0 < seen.size <= asked.point.size:
        return _fork(name, asked.old, None)
    if root_at(seen.size) == seen.root:
        return _say(name, LIES, _("{name} refuses a proof that holds."))
    return _fork(name, seen.size, seen)


def _ahead(name: str, asked: Asked, size: int, root: str = "", *, proven: bool = False) -> Said:
    sentence = (
        _("{name} shows a checkpoint that this home signed at {size} entries, and the record holds {held}: it was put back to an older state.")
        if proven
        else _("{name} says that it countersigned {size} entries, and the record holds {held}.")
    )  # fmt: skip
    return _say(name, BEHIND, sentence, size=size, held=asked.point.size, root=root, proven=proven)


def _fork(name: str, size: int, seen: Checkpoint | None) -> Said:
    if seen is None:
        sentence = _("{name} says that the record no longer continues the {size} entries it countersigned.")
        return _say(name, FORKED, sentence, size=size)
    sentence = _(
        "{name} shows a checkpoint that this home signed at {size} entries, and the record's first {size} entries are others."
    )
    return _say(name, FORKED, sentence, size=size, root=seen.root.hex(), proven=True)


def _seen(asked: Asked, reply: Reply) -> Checkpoint | None:
    """Give the checkpoint shown beside a refusal, if this very log signed it."""
    try:
        signed = note.parse(reply.shown)
        note.check(signed, asked.log)
    except BadNote:
        return None
    return signed.checkpoint if signed.checkpoint.origin == asked.point.origin else None


def _say(
    name: str, standing: str, message: str, *, size: int = 0, root: str = "", proven: bool = False, line: str = "", **fields: Any
) -> Said:  # fmt: skip
    return Said(name, standing, message, {"name": name, "size": size, **fields}, size, root, proven, line)
