"""Who answers for which site, and where nobody does: gaps are listed, never silent.

A site is answered for by the owner its row names and by every owner that lists it. Where nobody is named, the
owners of its kind in its area answer.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from vigie.exposure import areas


class SiteLike(Protocol):
    """What is asked of a site."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def area(self) -> str: ...  # noqa: D102
    @property
    def owner(self) -> str: ...  # noqa: D102


class OwnerLike(Protocol):
    """What is asked of an owner."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def sites(self) -> Iterable[str]: ...  # noqa: D102
    @property
    def site_kinds(self) -> Iterable[str]: ...  # noqa: D102
    @property
    def area(self) -> str: ...  # noqa: D102


@dataclass(frozen=True)
class Gaps:
    """What does not meet.

    ownerless: ids of sites nobody answers for; siteless: ids of owners that answer for none; unknown_owners: pairs
    (site, owner named that is not in the list); unknown_sites: pairs (owner, site listed that is not in the list).
    """

    ownerless: tuple[str, ...]
    siteless: tuple[str, ...]
    unknown_owners: tuple[tuple[str, str], ...]
    unknown_sites: tuple[tuple[str, str], ...]

    @property
    def named_owners(self) -> tuple[str, ...]:
        """Owners that sites name and the list does not hold, each once."""
        return tuple(sorted({owner for _, owner in self.unknown_owners}))

    @property
    def listed_sites(self) -> tuple[str, ...]:
        """Sites that owners list and the list does not hold, each once."""
        return tuple(sorted({site for _, site in self.unknown_sites}))

    def __bool__(self) -> bool:
        return any((self.ownerless, self.siteless, self.unknown_owners, self.unknown_sites))


def charges(sites: Iterable[SiteLike], owners: Iterable[OwnerLike]) -> dict[str, tuple[str, ...]]:
    """Give for each owner the ids of the sites it answers for, in the order of `sites`; every owner has its entry."""
    known = tuple(owners)
    listing: dict[str, set[str]] = {}
    for owner in known:
        for site_id in owner.sites:
            listing.setdefault(site_id, set()).add(owner.id)
    result: dict[str, list[str]] = {owner.id: [] for owner in known}
    by_kind = [owner for owner in known if owner.site_kinds]
    for site in sites:
        named = listing.get(site.id, set()) | ({site.owner} if site.owner in result else set())
        # Asked only where nobody is named: fifty thousand sites by fifty thousand owners would take minutes.
        for owner_id in named or [
            o.id
            for o in by_kind
            if site.kind in o.site_kinds and (not o.area or areas.contains(o.area, site.area))
        ]:
            result[owner_id].append(site.id)
    return {owner_id: tuple(its) for owner_id, its in result.items()}


def gaps(sites: Iterable[SiteLike], owners: Iterable[OwnerLike]) -> Gaps:
    """Say which sites have no owner, which owners no site, and which names on either side are not in the list."""
    places, known = tuple(sites), tuple(owners)
    found = charges(places, known)
    answered = {site_id for its in found.values() for site_id in its}
    ids = {place.id for place in places}
    return Gaps(
        ownerless=tuple(p.id for p in places if p.id not in answered),
        siteless=tuple(owner_id for owner_id, its in found.items() if not its),
        unknown_owners=tuple((p.id, p.owner) for p in places if p.owner and p.owner not in found),
        unknown_sites=tuple((o.id, site) for o in known for site in o.sites if site not in ids),
    )
