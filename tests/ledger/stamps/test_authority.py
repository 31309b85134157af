"""Time stamps: asked for, checked, and refused where they do not hold; openssl is the judge."""

import subprocess
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from cryptography import x509
from hypothesis import given, strategies as st

from tests.ledger.stamps.conftest import make_authority
from vigie.ledger.stamps import authority as stamps

TEXT = b"town-hall\n12\nBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=\n"


@pytest.fixture
def trusted(authority):
    return stamps.certificates(authority.folder / "ca.pem")


def test_a_stamp_says_when_the_text_stood_and_openssl_agrees(authority, trusted, tmp_path):
    token = stamps.ask(authority.url, TEXT, trusted)
    said = stamps.check(token, TEXT, trusted)
    assert abs(datetime.now(UTC) - said) < timedelta(minutes=1)
    (tmp_path / "text").write_bytes(TEXT)
    (tmp_path / "stamp.tsr").write_bytes(token)
    done = subprocess.run(
        ["openssl", "ts", "-verify", "-data", tmp_path / "text", "-in", tmp_path / "stamp.tsr", "-CAfile", authority.folder / "ca.pem"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "Verification: OK" in done.stdout + done.stderr


def test_what_is_asked_is_the_digest_alone_with_a_nonce_and_the_certificate(authority, trusted, tmp_path):
    stamps.ask(authority.url, TEXT, trusted)
    stamps.ask(authority.url, TEXT, trusted)
    assert authority.queries[0] != authority.queries[1]
    assert TEXT not in authority.queries[0]
    (tmp_path / "query.tsq").write_bytes(authority.queries[0])
    read = subprocess.run(["openssl", "ts", "-query", "-in", tmp_path / "query.tsq", "-text"], capture_output=True, text=True, check=True)  # fmt: skip
    assert "Hash Algorithm: sha256" in read.stdout
    assert "Certificate required: yes" in read.stdout
    assert "Nonce: 0x" in read.stdout


def test_a_stamp_over_another_text_is_refused(authority, trusted):
    token = stamps.ask(authority.url, TEXT, trusted)
    with pytest.raises(stamps.BadStamp):
        stamps.check(token, TEXT + b"x", trusted)


def test_an_answer_to_an_earlier_question_is_refused(authority, trusted):
    """The same text, the same authority: only the nonce tells that the time is an old one."""
    _status, kept = authority.honest(_query_of(authority, trusted))
    authority.reply = lambda _query: (200, kept)
    with pytest.raises(stamps.BadStamp, match="Nonce"):
        stamps.ask(authority.url, TEXT, trusted)


def _query_of(authority, trusted):
    stamps.ask(authority.url, TEXT, trusted)
    return authority.queries[-1]


def test_an_answer_over_another_digest_is_refused(authority, trusted):
    def other(query):
        stamps_query = query.replace(_digest(TEXT), _digest(b"other"))
        assert stamps_query != query
        return authority.honest(stamps_query)

    authority.reply = other
    with pytest.raises(stamps.BadStamp):
        stamps.ask(authority.url, TEXT, trusted)


def _digest(text):
    return sha256(text).digest()


def test_a_stamp_under_another_root_is_refused(authority, trusted, tmp_path):
    other = stamps.certificates(make_authority(tmp_path / "other") / "ca.pem")
    with pytest.raises(stamps.BadStamp):
        stamps.ask(authority.url, TEXT, other)
    with pytest.raises(stamps.BadStamp):
        stamps.check(stamps.ask(authority.url, TEXT, trusted), TEXT, other)


def test_a_changed_byte_of_a_stamp_is_found(authority, trusted):
    token = stamps.ask(authority.url, TEXT, trusted)
    for place in (
        len(token) - 1,
        token.index(_digest(TEXT)),
        token.index(b"Z", token.index(_digest(TEXT)) + 32) - 1,
    ):
        changed = bytearray(token)
        changed[place] ^= 1
        with pytest.raises(stamps.BadStamp):
            stamps.check(bytes(changed), TEXT, trusted)


@pytest.mark.parametrize(
    "body", [b"", b"no", b"\x30\x03\x02\x01\x02", b"\x30\x05\x30\x03\x02\x01\x02", b"\x30\x80" * 50]
)
def test_what_is_no_stamp_is_said_to_be_none(authority, trusted, body):
    authority.reply = lambda _query: (200, body)
    with pytest.raises(stamps.BadStamp):
        stamps.ask(authority.url, TEXT, trusted)


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_and_nothing_else_happens(body):
    with pytest.raises(stamps.BadStamp):
        stamps.check(body, TEXT, _anybody())


def _anybody():
    return x509.load_pem_x509_certificates(ANYBODY)


@pytest.mark.parametrize("status", [301, 404, 500])
def test_an_authority_that_gives_none_is_told(authority, trusted, status):
    authority.reply = lambda _query: (status, b"")
    with pytest.raises(stamps.NoStamp, match=f"it answers {status}"):
        stamps.ask(authority.url, TEXT, trusted)


def test_an_authority_that_is_not_there_is_told(trusted):
    with pytest.raises(stamps.NoStamp, match="asked again by itself"):
        stamps.ask("http://127.0.0.1:9/", TEXT, trusted)


def test_certificates_that_cannot_be_read_are_told(tmp_path):
    (tmp_path / "ca.pem").write_text("no certificate")
    for path in (tmp_path / "ca.pem", tmp_path / "none.pem"):
        with pytest.raises(stamps.BadCertificates, match="in PEM form"):
            stamps.certificates(path)


ANYBODY = b"""-----BEGIN CERTIFICATE-----
MIIBezCCASGgAwIBAgIUF/5iEXD3e7AU5sczaaxdn8j6P5EwCgYIKoZIzj0EAwIw
EjEQMA4GA1UEAwwHYW55Ym9keTAgFw0yNjExMjcxOTI1MTFaGA8yMTI2MTEwMzE5
MjUxMVowEjEQMA4GA1UEAwwHYW55Ym9keTBZMBMGByqGSM49AgEGCCqGSM49AwEH
A0IABADNMPmglnqhisqm8oXEw77E8HwZ8X/wIRIbXVBRcA5sLRlurOIsVATQboQ0
NJNCMOuGa9Ms36QWPncc6gLkj3SjUzBRMB0GA1UdDgQWBBTKALqZWNaiUoO2ZtiM
6N14Aom0ejAfBgNVHSMEGDAWgBTKALqZWNaiUoO2ZtiM6N14Aom0ejAPBgNVHRMB
Af8EBTADAQH/MAoGCCqGSM49BAMCA0gAMEUCIQCJilXbjT05T7xnXKWckrW8Q7rY
EePoCrKRCAUvYhxYPgIgX/K+J3gMasbCbQV2OTEv1rhsuXe98l7YybVPMiN14Fo=
-----END CERTIFICATE-----
"""
