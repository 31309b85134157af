"""What an owner reads: the letters that wait, and their words."""

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from vigie.exposure import areas
from vigie.homes import Home
from vigie.markings import Tlp, parse_tlp
from vigie.measures.catalogue import BadCatalogue, Catalogue
from vigie.measures.channels import Letter
from vigie.measures.models import Message, Posture
from vigie.measures.moves import WAITING
from vigie.measures.notice import Line, Notice, joined, short, subject, text
from vigie.measures.parts import parts
from vigie.measures.phrases import pick, say
from vigie.measures.places import site_of
from vigie.measures.queries.bundles import Bundle
from vigie.measures.queries.coding import code_for
from vigie.measures.queries.links import link_for
from vigie.measures.queries.owners import OwnerHere, site_names
from vigie.measures.queries.postures import catalogue
from vigie.measures.queries.tasks import states_spoken_of


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
    here = Message.objects.filter(state__in=["queued", "failed"]).values_list("id", flat=True)
    return {name for part in parts([message.id for message in messages]) for name in here.filter(id__in=part)}


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
        texts, fuller, shorts, said, marking, links = [], [], [], [], Tlp.CLEAR, []
        beyond = Tlp.CLEAR
        for message in bundle.messages:
            owner = bundle.owners[message.owner]
            lines = [
                line
                for line in message.lines
                if not again or states[message.id].get(line["task"] or "") in WAITING
            ]
            told = _notice(home, message, owner, names, lines)
            links.append(link_for(message.owner, message.posture_id))
            wave = bundle.wave if again else 0
            texts.append(text(told, language_of(message), links[-1], wave=wave))
            fuller.append(text(told, language_of(message), links[-1], wave=wave, how=True))
            beyond = max(beyond, _execution_marking(message.posture, lines))
            shorts.append(short(told, language_of(message), links[-1], code_for(message.id)))
            said.append(told)
            marking = max(
                marking,
                marking_in(
                    message.posture, catalogues[message.posture.scheme], [line["measure"] for line in lines]
                ),
            )
        language = language_of(bundle.messages[0])
        named = [owner.name for owner in bundle.owners.values()]
        beyond = max(beyond, marking)
        found.append(
            Letter(
                owners=tuple(bundle.owners),
                mail=bundle.mail,
                phones=bundle.phones,
                subject=subject(said[0], language, more=len(bundle.owners) - 1, again=again),
                text=_labelled(marking, joined(texts, named, language)),
                fuller=_labelled(beyond, joined(fuller, named, language)) if fuller != texts else "",
                fuller_marking=beyond,
                marking=marking,
                bare_subject=f"{home.frame} – {home.title}" if home.exercise else home.title,
                short="\n\n".join(shorts),
                bare=say(language, "bare", home=home.title, link="\n" + "\n".join(links)),
            )
        )
    return found


def _labelled(marking: Tlp, body: str) -> str:
    return f"{marking.label}\n\n{body}" if marking > Tlp.GREEN else body


def _execution_marking(posture: Posture, lines: Sequence[dict[str, Any]]) -> Tlp:
    told = (posture.executions.get(line["measure"]) for line in lines)
    return max((parse_tlp(each["marking"]) for each in told if each), default=Tlp.CLEAR)


def marking_of(message: Message) -> Tlp:
    """Say how far what a message says may travel."""
    known = _catalogue(message.posture.scheme)
    return marking_in(message.posture, known, [line["measure"] for line in message.lines])


def _catalogue(scheme: str) -> Catalogue | None:
    try:
        return catalogue(scheme)
    except (
        BadCatalogue
    ):  # what was asked must still leave; without its file it travels no farther than it must
        return None


def marking_in(posture: Posture, known: Catalogue | None, measures: Iterable[str]) -> Tlp:
    """Say how far what a posture says of these measures may travel: as the catalogue had it when they were told, whatever it says today.

    Where that was not written down, as it is in the same catalogue; without it, to the organisation alone.
    """
    told = posture.markings
    same = known if known and known.digest == posture.catalogue_digest else None

    def label(measure: str) -> Tlp:
        if measure in told:
            return parse_tlp(told[measure])
        return same.marking_of(measure) if same else Tlp.AMBER_STRICT

    return max((label(name) for name in measures), default=Tlp.CLEAR)


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
            how=posture.executions.get(line["measure"], {}).get("words"),
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
    site = site_of(code)
    if site:
        return site_names([site]).get(site, site)
    try:
        return f"{areas.name(code, language)} ({code})"
    except areas.UnknownArea:
        return code
