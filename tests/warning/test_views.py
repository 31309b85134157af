"""Pages of the console, the public site as strangers get it, and the API."""

import json
import re
from hashlib import sha256

import feedparser
import pytest
from django.conf import settings

from tests.warning.test_actions import decide, issue, receive, state, texts
from vigie.warning import actions, queries
from vigie.warning.site import page_name

WIDEST = 50_000


@pytest.fixture
def put(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(using="record", execute=True)


@pytest.fixture
def published(people, put):
    with put():
        message = issue(people, decide(people))
        state(people["information"])
    return message


def page(language="en", scheme="fr-vigipirate-2016", zone="FR"):
    return (settings.VIGIE_HOME.public / page_name(language, scheme, zone)).read_text()


def test_the_public_page_says_level_since_by_whom_what_to_do_and_until_when(published):
    english = page()
    for words in (
        "Level 3/3",
        "Urgence attentat",
        "Since Fri 22 Mar 2024, 13:00",
        "Decided by Prime Minister",
        "What to do",
        "call 112",
        "Good until",
        "http://localhost:8000/public/en/",
    ):
        assert words in english, words
    french = page("fr")
    assert '<html lang="fr">' in french
    assert "Depuis le ven. 22 mars 2024" in french
    assert "What to do" not in french


def test_pages_are_small_and_hold_no_script_cookie_or_foreign_part(published):
    for file in settings.VIGIE_HOME.public.rglob("*"):
        if file.is_file():
            data = file.read_bytes()
            assert len(data) <= WIDEST, file
            if file.suffix == ".html":
                text = data.decode()
                assert "<script" not in text
                assert " style=" not in text
                assert not re.findall(r'(?:src|href)="(?:https?:)?//(?!example\.org)', text), file


def test_every_link_of_the_site_leads_to_a_file_of_the_site(published):
    site = settings.VIGIE_HOME.public
    for file in site.rglob("*.html"):
        for href in re.findall(r'href="([^"]+)"', file.read_text()):
            if not href.startswith("http"):
                assert (file.parent / href).resolve().is_file(), (file, href)


def test_strangers_get_the_published_bytes_and_no_cookie(published, client):
    for file in settings.VIGIE_HOME.public.rglob("*"):
        if file.is_file():
            answer = client.get(f"/public/{file.relative_to(settings.VIGIE_HOME.public).as_posix()}")
            assert (answer.status_code, answer.content) == (200, file.read_bytes())
            assert not answer.cookies
    assert client.get("/public/").content == (settings.VIGIE_HOME.public / "index.html").read_bytes()
    assert client.get(f"/public/cap/{published}.xml")["Content-Type"] == "application/cap+xml"
    assert client.get("/public/feed.atom")["Content-Type"].startswith("application/atom+xml")


def test_a_page_that_has_not_changed_is_not_sent_again(published, client):
    first = client.get("/public/level.json")
    again = client.get("/public/level.json", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert first["Cache-Control"] == "public, max-age=60"


@pytest.mark.parametrize(
    "name", ["../vigie.toml", "..%2fvigie.toml", "en/../../vigie.toml", "/etc/hostname", "nothing.html", "en"]
)
def test_nothing_outside_the_site_is_served(published, client, name):
    assert client.get(f"/public/{name}").status_code == 404


def test_a_link_planted_in_the_site_leads_nowhere(published, client):
    (settings.VIGIE_HOME.public / "out.html").symlink_to(settings.VIGIE_HOME.path / "vigie.toml")
    assert client.get("/public/out.html").status_code == 404


def test_before_the_first_publication_strangers_are_told_so(home, client):
    answer = client.get("/public/")
    assert answer.status_code == 404
    assert "Nothing has been published here yet." in answer.content.decode()


def test_nothing_is_posted_to_the_public_site(published, client):
    assert client.post("/public/level.json").status_code == 405


def test_the_feed_reads_in_each_language_and_names_the_file_by_its_media_type(published):
    for language in ("en", "fr"):
        read = feedparser.parse((settings.VIGIE_HOME.public / language / "feed.atom").read_bytes())
        assert (read.bozo, read.feed.language) == (False, language)
        [entry] = read.entries
        [link] = [found.href for found in entry.links if found.type == "application/cap+xml"]
        assert link == f"http://localhost:8000/public/cap/{published}.xml"


def test_level_json_says_what_the_pages_say(published):
    data = json.loads((settings.VIGIE_HOME.public / "level.json").read_bytes())
    [level] = data["levels"]
    assert (level["zone"], level["code"], level["mode"], level["by"]) == (
        "FR",
        "UA",
        "decided",
        "Prime Minister",
    )
    assert (level["days_at_top"], level["days_counted"], level["warnings"]) == (1, 1, 1)
    [message] = data["messages"]
    file = settings.VIGIE_HOME.public / message["file"]
    assert (message["state"], message["sha256"]) == ("active", sha256(file.read_bytes()).hexdigest())


def test_a_relay_has_an_entry_in_the_feed_and_no_cap_file(receiving_home, people, put):
    with put():
        actions.publish(people["watch"], because=receive(people["watch"]))
    [entry] = feedparser.parse((receiving_home.public / "fr/feed.atom").read_bytes()).entries
    assert entry.title == "Urgence attentat : France"
    assert entry.summary.startswith("Décidé par Premier ministre, lu le")
    assert [link.type for link in entry.links] == ["text/html", "text/plain"]


def test_words_received_cannot_become_markup(receiving_home, people, put):
    hostile = '<img src=x onerror=alert(1)> "quoted" & more'
    with put():
        got = receive(people["watch"], words=hostile, authority=hostile, source="javascript:alert(1)")
        actions.publish(people["watch"], because=got)
    for file in receiving_home.public.rglob("*.html"):
        assert "<img" not in file.read_text()
        assert 'href="javascript' not in file.read_text()


def test_without_a_level_the_page_never_says_it_is_low(home, people, put):
    with put():
        actions.publish(people["watch"])
    assert "No level on record" in page()
    assert "not the same as a low level" in page()
    assert "Pas su" not in page("fr")


def test_the_way_through_the_console_from_level_to_public_page(sign_in, people, put):
    level = decide(people)
    author, second = sign_in("information"), sign_in("prime-minister")
    form = author.get(f"/warning/draft/{level}/")
    assert form.status_code == 200
    initial = {name: field.value() for name, field in ((f.name, f) for f in form.context["form"])}
    initial["expires"] = initial["expires"].strftime("%Y-%m-%dT%H:%M")
    answer = author.post(
        f"/warning/draft/{level}/", {**initial, "headline_en": "The level is at its highest"}
    )
    assert answer.status_code == 302, answer.context["form"].errors
    address = answer["Location"]
    read = second.get(address)
    assert "The level is at its highest" in read.content.decode()
    assert "Sign and publish" in read.content.decode()
    assert "Sign and publish" not in author.get(address).content.decode()
    seen = re.search(r'name="seen" value="(\w{64})"', read.content.decode())[1]
    with put():
        assert second.post(f"{address}approve/", {"seen": seen}).status_code == 302
    assert "in force" in second.get("/warning/").content.decode()
    assert "The level is at its highest" in (settings.VIGIE_HOME.public / "en/index.html").read_text()
    cap = second.get(f"{address}cap/")
    assert (cap["Content-Type"], cap.content) == ("application/cap+xml", queries.issued()[0].cap.encode())
    wrong = author.post(f"{address}correct/", {"reason": "The zone was not the right one."})
    assert "Correction" in author.get(wrong["Location"]).content.decode()


def test_a_faulty_form_says_so_and_keeps_what_was_typed(sign_in, people):
    level = decide(people)
    given = {
        "expires": "2020-01-01T00:00",
        "urgency": "Immediate",
        "severity": "Severe",
        "certainty": "Likely",
    }
    for text in texts(headline="Typed"):
        given |= {
            f"{k}_{text.language}": getattr(text, k)
            for k in ("headline", "description", "instruction", "correction")
        }
    answer = sign_in("information").post(f"/warning/draft/{level}/", given)
    assert answer.status_code == 400
    assert "expires" in answer.content.decode()
    assert "Typed" in answer.content.decode()


def test_a_statement_is_made_on_its_page(sign_in, people, put):
    client = sign_in("information")
    given = {
        "zone": "FR",
        "state": "known",
        "source": "Prefect",
        "text_en": "The station is open.",
        "text_fr": "La gare est ouverte.",
    }
    with put():
        assert client.post("/warning/facts/", given).status_code == 302
    assert "The station is open." in page()
    [fact] = queries.facts()
    assert "The station is open." in client.get(f"/warning/facts/?replaces={fact.id}").content.decode()
    assert client.post("/warning/facts/", {**given, "text_fr": ""}).status_code == 400


def test_a_message_left_behind_by_its_level_is_shown_until_an_update_replaces_it(sign_in, people, published):
    client = sign_in("information")
    assert "no longer stands" not in client.get("/warning/").content.decode()
    lower = decide(people, code="SRRA")
    assert (
        f"{published} still tells of a level that no longer stands in FR."
        in client.get("/warning/").content.decode()
    )
    issue(people, lower)
    assert "no longer stands" not in client.get("/warning/").content.decode()


def test_a_site_that_differs_from_what_was_published_is_shown(sign_in, published):
    client = sign_in("information")
    assert "differs from what was published" not in client.get("/warning/").content.decode()
    (settings.VIGIE_HOME.public / "level.json").write_text("{}")
    assert "differs from what was published: level.json" in client.get("/warning/").content.decode()


@pytest.mark.parametrize(
    "address", ["/warning/", "/warning/facts/", "/warning/message-1/", "/warning/message-1/cap/"]
)
def test_strangers_see_no_page_of_the_console(home, client, address):
    assert client.get(address)["Location"].startswith("/accounts/login/")


def test_an_office_without_the_right_gets_no_draft_page(sign_in, people):
    assert sign_in("audit").get(f"/warning/draft/{decide(people)}/").status_code == 403


def test_a_message_that_is_not_there_is_one_sentence(sign_in):
    answer = sign_in("information").get("/warning/message-999/")
    assert answer.status_code == 404
    assert "There is no message message-999." in answer.content.decode()


def test_the_api_drafts_reads_approves_and_refuses(sign_in, people):
    level = decide(people)
    author, second = sign_in("information"), sign_in("prime-minister")

    def post(client, address, data):
        answer = client.post(f"/api/warnings{address}", json.dumps(data), content_type="application/json")
        return answer.status_code, json.loads(answer.content) if answer.content else None

    assert (
        post(author, "", {"level": level, "weight": {"urgency": "Soon", "severity": "x", "certainty": "y"}})[
            0
        ]
        == 400
    )
    status, made = post(author, "", {"level": level})
    assert status == 201
    message = second.get(f"/api/warnings/{made['id']}").json()
    assert (message["state"], message["kind"]) == ("waits", "Alert")
    assert post(author, f"/{made['id']}/approve", {"seen": message["digest"]})[0] == 403
    assert post(second, f"/{made['id']}/approve", {"seen": "0"})[0] == 409
    assert post(second, f"/{made['id']}/approve", {"seen": message["digest"]})[0] == 200
    assert [m["state"] for m in author.get("/api/warnings").json()] == ["active"]
    status, cancel = post(author, f"/{made['id']}/correct", {"reason": "The zone was not the right one."})
    assert status == 201
    assert post(author, f"/{cancel['id']}/withdraw", {"reason": "It was right after all."})[0] == 204
    assert post(author, "/check", {"cap": "<alert/>"})[1][0]["rule"] == "root"
    assert (
        post(
            author, "/facts", {"zone": "FR", "state": "known", "texts": {"en": "a", "fr": "b"}, "source": "s"}
        )[0]
        == 201
    )
    assert post(author, "/publications", {})[0] == 201
    assert post(sign_in("audit"), "", {"level": level})[0] == 403


def test_a_site_says_that_it_conforms_only_while_the_instance_does(as_owner, published, people, put):
    from tests.guarantees.dropping import drop_rule

    def said():
        site = settings.VIGIE_HOME.public
        feed = feedparser.parse((site / "en" / "feed.atom").read_bytes())
        return (
            json.loads((site / "level.json").read_bytes())["conforms"],
            [tag.term for tag in feed.feed.get("tags", []) if tag.term.startswith("guarantee-")],
            "two persons kept apart" in page(),
            "two persons kept apart" in (site / "en" / "index.html").read_text(),
            "deux personnes tenues séparées" in page("fr"),
        )

    terms = ["guarantee-1", "guarantee-5", "guarantee-10", "guarantee-12"]
    assert said() == ([1, 5, 10, 12], terms, True, True, True)
    drop_rule("alert_reception", "alert_reception_second_look")
    with put():
        actions.publish(people["information"])
    assert said() == ([], [], False, False, False)
