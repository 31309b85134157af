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
