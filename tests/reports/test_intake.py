"""What the door lets in, and the one sentence it gives to the rest."""

import gzip
from contextlib import suppress

import pytest
from hypothesis import given, strategies as st

from vigie.reports.intake import MOST_BYTES, UnreadableReport, receive
from vigie.reports.reader import read

SENTENCE = "Le niveau d'alerte a été relevé à la suite de l'attentat."


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "is empty"),
        (b" \n\t ", "is empty"),
        (b"a" * (MOST_BYTES + 1), "at most 10 MB"),
        (b"%PDF-1.7 stream", "a PDF"),
        (gzip.compress(SENTENCE.encode(), mtime=0), "gzip archive"),
        (b"PK\x03\x04rest of a zip", "zip archive"),
        (b"Some words\x00and more of them", "byte 10 is zero"),
        (bytes(range(1, 9)) * 40, "control signs"),
        (SENTENCE.encode("latin-1"), "is not utf-8: byte 21"),
        (SENTENCE.encode().decode("windows-1252").encode(), "wrong encoding"),
        (b"12 34 56 -- 78", "holds no words"),
        (b"<meta charset=klingon-8><p>Words enough to read here.", "klingon-8"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(data, why):
    with pytest.raises(UnreadableReport, match=why) as refused:
        receive(data, name="report.txt")
    assert str(refused.value).startswith("report.txt ")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_same_words_come_out_of_every_encoding_that_says_what_it_is(encoding):
    assert receive(SENTENCE.encode(encoding), name="r.txt").raw == SENTENCE


def test_a_page_may_declare_an_older_encoding():
    page = f'<html><head><meta charset="iso-8859-1"></head><p>{SENTENCE}</p></html>'
    received = receive(page.encode("windows-1252"), name="page")
    assert (received.form, received.encoding) == ("html", "windows-1252")
    assert SENTENCE in received.raw


def test_mail_gives_its_text_part_subject_sender_and_day():
    mail = (
        "From: Gazette <desk@gazette.example>\r\nSubject: Alerte\r\nDate: Mon, 25 Mar 2024 09:00:00 +0100\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/alternative; boundary="x"\r\n\r\n--x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>html</p>\r\n'
        "--x\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        "TGUgbml2ZWF1IGQnYWxlcnRlIGEgw6l0w6kgcmVsZXbDqS4=\r\n--x--\r\n"
    )
    received = receive(mail.encode(), name="alert.eml")
    assert received.raw == "Le niveau d'alerte a été relevé."
    assert (received.subject, received.sender, str(received.dated)) == ("Alerte", "Gazette", "2024-03-25")


def test_mail_without_words_is_refused():
    with pytest.raises(UnreadableReport, match="without a text part"):
        receive(b"From: a@b.example\nSubject: x\nContent-Type: image/png\n\nAAAA", name="x.eml")


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_and_nothing_else(data):
    for name in ("a.txt", "a.html", "a.eml"):
        with suppress(UnreadableReport):
            assert receive(data, name=name).raw


def test_a_book_is_no_report():
    with pytest.raises(UnreadableReport, match="at most 300000"):
        read(b"The terror level rose again in the town. " * 9000, name="book.txt")
