"""What reading a report gives: its provenance, sentences, times, claims and masks, and the JSON everything else reads."""

from typing import Any

import msgspec


class Span(msgspec.Struct, frozen=True):
    """[start, end) in characters of the raw text as received."""

    start: int
    end: int


class Words(msgspec.Struct, frozen=True):
    """One sentence or line: its masked clean words, and [start, end) of the raw text."""

    start: int
    end: int
    text: str


class Passage(msgspec.Struct, frozen=True):
    """A line of the page. role: title, subhead, body, meta, byline, note or boilerplate; body lines hold sentences."""

    role: str
    words: tuple[Words, ...]


class TimeExpression(msgspec.Struct, frozen=True):
    """A time expression with its EDTF value (None while open) and the rule that settled it."""

    text: str
    start: int
    end: int
    value: str | None
    rule: str


class MaskedSpan(msgspec.Struct, frozen=True):
    """A span covered by a mask, and why; never what stood there."""

    start: int
    end: int
    reason: str


class Figure(msgspec.Struct, frozen=True):
    """A figure of a claim: what is counted, its value (a word when vague) and its modifier (exact, at_least, nearly…)."""

    what: str
    value: int | str
    modifier: str


class Claim(msgspec.Struct, frozen=True, omit_defaults=False):
    """One claim with its exact words, masked, at [start, end) of the raw text.

    date: EDTF, None while open. speaker None is the outlet's own voice. certainty: the words as printed.
    direction, system, level_from, level_to: of a level change. status: of an attack or plot.
    """

    kind: str
    subject: str | None
    place: str | None
    place_code: str | None
    date: str | None
    numbers: tuple[Figure, ...]
    speaker: str | None
    certainty: str | None
    evidence: str
    start: int
    end: int
    direction: str | None = None
    system: str | None = None
    level_from: str | None = None
    level_to: str | None = None
    status: str | None = None
    negated: bool = False

    def to_json(self) -> dict[str, Any]:
        """Give the claim in the shape of the JSON line; fields of other kinds are left out."""
        given: dict[str, Any] = {
            "kind": self.kind, "subject": self.subject, "place": self.place, "place_code": self.place_code, "date": self.date,
            "numbers": [{"what": n.what, "value": n.value, "modifier": n.modifier} for n in self.numbers],
            "speaker": self.speaker, "certainty": self.certainty, "evidence": self.evidence, "start": self.start, "end": self.end,
        }  # fmt: skip
        extra = {
            "direction": self.direction,
            "system": self.system,
            "from": self.level_from,
            "to": self.level_to,
            "status": self.status,
        }
        given |= {key: value for key, value in extra.items() if value is not None}
        return given | ({"negated": True} if self.negated else {})


class Reading(msgspec.Struct, frozen=True):
    """A report as read. `text` is the raw text with its masks on; offsets everywhere count its characters.

    figures: every count in the body above one that is not part of a time, in order.
    """

    name: str
    sha256: str
    form: str
    encoding: str
    language: str
    language_sure: float
    published: str | None
    published_basis: str
    outlet: str | None
    agency: str | None
    title: str | None
    boilerplate: tuple[str, ...]
    sentences: tuple[Span, ...]
    times: tuple[TimeExpression, ...]
    claims: tuple[Claim, ...]
    masks: tuple[MaskedSpan, ...]
    text: str
    passages: tuple[Passage, ...]
    figures: tuple[int, ...]

    @property
    def body(self) -> str:
        """The masked clean words of the body."""
        return "\n".join(
            words.text for passage in self.passages if passage.role == "body" for words in passage.words
        )

    def to_json(self) -> dict[str, Any]:
        """Give the reading in the shape of `vigie read --json`, evidence masked."""
        return {
            "file": self.name,
            "sha256": self.sha256,
            "language": self.language,
            "published": self.published,
            "published_basis": self.published_basis,
            "outlet": self.outlet,
            "agency": self.agency,
            "title": self.title,
            "boilerplate": list(self.boilerplate),
            "sentences": [{"start": s.start, "end": s.end} for s in self.sentences],
            "time_expressions": [
                {"text": t.text, "start": t.start, "end": t.end, "value": t.value} for t in self.times
            ],
            "claims": [claim.to_json() for claim in self.claims],
            "masks": [{"start": m.start, "end": m.end, "reason": m.reason} for m in self.masks],
        }
