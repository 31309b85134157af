"""The closed list of kinds of site, and what is assumed of each where a site brings no figure."""

from dataclasses import dataclass
from functools import cache

from vigie.errors import BadInput
from vigie.exposure import shipped
from vigie.exposure.tables import plain

Span = tuple[float, float]


class UnknownSiteKind(BadInput):
    """A kind of site that is not in the list."""


@dataclass(frozen=True)
class SiteKind:
    """A kind of site; every range is a planning assumption, [low, high], explained by `reasons`.

    yearly: visits a year; fills: times a year the capacity is filled; stay: hours; week: weights of Monday …
    Sunday; shape: 24 weights from midnight; holiday, school: factors; events: people at an event.
    """

    code: str
    labels: dict[str, str]
    headings: tuple[str, ...]
    yearly: tuple[int, int]
    fills: Span | None
    stay: Span
    week: tuple[int, ...]
    shape: tuple[int, ...]
    hours: str
    holiday: Span
    school: Span
    events: tuple[int, int]
    reasons: dict[str, str]

    def label(self, lang: str) -> str:
        """Say the kind in the language asked for, else in English."""
        return self.labels.get(lang, self.labels["en"])

    def why(self, lang: str = "en") -> str:
        """Say why these ranges were assumed."""
        return self.reasons.get(lang, self.reasons["en"])


def get(code: str) -> SiteKind:
    """Give the kind of that code. Raises UnknownSiteKind."""
    try:
        return kinds()[code]
    except KeyError:
        raise UnknownSiteKind(
            "{given!r} is not a kind of site. The kinds are: {kinds}.", given=code, kinds=", ".join(kinds())
        ) from None


def read(word: str) -> str:
    """Give the code of the kind a person wrote: the code, its label or a usual word, in English or French.

    Raises UnknownSiteKind.
    """
    return _by_word().get(plain(word)) or get(word).code


@cache
def kinds() -> dict[str, SiteKind]:
    """Give all kinds by code, in the order of the list."""
    data = shipped.tree("kinds.yaml")
    return {k["code"]: _kind(k, data["shapes"]) for k in data["kinds"]}


@cache
def figure_spread() -> Span:
    """Give the factors [low, high] by which a site's own yearly figure may be off on a day."""
    low, high = shipped.tree("kinds.yaml")["figure_spread"]
    return float(low), float(high)


@cache
def _by_word() -> dict[str, str]:
    words = {plain(word): k.code for k in kinds().values() for word in (*k.headings, *k.labels.values())}
    return words | {plain(code): code for code in kinds()}


def _kind(entry: dict[str, object], shapes: dict[str, list[int]]) -> SiteKind:
    fields = dict(entry)
    labels = {"en": str(fields.pop("en")), "fr": str(fields.pop("fr"))}
    reasons = {lang: str(fields.pop(f"reason_{lang}")) for lang in ("en", "fr")}
    shape = tuple(shapes[str(fields.pop("shape"))])
    whole = {k: tuple(v) if isinstance(v, list) else v for k, v in fields.items()}
    return SiteKind(labels=labels, reasons=reasons, shape=shape, **{"fills": None} | whole)  # type: ignore[arg-type]
