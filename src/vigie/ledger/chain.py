"""Which key signs a log when: each gives way to the next by an entry, from the one the record was opened with.

The checkpoint that covers such an entry is still signed by the key before (and by the new one beside it); later ones by
the new key alone. Where the key before was lost, nobody can sign for its successor: the new key does it itself, and the
entry names two persons.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from vigie.ledger import note
from vigie.ledger.kinds import KeyChanged


@dataclass(frozen=True)
class Signer:
    """A key that signs. since: number of the entry that names it; public: its 32 bytes; lost: the one before it was."""

    since: int
    public: bytes
    lost: bool = False

    @classmethod
    def named(cls, since: int, verifier: str, *, lost: bool = False) -> "Signer":
        """Make one from a verifier key as entries carry it. Raises BadVerifier."""
        return cls(since, note.read_vkey(verifier, type=note.ED25519).public, lost)


@dataclass(frozen=True)
class Chain:
    """The keys of a log, oldest first; the first is the one it was opened with."""

    signers: Sequence[Signer]

    @property
    def newest(self) -> Signer:
        """The key that signs now."""
        return self.signers[-1]

    def of(self, checkpoint: note.Checkpoint) -> bytes:
        """Give the key whose signature makes a checkpoint count."""
        before = checkpoint.after or 0
        alone = [s for s in self.signers if s.lost and before <= s.since < checkpoint.size]
        return alone[-1].public if alone else self.at(max(before, 1))

    def at(self, seq: int) -> bytes:
        """Give the key that signs what entry `seq` carries: the newest named before it."""
        return next(s.public for s in reversed(self.signers) if s.since < seq or s is self.signers[0])

    def check(self, signed: note.Signed) -> None:
        """Check a checkpoint's signature. Raises BadNote."""
        public = self.of(signed.checkpoint)
        note.check(signed, note.Verifier(signed.checkpoint.origin, note.ED25519, public))


def signer(seq: int, body: KeyChanged) -> Signer | None:
    """Give the signer an entry names; None when it tells of another key. Raises BadVerifier."""
    return Signer.named(seq, body.verifier, lost=body.lost) if body.key == "signing" else None
