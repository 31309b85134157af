"""Check an exported record: its entries, what they say, its tree, its checkpoints. No home and no database is needed.

The same questions as are asked of a home, and the export's own: that every file of the layout is there, and no other.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import msgspec

from vigie.errors import BadInput, NotFound, VigieError
from vigie.ledger import canonical, note, tiles, tree
from vigie.ledger.chain import Chain, Signer, signer
from vigie.ledger.exports import layout
from vigie.ledger.kinds import (
    COSIGNER,
    ERASED,
    KEY_CHANGED,
    OPENED,
    OUTER_SIGNED,
    ROLLBACK,
    KeyChanged,
    OuterSigned,
)
from vigie.ledger.outer.leaves import OuterLogs
from vigie.ledger.payloads import digest
from vigie.ledger.promises import KNOWN, Fault, Promises, size_of
from vigie.ledger.second.signing import wrong

_FORM = "it is not in the form this record writes"


class NotAnExport(NotFound):
    """A folder that holds no exported record."""


@dataclass
class Verdict:
    """What a check of an export found. erased: payloads an entry says were erased; lost_keys: as of a home."""

    entries: int = 0
    root: bytes = tree.EMPTY
    checkpoints: int = 0
    erased: int = 0
    faults: list[Fault] = field(default_factory=list)
    lost_keys: list[int] = field(default_factory=list)

    @property
    def verified(self) -> bool:
        """True when nothing is amiss."""
        return not self.faults


def verify(folder: Path, known: str | None = None) -> Verdict:
    """Check an exported record. known: a checkpoint of it that was kept elsewhere.

    Raises NotAnExport where there is no record to check.
    """
    if not (folder / layout.HEAD).is_file() or not (folder / layout.VKEY).is_file():
        raise NotAnExport(
            "{folder} holds no exported record: there is no {head} and no {vkey} in it. Make one with: vigie record export DIR",
            folder=folder,
            head=layout.HEAD,
            vkey=layout.VKEY,
        )
    return _Reading(folder).check(known)


class _Reading:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.verdict = Verdict()
        self.tree = tiles.Tiles()
        self.roots = {0: tree.EMPTY}
        self.erased: dict[int, int] = {}
        self.silent: set[int] = set()
        self.last_at = ""
        self.outer: list[tuple[int, OuterSigned]] = []
        self.second: list[note.Verifier] = []
        self.signers: list[Signer] = []
        self.opened: dict[str, Any] = {}
        self.renamed: list[tuple[int, str]] = []
        self.read: set[Path] = set()

    def tell(self, where: str, what: str) -> None:
        self.verdict.faults.append(Fault(where, what))

    def check(self, known: str | None) -> Verdict:
        others = [(KNOWN, known)] if known is not None else []
        others.append((layout.HEAD, self._text(layout.HEAD)))
        kept = sorted(self._checkpoints())
        wanted = {size for size, _ in kept} | {size_of(text) for _, text in others}
        edge = tree.Edge()
        for seq, entry, payload in self._entries():
            leaf = tree.leaf_hash(entry)
            self._check_entry(seq, entry, payload)
            self.tree.add(leaf)
            edge.add(leaf)
            if edge.size in wanted:
                self.roots[edge.size] = edge.root()
        verdict = self.verdict
        verdict.entries, verdict.root, verdict.checkpoints = edge.size, edge.root(), len(kept)
        self._check_erasures()
        self._check_tiles()
        self._check_notes(kept, others)
        self._check_strangers()
        return verdict

    def _entries(self) -> Iterator[tuple[int, bytes, tuple[bytes, bytes] | None]]:
        """Give every entry with what it says, bundle by bundle, until there are no more."""
        for place in count():
            try:
                file = layout.bundle_file(self.folder, place)
                entries = tiles.unbundled(file.read_bytes()) if file else []
            except ValueError as fault:
                self.tell(f"entry {place * tiles.WIDTH}", f"its bundle cannot be read: {fault}")
                return
            if not file:
                return
            self.read.add(file)
            said = self._payloads(place)
            for seq, entry in enumerate(entries, place * tiles.WIDTH):
                yield seq, entry, said.pop(seq, None)
            for seq in sorted(said):
                self.tell(f"entry {seq}", "what it says is there, and the entry is not")
            width = (
                tiles.WIDTH if "." not in file.parent.name else int(file.name) if file.name.isdigit() else 0
            )
            if len(entries) != width:
                self.tell(
                    f"entry {place * tiles.WIDTH + len(entries)}",
                    f"it is missing, or one too many: {file.relative_to(self.folder)} holds {len(entries)} entries",
                )
                return
            if width < tiles.WIDTH:
                return

    def _payloads(self, place: int) -> dict[int, tuple[bytes, bytes]]:
        file = self.folder / layout.payloads_name(place)
        if not file.is_file():
            return {}
        self.read.add(file)
        try:
            return {seq: (salt, body) for seq, salt, body in layout.payload_lines(file.read_bytes())}
        except ValueError as fault:
            self.tell(layout.payloads_name(place), f"it cannot be read: {fault}")
            return {}

    def _check_entry(self, seq: int, entry: bytes, payload: tuple[bytes, bytes] | None) -> None:
        where = f"entry {seq}"
        try:
            envelope = canonical.loads(entry)
            number, kind, at, promised = (envelope[name] for name in ("seq", "kind", "at", "payload"))
            earlier = at < self.last_at
        except VigieError as fault:
            return self.tell(where, str(fault))
        except (KeyError, TypeError):
            return self.tell(where, _FORM)
        if number != seq:
            self.tell(where, f"it was moved, inserted or repeated: it says that it is entry {number}")
        if earlier:
            self.tell(where, f"it is dated {at}, before the entry that stands before it ({self.last_at})")
        self.last_at = at
        if payload is None:
            self.silent.add(seq)
        elif digest(*payload) != promised:
            self.tell(where, "what it says, or its salt, was changed after it was written")
        else:
            self._note_said(seq, kind, payload[1])
        return None

    def _note_said(self, seq: int, kind: str, body: bytes) -> None:
        try:
            if kind == ERASED.tag:
                self.erased |= dict.fromkeys(canonical.loads(body)["entries"], seq)
            elif kind == ROLLBACK.tag:
                self.renamed.append((seq + 1, str(canonical.loads(body)["origin"])))
            elif kind == COSIGNER.tag:
                self.second.append(note.read_vkey(canonical.loads(body)["verifier"], type=note.MLDSA))
            elif kind == KEY_CHANGED.tag:
                named = signer(seq, msgspec.convert(canonical.loads(body), KeyChanged))
                self.signers += [named] if named else []
            elif kind == OUTER_SIGNED.tag:
                self.outer.append((seq, msgspec.convert(canonical.loads(body), OuterSigned)))
            elif seq == 0 and kind == OPENED.tag:
                self.opened = canonical.loads(body)
        except (VigieError, KeyError, TypeError, msgspec.ValidationError):
            self.tell(f"entry {seq}", _FORM)

    def _check_erasures(self) -> None:
        for seq in sorted(self.silent - set(self.erased)):
            self.tell(f"entry {seq}", "what it says is missing, and no erasure is on the record")
        for seq in sorted(set(self.erased) - self.silent):
            self.tell(f"entry {seq}", f"entry {self.erased[seq]} says that it was erased, and it was not")
        self.verdict.erased = len(self.silent & set(self.erased))

    def _check_tiles(self) -> None:
        for level, place, width in tiles.spans(self.tree.size):
            name = tiles.tile_name(level, place, width)
            file = self.folder / name
            self.read.add(file)
            there = file.read_bytes() if file.is_file() else b""
            right = tiles.own_hashes(self.tree.tile(level, place), width)
            if there == right:
                continue
            wrong = next((n for n in range(width) if there[32 * n :][:32] != right[32 * n :][:32]), width)
            where = f"entry {place * tiles.WIDTH + wrong}" if level == 0 else name
            self.tell(where, f"it does not give the hash that stands for it in {name}")

    def _check_notes(self, kept: list[tuple[int, str]], others: list[tuple[str, str]]) -> None:
        verifier = self._text(layout.VKEY).strip()
        try:
            own = note.read_vkey(verifier, type=note.ED25519)
        except BadInput as fault:
            return self.tell(layout.VKEY, str(fault))
        if self.opened.get("verifier") != verifier or self.opened.get("instance") != own.name:
            self.tell("entry 0", f"the record was not opened by {own.name} with the key in {layout.VKEY}")
        head = size_of(self._text(layout.HEAD))
        if kept and head < kept[-1][0]:
            self.tell(layout.HEAD, f"it is an older one: {layout.checkpoint_name(kept[-1][0])} is newer")
        chain = Chain((Signer(0, own.public), *self.signers))
        self.verdict.lost_keys = [signer.since for signer in self.signers if signer.lost]
        promises = Promises(own.name, chain, self.verdict.entries, self.roots, self.renamed)
        self.verdict.faults += promises.faults(kept, others)
        publics = {each.public for each in self.second}
        for size, text in kept:
            if self._second_is_wrong(text, publics):
                self.tell(
                    f"checkpoint {size}",
                    "its second signature is not by the key the record names, or not over it",
                )
        logs = OuterLogs(own.name, chain, self.renamed, publics)
        self.verdict.faults += [fault for seq, body in self.outer for fault in logs.faults(seq, body)]
        return None

    def _second_is_wrong(self, text: str, publics: set[bytes]) -> bool:
        try:
            return any(wrong(note.parse(text), publics))
        except note.BadNote:
            return False  # told already

    def _checkpoints(self) -> Iterator[tuple[int, str]]:
        folder = self.folder / layout.CHECKPOINTS
        for file in folder.iterdir() if folder.is_dir() else ():
            if file.name.isascii() and file.name.isdigit():
                self.read.add(file)
                yield int(file.name), self._text(f"{layout.CHECKPOINTS}/{file.name}")

    def _check_strangers(self) -> None:
        for part in ("tile", layout.PAYLOADS, layout.CHECKPOINTS):
            for file in sorted((self.folder / part).rglob("*")):
                if file.is_file() and file not in self.read:
                    self.tell(str(file.relative_to(self.folder)), "no entry of this record has a place in it")

    def _text(self, name: str) -> str:
        try:
            return (self.folder / name).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as fault:
            self.tell(name, f"it cannot be read: {fault}")
            return ""
