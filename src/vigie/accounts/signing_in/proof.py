"""What proves that the person who signs is there: their passkey's signature over the digest of what they read.

The passkey is asked to sign a challenge that is itself a SHA-256 over act, subject, digest and a nonce used once. So
its signature stands for that text and no other, and whoever holds the kept assertion can check it years later with
the public key beside it (`assertion.check`). Who has no passkey says what they know again; the proof then says so.
"""

import secrets
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from typing import Literal

from vigie.errors import Refused
from vigie.ledger import canonical

Method = Literal["passkey", "password and code", "password"]


class NotProven(Refused):
    """Who asks for the act has not proved, for exactly this, that it is they."""


@dataclass(frozen=True)
class Asked:
    """What a person is asked to stand for.

    act: the right used, such as alert.level.approve; subject: id of what it is about; digest: SHA-256 (hex) over what
    was read; nonce: 128 random bits (hex) that make each asking its own.
    """

    act: str
    subject: str
    digest: str
    nonce: str = ""

    def afresh(self) -> "Asked":
        """Give the same question under a new nonce."""
        return replace(self, nonce=secrets.token_hex(16))

    def challenge(self) -> bytes:
        """Give the 32 bytes that a passkey is asked to sign."""
        return sha256(canonical.dumps(asdict(self))).digest()


@dataclass(frozen=True)
class Proof:
    """That a person stood for what was asked, and by what.

    rp: the site's name that the passkey is bound to; the rest as Web Authentication names it, base64url without
    padding, public_key as a COSE key. All six are empty when the method is no passkey.
    """

    asked: Asked
    method: Method
    rp: str = ""
    credential: str = ""
    public_key: str = ""
    authenticator_data: str = ""
    client_data: str = ""
    signature: str = ""
