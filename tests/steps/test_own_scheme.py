"""The story of an adopter: from the blank scheme to a level in force, told, answered and counted; then its next edition."""

from dataclasses import replace
from datetime import timedelta
from importlib.resources import files

import pytest

from vigie import steps, times
from vigie.alert import actions as alert, queries as levels
from vigie.editions import actions as editions
from vigie.exposure import queries as exposure
from vigie.history import queries as history
from vigie.history.counts import counts
from vigie.homes import Decides
from vigie.ledger.queries import verify
from vigie.measures import actions as measures, queries as tasked
from vigie.measures.models import Task

BLANK = (files("vigie.schemes") / "blank.yaml").read_text(encoding="utf-8")
OWN, NEXT, RESPONSE = "fr-town-2020", "fr-town-2024", "fr-town-response"
TOWN = (
    BLANK.replace("xx-example-2020", OWN)
    .replace("country: XX", "country: FR")
    .replace("{xx:", "{fr:")
    .replace("within: [XX]", "within: [FR]")
    .replace("Other official word", "Alerte ville")
)
TOWN_2024 = (
    TOWN.replace(OWN, NEXT)
    .replace("Alerte ville", "Alerte g\u00e9n\u00e9rale")
    .replace('in_force_from: "2020"', f'in_force_from: "2024-03-25"\npredecessor: {OWN}')
)
GATES = (
    TOWN.replace(OWN, RESPONSE)
    .replace("kind: threat-level", "kind: protective-posture")
    .replace("review:", f"suggests: {{{OWN}: {{LOW: LOW, HIGH: HIGH}}}}\nreview:")
)
WHY = "A threat against the town was received and looked at by the police."


@pytest.fixture
def town(home, places, settings):
    """The town decides its own scheme, whose file its watch has put on the record."""
    editions.add(places["watch"], TOWN.encode(), file="town.yaml")
    settings.VIGIE_HOME = replace(home, decides=(Decides(OWN, ("FR",)), Decides(NEXT, ("FR",))))
    return places


def set_high(people, scheme):
    made = alert.propose(
        people["cabinet"], scheme=scheme, code="HIGH", zone="FR", reasons=WHY, effective=times.now()
    )
    steps.sign(people["prime-minister"], made, seen=levels.decision(made).digest)
    return made


def test_a_level_of_ones_own_scheme_is_decided_told_to_the_public_and_stands_in_the_history(town, sign_in):
    made = set_high(town, OWN)
    assert levels.holds(OWN, "FR").winner.id == made
    for address in ("/", "/levels/", f"/levels/{made}/", f"/history/{OWN}/", f"/schemes/{OWN}/"):
        page = sign_in("watch").get(address)
        assert page.status_code == 200, address
    assert "Alerte ville" in sign_in("watch").get(f"/levels/{made}/").content.decode()
    answer = history.level(OWN, times.now())
    assert (answer.code, answer.level.word("fr")) == ("HIGH", "Alerte ville")
    found = counts(OWN, "HIGH", times.now(), changes=history.changes(OWN))
    assert {count.number for count in found} == {1}
    assert verify().verified


def test_a_sites_response_of_ones_own_is_suggested_by_ones_own_level_and_set_by_a_person(town):
    editions.add(town["watch"], GATES.encode(), file="gates.yaml")
    set_high(town, OWN)
    [suggestion] = tasked.suggestions()
    assert (suggestion.response_scheme, suggestion.response) == (RESPONSE, "HIGH")
    site = exposure.sites()[0].id
    measures.respond(
        town["watch"],
        site,
        RESPONSE,
        "HIGH",
        reason="Gates shut on the town's level.",
        review=times.now() + timedelta(days=9),
    )
    assert [row.level for row in tasked.responses(site)] == ["HIGH"]


def test_a_level_under_an_older_edition_stands_until_a_person_decides_and_the_page_offers_it(town, sign_in):
    made = set_high(town, OWN)
    editions.add(town["watch"], TOWN_2024.encode(), file="town-2024.yaml")
    assert "older edition" not in sign_in("cabinet").get(f"/levels/{made}/").content.decode()
    with times.held(times.now() + timedelta(days=10)):
        assert levels.holds(OWN, "FR").winner.id == made
        assert levels.holds(NEXT, "FR") is None
        page = sign_in("cabinet").get(f"/levels/{made}/").content.decode()
        assert "stands under an older edition" in page
        assert f"/levels/propose/?scheme={NEXT}&amp;zone=FR" in page
        assert "under an older edition" in sign_in("cabinet").get("/levels/").content.decode()
        form = sign_in("cabinet").get(f"/levels/propose/?scheme={NEXT}&zone=FR").content.decode()
        assert f"{NEXT}/HIGH" in form
        assert f"{OWN}/HIGH" not in form
        offered = sign_in("watch").get(f"/levels/{made}/").content.decode()
        assert f"/receive/?scheme={NEXT}&amp;zone=FR" in offered
        after = set_high(town, NEXT)
        drawn = sign_in("watch").get(f"/levels/{after}/").content.decode()
        assert "Alerte g\u00e9n\u00e9rale" in drawn
        old = sign_in("watch").get(f"/levels/{made}/").content.decode()
        assert "Alerte ville" in old
        assert "Alerte g\u00e9n\u00e9rale" not in old.partition("<main")[2].partition("older edition")[0]


def test_counts_cross_editions_only_on_request(town):
    set_high(town, OWN)
    editions.add(town["watch"], TOWN_2024.encode(), file="town-2024.yaml")
    with times.held(times.now() + timedelta(days=10)):
        set_high(town, NEXT)
        now = times.now()
        alone = counts(NEXT, "HIGH", now, changes=history.changes(NEXT))
        assert {(count.definition.editions, count.number) for count in alone} == {((NEXT,), 1)}
        across = counts(NEXT, "HIGH", now, changes=history.changes(NEXT), all_editions=True)
        assert {len(count.definition.editions) for count in across} == {1, 2}
        both = counts(
            NEXT, "HIGH", now, changes=history.changes(NEXT), all_editions=True, earlier=history.changes
        )
        assert {count.number for count in both if count.definition.editions == (NEXT, OWN)} == {2}
    assert not Task.objects.exists()
