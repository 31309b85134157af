"""Pages and operations of schemes: the list, one scheme, adding one with all faults named."""

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.editions.test_actions import NEXT, OWN
from vigie.editions import actions
from vigie.editions.models import OwnScheme
from vigie.schemes import reader


def file(data, name="own.yaml"):
    return {"file": SimpleUploadedFile(name, data)}


def test_a_scheme_is_added_from_the_page_and_shown(sign_in, people):
    watch = sign_in("watch")
    assert b"Check it and add it" in watch.get("/schemes/add/").content
    answer = watch.post("/schemes/add/", file(OWN))
    assert (answer.status_code, answer["Location"]) == (302, "/schemes/xx-town-2020/")
    shown = watch.get("/schemes/xx-town-2020/").content.decode()
    assert "Other official word" in shown
    assert reader.digest("xx-town-2020") in shown
    assert "/schemes/xx-town-2020/" in watch.get("/schemes/").content.decode()
    assert "xx-town-2020" in watch.get("/receive/").content.decode()


def test_every_fault_of_an_uploaded_file_is_listed_with_its_line_and_nothing_is_added(sign_in, people):
    faulty = OWN.replace(b"  rank: 2", b"  rank: 5").replace(b"confidence: medium", b"confidence: low")
    answer = sign_in("watch").post("/schemes/add/", file(faulty))
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "2 faults: nothing was added" in page
    assert "no level has rank 2, 3, 4" in page
    assert "Choose one of: high, medium" in page
    assert not OwnScheme.objects.exists()


def test_what_is_no_yaml_or_has_a_taken_name_is_said_on_the_page(sign_in, people):
    watch = sign_in("watch")
    for data, said in ((b"[", "not YAML"), (OWN.replace(b"xx-town-2020", b"nl-dtn"), "that vigie ships")):
        answer = watch.post("/schemes/add/", file(data))
        assert answer.status_code == 400
        assert said in answer.content.decode()


def test_who_may_read_sees_the_schemes_and_no_way_to_add_one(sign_in, people):
    page = sign_in("analysis").get("/schemes/").content.decode()
    assert "/schemes/nl-dtn/" in page
    assert "/schemes/add/" not in page
    assert sign_in("analysis").post("/schemes/add/", file(OWN)).status_code == 403


def test_a_level_page_shows_earlier_words_with_date_and_source(sign_in, people):
    page = sign_in("watch").get("/schemes/no-pst/").content.decode()
    assert "2022</time>, earlier words:" in page
    assert "Ekstraordin\u00e6r" in page
    assert "fra-5-ekstraordinart" in page
    assert "By policy" in sign_in("watch").get("/schemes/de-none/").content.decode().replace("by", "By")


def test_a_successor_is_named_on_the_page_of_the_edition_before(sign_in, people):
    actions.add(people["watch"], OWN)
    actions.add(people["watch"], NEXT)
    page = sign_in("watch").get("/schemes/xx-town-2020/").content.decode()
    assert "A newer edition is in force" in page
    assert "/schemes/xx-town-2024/" in page


def test_a_program_adds_lists_and_reads_schemes(sign_in, people):
    watch = sign_in("watch")
    assert watch.post("/api/schemes", file(OWN)).json() == {"id": "xx-town-2020"}
    rows = {row["id"]: row for row in watch.get("/api/schemes").json()}
    assert (len(rows), rows["xx-town-2020"]["own"], rows["nl-dtn"]["own"]) == (33, True, False)
    one = watch.get("/api/schemes/xx-town-2020").json()
    assert (one["current"], one["text"].encode(), one["scheme"]["levels"][1]["code"]) == (True, OWN, "HIGH")
    assert watch.get(f"/api/schemes/nl-dtn?sha256={'0' * 64}").status_code == 404
    assert watch.get("/api/schemes/nowhere").status_code == 404


def test_a_program_is_told_every_fault(sign_in, people):
    answer = sign_in("watch").post("/api/schemes", file(OWN.replace(b"  rank: 2", b"  rank: two")))
    assert answer.status_code == 400
    assert [fault["rule"] for fault in answer.json()["faults"]] == ["form"]
    assert (
        sign_in("watch").post("/api/schemes", file(OWN.replace(b"xx-town-2020", b"nl-dtn"))).status_code
        == 409
    )
