"""Questions pages and verbs ask: what waits, what each message amounts to, what the public site must show."""

from datetime import datetime

import msgspec
from django.conf import settings

from vigie import times
from vigie.alert import queries as levels
from vigie.alert.models import Decision, Reception
from vigie.errors import NotFound
from vigie.exposure import areas
from vigie.homes import Home
from vigie.ledger.outer import queries as outer
from vigie.ledger.outer.leaves import PUBLIC
from vigie.warning.cap_xml import from_bytes
from vigie.warning.chain import Chain, chain, link
from vigie.warning.compose import Text
from vigie.warning.models import Fact, Message, Publication
from vigie.warning.site import LOG
from vigie.warning.staging import differing, sums


def message(id: str) -> Message:  # noqa: A002 - the record calls it so
    """Give a message. Raises NotFound."""
    found = Message.objects.filter(id=id).first()
    if found is None:
        raise NotFound("There is no message {given}.", given=id)
    return found


def texts_of(row: Message) -> tuple[Text, ...]:
    """Give a message's texts, one per language."""
    return msgspec.convert(row.texts, tuple[Text, ...])


def waiting() -> list[Message]:
    """List the drafts that wait for a second person."""
    return list(Message.objects.filter(state="waits"))


def issued() -> list[Message]:
    """List the messages issued, newest first."""
    return list(Message.objects.filter(state="issued").order_by("-approved_at", "-id"))


def effects(at: datetime | None = None) -> Chain:
    """Give what each issued message amounts to, and what is wrong with their chain."""
    rows = Message.objects.filter(state="issued")
    return chain((link(from_bytes(row.cap.encode()), row.digest) for row in rows), at or times.now())


def state_of(row: Message, known: Chain | None = None) -> str:
    """Say what a message amounts to: its effect once issued, `waits` or `withdrawn` before."""
    if row.state != "issued":
        return row.state
    known = known or effects()
    return next(effect.state for (_, name), effect in known.effects.items() if name == row.identifier)


def heads(scheme: str, zone: str) -> list[Message]:
    """List the issued messages of this scheme and zone that a new one must refer to: all that nothing has ended yet."""
    known = effects()
    rows = Message.objects.filter(state="issued", scheme=scheme, zone=zone).order_by("sent", "id")
    return [row for row in rows if state_of(row, known) in {"active", "contradictory", "expired"}]


def left_behind() -> list[Message]:
    """List messages still in force whose level no longer stands: the public is told of what is over."""
    known, standing = effects(), {s.id for s in levels.standing()}
    return [row for row in issued() if row.level_id not in standing and state_of(row, known) == "active"]


def publications() -> list[Publication]:
    """List the publications of the site, newest first."""
    return list(Publication.objects.order_by("-published_at", "-id"))


def unlike_published() -> list[str]:
    """List the files of the site that are not, byte for byte, those last published; none before the first time."""
    home: Home = settings.VIGIE_HOME
    newest = next(iter(publications()), None)
    if newest is None:
        return []
    return differing(home.public, {f["name"]: f["sha256"] for f in newest.files} | sums(log_files()))


def log_files() -> dict[str, bytes]:
    """Give the public log's static files by their name in the site; none before anything was released."""
    if not outer.size(PUBLIC):
        return {}
    return {f"{LOG}/{name}": data for name, data in outer.static_files(PUBLIC).items()}


def facts(zone: str = "") -> list[Fact]:
    """List what is stated now, oldest first; zone: only what holds there, said of it or of a zone around it."""
    rows = Fact.objects.filter(replaced_by__isnull=True).select_related("replaces")
    return [row for row in rows if not zone or _within(row.zone, zone)]


def _within(outer: str, inner: str) -> bool:
    try:
        return outer == inner or areas.contains(outer, inner)
    except areas.UnknownArea:  # a scheme may be set for a zone that no list of areas has
        return False


def fact(id: str) -> Fact:  # noqa: A002
    """Give a statement. Raises NotFound."""
    found = Fact.objects.filter(id=id).first()
    if found is None:
        raise NotFound("There is no statement {given}.", given=id)
    return found


def zone_name(zone: str, language: str) -> str:
    """Name a zone for the public; by its code where no name is known."""
    try:
        return areas.name(zone, language)
    except areas.UnknownArea:
        return zone


def address() -> str:
    """Give the public site's address, with a slash at its end."""
    home: Home = settings.VIGIE_HOME
    return home.address.rstrip("/") + "/public/"


def places() -> list[tuple[str, str]]:
    """List (scheme, zone) of every page: what this home decides, and what it has decided or received."""
    home: Home = settings.VIGIE_HOME
    own = {(d.scheme, zone) for d in home.decides for zone in d.zones}
    decided = Decision.objects.filter(decided_at__isnull=False).values_list("scheme", "zone")
    received = Reception.objects.exclude(state__in=["withdrawn", "waits for a second"]).values_list(
        "scheme", "zone"
    )
    return sorted(own | set(decided) | set(received))
