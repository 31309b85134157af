"""Asking a time-stamping authority, and checking what it answers (RFC 3161; the token is CMS, RFC 5652).

What is stamped is the SHA-256 of a checkpoint as the log signed it, without its witnesses' lines: those come later.
`openssl ts -verify -data CHECKPOINT -in STAMP.tsr -CAfile CERTIFICATES` checks the same thing.
"""

from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from cryptography import x509
from rfc3161_client import (
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)
from rfc3161_client.base import HashAlgorithm

from vigie.errors import BadInput, RecordBroken, VigieError
from vigie.ledger.posting import PATIENCE, post
from vigie.ledger.stamps.ordering import with_sorted_certificates

SUFFIX = ".tsr"
"""Ending of the file a stamp is exported as: the authority's answer, byte for byte."""

_QUERY, _GRANTED = "application/timestamp-query", 200


class BadCertificates(BadInput):
    """The file of the authority's certificates cannot be read as such."""


class BadStamp(RecordBroken):
    """A time stamp that is not over this text, or not by an authority that is trusted."""


class NoStamp(VigieError):
    """The authority could not be reached, or gave no stamp."""

    status = 503


def certificates(path: Path) -> list[x509.Certificate]:
    """Read the certificates an authority is trusted by, PEM. Raises BadCertificates."""
    try:
        return x509.load_pem_x509_certificates(path.read_bytes())
    except (OSError, ValueError) as fault:
        raise BadCertificates(
            "{path} cannot be read as certificates: {fault}. Expected those of the time-stamping authority, in PEM form.",
            path=path,
            fault=fault,
        ) from None


def ask(url: str, text: bytes, trusted: list[x509.Certificate], *, patience: float = PATIENCE) -> bytes:
    """Have `text` stamped now. Gives the answer as it came, once it is checked. Raises NoStamp, BadStamp."""
    query = TimestampRequestBuilder().data(text).hash_algorithm(HashAlgorithm.SHA256).build()
    answer = post(url, query.as_bytes(), _QUERY, patience=patience)
    if answer.status != _GRANTED:
        raise NoStamp(
            "The time-stamping authority {url} gave no stamp: {reason}. It is asked again by itself.",
            url=url,
            reason=answer.reason or f"it answers {answer.status}",
        )
    _checked(answer.body, text, trusted, query.nonce)
    return answer.body


def check(token: bytes, text: bytes, trusted: list[x509.Certificate]) -> datetime:
    """Give the time the stamp says `text` stood at. Raises BadStamp."""
    return _checked(token, text, trusted, None).tst_info.gen_time.astimezone(UTC)


def _checked(
    token: bytes, text: bytes, trusted: list[x509.Certificate], nonce: int | None
) -> TimeStampResponse:
    try:
        stamp = decode_timestamp_response(with_sorted_certificates(token))
        VerifierBuilder(roots=list(trusted), nonce=nonce).build().verify(stamp, sha256(text).digest())
    except (ValueError, VerificationError) as fault:
        raise BadStamp("The time stamp does not hold: {fault}.", fault=fault) from None
    return stamp
