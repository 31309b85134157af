"""Proofs: a file with «done», by the link page, at the operator's, scanned from paper; sealed, sniffed, erasable."""

from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from vigie.ledger.projections import rebuild, rows
from vigie.ledger.queries import head, recent, verify
from vigie.measures import actions, kinds, proofs, queries
from vigie.measures.actions.answering import BadAnswer
from vigie.measures.models import Proof, Task
from vigie.measures.proofs import MOST, BadProof

JPEG = b"\xff\xd8\xff\xe0\x00\x07JFIF\x00\xff\xda\x00\x02" + b"a photograph of a door" * 40
PDF = b"%PDF-1.7\n" + b"a page" * 40


@pytest.mark.parametrize(
    ("start", "media"),
    [
        (JPEG, "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n....", "image/png"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00", "image/heic"),
        (PDF, "application/pdf"),
    ],
)
def test_what_a_file_is_is_told_by_its_bytes(start, media):
    assert proofs.media(start) == media


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg onload=x>",
        b"<html>",
        b"MZ\x90\x00",
        b"PK\x03\x04",
        b"GIF89a",
        b"RIFF....AVI ",
        b" %PDF-1.7",
    ],
)
def test_what_is_neither_picture_nor_pdf_is_refused(data):
    with pytest.raises(BadProof, match="neither"):
        proofs.media(data)


def test_one_byte_too_many_is_refused():
    assert proofs.media(b"%PDF-".ljust(MOST, b"x"))
    with pytest.raises(BadProof, match="at most 8"):
        proofs.media(b"%PDF-".ljust(MOST + 1, b"x"))


def upload(client, token, data=JPEG, given="done", name="IMG_0042.jpg", **more):
    file = SimpleUploadedFile(name, data, content_type="text/html")
    return client.post(f"/measures/yours/{token}/", {"given": given, "proof": file, **more})


def test_done_with_a_proof_by_link(home, raised, link):
    answer = upload(Client(), link("o-mall"))
    assert answer.status_code == 302
    row = Proof.objects.get()
    assert (row.media, row.size, row.sha256) == ("image/jpeg", len(JPEG), sha256(JPEG).hexdigest())
    assert queries.proof_bytes(home, row) == JPEG
    sealed = home.originals / f"{row.id}.sealed"
    assert JPEG[:40] not in sealed.read_bytes()
    assert not any(b"IMG_0042" in path.read_bytes() for path in home.path.rglob("*") if path.is_file())
    mine = Task.objects.filter(owner="o-mall")
    assert {(task.state, task.proven) for task in mine} == {("done", True)}
    assert "(avec preuve)" in Client().get(f"/measures/yours/{link('o-mall')}/").content.decode()
    entry, said = recent(1)[0]
    assert (entry.kind, entry.by.office, said.answer) == (kinds.PROOF_GIVEN.tag, "owner:o-mall", row.answer)
    assert verify().verified


def test_a_proof_for_one_task_proves_that_one_alone(raised, link):
    task = Task.objects.filter(owner="o-mall").first()
    upload(Client(), link("o-mall"), task=task.id)
    assert set(Task.objects.filter(owner="o-mall", proven=True).values_list("id", flat=True)) == {task.id}


def test_the_same_file_sent_twice_is_kept_once(raised, link):
    upload(Client(), link("o-mall"))
    before = head()[0]
    upload(Client(), link("o-mall"))
    assert head()[0] == before
    upload(Client(), link("o-mall"), data=PDF)
    assert Proof.objects.count() == 2


@pytest.mark.parametrize(
    ("data", "given", "said"),
    [
        (b"<svg onload=x>", "done", "ni une photographie"),
        (b"%PDF-".ljust(MOST + 5, b"x"), "done", "8 au plus"),
        (JPEG, "doing", "Un fichier accompagne"),
    ],
)
def test_a_file_that_cannot_be_a_proof_is_refused_and_nothing_is_kept(home, raised, link, data, given, said):
    before, files = head()[0], sorted(home.originals.iterdir())
    answer = upload(Client(), link("o-mall"), data=data, given=given)
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert head()[0] == before
    assert sorted(home.originals.iterdir()) == files


def test_two_hundred_megabytes_are_refused_by_their_length_with_clear_words(home, raised, link):
    before = head()[0]
    answer = Client().post(
        f"/measures/yours/{link('o-mall')}/",
        b"--x\r\n",
        content_type="multipart/form-data; boundary=x",
        headers={"content-length": str(200 * 2**20)},
    )
    assert answer.status_code == 400
    assert "Envoyez une photographie plus petite" in answer.content.decode()
    assert head()[0] == before
    assert not list(home.originals.iterdir())


@pytest.mark.parametrize("forged", ["o-mall~posture-1", "x~y~z", "%00"])
def test_a_forged_link_takes_no_file(home, raised, forged):
    before = head()[0]
    assert upload(Client(), forged).status_code == 404
    assert head()[0] == before
    assert not list(home.originals.iterdir())


def test_a_closed_page_and_a_foreign_task_take_no_file(raised, owners, level, link):
    foreign = Task.objects.filter(owner="o-rail").first()
    before = head()[0]
    assert upload(Client(), link("o-mall"), task=foreign.id).status_code == 400
    assert head()[0] == before
    token, level_now = link("o-mall"), level("VIG")
    actions.switch(owners["prime-minister"], level_now)
    actions.answer(token, "stopped")
    before = head()[0]
    assert upload(Client(), token).status_code == 400
    assert head()[0] == before
    assert not Proof.objects.exists()


def test_a_paper_answer_is_scanned_in_with_whatever_it_says(home, raised, owners, sign_in):
    client = sign_in("watch")
    file = SimpleUploadedFile("scan.pdf", PDF)
    client.post(
        "/measures/owners/o-mall/", {"given": "cannot", "reason": "No guards", "via": "paper", "proof": file}
    )
    row = Proof.objects.get()
    assert queries.proof_bytes(home, row) == PDF
    assert not Task.objects.filter(owner="o-mall", proven=True).exists(), (
        "it shows the answer, not the thing done"
    )
    with pytest.raises(BadAnswer):
        actions.take_down(owners["watch"], "o-rail", "doing", via="phone", proof=PDF)
    actions.take_down(owners["watch"], "o-rail", "done", via="phone", proof=JPEG)
    assert Task.objects.filter(owner="o-rail", proven=True).exists()


def test_a_proof_is_handed_out_as_a_file_and_to_those_who_take_answers_alone(raised, link, sign_in):
    upload(Client(), link("o-mall"))
    row = Proof.objects.get()
    answer = sign_in("watch").get(f"/measures/proofs/{row.id}/")
    assert answer.content == JPEG
    assert answer["Content-Disposition"] == f'attachment; filename="{row.id}.jpg"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert sign_in("analysis").get(f"/measures/proofs/{row.id}/").status_code == 403
    assert sign_in("watch").get("/measures/proofs/proof-999/").status_code == 404


def test_done_without_proof_is_a_list_of_its_own(raised, link):
    upload(Client(), link("o-mall"))
    actions.answer(link("o-rail"), "done")
    assert {call.owner for call in queries.calls("unproven")} == {"o-rail"}


@pytest.mark.django_db(databases=["default", "record"], transaction=True)
@pytest.mark.usefixtures("as_owner")
def test_a_rebuild_gives_the_same_proofs(raised, link):
    upload(Client(), link("o-mall"))
    before = rows()
    assert len(before["measures_proof"]) == 1
    rebuild()
    assert rows() == before


def test_where_and_by_what_a_photograph_was_taken_is_not_kept(raised, link):
    body = b"Exif\x00\x00" + b"48 51 30 N, Maker 0042"
    told = b"\xff\xe1" + (len(body) + 2).to_bytes(2) + body
    taken = JPEG[:2] + told + JPEG[2:]
    actions.answer(link("o-mall"), "done", proof=taken)
    from django.conf import settings

    kept = Proof.objects.get()
    assert queries.proof_bytes(settings.VIGIE_HOME, kept) == JPEG
    assert kept.sha256 == sha256(JPEG).hexdigest()
    size = head()[0]
    actions.answer(link("o-mall"), "done", proof=taken)
    assert head()[0] == size, "the same photograph again says nothing new"
