"""The second person, in every room: what waits for one, and paging whoever may be it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

from vigie import times
from vigie.accounts import paging, queries as offices
from vigie.accounts.actions import note_page
from vigie.alert import queries as levels
from vigie.desk.pagers import kind as pager_kind
from vigie.desk.queries import pagers
from vigie.feeds import queries as heard
from vigie.homes import Home
from vigie.ledger import holds
from vigie.measures import actions as measures
from vigie.measures.channels import Letter, naming, send
from vigie.partners import queries as releases
from vigie.warning import queries as messages


@dataclass(frozen=True)
class Asked:
    """Something that waits for another person. version: changes when it was written anew. first: who cannot be the second."""

    about: str
    version: str
    right: str
    first: frozenset[str]


def waiting_for_another() -> list[Asked]:
    """List what waits for a second person, in every room: levels, receptions, words heard that nobody received, warnings, releases, offices."""
    return [
        *(
            Asked(d.id, d.digest, "alert.level.approve", frozenset({d.proposed_by, *d.editors}))
            for d in levels.proposals()
            if d.state == "proposed"
        ),
        *(
            Asked(d.id, "alone", "alert.glass.countersign", frozenset({d.broken_by, d.proposed_by, d.countersigned_by, *d.editors}))
            for d in levels.broken()
        ),
        *(Asked(r.id, "", "alert.level.look", frozenset({r.received_by})) for r in levels.unlooked()),
        *(Asked(call.first.id, "", "alert.level.receive", frozenset()) for call in heard.calls()),
        *(
            Asked(d.id, d.digest, "alert.level.look" if d.authority else "alert.level.approve", frozenset({d.proposed_by}))
            for d in levels.stand_downs()
        ),
        *(
            Asked(m.id, m.digest, "warning.message.approve", frozenset({m.drafted_by, *m.authors}))
            for m in messages.waiting()
        ),
        *(
            Asked(r.id, r.digest, "partners.release.approve", frozenset({r.proposed_by}))
            for r in releases.releases("proposed")
        ),
        *(
            Asked(m.id, "", "accounts.move.confirm", frozenset({m.proposed_by, m.person}))
            for m in offices.moves_waiting()
        ),
    ]  # fmt: skip


def page_seconds(home: Home) -> list[bool]:
    """Page who may be the second person of what waits: holders at once, deputies after the home's minutes.

    Gives for each page whether it was delivered. Outside of any transaction: a slow mail server must not hold the
    record. No right is asked: it tells people what waits, and nothing of what it is. Raises Sending when another run is
    at it; a home that is held sends nothing.
    """
    if holds.standing(home.path, "sending") is not None:
        return []
    with measures.alone(home):
        asked = waiting_for_another()
        sent = offices.pages_about(one.about for one in asked)
        return [
            _page(home, second, one, address)
            for one in asked
            for second, address in _to_page(home, one, sent.get((one.about, one.version), []))
        ]


def _to_page(home: Home, asked: Asked, tried: Sequence[paging.Tried]) -> list[tuple[paging.Second, str]]:
    seconds = [second for second in offices.seconds(asked.right) if second.person not in asked.first]
    reachable = pagers(second.person for second in seconds)
    now = times.now()
    # Counted from the first page: a home that slept must not wake everybody at once.
    since = min((t.at for t in tried), default=now)
    due = paging.due(seconds, tried, reachable, since=since, now=now, deputies_after=home.deputies_after)
    return [(second, reachable[second.person]) for second in due]


def _page(home: Home, second: paging.Second, asked: Asked, address: str) -> bool:
    kind = pager_kind(address)
    with translation.override(home.languages[0]):
        words = _("Something waits for you as the second person: open {address}").format(address=home.address)
    title = f"{home.frame} – {home.title}" if home.exercise else home.title
    letter = Letter(
        owners=(second.person,),
        mail=address if kind == "mail" else "",
        phones=(address,) if kind == "phone" else (),
        subject=title,
        text=f"{title}: {words}",
    )
    outcome = send([address] if kind == "apprise" else naming(home.channels), letter)
    note_page(
        second,
        asked.about,
        asked.version,
        delivered=outcome.delivered,
        channel=outcome.channel,
        why=outcome.why,
    )
    return outcome.delivered
