"""A small catalogue a reader can follow by hand, and owners for it."""

import pytest

from vigie.measures.answering import Answerer
from vigie.measures.catalogue import Catalogue
from vigie.measures.catalogue_file import read

SMALL = """
catalogue: small
version: "1"
scheme: fr-vigipirate-2016
numbering: fr-vigipirate
title: {en: Small}
languages: [en]
levels: [VIG, SRRA, UA]
answer_within_hours: {VIG: 168, SRRA: 48, UA: 24}
domains: {premises: {code: BAT, name: {en: Premises}}, other: {name: {en: Other}}}
owners:
  manager: {reach: sites, name: {en: whoever runs the place}}
  mayor: {reach: kinds, kinds: [town-hall], name: {en: the mayor}}
  everyone: {reach: nobody, name: {en: everyone}}
measures:
  - {id: BAT 10-01, domain: premises, words: {en: Keep a plan.}, owners: [manager], source: s, confidence: sourced}
  - {id: BAT 21-01, domain: premises, words: {en: Check bags.}, owners: [manager], default_from: SRRA, source: s, confidence: sourced}
  - {id: BAT 22-01, domain: premises, words: {en: Check all.}, owners: [manager], default_from: UA, source: s, confidence: sourced}
  - {id: BAT 23-01, domain: premises, words: {en: Search all.}, owners: [manager], source: s, confidence: partly}
  - {id: SCHOOL, domain: other, words: {en: No parking.}, owners: [mayor], places: [school], default_from: UA, source: s, confidence: sourced}
  - {id: SHOP, domain: other, words: {en: Watch the doors.}, owners: [manager], places: [shopping], default_from: UA, source: s, confidence: sourced}
  - {id: TELL, domain: other, words: {en: Report.}, owners: [everyone], default_from: VIG, source: s, confidence: sourced}
"""


@pytest.fixture(scope="session")
def small() -> Catalogue:
    return read(SMALL.encode(), "small.yaml")


@pytest.fixture(scope="session")
def small_text() -> str:
    return SMALL


@pytest.fixture
def station() -> Answerer:
    return Answerer("o-station", "operator", (("s-north", "station"), ("s-south", "station")))


@pytest.fixture
def mall() -> Answerer:
    return Answerer("o-mall", "operator", (("s-mall", "shopping"), ("s-tower", "office")))


@pytest.fixture
def town() -> Answerer:
    return Answerer("o-town", "town-hall", ())


SITES = """id,name,kind,lat,lon,area,owner
s-north,Gare du Nord,station,48.8802,2.3552,FR-75,o-rail
s-east,Gare de Lyon Part-Dieu,station,45.7605,4.8596,FR-69,o-rail
s-mall,Galerie Nord,shopping,48.9000,2.3000,FR-75,o-mall
s-museum,Musée de la Ville,museum,48.8600,2.3400,FR-75,o-museum
"""
OWNERS = """id,name,kind,language,mail,phone,area
o-rail,Exploitant des gares,transport-operator,fr,gares@example.org,01 00 00 00 01,
o-mall,Galerie Nord PC sécurité,site-manager,fr,pc@galerie.example,01 00 00 00 02,
o-museum,Museum duty desk,site-manager,en,desk@museum.example,,
o-town,Mairie,town-hall,fr,permanence@mairie.example,01 00 00 00 04,FR-75
o-schools,Direction des écoles,school-owner,fr,ecoles@mairie.example,01 00 00 00 05,FR-75
"""


@pytest.fixture
def owners(people):
    """Five owners with four sites, on the record."""
    from vigie.exposure.actions import import_owners, import_sites

    import_sites(people["watch"], SITES.encode())
    import_owners(people["watch"], OWNERS.encode())
    return people


@pytest.fixture
def level(people):
    """Decide or change the level: `level("UA")`, `level("SRRA", zone="FR-IDF")` gives the decision's id."""
    from vigie import times
    from vigie.alert import actions, queries

    def decide(code, zone="FR"):
        made = actions.propose(
            people["cabinet"],
            scheme="fr-vigipirate-2016",
            code=code,
            zone=zone,
            reasons="An attack abroad was claimed by a group that tried here before.",
            effective=times.now(),
        )
        actions.approve(people["prime-minister"], made, seen=queries.decision(made).digest)
        return made

    return decide


@pytest.fixture
def raised(owners, level):
    """The level is UA in France, its measures are switched and the messages are written to the outbox."""
    from django.conf import settings

    from vigie.measures import actions

    switched = actions.switch(owners["prime-minister"], level("UA"))
    actions.deliver_due(settings.VIGIE_HOME)
    return switched


@pytest.fixture
def link():
    """Give the token of an owner's newest page."""
    from vigie.measures import queries
    from vigie.measures.models import Message

    def of(owner):
        newest = Message.objects.filter(owner=owner).order_by("-queued_at", "-posture__set_at", "-id").first()
        return queries.link_for(owner, newest.posture_id).rstrip("/").rpartition("/")[2]

    return of
