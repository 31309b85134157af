"""How a message leaves the house: through the channels of vigie.toml, else as a file for a person to send.

A channel is an address of the library apprise (`mailtos://user:secret@mail.example?to={mail}`), in which {mail},
{phone} and {owner} are filled in for each contact. A channel with a place that a contact cannot fill is passed
over for it. A channel without any place (a webhook of one's own) gets every message.
"""

import logging
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from email.message import EmailMessage
from email.policy import SMTP
from itertools import product
from types import MappingProxyType
from urllib.parse import quote, unquote

from vigie.markings import Tlp, parse_tlp
from vigie.translatable import gettext_noop

PLACES = ("{mail}", "{phone}", "{owner}")
NO_CHANNEL_FITS = gettext_noop("no channel fits the contact on record")
NO_MAIL = gettext_noop("no mail address on record")
NO_ADDRESS = gettext_noop("no address on record")
_NO_CEILINGS: Mapping[str, str] = MappingProxyType({})
_WHY_MOST, _SAID_MOST = 300, 200
_PARTS_OF_AN_ADDRESS = re.compile(r"[:/@?&=]+")


@dataclass(frozen=True)
class Letter:
    """A message ready to go.

    owners: whom it is about, by id; mail, phones: where it goes, empty where none is known. marking: of what it says;
    fuller, fuller_marking: the same with how each measure is carried out, for channels that may carry that; empty where nothing is told.
    bare_subject, bare: what a channel may carry that must not carry that: «something waits for you», with the link; short: for a text message, with the code to answer by.
    """

    owners: tuple[str, ...]
    mail: str
    phones: tuple[str, ...]
    subject: str
    text: str
    marking: Tlp = Tlp.CLEAR
    bare_subject: str = ""
    bare: str = ""
    short: str = ""
    fuller: str = ""
    fuller_marking: Tlp = Tlp.CLEAR


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


def send(
    channels: Sequence[str],
    letter: Letter,
    ceilings: Mapping[str, str] = _NO_CEILINGS,
    texts: Collection[str] = (),
) -> Outcome:
    """Send a letter through every channel that reaches its owner; one that takes it is enough.

    A channel for all does not count as reaching the owner while there are channels that name them. ceilings: TLP labels by
    kind of channel; a letter leaves as `fuller` where that may be carried; what is marked above its channel's leaves as `bare`, and TLP:RED not at all. texts: kinds of channel that carry text messages.
    """
    personal = [channel for channel in channels if any(place in channel for place in PLACES)]
    general = [channel for channel in channels if channel not in personal]
    taken: list[str] = []
    tried: dict[str, str] = {}
    for channel in (*addresses(personal, letter), *general):
        kind = channel.partition("://")[0]
        ceiling = parse_tlp(ceilings.get(kind, "TLP:RED"))
        if letter.marking > ceiling and letter.marking == Tlp.RED:
            fault: str | None = f"{letter.marking.label} is above what {kind} may carry, {ceiling.label}"
        else:
            carried = replace(letter, text=letter.fuller) if _fuller(letter, ceiling) else letter
            fault = _notify(channel, carried, bare=letter.marking > ceiling, text=kind in texts)
        if channel in general and personal:
            continue
        if fault is None:
            taken.append(kind)
        else:
            tried.setdefault(kind, fault)
    if taken:
        return Outcome(delivered=True, channel=taken[0])
    if not tried:
        return Outcome(delivered=False, channel="", why=NO_CHANNEL_FITS)
    why = "; ".join(f"{kind}: {fault}" if fault else f"not taken by: {kind}" for kind, fault in tried.items())
    return Outcome(delivered=False, channel=next(iter(tried)), why=why[:_WHY_MOST])


def _fuller(letter: Letter, ceiling: Tlp) -> bool:
    """Say whether how measures are carried out may go too: TLP:RED leaves by no channel at all."""
    return bool(letter.fuller) and letter.fuller_marking <= min(ceiling, Tlp.AMBER_STRICT)


def _notify(channel: str, letter: Letter, *, bare: bool, text: bool) -> str | None:
    """Send through one channel. Gives None where it took the letter, else what it said, empty where it said nothing."""
    # Half a second to read, and only where something is sent.
    from apprise import Apprise, LogCapture  # noqa: PLC0415

    title, body = (letter.bare_subject, letter.bare) if bare else (letter.subject, letter.text)
    if text:
        title, body = "", letter.bare if bare or not letter.short else letter.short
    with LogCapture(level=logging.WARNING, fmt="%(message)s") as said:  # type: ignore[no-untyped-call]
        gate = Apprise()
        took = bool(gate.add(channel)) and bool(gate.notify(title=title, body=body))
        return None if took else _without_contacts(said.getvalue(), channel, letter)


def _without_contacts(said: str, channel: str, letter: Letter) -> str:
    """Give what a channel said of a failure, without what may have to be erased one day, and without its secrets."""
    whole = " ".join(said.split())
    secret = channel.partition("://")[2]
    hidden = {letter.mail, *letter.phones, secret, *_PARTS_OF_AN_ADDRESS.split(secret)}
    for word in sorted(
        (word for known in hidden for word in (known, unquote(known)) if len(word) > 3), key=len, reverse=True
    ):
        whole = whole.replace(word, "…")
    return whole[:_SAID_MOST]


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
