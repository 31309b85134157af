"""How many sources there really are: documents, newsrooms, origins.

Eight articles that reprint one wire, which quotes one announcement, are eight documents and one origin.
Links run from what repeats to what it repeats. Only origins without a common ancestor corroborate each
other; several newsrooms raise the confidence that it was said, not that it is true. What comes from nobody
knows where may all come from the same place, and counts as one at most.
"""

from collections.abc import Iterable, Mapping, Set as AbstractSet
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """`child` repeats `parent`; `why` says by what sign: credit, copy, «in a statement»."""

    child: str
    parent: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Independence:
    """What stands behind one statement.

    documents: those given. newsrooms: of the documents that repeat no other document.
    origins: known ones without a common ancestor, one name each. unknown: documents that lead to no known origin.
    loops: groups that repeat each other in a circle.
    """

    documents: tuple[str, ...]
    newsrooms: tuple[str, ...]
    origins: tuple[str, ...]
    unknown: tuple[str, ...]
    loops: tuple[tuple[str, ...], ...]

    @property
    def count(self) -> int:
        """Independent origins: the known ones; one, when all is of unknown origin; none without documents."""
        return len(self.origins) or min(1, len(self.unknown))

    @property
    def corroborated(self) -> bool:
        """Whether at least two independent origins say it."""
        return self.count >= 2

    @property
    def one_voice(self) -> bool:
        """Whether several documents agree only because they all repeat the same origin."""
        return self.count == 1 and len(self.documents) > 1


def weigh(
    documents: Iterable[str], links: Iterable[Link], newsrooms: Mapping[str, str], origins: AbstractSet[str]
) -> Independence:
    """Count what stands behind a statement.

    documents: ids of those that carry it. links: the whole graph or more of it than needed.
    newsrooms: document id to newsroom; one that is not listed is of unknown newsroom and counts with the others unknown.
    origins: names of nodes known to be origins (an announcement, a group's own claim, an official count).
    """
    carried = tuple(sorted(set(documents)))
    parents: dict[str, set[str]] = {}
    for link in links:
        parents.setdefault(link.child, set()).add(link.parent)
    above = {node: _ancestors(node, parents) for node in _reached(carried, parents)}
    ends = {node: _name(node, above, origins) for node in above if _is_end(node, above)}
    found: set[str] = set()
    unknown = []
    for document in carried:
        own = {ends[node] for node in above[document] | {document} if node in ends}
        known = {name for name in own if name in origins}
        found |= known
        if not known:
            unknown.append(document)
    first = [d for d in carried if not _repeats(d, above, newsrooms, set(carried))]
    loops = {
        tuple(sorted(other for other in above[node] if node in above[other]))
        for node in above
        if node in above[node]
    }
    return Independence(
        documents=carried,
        newsrooms=tuple(sorted({newsrooms.get(document, "?") for document in first})),
        origins=tuple(sorted(found)),
        unknown=tuple(unknown),
        loops=tuple(sorted(loops)),
    )


def _ancestors(node: str, parents: Mapping[str, set[str]]) -> frozenset[str]:
    found: set[str] = set()
    waiting = list(parents.get(node, ()))
    while waiting:
        parent = waiting.pop()
        if parent not in found:
            found.add(parent)
            waiting += parents.get(parent, ())
    return frozenset(found)


def _reached(documents: Iterable[str], parents: Mapping[str, set[str]]) -> set[str]:
    return {each for document in documents for each in (document, *_ancestors(document, parents))}


def _is_end(node: str, above: Mapping[str, frozenset[str]]) -> bool:
    # A circle that nothing outside feeds is an end as a whole: its members are then one end.
    return all(node in above[ancestor] for ancestor in above[node])


def _name(node: str, above: Mapping[str, frozenset[str]], origins: AbstractSet[str]) -> str:
    circle = sorted(above[node] | {node})
    return next((each for each in circle if each in origins), circle[0])


def _repeats(
    document: str,
    above: Mapping[str, frozenset[str]],
    newsrooms: Mapping[str, str],
    carried: AbstractSet[str],
) -> bool:
    copied = {each for each in above[document] if each != document and (each in newsrooms or each in carried)}
    # Of documents that repeat each other in a circle the first by name stands for all.
    return any(document not in above[each] or each < document for each in copied)
