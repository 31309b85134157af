"""Pages of places, owners and what lies ahead: who may see them, what they show, how imports are seen first."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from vigie import times
from vigie.accounts.queries import may
from vigie.exposure import actions, queries, shipped
from vigie.exposure.models import Site
from vigie.exposure.views import importing

SITES = shipped.text("example-sites.csv")
OWNERS = shipped.text("example-owners.csv")


@pytest.fixture
def filled(people):
    actions.import_sites(people["watch"], SITES.encode())
    actions.import_owners(people["watch"], OWNERS.encode())
    return people


def upload(client, path, text, **more):
    file = SimpleUploadedFile("table.csv", text.encode() if isinstance(text, str) else text)
    return client.post(path, {"table": file, **more})


def digest_of(page):
    return re.search(r'name="digest" value="([0-9a-f]{64})"', page.content.decode())[1]


@pytest.mark.parametrize(
    "path",
    [
        "/places/",
        "/places/owners/",
        "/places/ahead/",
        "/places/import/",
        "/places/sites/ex-mall/",
        "/places/events/add/",
    ],
)
def test_a_stranger_is_sent_to_sign_in(filled, client, path):
    assert client.get(path).status_code == 302


def test_the_list_shows_each_place_with_its_range_and_where_it_comes_from(filled, sign_in):
    page = sign_in("planning").get("/places/").content.decode()
    assert "Example Central Station" in page
    assert "6,200,000" in page
    assert "assumed from its kind" in page
    assert "12 places: 3 with their own figure, 3 reckoned from capacity, 6 assumed from their kind." in page
    assert "Import a table" not in page  # planners read, they do not import


def test_the_list_is_narrowed_by_kind_and_area(filled, sign_in):
    client = sign_in("watch")
    page = client.get("/places/?kind=shopping&area=FR-72").content.decode()
    assert "Example Arcade" in page
    assert "Example Central Station" not in page
    assert "No place is on the list" in client.get("/places/?area=FR-13").content.decode()
    assert client.get("/places/?area=Nowhere").status_code == 400


def test_a_place_shows_what_is_not_known_as_not_known(filled, sign_in):
    page = sign_in("watch").get("/places/sites/ex-castle/").content.decode()
    assert "not known" in page
    assert "not given: usual hours of its kind" in page
    assert page.count("assumed from its kind") >= 8  # the year, and each of the seven days
    assert sign_in("watch").get("/places/sites/none/").status_code == 404


def test_a_site_without_an_owner_is_said_on_every_list(filled, sign_in):
    actions.withdraw_owner(filled["watch"], "ex-transport", "Closed.")
    for path in ("/places/", "/places/owners/"):
        page = sign_in("watch").get(path).content.decode()
        assert "2 places have nobody to answer for them" in page
        assert "Places name 1 owner who is not on the list: ex-transport" in page


def test_contacts_are_shown_only_to_offices_that_send(filled, sign_in):
    assert "control.room@example.org" in sign_in("watch").get("/places/owners/").content.decode()
    for office in ("planning", "audit", "cabinet"):
        page = sign_in(office).get("/places/owners/").content.decode()
        assert "example.org" not in page
        assert "Contacts are shown to the offices that send and call." in page


def test_an_upload_is_seen_first_and_kept_only_when_confirmed(people, sign_in):
    client = sign_in("watch")
    page = upload(client, "/places/import/", SITES)
    assert page.status_code == 200
    assert not Site.objects.exists()
    answer = client.post("/places/import/", {"digest": digest_of(page)}, follow=True)
    assert "Imported: 12 new, 0 changed, 0 as they were." in answer.content.decode()
    assert len(queries.sites()) == 12
    page = upload(client, "/places/owners/import/", OWNERS)
    client.post("/places/owners/import/", {"digest": digest_of(page)})
    assert len(queries.owners()) == 3


def test_faulty_rows_are_each_named_and_cannot_be_confirmed(people, sign_in):
    client = sign_in("watch")
    page = upload(
        client, "/places/import/", SITES.replace("Example Castle,monument", "Example Castle,fortress")
    )
    assert page.status_code == 400
    text = page.content.decode()
    assert "1 fault in table.csv" in text
    assert re.search(r'class="number">7</td>\s*<th scope="row">kind</th>', text)
    assert "digest" not in text
    client.post("/places/import/", {"digest": "0" * 64})
    assert not Site.objects.exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "empty"),
        (b"PK\x03\x04", "workbook"),
        ("name,kind,lat,lon,religion\n", "is refused"),
        ("name,kind,lat,lon\n", "What it would do"),
    ],
)
def test_what_is_no_table_is_said_on_the_page(people, sign_in, text, said):
    page = upload(sign_in("watch"), "/places/import/", text)
    assert (said in page.content.decode()) is (said != "What it would do")


def test_what_was_seen_is_what_is_imported_or_nothing(people, sign_in):
    client = sign_in("watch")
    first = digest_of(upload(client, "/places/import/", SITES))
    upload(
        client,
        "/places/import/",
        SITES.replace("Example Mall", "Other").replace("Example Castle", "Other Castle"),
    )
    answer = client.post("/places/import/", {"digest": first}, follow=True)
    assert "Nothing was imported" in answer.content.decode()
    assert not Site.objects.exists()


def test_a_draft_of_owners_is_not_taken_for_sites(people, sign_in):
    client = sign_in("watch")
    digest = digest_of(upload(client, "/places/owners/import/", OWNERS))
    assert (
        "Nothing was imported"
        in client.post("/places/import/", {"digest": digest}, follow=True).content.decode()
    )


@pytest.mark.parametrize(
    "path",
    ["/places/import/", "/places/owners/import/", "/places/events/add/", "/places/sites/ex-mall/withdraw/"],
)
def test_an_office_without_the_right_is_refused(filled, sign_in, path):
    assert sign_in("planning").post(path, {"reason": "Why."}).status_code == 403


def test_what_lies_ahead_is_a_strip_words_and_a_table(people, sign_in):
    page = sign_in("watch").get("/places/ahead/?area=FR-75&start=2024-03-25&days=90&as_known=2024-03-25")
    text = page.content.decode()
    assert page.status_code == 200
    assert "<svg" in text
    assert text.count("<title>") == 1 + 90
    assert "Easter: Sunday 31 March 2024." in text
    assert "Eid al-Fitr: Wednesday 10 April 2024" in text
    assert "As known on Monday 25 March 2024" in text
    assert "style=" not in text
    assert len(page.content) < 150_000


def test_a_year_ahead_stays_light(people, sign_in):
    assert len(sign_in("watch").get("/places/ahead/?area=FR&days=365").content) < 150_000


def test_days_ahead_start_today(people, sign_in):
    assert "Friday 22 March 2024" in sign_in("watch").get("/places/ahead/").content.decode()


@pytest.mark.parametrize("query", ["area=Nowhere", "start=soon", "days=7", "start=1600-01-01"])
def test_a_question_that_cannot_be_is_refused_on_the_page(people, sign_in, query):
    page = sign_in("watch").get(f"/places/ahead/?{query}")
    assert page.status_code == 400
    assert "Nothing was kept" in page.content.decode()


def test_an_event_is_entered_shown_and_taken_off(filled, sign_in):
    client = sign_in("watch")
    given = {
        "en": "Street fair",
        "start": "2024-04-06",
        "areas": "FR-72",
        "site": "ex-square",
        "hours": "10:00-18:00",
        "low": "2000",
        "high": "5000",
        "known_on": "2024-03-01",
    }
    assert client.post("/places/events/add/", given).status_code == 302
    page = client.get("/places/ahead/?area=FR-72").content.decode()
    assert "Street fair: Saturday 6 April 2024; in Sarthe; 2,000 to 5,000 people expected" in page
    with times.held("2024-04-05T09:00:00Z"):
        assert "with an event" in client.get("/places/sites/ex-square/").content.decode()
    client.post("/places/events/street-fair-2024-04-06/withdraw/", {"reason": "Called off."})
    assert "Street fair" not in client.get("/places/ahead/?area=FR-72").content.decode()


def test_an_event_that_cannot_be_is_refused_on_the_page(filled, sign_in):
    given = {
        "en": "Fair",
        "start": "2024-04-06",
        "end": "2024-04-01",
        "areas": "FR-72",
        "known_on": "2024-03-01",
    }
    page = sign_in("watch").post("/places/events/add/", given)
    assert page.status_code == 400
    assert "comes before" in page.content.decode()


def test_a_site_is_taken_off_with_its_reason(filled, sign_in):
    client = sign_in("watch")
    client.post("/places/sites/ex-mall/withdraw/", {"reason": "Closed for works."})
    page = client.get("/places/sites/ex-mall/").content.decode()
    assert "Closed for works." in page
    assert client.post("/places/sites/ex-arcade/withdraw/", {"reason": ""}).status_code == 400
    assert len(queries.sites()) == 11


def test_the_api_gives_places_gaps_people_and_the_calendar(filled, sign_in):
    client = sign_in("planning")
    sites = client.get("/api/places/sites?kind=stadium").json()
    assert [(s["id"], s["basis"]) for s in sites] == [("ex-stadium", "capacity")]
    assert client.get("/api/places/gaps").json()["ownerless"] == []
    owners = client.get("/api/places/owners").json()
    assert {o["id"]: len(o["sites"]) for o in owners} == {"ex-town": 6, "ex-transport": 2, "ex-venues": 4}
    assert "example.org" not in str(owners)
    present = client.get("/api/places/present?start=2024-03-25&days=2").json()
    assert len(present) == 12 * 2 * 2
    seen = client.get("/api/places/ahead?area=FR-72&start=2024-03-25&days=14").json()
    assert any(e["id"] == "easter-2024" for e in seen["entries"])
    assert client.get("/api/places/ahead?area=Nowhere").status_code == 400


def test_the_api_imports_all_or_nothing_and_only_for_who_may(people, sign_in):
    def send(office, text):
        return sign_in(office).post(
            "/api/places/sites/import", {"table": SimpleUploadedFile("t.csv", text.encode())}
        )

    assert send("planning", SITES).status_code == 403
    assert send("watch", SITES.replace(",station,", ",fortress,")).status_code == 400
    assert not Site.objects.exists()
    answer = send("watch", SITES)
    assert answer.status_code == 201
    assert len(answer.json()["added"]) == 12
    assert (
        sign_in("watch")
        .post("/api/places/sites/ex-mall/withdraw", {"reason": "Closed."}, content_type="application/json")
        .status_code
        == 204
    )
    event = {"en": "Fair", "start": "2024-04-06", "areas": ["FR-72"], "known_on": "2024-03-01"}
    assert sign_in("watch").post("/api/places/events", event, content_type="application/json").json() == {
        "id": "fair-2024-04-06"
    }


def test_no_value_of_a_site_leaks_to_a_stranger(filled, client):
    for path in (
        "/api/places/sites",
        "/api/places/present?start=2024-03-25",
        "/api/places/ahead?area=FR",
        "/api/places/owners",
    ):
        assert client.get(path).status_code == 401


@pytest.mark.parametrize("what", ["", "owners/"])
def test_a_list_is_taken_away_and_comes_back_as_it_was(filled, sign_in, what):
    client = sign_in("watch")
    page = client.get(f"/places/{what}").content.decode()
    assert f'href="/places/{what}export/?separator=semicolon"' in page
    answer = client.get(f"/places/{what}export/?separator=semicolon")
    assert answer["Content-Disposition"].startswith("attachment")
    seen = upload(client, f"/places/{what}import/", answer.content).content.decode()
    assert re.findall(r"<dd>(\d+)</dd>", seen)[:2] == ["0", "0"]


def test_contacts_are_taken_away_only_by_those_who_see_them(filled, sign_in):
    client = sign_in("planning")
    assert client.get("/places/export/").status_code == 200
    assert client.get("/places/owners/export/").status_code == 403
    assert "owners/export" not in client.get("/places/owners/").content.decode()


def test_a_separator_that_is_none_is_refused_in_one_sentence(filled, sign_in):
    answer = sign_in("watch").get("/places/export/?separator=tab")
    assert answer.status_code == 400
    assert "comma, semicolon" in answer.content.decode()


def test_a_table_imported_again_shows_each_cell_that_changes_and_what_stood_there(filled, sign_in):
    mended = SITES.replace("Example Arcade", "Great Arcade").replace("6200000", "6300000")
    page = upload(sign_in("watch"), "/places/import/", mended).content.decode()
    assert "2 cells would say something else." in page
    assert re.search(r"<td>Example Arcade</td><td>Great Arcade</td>", page)
    assert re.search(r"yearly_visitors</code></td><td>6200000</td><td>6300000</td>", page)


def test_a_contact_that_changes_is_shown_before_and_after(filled, sign_in):
    standing = next(row.contact.mail for row in queries.owner_rows().values())
    page = upload(sign_in("watch"), "/places/owners/import/", OWNERS.replace(standing, "new@example.org"))
    assert f"<td>{standing}</td><td>new@example.org</td>" in page.content.decode()


def test_who_imports_without_seeing_contacts_sees_what_the_table_brings_and_not_what_stands(
    filled, sign_in, monkeypatch
):
    monkeypatch.setattr(
        importing, "may", lambda actor, right: right != "exposure.contact.read" and may(actor, right)
    )
    standing = next(row.contact.mail for row in queries.owner_rows().values())
    told = OWNERS.replace(standing, "new@example.org").replace("Example Transport", "Great Transport")
    page = upload(sign_in("watch"), "/places/owners/import/", told).content.decode()
    assert "<td>…</td><td>new@example.org</td>" in page
    assert standing not in page
    assert re.search(r"<td>Example Transport[^<]*</td><td>Great Transport", page)  # no contact: shown


def test_a_table_that_changes_nothing_shows_no_cells(filled, sign_in):
    assert (
        "would say something else" not in upload(sign_in("watch"), "/places/import/", SITES).content.decode()
    )


THEIRS = """Libellé;Classe;Y;X;Dpt;Remarques
Gare du Nord;station;48,8802;2,3552;FR-75;à revoir
"""


def matched_of(page):
    return re.search(r'name="match" value="([0-9a-f]{64})"', page.content.decode())[1]


def test_unknown_headings_are_matched_on_the_page_then_seen_then_imported(people, sign_in):
    client = sign_in("watch")
    page = upload(client, "/places/import/", THEIRS)
    said = page.content.decode()
    assert page.status_code == 200
    assert "à revoir" in said
    assert re.search(r'<option value="kind"[^>]*selected', said) is None
    columns = dict(enumerate(["name", "kind", "lat", "lon", "area", ""]))
    choice = {f"column-{n}": name for n, name in columns.items()}
    seen = client.post("/places/import/", {"match": matched_of(page), **choice})
    assert "left out" in seen.content.decode()
    client.post("/places/import/", {"digest": digest_of(seen)})
    assert Site.objects.get().area == "FR-75C"
    # The next table with these headings is read so by itself, and says so.
    again = upload(client, "/places/import/", THEIRS.replace("Gare du Nord", "Gare de Lyon"))
    assert "Its headings are read as they were matched" in again.content.decode()
    asked = client.post("/places/import/", {"again": digest_of(again)}).content.decode()
    assert re.search(r'<option value="kind"[^>]*selected', asked)


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        ({"column-0": "name", "column-1": "name"}, "stands twice"),
        ({"column-0": "name"}, "has no column"),
        ({"column-0": "nonsense"}, "is no column"),
    ],
)
def test_a_match_that_does_not_do_asks_again_and_imports_nothing(people, sign_in, choice, said):
    client = sign_in("watch")
    page = upload(client, "/places/import/", THEIRS)
    answer = client.post("/places/import/", {"match": matched_of(page), **choice}).content.decode()
    assert said in answer
    assert 'name="match"' in answer
    assert not Site.objects.exists()


def test_a_match_of_a_table_no_longer_at_hand_imports_nothing(people, sign_in):
    client = sign_in("watch")
    upload(client, "/places/import/", THEIRS)
    answer = client.post("/places/import/", {"match": "0" * 64, "column-0": "name"}, follow=True)
    assert "Nothing was imported" in answer.content.decode()


def test_a_forbidden_column_is_refused_on_the_page_and_never_offered_to_match(people, sign_in):
    page = upload(sign_in("watch"), "/places/import/", THEIRS.replace("Remarques", "Religion"))
    assert page.status_code == 400
    assert 'name="match"' not in page.content.decode()


def test_places_with_their_owners_come_in_one_table(people, sign_in):
    client = sign_in("watch")
    text = "name,kind,lat,lon,area,exploitant,mail\nGare,station,48.88,2.35,FR-75,Gares,gares@example.org\n"
    page = upload(client, "/places/import-both/", text)
    assert "gares@example.org" in page.content.decode()
    answer = client.post("/places/import-both/", {"digest": digest_of(page)}, follow=True)
    assert "Imported: 2 new" in answer.content.decode()
    assert not queries.gaps().ownerless


def test_the_api_takes_what_headings_are(people, sign_in):
    client = sign_in("watch")
    columns = "Libellé=name;Classe=kind;Dpt=area;Remarques="
    for said, status in (("", 400), (columns, 201)):
        answer = client.post(
            f"/api/places/sites/import?columns={said}",
            {"table": SimpleUploadedFile("t.csv", THEIRS.encode())},
        )
        assert answer.status_code == status, answer.content
