"""How often one may knock: classes of doors, each with its bounds a minute, by account and by address."""

from dataclasses import dataclass

WINDOW = 60
"""Seconds after which counting starts again."""

READ, ACT, SOLEMN, UPLOAD, HEAVY, SIGN_IN, LINK, OPEN, GATEWAY = (
    "read", "act", "solemn", "upload", "heavy", "sign-in", "link", "open", "gateway",
)  # fmt: skip


@dataclass(frozen=True)
class Rate:
    """Requests a minute.

    account: by the signed-in person, or by the link that stands for one; None: there is none to count by.
    address: by the network address, wide enough for a whole office behind one.
    """

    account: int | None
    address: int


RATES: dict[str, Rate] = {
    READ: Rate(account=1200, address=12_000),
    ACT: Rate(account=120, address=1_200),
    SOLEMN: Rate(account=20, address=200),
    UPLOAD: Rate(account=30, address=300),
    HEAVY: Rate(account=12, address=120),
    SIGN_IN: Rate(account=30, address=60),
    # Fifty thousand owners may answer within one minute, many of them behind the same telephone company's address.
    LINK: Rate(account=60, address=60_000),
    OPEN: Rate(account=None, address=6_000),
    # One gateway brings what all owners without data answer.
    GATEWAY: Rate(account=3_000, address=3_000),
}
"""Bounds by class: reading, acts, solemn acts, uploads, long reckonings, signing in, owners' links, public pages, gateways."""

STRANGERS = Rate(account=None, address=300)
"""What an address may ask of closed doors without having signed in: it is sent to sign in, or away, so many times."""
