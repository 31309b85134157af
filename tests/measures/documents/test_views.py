"""The doors to documents: console, signed link, API; each file is handed out to be saved."""

from io import BytesIO

import pytest
from django.test import Client
from pypdf import PdfReader

from vigie.ledger.queries import head
from vigie.measures.models import Posture


def first(answer):
    return PdfReader(BytesIO(answer.content)).pages[0].extract_text()


@pytest.mark.parametrize("form", ["pdf", "docx", "html"])
def test_a_directive_is_handed_out_to_be_saved_in_the_readers_language(raised, sign_in, form):
    client = sign_in("audit")
    row = Posture.objects.get()
    answer = client.get(f"/measures/postures/{row.id}/download/{form}/?sector=premises")
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == f"attachment; filename*=UTF-8''{row.id}-premises.{form}"
    assert answer["X-Content-Type-Options"] == "nosniff"
    client.cookies["language"] = "fr"
    assert (
        client.get(f"/measures/postures/{row.id}/download/{form}/?sector=premises")["X-Vigie-Digest"]
        != answer["X-Vigie-Digest"]
    )


def test_what_there_is_not_is_said_in_a_sentence(raised, sign_in):
    client, row = sign_in("audit"), Posture.objects.get()
    for address in ("download/exe/", "download/pdf/?sector=nothing"):
        assert client.get(f"/measures/postures/{row.id}/{address}").status_code == 404
    assert client.get(f"/measures/postures/{row.id}/?sector=nothing").status_code == 404
    assert client.get("/measures/postures/posture-1/download/pdf/").status_code == 404


def test_who_holds_the_link_prints_the_page_without_an_account_and_nothing_changes(raised, link):
    size = head()[0]
    answer = Client().get(f"/measures/yours/{link('o-mall')}/download/")
    assert answer.status_code == 200
    assert "Ce qui change pour vous" in first(answer)
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]
    assert "What changes for you" in first(
        Client().get(f"/measures/yours/{link('o-mall')}/download/?language=en")
    )
    assert head()[0] == size
    assert Client().get("/measures/yours/o-mall~posture-1~forged/download/").status_code == 404
    assert Client().post(f"/measures/yours/{link('o-mall')}/download/").status_code in {403, 404, 405}


def test_the_link_page_and_the_owners_page_lead_to_the_paper(raised, sign_in, link):
    assert (
        f"/measures/yours/{link('o-mall')}/download/"
        in Client().get(f"/measures/yours/{link('o-mall')}/").content.decode()
    )
    assert (
        "/measures/owners/o-mall/download/"
        in sign_in("watch").get("/measures/owners/o-mall/").content.decode()
    )


def test_an_owners_paper_is_for_those_who_take_answers(raised, sign_in):
    assert sign_in("audit").get("/measures/owners/o-mall/download/").status_code == 403
    answer = sign_in("watch").get("/measures/owners/o-mall/download/")
    assert "Galerie Nord" in first(answer)
    assert "What changes for you" in first(
        sign_in("watch").get("/measures/owners/o-mall/download/?language=en")
    )


def test_lists_are_printed_as_they_are_filtered(raised, sign_in):
    client = sign_in("watch")
    assert "Call-down sheet" in first(
        client.get("/measures/download/calls/?show=not-answered&measure=INS-19")
    )
    assert client.get("/measures/download/calls/?show=rude").status_code == 400
    assert "INS-19" in first(client.get("/measures/download/?show=not-answered&measure=INS-19"))
    assert client.get("/measures/download/?show=&measure=").status_code == 200


def test_the_api_hands_out_the_same_files(raised, sign_in):
    row, client = Posture.objects.get(), sign_in("watch")
    there = client.get(f"/measures/postures/{row.id}/download/pdf/?language=fr")
    here = client.get(f"/api/measures/postures/{row.id}/directive?language=fr")
    assert here.content == there.content
    assert (
        client.get("/api/measures/owners/o-mall/page").content
        == client.get("/measures/owners/o-mall/download/").content
    )
    assert sign_in("audit").get("/api/measures/owners/o-mall/page").status_code == 403
