"""Owners and sites as this room needs them: who is in a zone, how they are called, how they are reached."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast
from orjson import loads

from vigie.exposure import areas, charge, queries as exposure
from vigie.exposure.models import Contact, Owner, Site
from vigie.exposure.owners_csv import WAYS
from vigie.measures.answering import Answerer
from vigie.measures.parts import A_STATEMENT, parts


@dataclass(frozen=True)
class OwnerHere:
    """An owner with its contact, empty where none is on record."""

    id: str
    name: str
    kind: str
    language: str
    mail: str = ""
    phone: str = ""
    deputy_mail: str = ""
    deputy_phone: str = ""
    superior_mail: str = ""
    superior_phone: str = ""
    parent: str = ""

    @classmethod
    def unknown(cls, given: str) -> "OwnerHere":
        """Give an owner the list does not hold (any more): its tasks still show."""
        return cls(given, given, "", "")


class _Site(NamedTuple):
    """A site, as far as it is asked who answers for it: tens of thousands are read, at each change."""

    id: str
    kind: str
    area: str
    owner: str


class _Owner(NamedTuple):
    """An owner, likewise."""

    id: str
    kind: str
    area: str
    sites: list[str]
    site_kinds: list[str]


def owners_in(zone: str) -> list[Answerer]:
    """List the owners concerned by a zone, each with its sites there, by id.

    An owner without any site is concerned when its own area meets the zone, or when it names no area.
    """
    sites = [
        _Site(*row)
        for row in Site.objects.filter(withdrawn_at=None).order_by("id").values_list(*_Site._fields)
    ]
    # As text: Django's reader of JSON takes ten times as long.
    lists = {"site_names": Cast("sites", TextField()), "place_kinds": Cast("site_kinds", TextField())}
    every = [
        _Owner(name, kind, area, loads(names), loads(kinds))
        for name, kind, area, names, kinds in Owner.objects.filter(withdrawn_at=None)
        .order_by("id")
        .annotate(**lists)
        .values_list("id", "kind", "area", *lists)
    ]
    covered = {area: areas.covers(zone, area) for area in {site.area for site in sites}}
    concerned = {owner.area: _overlaps(zone, owner.area) for owner in every if owner.area}
    places = {site.id: site for site in sites}
    charges = charge.charges(sites, every)
    found = []
    for owner in every:
        own = [places[name] for name in charges[owner.id]]
        there = tuple((site.id, site.kind) for site in own if covered[site.area])
        if there or (concerned[owner.area] if owner.area else not own):
            found.append(Answerer(owner.id, owner.kind, there))
    return found


def owners_of(site: str) -> list[Answerer]:
    """List the owners that answer for one site, each with that site alone, by id."""
    found = []
    for owner, sites in exposure.charges().items():
        there = tuple((place.id, place.kind) for place in sites if place.id == site)
        if there:
            found.append(Answerer(owner, Owner.objects.values_list("kind", flat=True).get(id=owner), there))
    return sorted(found, key=lambda owner: owner.id)


def sites_of(owner: str) -> list[str]:
    """List the sites an owner answers for."""
    return [site.id for site in exposure.charges().get(owner, ())]


def owners(wanted: Collection[str]) -> dict[str, OwnerHere]:
    """Give owners by id, with their contacts; those the list never held are left out."""
    ordered = sorted(wanted)
    reached: dict[str, Contact] = {}
    for part in parts(ordered):
        for contact in Contact.objects.filter(owner__in=part):  # the newest first
            reached.setdefault(contact.owner, contact)
    rows = (row for part in parts(ordered) for row in Owner.objects.filter(id__in=part))
    return {row.id: _here(row, reached.get(row.id) if row.withdrawn_at is None else None) for row in rows}


def owner(given: str) -> OwnerHere:
    """Give one owner with its contact; an owner that has left is shown by its id alone."""
    return owners([given]).get(given) or OwnerHere.unknown(given)


def owner_names(wanted: Collection[str]) -> dict[str, str]:
    """Give the names of owners by id."""
    return _names(Owner.objects.values_list("id", "name"), wanted)


def languages() -> dict[str, str]:
    """Give the language each owner is written to in."""
    return dict(Owner.objects.values_list("id", "language"))


def site_names(wanted: Collection[str]) -> dict[str, str]:
    """Give the names of sites by id."""
    return _names(Site.objects.values_list("id", "name"), wanted)


def check_site(given: str) -> None:
    """Raise NotFound unless there is such a site."""
    exposure.site(given)


def _here(row: Owner, contact: Contact | None) -> OwnerHere:
    return OwnerHere(
        id=row.id,
        name=row.name,
        kind=row.kind,
        language=row.language,
        parent=row.parent,
        **{way: getattr(contact, way, "") for way in WAYS},
    )


def _overlaps(zone: str, area: str) -> bool:
    try:
        return areas.overlaps(zone, area)
    except areas.UnknownArea:
        return areas.covers(zone, area) or areas.covers(area, zone)


def _names(rows: "QuerySet[Any, tuple[str, str]]", wanted: Collection[str]) -> dict[str, str]:
    """Read the names in one question: those wanted when they are few, else all."""
    if len(wanted) <= A_STATEMENT:
        return dict(rows.filter(id__in=sorted(wanted)))
    chosen = set(wanted)
    return {name: said for name, said in rows if name in chosen}
