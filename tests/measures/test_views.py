"""Pages: the owner's own at a signed link, and the console's."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.contrib.staticfiles import finders
from django.test import Client

from vigie import times
from vigie.ledger.queries import head
from vigie.measures import actions, queries
from vigie.measures.models import Message, Posture, SiteResponse, Task
from vigie.measures.notice import text


@pytest.fixture
def page(raised, link):
    """The owner's page as a stranger with the link sees it: `page("o-mall")`."""

    def fetch(owner, method="get", data=None):
        return getattr(Client(), method)(f"/measures/yours/{link(owner)}/", data)

    return fetch


def body(answer):
    return answer.content.decode()


def test_the_page_says_what_changes_for_this_owner_and_nothing_of_others(page):
    answer = page("o-mall")
    said = body(answer)
    assert answer.status_code == 200
    assert "Ce qui change pour vous" in said
    assert "Galerie Nord" in said
    assert "INS-19" in said
    assert "Exploitant des gares" not in said
    assert "Gare du Nord" not in said


def test_page_and_message_say_the_same_words(page, link):
    message = Message.objects.select_related("posture").get(owner="o-museum")
    home = django_settings.VIGIE_HOME
    said = queries.notice(home, message, queries.owner("o-museum"))
    letter = text(said, "en", queries.link_for("o-museum", message.posture_id))
    shown = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body(page("o-museum"))))
    for line in said.lines:
        assert line.words["en"] in letter
        assert line.words["en"].replace("'", "&#x27;") in shown
    for sentence in ("Level: Urgence attentat (UA)", "Decided by: Prime Minister."):
        assert sentence in letter
        assert sentence in shown


def test_the_page_is_small_with_all_it_loads_and_needs_no_account(page):
    answer = page("o-mall")
    loaded = {*re.findall(r'(?:src|href|data-worker)="/static/([^"]*)"', body(answer))}
    assert loaded == {
        "ui/owner.css",
        "ui/vigie.svg",
        *(f"measures/{name}.js" for name in ("answers", "yours", "worker")),
    }
    assert len(answer.content) + sum(Path(finders.find(name)).stat().st_size for name in loaded) <= 30_000
    assert not re.search(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=", body(answer))
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]
    assert "noindex" in body(answer)


def test_the_page_of_an_owner_of_three_hundred_places_stays_small(home, people, level, link):
    from vigie.exposure.actions import import_owners, import_sites

    rows = "\n".join(f"s-{n},Gare de la Ville numéro {n},station,48.88,2.35,FR-75,o-rail" for n in range(300))
    import_sites(people["watch"], f"id,name,kind,lat,lon,area,owner\n{rows}\n".encode())
    import_owners(people["watch"], b"id,name,kind,mail\no-rail,Exploitant,transport-operator,a@example.org\n")
    actions.switch(people["prime-minister"], level("UA"))
    answer = Client().get(f"/measures/yours/{link('o-rail')}/")
    assert len(answer.content) < 50_000
    assert "+ 288" in body(answer)


def test_reading_the_page_changes_nothing(page):
    size = head()[0]
    states = set(Task.objects.values_list("id", "state"))
    page("o-mall")
    assert head()[0] == size
    assert set(Task.objects.values_list("id", "state")) == states


@pytest.mark.parametrize("given", ["acknowledged", "doing", "done"])
def test_a_button_puts_the_word_on_the_record(page, given):
    answer = page("o-mall", "post", {"given": given})
    assert answer.status_code == 302
    assert set(Task.objects.filter(owner="o-mall").values_list("state", flat=True)) == {given}


def test_the_page_works_where_no_cookie_is_kept(raised, link):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(f"/measures/yours/{link('o-mall')}/", {"given": "done"}).status_code == 302
    assert set(Task.objects.filter(owner="o-mall").values_list("state", flat=True)) == {"done"}


def test_cannot_without_a_reason_is_said_on_the_page_and_nothing_is_kept(page):
    size = head()[0]
    answer = page("o-museum", "post", {"given": "cannot"})
    assert answer.status_code == 400
    assert "needs its reason" in body(answer)
    assert head()[0] == size


def test_one_line_is_answered_alone(page):
    one = Task.objects.get(owner="o-mall", measure="INS-07")
    page("o-mall", "post", {"given": "cannot", "task": one.id, "reason": "No sign in stock"})
    assert Task.objects.get(id=one.id).reason == "No sign in stock"
    assert "No sign in stock" in body(page("o-mall"))


def test_a_forged_link_is_not_found_and_says_why(raised):
    answer = Client().get("/measures/yours/o-mall~posture-1~forged/")
    assert answer.status_code == 404
    assert "not one that was sent to you" in body(answer)


def test_a_reason_is_shown_as_text_never_as_markup(page):
    one = Task.objects.get(owner="o-mall", measure="INS-07")
    page("o-mall", "post", {"given": "cannot", "task": one.id, "reason": "<script>alert(1)</script>"})
    assert "<script>alert" not in body(page("o-mall"))


def test_once_closed_the_page_asks_nothing_and_takes_nothing(page, owners, level):
    cause = level("VIG")
    with times.held(times.now() + timedelta(hours=2)):
        actions.switch(owners["prime-minister"], cause)
        assert 'value="stopped"' in body(page("o-mall"))
        assert page("o-mall", "post", {"given": "stopped"}).status_code == 302
        closed = body(page("o-mall"))
        assert "Cette page est close" in closed
        assert 'name="given"' not in closed
        assert page("o-mall", "post", {"given": "done"}).status_code == 400


def test_the_page_of_an_exercise_says_so(page, settings):
    from dataclasses import replace

    settings.VIGIE_HOME = replace(django_settings.VIGIE_HOME, exercise=True, frame="REPLAY")
    answer = page("o-mall")
    assert "REPLAY" in body(answer)
    assert answer["X-Robots-Tag"].startswith("noindex")


def test_the_page_says_that_the_time_to_answer_has_passed(page):
    with times.held(times.now() + timedelta(hours=30)):
        assert "délai de réponse est passé" in body(page("o-mall"))


# ---- the console


def test_the_matrix_shows_every_owner_with_glyph_and_word(raised, sign_in):
    said = body(sign_in("watch").get("/measures/"))
    assert "Galerie Nord PC sécurité" in said
    assert "not answered" in said
    assert "not answered" in said


def test_a_filter_leads_to_the_call_down_sheet_with_numbers(raised, sign_in):
    client = sign_in("watch")
    said = body(client.get("/measures/?show=not-answered&measure=BAT 22-01"))
    assert "/measures/calls/not-answered/?measure=BAT%2022-01" in said
    sheet = body(client.get("/measures/calls/not-answered/?measure=BAT 22-01"))
    assert "01 00 00 00 02" in sheet
    assert "no number on record" in sheet, "the museum has none"


def test_an_unknown_filter_is_refused_in_a_sentence(raised, sign_in):
    answer = sign_in("watch").get("/measures/?show=rude")
    assert answer.status_code == 400
    assert "is not a filter" in body(answer)


def test_an_operator_takes_down_a_word_and_a_call(raised, sign_in):
    client = sign_in("watch")
    one = Task.objects.get(owner="o-mall", measure="INS-07")
    client.post("/measures/owners/o-mall/", {"given": "done", "via": "phone", "task": one.id})
    assert Task.objects.get(id=one.id).state == "done"
    client.post("/measures/owners/o-rail/called/", {"reached": "yes"})
    assert set(Task.objects.filter(owner="o-rail").values_list("state", flat=True)) == {"reached"}
    said = body(client.get(f"/measures/tasks/{one.id}/"))
    assert "by telephone" in said
    refused = client.post("/measures/owners/o-mall/", {"given": "cannot", "via": "phone", "task": one.id})
    assert refused.status_code == 400
    assert "needs its reason" in body(refused)


def test_the_posture_document_names_catalogue_source_and_what_is_not_known(raised, sign_in):
    said = body(sign_in("audit").get(f"/measures/postures/{raised.posture}/"))
    assert Posture.objects.get().catalogue_digest in said
    assert "not sourced" in said
    assert "Instruction of 12 April 2017" in said


def test_single_measures_are_switched_under_the_level_that_stands(raised, sign_in):
    client = sign_in("watch")
    row = Posture.objects.get()
    active = [name for name in row.active if name != "INS-19" and not name.startswith("IMD")] + ["INS-20"]
    with times.held(times.now() + timedelta(hours=1)):
        answer = client.post(
            f"/measures/postures/{row.id}/adjust/", {"active": active, "reason": "A market opens this week."}
        )
    assert answer.status_code == 302
    now = Posture.objects.get(ended_at=None)
    assert "INS-20" in now.active
    assert "INS-19" not in now.active
    assert set(row.active) - set(now.active) == {"INS-19"}
    assert Task.objects.get(owner="o-mall", measure="INS-19").state == "stop_asked"


def test_a_response_is_set_on_its_page(owners, sign_in):
    client = sign_in("watch")
    given = {
        "site": "s-mall",
        "level": "gb-response/HEIGHTENED",
        "reason": "Crowd expected all week",
        "review": "2030-01-01T10:00",
    }
    assert client.post("/measures/responses/", given).status_code == 302
    assert SiteResponse.objects.get().level == "HEIGHTENED"
    assert "Galerie Nord" in body(client.get("/measures/responses/"))
    assert client.post("/measures/responses/", given | {"site": "nowhere"}).status_code == 400


@pytest.mark.parametrize(
    "address", ["/measures/owners/o-mall/", "/measures/calls/late/", "/measures/responses/"]
)
def test_contacts_and_responses_are_not_for_every_reader(raised, sign_in, address):
    assert sign_in("cabinet").get(address).status_code == 403
    assert sign_in("cabinet").get("/measures/").status_code == 200


def test_an_empty_room_says_what_was_looked_at(people, sign_in):
    assert "No task was given yet" in body(sign_in("watch").get("/measures/"))
    assert "Nobody needs a call" in body(sign_in("watch").get("/measures/calls/late/"))


def test_a_full_matrix_page_stays_light(raised, sign_in):
    row = Task.objects.filter(owner="o-mall").first()
    for number in range(60):
        for measure in ("A", "B", "C", "D", "E", "F", "G", "H"):
            row.pk, row.owner, row.measure, row.ladder = (
                f"task-900-{number}{measure}",
                f"o-{number}",
                measure,
                measure,
            )
            row.save(force_insert=True)
    answer = sign_in("watch").get("/measures/")
    assert len(answer.content) < 150 * 1024


def test_a_measure_on_for_longer_than_its_review_allows_is_listed(raised, sign_in):
    row = Posture.objects.get()
    assert queries.past_review(row) == []
    with times.held(times.now() + timedelta(days=91)):
        assert "BAT 22-01" in queries.past_review(row)
        assert "IMD 10-01" not in queries.past_review(row), "permanent measures are on for good"
        client = sign_in("audit")
        assert "past their review" in body(client.get("/measures/"))
        assert "past its review" in body(client.get(f"/measures/postures/{row.id}/"))


def test_a_reader_may_choose_another_language_than_the_owners(raised, link):
    client = Client()
    client.cookies["language"] = "en"
    assert "What changes for you" in body(client.get(f"/measures/yours/{link('o-mall')}/"))
