"""What may go to whom: the release's marking against its audience, its sources against their originators.

No role overrides an originator. A release may be marked lower than what it was made of only because its text
was written anew, and with the reason given; whose consent is needed and to whom the sources are confined
does not change by rewriting.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Set as AbstractSet
from dataclasses import dataclass

from vigie.errors import NotFound, Refused
from vigie.markings import Marking, Tlp, join_all, parse
from vigie.partners.elements import Draft, Element, texts
from vigie.translatable import gettext_noop

_INTERNAL_ID = re.compile(
    r"\b(?:claim|report|decision|reception|assessment|task|release|entry)-\d+(?:-\d+)*\b"
)


class NotReleasable(Refused):
    """The release would break a marking; the sentence names each element that stands in the way."""


class SamePerson(Refused):
    """The one who proposed a release cannot let it go."""


class NoConsent(NotReleasable):
    """An originator has not consented."""


class UnknownSource(NotFound):
    """An element names an internal item that is not there."""


@dataclass(frozen=True, slots=True)
class Audience:
    """A partner as agreed with it: how high it may receive, which caveats it has undertaken to honour."""

    slug: str
    name: str
    ceiling: Tlp
    honours: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Source:
    """An internal item: its marking, and whether it still stands (a claim not withdrawn, a level in force)."""

    marking: Marking
    stands: bool = True


@dataclass(frozen=True, slots=True)
class Consent:
    """An originator's yes to passing one of its items to one audience."""

    originator: str
    item: str
    audience: str


@dataclass(frozen=True, slots=True)
class Objection:
    """Why a release cannot go. element: key of the element, empty when it is the release as a whole.

    message: English template whose places `fields` fill, as in `vigie.errors`.
    """

    element: str
    message: str
    fields: Mapping[str, str]
    by_originator: bool = False

    def said(self, translate: Callable[[str], str] = str) -> str:
        """Give the sentence in the language of `translate`."""
        return translate(self.message).format(**self.fields)


def objections(
    draft: Draft, audience: Audience, sources: Mapping[str, Source], consents: AbstractSet[Consent]
) -> tuple[Objection, ...]:
    """Give everything that stands in the way of the release, none when it may go.

    sources: every internal item the draft names, by id. Raises UnknownSource when one is missing there.
    """
    own = parse(draft.marking)
    found = list(_of_the_whole(draft, own, audience))
    for element in draft.elements:
        found += _of_element(element, own, audience, sources, consents, lowered=bool(draft.lowering.strip()))
    return tuple(found)


def require_releasable(
    draft: Draft, audience: Audience, sources: Mapping[str, Source], consents: AbstractSet[Consent]
) -> None:
    """Raise NotReleasable (NoConsent when an originator stands in the way) unless the release may go."""
    found = objections(draft, audience, sources, consents)
    if not found:
        return
    kind = NoConsent if any(each.by_originator for each in found) else NotReleasable
    raise kind(
        "{release!r} cannot go to {audience}. {why}",
        release=draft.title,
        audience=audience.name,
        why=" ".join(o.said() for o in found),
    )


def require_second_person(proposed_by: str, approver: str) -> None:
    """Raise SamePerson when the approver is the proposer (both: opaque ids of persons)."""
    if proposed_by == approver:
        raise SamePerson("You proposed this release. Someone other than the proposer must let it go.")


def _of_the_whole(draft: Draft, own: Marking, audience: Audience) -> Iterator[Objection]:
    told = {
        "audience": audience.name,
        "own": own.text(),
        "label": own.tlp.label,
        "ceiling": audience.ceiling.label,
    }
    if own.tlp > audience.ceiling:
        message = gettext_noop(
            "It is marked {label}; the agreement with {audience} goes up to {ceiling}. Write a version that can be marked lower."
        )
        yield Objection("", message, told)
    if own.audiences is not None and audience.slug not in own.audiences:
        yield Objection("", "Its own marking {own} confines it to other audiences than {audience}.", told)
    for caveat in sorted(own.caveats - audience.honours):
        message = gettext_noop(
            "{audience} has not undertaken to honour the caveat {caveat}. Have it agreed first, or write without what needs it."
        )
        yield Objection("", message, told | {"caveat": caveat})
    if own.tlp is Tlp.RED and not draft.recipients:
        yield Objection("", "TLP:RED is for named recipients. Name the offices that may read it.", told)
    yield from _leaks("", (draft.title, draft.summary, *draft.recipients))


def _of_element(
    element: Element,
    own: Marking,
    audience: Audience,
    sources: Mapping[str, Source],
    consents: AbstractSet[Consent],
    *,
    lowered: bool,
) -> Iterator[Objection]:
    unknown = sorted(set(element.sources) - set(sources))
    if unknown:
        raise UnknownSource(
            "The element {key!r} is made of {unknown}, which is not in this home. Choose what is there.",
            key=element.key,
            unknown=", ".join(unknown),
        )
    joined = join_all(sources[item].marking for item in element.sources)
    told = {"key": element.key, "audience": audience.name, "own": own.text(), "joined": joined.text()}
    if joined.audiences is not None and audience.slug not in joined.audiences:
        yield Objection(
            element.key,
            "«{key}» is made of items confined to other audiences than {audience} ({joined}).",
            told,
        )
    if not lowered and (joined.tlp > own.tlp or not joined.caveats <= own.caveats):
        message = gettext_noop(
            "«{key}» is made of items marked {joined}, stricter than the release's {own}. "
            "Raise the marking, or say why the new text can bear the lower one."
        )
        yield Objection(element.key, message, told)
    for item in element.sources:
        if not sources[item].stands:
            message = gettext_noop(
                "«{key}» is made of {item}, which no longer stands. Write it from what does."
            )
            yield Objection(element.key, message, told | {"item": item})
        for originator in sorted(sources[item].marking.originators - {audience.slug}):
            if Consent(originator, item, audience.slug) not in consents:
                message = gettext_noop(
                    "«{key}» is made of {item}, and the consent of {originator} to pass it to {audience} is not on the record."
                )
                yield Objection(
                    element.key, message, told | {"item": item, "originator": originator}, by_originator=True
                )
    yield from _leaks(element.key, texts(element))


def _leaks(key: str, released: Iterable[str]) -> Iterator[Objection]:
    for hit in sorted({hit for text in released for hit in _INTERNAL_ID.findall(text)}):
        yield Objection(
            key,
            "The text of «{key}» names {hit}, an id of this home. Take it out.",
            {"key": key or "title", "hit": hit},
        )
