"""A passkey in software: it makes keys and signs challenges as an authenticator does, byte for byte."""

import json
import re
import secrets
from hashlib import sha256

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.cose import ES256
from fido2.webauthn import AttestedCredentialData, AuthenticatorData

from vigie.accounts.signing_in.assertion import text

SITE, ORIGIN = "testserver", "http://testserver"
PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


class Passkey:
    """One credential, kept in memory. verifies: whether it asks for finger, face or PIN."""

    def __init__(self, *, verifies: bool = True) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = secrets.token_bytes(16)
        self.flags = PRESENT | (VERIFIED if verifies else 0)
        self.public_key = ES256.from_cryptography_key(self.key.public_key())

    def made(self, challenge: str, *, site: str = SITE, origin: str = ORIGIN) -> dict:
        """What navigator.credentials.create gives."""
        credential = AttestedCredentialData.create(b"\0" * 16, self.id, self.public_key)
        data = AuthenticatorData.create(sha256(site.encode()).digest(), self.flags | ATTESTED, 0, credential)
        return {
            "id": text(self.id),
            "rawId": text(self.id),
            "type": "public-key",
            "clientExtensionResults": {"credProps": {"rk": True}},
            "response": {
                "clientDataJSON": text(client_data("webauthn.create", challenge, origin)),
                "attestationObject": text(
                    cbor.encode({"fmt": "none", "attStmt": {}, "authData": bytes(data)})
                ),
            },
        }

    def answer(
        self, challenge: str, *, site: str = SITE, origin: str = ORIGIN, handle: bytes | None = None
    ) -> dict:
        """What navigator.credentials.get gives."""
        data = AuthenticatorData.create(sha256(site.encode()).digest(), self.flags, 1)
        client = client_data("webauthn.get", challenge, origin)
        signature = self.key.sign(bytes(data) + sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        response = {
            "clientDataJSON": text(client),
            "authenticatorData": text(data),
            "signature": text(signature),
        }
        if handle is not None:
            response["userHandle"] = text(handle)
        return {
            "id": text(self.id),
            "rawId": text(self.id),
            "type": "public-key",
            "clientExtensionResults": {},
            "response": response,
        }

    def given_to(self, user) -> "Passkey":
        """Stand among that person's passkeys, as if they had added it."""
        from allauth.mfa.models import Authenticator

        data = {"name": "Passkey 1", "credential": self.made("AAAA")}
        Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data=data)
        return self


def client_data(kind: str, challenge: str, origin: str) -> bytes:
    return json.dumps({"type": kind, "challenge": challenge, "origin": origin, "crossOrigin": False}).encode()


def asked(answer) -> dict:
    """The question that a page hands to the browser."""
    found = re.search(r'<script type="application/json">(.*?)</script>', answer.content.decode(), re.DOTALL)
    assert found, "the page asks no passkey"
    return json.loads(found[1])["request_options"]["publicKey"]
