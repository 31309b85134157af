"""Who is asked: which owners a measure concerns, and at which of their sites."""

from dataclasses import dataclass

from vigie.measures.catalogue import Catalogue, Measure


@dataclass(frozen=True)
class Answerer:
    """What an owner answers for. kind: the owner's kind; sites: pairs of site id and site kind, in a fixed order."""

    id: str
    kind: str
    sites: tuple[tuple[str, str], ...] = ()


def sites_asked(catalogue: Catalogue, measure: Measure, owner: Answerer) -> tuple[str, ...] | None:
    """Give the sites at which `owner` is asked for `measure`; None when the measure does not concern it.

    An empty tuple means: asked, at no site of its own (a mayor asked to act around buildings others run).
    """
    there = tuple(site for site, kind in owner.sites if not measure.places or kind in measure.places)
    for name in measure.owners:
        asked = catalogue.owners[name]
        if asked.reach == "kinds" and owner.kind in asked.kinds:
            return there
        if asked.reach == "sites" and there:
            return there
    return None


def is_public_advice(catalogue: Catalogue, measure: Measure) -> bool:
    """Say whether the measure speaks to everybody and therefore tasks nobody."""
    return all(catalogue.owners[name].reach == "nobody" for name in measure.owners)
