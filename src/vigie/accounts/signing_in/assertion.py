"""A passkey's answer, read and checked: W3C Web Authentication, level 3, section 7.2."""

import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidSignature
from fido2 import cbor
from fido2.cose import CoseKey
from fido2.webauthn import AuthenticationResponse, AuthenticatorData, CollectedClientData

from vigie.accounts.signing_in.proof import Asked, NotProven, Proof

# What the parsers of JSON, CBOR and COSE raise on bytes that somebody made up.
_UNREADABLE = (TypeError, ValueError, LookupError, AttributeError, struct.error)


def read(asked: Asked, answer: Any, keys: Mapping[str, Any], *, rp: str, origin: str) -> Proof:
    """Read a browser's answer, check it and give the proof.

    answer: PublicKeyCredential as JSON gives it; keys: this person's COSE keys by credential id (base64url).
    Raises NotProven when it is not an answer to what was asked, by a key of this person, at this origin.
    """
    try:
        given = AuthenticationResponse.from_dict(answer)
        credential = text(given.raw_id)
        said = given.response
    except _UNREADABLE:
        raise NotProven("The passkey's answer cannot be read. Try again, or use your password.") from None
    if credential not in keys:
        raise NotProven("This passkey is not one of yours here. Use one that you added on your sign-in page.")
    if said.client_data.origin != origin:
        raise NotProven(
            "The passkey answered for {given}, and this is {expected}. Open this home by its own address.",
            given=said.client_data.origin,
            expected=origin,
        )
    proof = Proof(
        asked=asked,
        method="passkey",
        rp=rp,
        credential=credential,
        public_key=text(cbor.encode(dict(keys[credential]))),
        authenticator_data=text(said.authenticator_data),
        client_data=text(said.client_data),
        signature=text(said.signature),
    )
    check(proof)
    return proof


def check(proof: Proof) -> None:
    """Check a passkey's assertion against what it is said to stand for, with nothing but what it holds.

    Raises NotProven when it was made for another text, another site, without the person's presence and their finger,
    face or PIN, or by another key.
    """
    try:
        client = CollectedClientData(plain(proof.client_data))
        data = AuthenticatorData(plain(proof.authenticator_data))
        key = CoseKey.parse(cbor.decode(plain(proof.public_key)))  # type: ignore[arg-type]
        fits = (
            client.type == CollectedClientData.TYPE.GET
            and client.challenge == proof.asked.challenge()
            and data.rp_id_hash == sha256(proof.rp.encode()).digest()
        )
        present = data.is_user_present() and data.is_user_verified()
    except _UNREADABLE:
        raise NotProven("The passkey's answer cannot be read. Try again, or use your password.") from None
    if not fits:
        raise NotProven("The passkey signed something else than what stands here. Read it again, then sign.")
    if not present:
        raise NotProven(
            "The passkey did not ask for your finger, face or PIN. Use one that does, or your password and a code."
        )
    try:
        key.verify(data + client.hash, plain(proof.signature))
    except (InvalidSignature, NotImplementedError, ValueError):
        raise NotProven("The passkey's signature does not hold. Nothing was signed.") from None


def text(given: bytes) -> str:
    """Write bytes as base64url without padding (RFC 4648, section 5)."""
    return urlsafe_b64encode(given).rstrip(b"=").decode("ascii")


def plain(given: str) -> bytes:
    """Read base64url without padding. Raises ValueError."""
    return urlsafe_b64decode(given + "=" * (-len(given) % 4))
