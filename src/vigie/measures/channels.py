"""How a message leaves the house: through the channels of vigie.toml, else as a file for a person to send.

A channel is an address of the library apprise (`mailtos://user:secret@mail.example?to={mail}`), in which {mail},
{phone} and {owner} are filled in for each contact. A channel with a place that a contact cannot fill is passed
over for it. A channel without any place (a webhook of one's own) gets every message.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from itertools import product
from urllib.parse import quote

PLACES = ("{mail}", "{phone}", "{owner}")


@dataclass(frozen=True)
class Letter:
    """A message ready to go. owners: whom it is about, by id; mail, phones: where it goes, empty where none is known."""

    owners: tuple[str, ...]
    mail: str
    phones: tuple[str, ...]
    subject: str
    text: str


@dataclass(frozen=True)
class Outcome:
    """What became of a letter. channel: kind of the channel that took it, or of those that did not."""

    delivered: bool
    channel: str
    why: str = ""


def addresses(channels: Sequence[str], letter: Letter) -> list[str]:
    """Give the channels' addresses for one letter, each once; those it cannot fill are left out.

    A channel that names the owner, or the telephone, gets the letter once for each of them.
    """
    values = {
        "{mail}": (letter.mail,) if letter.mail else (),
        "{phone}": letter.phones,
        "{owner}": letter.owners,
    }
    found: dict[str, None] = {}
    for channel in channels:
        places = [place for place in PLACES if place in channel]
        for chosen in product(*(values[place] for place in places)):
            filled = channel
            for place, value in zip(places, chosen, strict=True):
                filled = filled.replace(place, quote(value, safe="@"))
            found[filled] = None
    return list(found)


def send(channels: Sequence[str], letter: Letter) -> Outcome:
    """Send a letter through every channel that reaches its owner; one that takes it is enough.

    A channel for all does not count as reaching the owner while there are channels that name them.
    """
    # Half a second to read, and only where something is sent.
    from apprise import Apprise  # noqa: PLC0415

    personal = [channel for channel in channels if any(place in channel for place in PLACES)]
    general = [channel for channel in channels if channel not in personal]
    taken: list[str] = []
    tried: list[str] = []
    for channel in (*addresses(personal, letter), *general):
        kind = channel.partition("://")[0]
        gate = Apprise()
        took = bool(gate.add(channel)) and bool(gate.notify(title=letter.subject, body=letter.text))
        counts = channel not in general or not personal
        tried += [kind] if counts else []
        taken += [kind] if took and counts else []
    if taken:
        return Outcome(delivered=True, channel=taken[0])
    if not tried:
        return Outcome(delivered=False, channel="", why="no channel fits the contact on record")
    return Outcome(delivered=False, channel=tried[0], why=f"not taken by: {', '.join(tried)}")


def naming(channels: Sequence[str]) -> list[str]:
    """Give the channels that name whom they reach: a page to one person never goes to a channel for all."""
    return [channel for channel in channels if "{mail}" in channel or "{phone}" in channel]


def as_file(letter: Letter, *, sender: str) -> bytes:
    """Give the letter as a mail file (RFC 5322) that a mail program opens, ready to be sent by hand."""
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = " ".join(letter.subject.split())
    mail["From"] = sender
    mail["To"] = letter.mail
    mail["X-Unsent"] = "1"  # mail programs open it as a draft
    mail.set_content(letter.text)
    return mail.as_bytes()
