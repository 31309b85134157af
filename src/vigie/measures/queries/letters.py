"""What an owner reads, and the signed link by which they answer without an account."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import connections
from django.urls import reverse

from vigie.errors import NotFound
from vigie.exposure import areas
from vigie.homes import Home
from vigie.markings import Tlp
from vigie.measures.catalogue import BadCatalogue, Catalogue
from vigie.measures.channels import Letter
from vigie.measures.models import Message, Posture
from vigie.measures.moves import WAITING, State, may_send
from vigie.measures.notice import Line, Notice, joined, short, subject, text
from vigie.measures.phrases import pick, say
from vigie.measures.queries.bundles import Bundle
from vigie.measures.queries.coding import code_for
from vigie.measures.queries.owners import OwnerHere, site_names
from vigie.measures.queries.postures import catalogue
from vigie.measures.queries.tasks import asked, states_spoken_of

# The salt keeps a signature made for anything else from opening an owner's page.
_SIGNER = Signer(salt="vigie.measures.owner", sep="~")


class BadLink(NotFound):
    """A link that this home did not make."""


@dataclass(frozen=True)
class Link:
    """What a signed link opens. closed: every task its message spoke of is closed."""

    owner: str
    message: Message
    closed: bool


@dataclass(frozen=True)
class HeldLink:
    """What who holds a link may answer. message: id of the one it shows; scheme: the one that message is under."""

    owner: str
    message: str
    scheme: str
    closed: bool


# In plain SQL: every answer asks it, and Django spends longer on writing it down than the database on answering.
_SENT = (
    "SELECT m.id, m.posture_id, p.scheme, m.state, m.lines FROM measures_message m "
    "JOIN measures_posture p ON p.id = m.posture_id WHERE m.owner = %s ORDER BY m.queued_at DESC, p.set_at DESC"
)


def link_for(owner: str, posture: str) -> str:
    """Give the address of an owner's page for a posture; only who holds it can open it."""
    home: Home = settings.VIGIE_HOME
    return home.address.rstrip("/") + reverse("measures:yours", kwargs={"token": token_for(owner, posture)})


def token_for(owner: str, posture: str) -> str:
    """Give the token of an owner's page for a posture."""
    return _SIGNER.sign(f"{owner}~{posture}")


def open_link(token: str) -> Link:
    """Read a link's token, for its page. Raises BadLink when this home did not make it, or its message is gone."""
    held = held_link(token)
    shown = Message.objects.select_related("posture").get(id=held.message)
    return Link(held.owner, shown, closed=held.closed)


def held_link(token: str) -> HeldLink:
    """Read a link's token, for an answer. Raises BadLink when this home did not make it, or its message is gone."""
    try:
        owner, _, posture = _SIGNER.unsign(token).partition("~")
    except BadSignature:
        raise _bad() from None
    with connections["record"].cursor() as cursor:
        cursor.execute(_SENT, [owner])
        sent = cursor.fetchall()  # newest first
    own = next((row for row in sent if row[1] == posture), None)
    if own is None:
        raise _bad()
    # An older link shows the newest message: its holder must not act on what has been replaced.
    shown = next((row for row in sent if row[2] == own[2] and row[3] != "dropped"), own)
    mine, latest = (_states(json.loads(row[4])) for row in (own, shown))
    # Once all of it was stopped the link is dead for good; replaced tasks live on in the newer message.
    goes_on = may_send(mine) or ("replaced" in mine and may_send(latest))
    return HeldLink(owner, shown[0], own[2], closed=not goes_on)


def _states(lines: list[dict[str, Any]]) -> list[State]:
    return [task.state for task in asked([line["task"] for line in lines if line["task"]])]


def waiting(*, again: bool = False) -> list[Message]:
    """List the messages to be sent, in order; again: those that failed too."""
    states = ["queued", "failed"] if again else ["queued"]
    found = list(Message.objects.filter(state__in=states))
    # Joined, each message would bring its own copy of all the posture's words.
    postures = Posture.objects.in_bulk({message.posture_id for message in found})
    for message in found:
        message.posture = postures[message.posture_id]
    return found


def still_waiting(messages: Sequence[Message]) -> set[str]:
    """Give those of the messages that are still to be sent: a newer one may have taken their place meanwhile."""
    found = Message.objects.filter(
        id__in=[message.id for message in messages], state__in=["queued", "failed"]
    )
    return set(found.values_list("id", flat=True))


def notice(home: Home, message: Message, owner: OwnerHere) -> Notice:
    """Give what a message says, ready to be written as mail or shown as page."""
    names = site_names({site for line in message.lines for site in line["sites"]})
    return _notice(home, message, owner, names, message.lines)


def letters(home: Home, bundles: Sequence[Bundle], *, again: bool = False) -> list[Letter]:
    """Write a letter for each bundle, with its owners' links, in the same order.

    again: only what still waits for a word, with a sentence that says so first.
    """
    every = [message for bundle in bundles for message in bundle.messages]
    names = site_names({site for message in every for line in message.lines for site in line["sites"]})
    states = states_spoken_of(every) if again else {}
    catalogues = {scheme: _catalogue(scheme) for scheme in {message.posture.scheme for message in every}}
    found = []
    for bundle in bundles:
        texts, shorts, said, marking, links = [], [], [], Tlp.CLEAR, []
        for message in bundle.messages:
            owner = bundle.owners[message.owner]
            lines = [
                line
                for line in message.lines
                if not again or states[message.id].get(line["task"] or "") in WAITING
            ]
            told = _notice(home, message, owner, names, lines)
            links.append(link_for(message.owner, message.posture_id))
            texts.append(text(told, language_of(message), links[-1], wave=bundle.wave if again else 0))
            shorts.append(short(told, language_of(message), links[-1], code_for(message.id)))
            said.append(told)
            marking = max(marking, _marking(catalogues[message.posture.scheme], lines))
        language = language_of(bundle.messages[0])
        body = joined(texts, [owner.name for owner in bundle.owners.values()], language)
        found.append(
            Letter(
                owners=tuple(bundle.owners),
                mail=bundle.mail,
                phones=bundle.phones,
                subject=subject(said[0], language, more=len(bundle.owners) - 1, again=again),
                text=f"{marking.label}\n\n{body}" if marking > Tlp.GREEN else body,
                marking=marking,
                bare_subject=f"{home.frame} – {home.title}" if home.exercise else home.title,
                short="\n\n".join(shorts),
                bare=say(language, "bare", home=home.title, link="\n" + "\n".join(links)),
            )
        )
    return found


def _catalogue(scheme: str) -> Catalogue | None:
    try:
        return catalogue(scheme)
    except (
        BadCatalogue
    ):  # what was asked must still leave; without its file it travels no farther than it must
        return None


def _marking(known: Catalogue | None, lines: Sequence[dict[str, Any]]) -> Tlp:
    """Say how far these lines may travel; without a catalogue, to the organisation alone."""
    if known is None:
        return Tlp.AMBER_STRICT
    return max((known.marking_of(line["measure"]) for line in lines), default=Tlp.CLEAR)


def language_of(message: Message) -> str:
    """Give the language a message is written in: its owner's, else the home's first that has the phrases."""
    home: Home = settings.VIGIE_HOME
    return pick(message.language or (home.languages[0] if home.languages else ""))


def sender(home: Home) -> str:
    """Give the sender that a message written as a file names."""
    host = urlsplit(home.address).hostname or "localhost"
    return f"vigie@{host if '.' in host else host + '.invalid'}"


def _notice(
    home: Home, message: Message, owner: OwnerHere, names: dict[str, str], said: Sequence[dict[str, Any]]
) -> Notice:
    posture = message.posture
    lines = tuple(
        Line(
            kind=line["kind"],
            code=line["measure"],
            words=_words(posture, line["measure"]),
            sites=tuple(names.get(site, site) for site in line["sites"]),
            before=line["before"],
        )
        for line in said
    )
    language = language_of(message)
    return Notice(
        home=home.title,
        owner=owner.name,
        level=f"{posture.level_words} ({posture.level})" if posture.level else say(language, "no_level"),
        zone=_zone(posture.zone, language),
        authority=posture.authority if posture.level else "",
        received=posture.received,
        since=posture.effective,
        at=posture.set_at,
        by=posture.due if any(line.kind != "unchanged" for line in lines) else None,
        lines=lines,
        exercise=home.frame,
        time_zone=home.zone,
    )


def _words(posture: Posture, measure: str) -> dict[str, str]:
    words: dict[str, str] | None = posture.words.get(measure)
    if words is None:  # ended here, but last worded by the posture that switched it on
        older = (
            Posture.objects.filter(scheme=posture.scheme, words__has_key=measure).order_by("-set_at").first()
        )
        words = older.words[measure] if older else {}
    return words


def _zone(code: str, language: str) -> str:
    try:
        return f"{areas.name(code, language)} ({code})"
    except areas.UnknownArea:
        return code


def _bad() -> BadLink:
    return BadLink("This link is not one that was sent to you. Open it exactly as it stands in the message.")
