"""One mail to try the channels with, and what decides whether mails of a home arrive: SPF, DKIM, DMARC, bounces.

Nothing is looked up: what stands in the domain name system is for the reader to compare with what is said here.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

from vigie.errors import BadInput
from vigie.measures.channels import Letter

_ADDRESS = re.compile(r"[^@\s<>,;]{1,64}@[A-Za-z0-9.-]{1,190}")
_MAIL_KINDS = ("mailto", "mailtos")


class NoMailChannel(BadInput):
    """No channel of the home sends mail to an address that is filled in."""


class BadAddress(BadInput):
    """What was given is no mail address."""


@dataclass(frozen=True)
class MailWay:
    """A channel that sends mail. server: the one that takes it from us; sender: the address mails come from, "" unknown."""

    channel: str
    server: str
    sender: str

    @property
    def domain(self) -> str:
        """The domain that answers for the sender's name; the server's where no sender is set."""
        return self.sender.rpartition("@")[2] or self.server


def mail_ways(channels: Sequence[str]) -> list[MailWay]:
    """List the channels that send mail to whom it is filled in for. Raises NoMailChannel when there is none."""
    found = [_way(c) for c in channels if c.partition("://")[0] in _MAIL_KINDS and "{mail}" in c]
    if not found:
        raise NoMailChannel(
            "No channel in vigie.toml sends mail. Under [send] name one such as "
            'channels = ["mailtos://user:secret@mail.example?from=vigie@town.example&to={mail}"].'
        )
    return found


def trial(address: str, *, home: str, exercise: str = "") -> Letter:
    """Write the mail that is tried with. Raises BadAddress."""
    if not _ADDRESS.fullmatch(address):
        raise BadAddress(
            "{given!r} is no mail address. Expected one such as desk@town.example.", given=address
        )
    subject = f"{home}: test of mail, nothing to do"
    return Letter(
        owners=(),
        mail=address,
        phones=(),
        subject=f"{exercise} – {subject}" if exercise else subject,
        text=(
            f"This is a test by {home}. Nothing is asked of you.\n\n"
            "Who reads this: open the headers of this mail and look for the line Authentication-Results. It should say "
            "spf=pass, dkim=pass and dmarc=pass. If it lay among the unwanted mail, say so to who sent it.\n"
        ),
    )


def explained(way: MailWay) -> tuple[str, ...]:
    """Say what must stand in the domain name system for the mails of this way to arrive, and where bounces go."""
    domain, server, sender = way.domain, way.server, way.sender or f"the account at {way.server}"
    spf = f'"v=spf1 a:{server} -all"'
    return (
        "Taken by a server is not the same as arrived. Nothing was looked up here; compare with what is published:",
        f"SPF: who may send for {domain}. A TXT record at {domain} that names {server}, such as {spf}. See it: dig +short TXT {domain}",
        f"DKIM: a signature that {server} puts on each mail. Its key stands in a TXT record at SELECTOR._domainkey.{domain}; the server's operator makes both.",
        f'DMARC: what others do with mails that pass neither. A TXT record at _dmarc.{domain}, such as "v=DMARC1; p=quarantine".',
        f"Bounces: a mail that is taken here and refused further on comes back hours later to {sender}. vigie does not read that box: somebody must, and note «called: not reached» on the owner's page.",
    )


def _way(channel: str) -> MailWay:
    parts = urlsplit(channel)
    asked = parse_qs(parts.query)
    server = (asked.get("smtp") or [parts.hostname or ""])[0]
    user = unquote(parts.username or "")
    sender = (asked.get("from") or [user if "@" in user else f"{user}@{parts.hostname}" if user else ""])[0]
    return MailWay(channel, server, sender if "@" in sender else "")
