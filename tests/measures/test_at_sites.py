"""Measures that hang on a site's own response go on and off with it, at that site alone."""

import re
from datetime import timedelta

import pytest
from django.conf import settings

from vigie import times
from vigie.errors import Conflict
from vigie.exposure.actions import import_owners
from vigie.ledger import queries as ledger
from vigie.measures import actions, channels, queries
from vigie.measures.actions.responding import ForeignSite
from vigie.measures.catalogue import BadCatalogue
from vigie.measures.catalogue_file import read
from vigie.measures.models import Message, Posture, SiteResponse, Task
from vigie.measures.places import heard_together, of_site, site_of
from vigie.measures.queries.links import BadLink
from vigie.measures.response import BadResponse

BOTH = """
catalogue: both
version: "1"
scheme: fr-vigipirate-2016
title: {en: Both}
languages: [en]
levels: [VIG, SRRA, UA]
answer_within_hours: {VIG: 168, SRRA: 48, UA: 24}
responses: {scheme: gb-response, levels: [NORMAL, HEIGHTENED, EXCEPTIONAL], answer_within_hours: {NORMAL: 72, HEIGHTENED: 24, EXCEPTIONAL: 4}}
domains: {doors: {name: {en: Doors}}}
owners: {manager: {reach: sites, name: {en: manager}}}
measures:
  - {id: DOORS, domain: doors, words: {en: Look at bags.}, owners: [manager], default_from: UA, source: s, confidence: sourced}
  - {id: GATE-1, domain: doors, words: {en: One gate open.}, owners: [manager], response_from: HEIGHTENED, step: {ladder: GATE, rung: 1}, marking: "TLP:AMBER", source: s, confidence: sourced}
  - {id: GATE-2, domain: doors, words: {en: All gates shut.}, owners: [manager], response_from: EXCEPTIONAL, step: {ladder: GATE, rung: 2}, source: s, confidence: sourced}
"""
WHY = "Crowd expected for the whole week."


@pytest.fixture
def both(home, owners):
    (home.path / "catalogues").mkdir(exist_ok=True)
    (home.path / "catalogues" / "both.yaml").write_text(BOTH)
    return owners


def later(days=30):
    return times.now() + timedelta(days=days)


def respond(actor, level, site="s-north"):
    return actions.respond(actor, site, "gb-response", level, reason=WHY, review=later())


def live(owner="o-rail"):
    return {
        (t.measure, t.state, site_of(t.zone))
        for t in Task.objects.filter(owner=owner).exclude(state__in=["replaced", "ended"])
    }


def token(owner):
    return queries.sites_link(owner).rstrip("/").rpartition("/")[2]


def test_a_response_switches_the_measures_of_its_site_alone(both):
    respond(both["watch"], "HEIGHTENED")
    assert live() == {("GATE-1", "open", "s-north")}
    assert Task.objects.get().sites == ["s-north"]
    assert live("o-mall") == set()
    assert ledger.verify().verified


def test_raised_eased_and_ended_like_a_level(both):
    watch = both["watch"]
    respond(watch, "HEIGHTENED")
    actions.deliver_due(settings.VIGIE_HOME)
    respond(watch, "EXCEPTIONAL")
    assert live() == {("GATE-2", "open", "s-north")}
    actions.deliver_due(settings.VIGIE_HOME)
    made = respond(watch, "HEIGHTENED")
    actions.deliver_due(settings.VIGIE_HOME)
    assert live() == {("GATE-1", "sent", "s-north")}
    actions.end_response(watch, made, reason="The crowd has gone home.")
    assert live() == {("GATE-1", "stop_asked", "s-north")}
    actions.deliver_due(settings.VIGIE_HOME)
    actions.take_down(watch, "o-rail", "stopped", via="phone")
    assert live() == {("GATE-1", "stopped", "s-north")}
    assert queries.responses() == []
    assert ledger.verify().verified


def test_the_level_moves_nothing_that_hangs_on_a_response_nor_the_other_way_round(both, level):
    actions.switch(both["prime-minister"], level("UA"))
    assert live() == {("DOORS", "open", "")}
    made = respond(both["watch"], "EXCEPTIONAL")
    assert live() == {("DOORS", "open", ""), ("GATE-2", "open", "s-north")}
    actions.end_response(both["watch"], made, reason="The crowd has gone home.")
    assert live() == {("DOORS", "open", "")}
    assert [p.zone for p in queries.standing()] == ["FR"]


def test_two_sites_of_one_owner_are_told_apart(both):
    watch = both["watch"]
    respond(watch, "HEIGHTENED")
    respond(watch, "EXCEPTIONAL", "s-east")
    assert live() == {("GATE-1", "open", "s-north"), ("GATE-2", "open", "s-east")}
    actions.deliver_due(settings.VIGIE_HOME)
    north, east = (Posture.objects.get(zone=of_site(site)).id for site in ("s-north", "s-east"))
    page = queries.link_for("o-rail", north).rstrip("/").rpartition("/")[2]
    assert queries.open_link(page).message.posture_id == north
    actions.answer(page, "done")
    assert live() == {("GATE-1", "done", "s-north"), ("GATE-2", "sent", "s-east")}
    assert Message.objects.filter(posture=east, state="delivered").count() == 1


def test_an_owner_sets_and_ends_the_response_of_its_own_site_by_link(both):
    made = actions.respond_by_link(
        token("o-rail"), "s-east", "gb-response", "HEIGHTENED", reason=WHY, review=later()
    )
    row = queries.response(made)
    assert (row.set_office, row.reason, row.level) == ("owner:o-rail", WHY, "HEIGHTENED")
    assert live() == {("GATE-1", "open", "s-east")}
    with pytest.raises(BadResponse):
        actions.end_response_by_link(token("o-rail"), made, reason="no")
    actions.end_response_by_link(token("o-rail"), made, reason="The crowd has gone home.")
    with pytest.raises(Conflict, match="ended already"):
        actions.end_response_by_link(token("o-rail"), made, reason="The crowd has gone home.")
    assert ledger.verify().verified


def test_nobody_sets_the_response_of_anothers_site_by_link(both):
    with pytest.raises(ForeignSite):
        actions.respond_by_link(
            token("o-rail"), "s-mall", "gb-response", "NORMAL", reason=WHY, review=later()
        )
    made = respond(both["watch"], "NORMAL", "s-mall")
    with pytest.raises(ForeignSite):
        actions.end_response_by_link(token("o-rail"), made, reason="The crowd has gone home.")
    assert SiteResponse.objects.count() == 1


def test_the_link_dies_when_the_owners_contact_changes(both):
    old = token("o-rail")
    import_owners(
        both["watch"],
        b"id,name,kind,language,mail\no-rail,Exploitant des gares,transport-operator,fr,new@example.org\n",
    )
    for each in (old, "o-rail~none~" + "A" * 43, "nonsense"):
        with pytest.raises(BadLink):
            actions.respond_by_link(each, "s-east", "gb-response", "NORMAL", reason=WHY, review=later())


def test_the_owners_page_sets_a_response_without_an_account(both, client):
    page = f"/measures/sites/{token('o-rail')}/"
    assert client.get(page).status_code == 200
    assert SiteResponse.objects.count() == 0
    form = {
        "site": "s-north",
        "level": "gb-response/EXCEPTIONAL",
        "reason": WHY,
        "review": times.text(later())[:16],
    }
    assert client.post(page, form).status_code == 302
    assert live() == {("GATE-2", "open", "s-north")}
    assert client.post(page, form | {"site": "s-mall"}).status_code == 400
    assert client.post(page, form | {"reason": "no"}).status_code == 400
    held = queries.responses()[0].id
    assert client.post(page, {"end": held, "reason": "no"}).status_code == 400
    assert client.post(page, {"end": held, "reason": "The crowd has gone home."}).status_code == 302
    assert queries.responses() == []


def test_several_responses_on_the_owners_page_have_fields_of_their_own_and_a_fault_stands_at_its_own(
    both, client
):
    page = f"/measures/sites/{token('o-rail')}/"
    for site in ("s-north", "s-east"):
        respond(both["watch"], "HEIGHTENED", site=site)
    ids = re.findall(r'\bid="([^"]+)"', client.get(page).content.decode())
    assert len(ids) == len(set(ids))
    held = queries.responses()[0].id
    refused = client.post(page, {"end": held, "reason": "no"})
    assert refused.status_code == 400
    assert refused.content.decode().count('role="alert"') == 1
    assert client.post(page, {"end": held, "reason": "The crowd has gone home."}).status_code == 302
    ended = client.post(page, {"end": held, "reason": "The crowd has gone home."})
    assert ended.status_code == 400
    assert "note-bad" in ended.content.decode()


def test_the_history_of_a_site_names_who_set_what(both):
    respond(both["watch"], "HEIGHTENED")
    actions.respond_by_link(token("o-rail"), "s-north", "gb-response", "NORMAL", reason=WHY, review=later())
    assert [(r.level, r.set_office) for r in queries.past_responses("s-north")] == [
        ("NORMAL", "owner:o-rail"),
        ("HEIGHTENED", "watch"),
    ]


def test_how_far_a_measure_may_travel_is_what_it_was_told_under(both, home):
    respond(both["watch"], "HEIGHTENED")
    assert Posture.objects.get().markings["GATE-1"] == "TLP:AMBER"
    (home.path / "catalogues" / "both.yaml").write_text(
        BOTH.replace('marking: "TLP:AMBER"', 'marking: "TLP:CLEAR"')
    )
    bundles = queries.bundled(queries.waiting(), 1)
    assert [letter.marking.label for letter in queries.letters(settings.VIGIE_HOME, bundles)] == ["TLP:AMBER"]


@pytest.mark.parametrize(("ceiling", "told"), [("TLP:AMBER", True), ("TLP:GREEN", False)])
def test_how_it_is_carried_out_goes_only_where_that_may_be_carried(both, home, monkeypatch, ceiling, told):
    how = 'execution: {en: Two guards each.}, execution_marking: "TLP:AMBER", response_from: EXCEPTIONAL'
    (home.path / "catalogues" / "both.yaml").write_text(BOTH.replace("response_from: EXCEPTIONAL", how))
    respond(both["watch"], "EXCEPTIONAL")
    [letter] = queries.letters(settings.VIGIE_HOME, queries.bundled(queries.waiting(), 1))
    assert (letter.marking.label, letter.fuller_marking.label) == ("TLP:GREEN", "TLP:AMBER")
    assert "Two guards" not in letter.text + letter.short
    sent = []
    monkeypatch.setattr(channels, "_notify", lambda _channel, carried, **_: sent.append(carried.text))
    channels.send(["mailtos://x?to={mail}"], letter, {"mailtos": ceiling})
    assert ["Two guards" in text for text in sent] == [told]
    assert all(text.startswith("TLP:AMBER") is told for text in sent)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("response_from: HEIGHTENED,", "response_from: HIGH,", "response level"),
        ("response_from: HEIGHTENED,", "response_from: HEIGHTENED, default_from: UA,", "no default_from"),
        ("response_from: EXCEPTIONAL,", "default_from: UA,", "hangs on one of the two"),
        ("scheme: gb-response,", "scheme: fr-vigipirate-2016,", "another scheme"),
        ("EXCEPTIONAL: 4", "OTHER: 4", "answer_within_hours"),
        ("reach: sites", "reach: nobody", "advice to the public"),
    ],
)
def test_a_catalogue_that_hangs_measures_wrongly_is_refused(old, new, said):
    assert old in BOTH
    with pytest.raises(BadCatalogue, match=said):
        read(BOTH.replace(old, new).encode(), "both.yaml")


def test_a_place_is_a_zone_or_a_site():
    assert site_of(of_site("s-mall")) == "s-mall"
    assert site_of("FR-75") == heard_together("FR-75") == ""
    assert heard_together(of_site("s-mall")) == of_site("s-mall")
