"""What may be written into the record: kinds of entries, each with a version and a body of known shape.

A room lists its kinds in its own `kinds.py`. A kind's schema never changes: a new version is added and the old
one is upcast by a pure function. An unknown kind, or a body that does not fit, is refused.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import msgspec

from vigie.errors import BadInput, RecordBroken
from vigie.ledger import canonical


class BadBody(BadInput):
    """A body that does not fit its kind."""


class UnknownKind(RecordBroken):
    """The record holds a kind of entry that this vigie does not know."""


class Body(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Base of every entry's body: text, integers, booleans, lists and nested structures only."""


class By(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Who acted: an opaque person id, the office held, and the road taken. Never a private name.

    Its fields stand in the order of the canonical form, as those of an envelope do.
    """

    office: str
    person: str
    via: str


@dataclass(frozen=True)
class Kind:
    """A kind of entry.

    name: `room.noun.verb`; version: from 1; body: its shape; solemn: a decision, an approval, a release or a
    warning; upcast: turns this version's body into the newest one's, when it is not the newest; erasable: what it says
    may go one day (personal data, a term): it is sealed under a key of its own, and its rows stand on nothing else.
    """

    name: str
    version: int
    body: type[Body]
    solemn: bool = False
    upcast: Callable[[Any], Body] | None = None
    erasable: bool = False

    def __post_init__(self) -> None:
        earlier = KINDS.setdefault(self.tag, self)
        if earlier is not self and earlier.body is not self.body:
            raise BadInput("The kind {tag} is listed twice.", tag=self.tag)

    @cached_property
    def tag(self) -> str:
        """The name as entries carry it: `alert.level.approved/1`."""
        return f"{self.name}/{self.version}"

    def read(self, value: Any) -> Body:
        """Turn plain data into the body. Raises BadBody naming the field that does not fit."""
        try:
            return msgspec.convert(value, self.body, strict=True)
        except msgspec.ValidationError as fault:
            raise BadBody("The body of {tag} does not fit: {fault}.", tag=self.tag, fault=fault) from None

    def plain(self, body: Body) -> Any:
        """Turn a body into plain data, checking it on the way. Raises BadBody when it does not fit."""
        if not isinstance(body, self.body):
            raise BadBody(
                "{tag} takes a {wanted}, not a {given}.",
                tag=self.tag,
                wanted=self.body.__name__,
                given=type(body).__name__,
            )
        value = msgspec.to_builtins(body)
        self.read(value)
        return value

    def packed(self, body: Body) -> bytes:
        """Write a body as canonical bytes. Raises BadBody when it does not fit, NotCanonical outside the profile."""
        if isinstance(body, self.body) and self._of_text:
            try:
                data = _SORTED(body)
                if b"\\u0000" not in data:
                    self._decode(data)
                    return data
            except (msgspec.ValidationError, TypeError, UnicodeEncodeError):
                pass  # said below, in its words
        return canonical.dumps(self.plain(body))

    def unpacked(self, data: bytes) -> Body:
        """Read a body back from canonical bytes. Raises NotCanonical, BadBody."""
        if self._of_text:
            try:
                body = self._decode(data)
                if b"\\u0000" not in data and _SORTED(body) == data:
                    return body
            except msgspec.MsgspecError:
                pass
        return self.read(canonical.loads(data))

    @cached_property
    def _of_text(self) -> bool:
        """Whether its type leaves nothing outside the profile but null characters: then msgspec's own form is the canonical one."""
        return _of_text(msgspec.inspect.type_info(self.body))

    @cached_property
    def _decode(self) -> Callable[[bytes], Body]:
        return msgspec.json.Decoder(self.body).decode

    def schema(self) -> dict[str, Any]:
        """Give the form of the body as a JSON Schema (draft 2020-12)."""
        form = msgspec.json.schema(self.body)
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": f"urn:vigie:{self.tag}",
            **form,
        }


KINDS: dict[str, Kind] = {}
_SORTED = msgspec.json.Encoder(order="sorted").encode


def _of_text(form: msgspec.inspect.Type) -> bool:
    """Say whether values of a type hold text, booleans, null, lists and structures of these alone: no number without bounds, no free key."""
    match form:
        case msgspec.inspect.StructType(fields=fields):
            return all(field.encode_name.isascii() and _of_text(field.type) for field in fields)
        case msgspec.inspect.ListType(item_type=item) | msgspec.inspect.VarTupleType(item_type=item):
            return _of_text(item)
        case msgspec.inspect.UnionType(types=types):
            return all(map(_of_text, types))
        case msgspec.inspect.LiteralType(values=values):
            return all(isinstance(value, str) for value in values)
        case msgspec.inspect.IntType(ge=int(least), le=int(most)):
            return least >= -canonical.WIDEST and most <= canonical.WIDEST
    return isinstance(form, msgspec.inspect.StrType | msgspec.inspect.BoolType | msgspec.inspect.NoneType)


def kind_of(tag: str) -> Kind:
    """Give the kind that entries name so. Raises UnknownKind."""
    try:
        return KINDS[tag]
    except KeyError:
        raise UnknownKind(
            "The record holds an entry of kind {tag}, which this version of vigie does not know. Use the version that wrote it, or a later one.",
            tag=tag,
        ) from None


def read_as(kind: Kind) -> tuple[Kind, ...]:
    """Give what is read as a kind: each earlier version that is upcast, and itself.

    Raises TypeError for a version that is upcast itself: nobody is handed its body.
    """
    if kind.upcast:
        raise TypeError(f"what {kind.tag} says is read as its newest version says it: name that one")
    earlier = (each for each in KINDS.values() if each.name == kind.name and each.version < kind.version)
    return (*(each for each in earlier if each.upcast), kind)


class Opened(Body):
    """The first entry: whose record this is, and the key that signs it."""

    instance: str
    exercise: bool
    verifier: str


class Erased(Body):
    """What these entries said is gone: payload, salt and key. ground: the rule or request; authority: who ordered it."""

    entries: list[int]
    ground: str
    authority: str


class Exported(Body):
    """The whole record was handed out. size: number of entries, this one among them; form: `folder` or `bundle`."""

    size: int
    form: Literal["folder", "bundle"]


class RollbackDeclared(Body):
    """The record was put back to an older state: what stood after it, and was countersigned or signed, is lost.

    lost: entries a checkpoint of this record was signed at; kept: entries that are left; root: that checkpoint's root in
    hexadecimal, empty where nobody could show it; shown_by: the witness that told, or `checkpoint` for the home's own
    file, empty where nobody did; origin: what the log is called from this entry on, for no log may go on two ways
    under one name.
    """

    lost: int
    kept: int
    root: str
    shown_by: str
    origin: str
    reason: str


class CosignerNamed(Body):
    """From here on checkpoints are signed a second time, by this key (C2SP vkey of type 6, ML-DSA-44)."""

    verifier: str


class OuterSigned(Body):
    """An outer log grew by what was released, and was signed.

    log: `public` or `partners/<audience>`; size and root (hex): of its tree with the new leaves; note: its signed
    checkpoint; leaves: the new ones, each as canonical JSON of what, sha256, at.
    """

    log: str
    size: int
    root: str
    note: str
    leaves: list[str]


class KeyChanged(Body):
    """A key of the home gives way to a new one.

    verifier: the new signing key's, empty for the others; lost: the one before is gone, on the word of two `persons`
    (opaque ids); otherwise it signed for its successor itself, and `persons` is whoever did it.
    """

    key: Literal["signing", "sealing", "web"]
    verifier: str
    lost: bool
    persons: list[str]
    reason: str


KEY_CHANGED = Kind("ledger.key.changed", 1, KeyChanged, solemn=True)
ROLLBACK = Kind("ledger.rollback.declared", 1, RollbackDeclared, solemn=True)


class Rehearsed(Body):
    """A backup was put back beside the home and checked. made: when it was made; faults: how many things did not hold."""

    made: str
    entries: int
    root: str
    verified: bool
    faults: int


class QueueReleased(Body):
    """A person let go what waited to be sent in a home that had been put back."""

    held: str
    reason: str


REHEARSED = Kind("ledger.backup.rehearsed", 1, Rehearsed)
QUEUE_RELEASED = Kind("ledger.queue.released", 1, QueueReleased, solemn=True)
ERASED = Kind("ledger.payload.erased", 1, Erased, solemn=True)
OPENED = Kind("ledger.record.opened", 1, Opened, solemn=True)
EXPORTED = Kind("ledger.record.exported", 1, Exported, solemn=True)
OUTER_SIGNED = Kind("ledger.outer.signed", 1, OuterSigned)
COSIGNER = Kind("ledger.cosigner.named", 1, CosignerNamed)
