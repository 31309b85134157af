"""Catalogues of measures: what can be asked of whom, as data that an adopter can replace.

A catalogue is one YAML file. It belongs to one scheme of levels, names its domains and the kinds of owner it speaks
of, and lists its measures: their words in every language it declares, who carries them out, at which places, from
which level they are switched on by default, and where that is known from. What is not known is left out.
"""

from functools import cached_property
from typing import Annotated, Literal

import msgspec

from vigie.errors import BadInput, NotFound
from vigie.markings import Label, Tlp, parse_tlp

Text = dict[str, str]
"""One text by language code; the languages are those the catalogue declares."""

Identifier = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9 ._-]{0,39}$")]


class BadCatalogue(BadInput):
    """A catalogue that cannot be used; the sentence names the file, the entry and the repair."""


class NoOwner(BadCatalogue):
    """A measure that names nobody to carry it out."""


class UnknownMeasure(NotFound):
    """No measure of the catalogue goes by that name."""


class Domain(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A chapter of the plan. code: the letters its measures' codes begin with, None where no source gives them."""

    name: Text
    code: str | None = None


class OwnerKind(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody a measure can be asked of.

    reach: `sites` = whoever answers for a site of the measure's place kinds; `kinds` = owners of one of `kinds`,
    whether or not they answer for such a site; `nobody` = advice to the public: it is shown and gives no task.
    """

    name: Text
    reach: Literal["sites", "kinds", "nobody"]
    kinds: tuple[str, ...] = ()


class Burden(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a measure costs and whom. teams: patrol teams it asks for, on duty at once. None where nobody has said."""

    hours_per_week: int | None = None
    euros_per_month: int | None = None
    teams: int | None = None
    inconvenienced: Text | None = None


class Rung(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A place on a ladder: the same act at rising constraint. A higher rung replaces the lower ones."""

    ladder: Identifier
    rung: Annotated[int, msgspec.Meta(ge=0, le=9)]


class Responses(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Response levels that sites set for themselves, which measures may hang on in place of the level.

    scheme: of responses, such as gb-response. levels: its codes, lowest first. answer_within_hours: for each of them.
    """

    scheme: str
    levels: tuple[str, ...]
    answer_within_hours: dict[str, Annotated[int, msgspec.Meta(ge=1, le=8784)]]


class Measure(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One measure or instruction.

    id: its code in the plan, or the catalogue's own.
    owners, supported_by: keys of the catalogue's `owners`; the first carry it out, the others help.
    places: kinds of site it concerns; empty = every kind.
    seen_at: levels in force where the source was read. default_from: lowest level that switches it on by default;
    None = only ever by hand. response_from: lowest response that switches it on at a site; such a measure hangs on the
    site's own response and no level moves it. permanent: always in force, whatever the level.
    confidence: `sourced` = read in the cited page; `partly` = the page seen is a lossy excerpt.
    legal_basis: None = not sourced. review_after_days: days in force after which it is due for review.
    execution: how it is carried out. marking: TLP 2.0 label of what the measure says; execution_marking: of how it is carried
    out, never freer than what it says; None = the measure's. The plan's own label is the catalogue's.
    """

    id: Identifier
    domain: str
    words: Text
    source: str
    confidence: Literal["sourced", "partly"]
    owners: tuple[str, ...] = ()
    supported_by: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    seen_at: tuple[str, ...] = ()
    default_from: str | None = None
    response_from: str | None = None
    permanent: bool = False
    step: Rung | None = None
    legal_basis: Text | None = None
    note: Text | None = None
    execution: Text | None = None
    burden: Burden = Burden()
    review_after_days: Annotated[int, msgspec.Meta(ge=1, le=3660)] = 90
    marking: Label | None = None
    execution_marking: Label | None = None

    @property
    def ladder(self) -> str:
        """The key under which only one measure is active at a time: its ladder, else itself."""
        return self.step.ladder if self.step else self.id

    @property
    def rung(self) -> int:
        """Its height on the ladder; 0 for a measure that stands alone."""
        return self.step.rung if self.step else 0


class Catalogue(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """A whole catalogue.

    levels: codes of the scheme, lowest first. responses: the response levels of sites that some measures hang on. marking: of every measure that bears none of its own. digest: SHA-256 of the
    file, hexadecimal.
    """

    catalogue: Identifier
    version: str
    scheme: str
    title: Text
    languages: tuple[str, ...]
    levels: tuple[str, ...]
    answer_within_hours: dict[str, Annotated[int, msgspec.Meta(ge=1, le=8784)]]
    domains: dict[str, Domain]
    owners: dict[str, OwnerKind]
    measures: tuple[Measure, ...]
    responses: Responses | None = None
    numbering: Literal["fr-vigipirate", "own"] = "own"
    marking: Label = "TLP:GREEN"
    digest: str = ""

    @cached_property
    def by_id(self) -> dict[str, Measure]:
        """Every measure by its id."""
        return {measure.id: measure for measure in self.measures}

    @cached_property
    def order(self) -> dict[str, int]:
        """The place of each measure in the file, which is the order of every list made from it."""
        return {measure.id: place for place, measure in enumerate(self.measures)}

    def hung_on(self, scheme: str) -> "Catalogue | None":
        """Give the part whose measures hang on that scheme, of levels or of responses; None where nothing does.

        In the part for responses each `response_from` stands as `default_from`: there a response is the level.
        """
        if scheme == self.scheme:
            return self._only(tuple(m for m in self.measures if m.response_from is None))
        if self.responses is None or scheme != self.responses.scheme:
            return None
        hung = (
            msgspec.structs.replace(m, default_from=m.response_from)
            for m in self.measures
            if m.response_from is not None
        )
        return msgspec.structs.replace(
            self._only(tuple(hung)),
            scheme=scheme,
            levels=self.responses.levels,
            answer_within_hours=self.responses.answer_within_hours,
        )

    def _only(self, measures: tuple[Measure, ...]) -> "Catalogue":
        return self if measures == self.measures else msgspec.structs.replace(self, measures=measures)

    def marking_of(self, given: str) -> Tlp:
        """Say how far a measure may travel; one that the catalogue does not hold any more, no farther than its most confined one."""
        known = self.by_id.get(given)
        if known is not None:
            return parse_tlp(known.marking or self.marking)
        return max(
            parse_tlp(label) for label in (self.marking, *(m.marking or self.marking for m in self.measures))
        )

    def execution_marking_of(self, measure: Measure) -> Tlp:
        """Say how far it may travel how a measure is carried out: at most as far as the measure itself."""
        own = measure.execution_marking
        return max(self.marking_of(measure.id), parse_tlp(own) if own else Tlp.CLEAR)

    def measure(self, given: str) -> Measure:
        """Give the measure of that id. Raises UnknownMeasure."""
        try:
            return self.by_id[given]
        except KeyError:
            raise UnknownMeasure(
                "Catalogue {catalogue} has no measure {given!r}. Its {count} measures are listed by: vigie measures",
                catalogue=self.catalogue,
                given=given,
                count=len(self.measures),
            ) from None
