"""Which catalogue and posture hold, and what a change of posture would do."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import overload

import orjson
from django.conf import settings
from django.db.models import Q, TextField
from django.db.models.functions import Cast, Length

from vigie import times
from vigie.errors import NotFound
from vigie.homes import Home
from vigie.measures import catalogue_file, posture as postures, tasking
from vigie.measures.alike import Alike, Holder, planned
from vigie.measures.answering import Answerer
from vigie.measures.catalogue import BadCatalogue, Catalogue, Text
from vigie.measures.changes import answer_by
from vigie.measures.models import Posture as PostureRow, Task
from vigie.measures.moves import CLOSED
from vigie.measures.places import heard_together, of_site, site_of
from vigie.measures.posture import Posture, Switch
from vigie.measures.queries.owners import languages, owners_in, owners_of

CATALOGUES = "catalogues"
"""Folder of a home that holds the adopter's own catalogues, one YAML file each."""


@dataclass(frozen=True)
class Follows:
    """What a level would switch, and which owners would be asked for something.

    before: what is on now, None when none was ever set. due: by when they would have to answer. tasks: given anew;
    stops: asked to stop; owners: written to; asked: each of these with its tasks and stops, by id.
    """

    catalogue: Catalogue
    before: Posture | None
    posture: Posture
    switch: Switch
    due: datetime
    owners: int
    tasks: int
    stops: int
    asked: tuple[tuple[str, int, int], ...]


def catalogue(scheme: str) -> Catalogue | None:
    """Give the measures that hang on a scheme, of levels or of responses: the home's own, else those shipped; None without any.

    Raises BadCatalogue when one of the home's own cannot be read, or when two are for one scheme.
    """
    home: Home = settings.VIGIE_HOME
    own = [(file, found) for file in _own(home) if (found := catalogue_file.load(file).hung_on(scheme))]
    if len(own) > 1:
        raise BadCatalogue(
            "{files} are both for {scheme}. Keep one of them in the folder.",
            files=", ".join(file.name for file, _ in own),
            scheme=scheme,
        )
    if own:
        return own[0][1]
    shipped = catalogue_file.shipped(scheme)
    return shipped.hung_on(scheme) if shipped else None


def hung_responses() -> list[str]:
    """List the schemes of responses that the home's own catalogues hang measures on. Raises BadCatalogue."""
    home: Home = settings.VIGIE_HOME
    return [found.responses.scheme for file in _own(home) if (found := catalogue_file.load(file)).responses]


def helpers(scheme: str, measure: str) -> list[Text]:
    """Name those who help to carry a measure out, as today's catalogue has them; none where it does not hold the measure."""
    found = catalogue(scheme)
    known = found.by_id.get(measure) if found else None
    return [found.owners[name].name for name in known.supported_by] if found and known else []


def current(scheme: str, zone: str) -> PostureRow | None:
    """Give the posture that stands in exactly this zone, None when none was ever set."""
    return PostureRow.objects.filter(scheme=scheme, zone=zone, ended_at=None).first()


def standing() -> list[PostureRow]:
    """List the postures set last in zones, one for each: they stand now, or from their hour on. Those of single sites are `at_sites`."""
    return [row for row in _standing() if not site_of(row.zone)]


def at_sites() -> list[PostureRow]:
    """List the postures of sites that follow their own response and have something on."""
    return [row for row in _standing() if site_of(row.zone) and row.active]


def at_site(site: str) -> PostureRow | None:
    """Give the posture that a site's own response set, None where it has none."""
    return PostureRow.objects.filter(zone=of_site(site), ended_at=None).order_by("-set_at").first()


def _standing() -> list[PostureRow]:
    return list(PostureRow.objects.filter(ended_at=None).order_by("scheme", "zone"))


def shown(at: datetime | None = None) -> list[PostureRow]:
    """List the postures that stand at `at` (now when not given), then those set for an hour that has not come."""
    at = at or times.now()
    still = PostureRow.objects.filter(Q(ended_at=None) | Q(ended_at__gt=at))
    here = (row for row in still if not site_of(row.zone))
    return sorted(here, key=lambda row: (row.effective > at, row.scheme, row.zone))


def posture(given: str) -> PostureRow:
    """Give the posture of that id. Raises NotFound."""
    found = PostureRow.objects.filter(id=given).first()
    if found is None:
        raise NotFound("There is no posture {given}.", given=given)
    return found


@overload
def as_posture(row: PostureRow, *, known: Catalogue | None = None) -> Posture: ...
@overload
def as_posture(row: None, *, known: Catalogue | None = None) -> None: ...
@overload
def as_posture(row: PostureRow | None, *, known: Catalogue | None = None) -> Posture | None: ...
def as_posture(row: PostureRow | None, *, known: Catalogue | None = None) -> Posture | None:
    """Give a row as the rules see it; known: leave out measures that this catalogue does not hold any more."""
    if row is None:
        return None
    return Posture(row.level, tuple(name for name in row.active if known is None or name in known.by_id))


def plans(catalogue: Catalogue, after: Posture, zone: str, due: datetime | None) -> list[Alike]:
    """Plan every owner's part of going to `after` in `zone`: those in the zone, and those who still hold a task of it."""
    site = site_of(zone)
    live, halted = _held(catalogue.scheme, heard_together(zone))
    here = owners_of(site) if site else owners_in(zone)
    known = {owner.id for owner in here}
    gone = {
        owner for owner, tasks in live.items() if owner not in known and any(t.zone == zone for t in tasks)
    }
    spoken = languages()
    asked = (
        Holder(owner, spoken.get(owner.id, ""), live.get(owner.id, ()), halted.get(owner.id, ()))
        for owner in (*here, *(Answerer(owner, "") for owner in sorted(gone)))
    )
    return planned(tasking.Planner(catalogue, after, zone), asked, due)


def someone_is_missing(catalogue: Catalogue, posture: Posture, zone: str) -> bool:
    """Say whether an owner in the zone was not given, or must give back, a task of the posture that stands there."""
    parts = (alike.part for alike in plans(catalogue, posture, zone, None))
    return any(part.given or part.stop or part.ended or part.replaced for part in parts)


def what_follows(
    scheme: str,
    level: str,
    zone: str,
    *,
    effective: datetime | None = None,
    on: Iterable[str] = (),
    off: Iterable[str] = (),
    keep: Iterable[str] = (),
) -> Follows | None:
    """Say what a level would bring about, before anybody signs; None when the scheme has no catalogue.

    Raises what `posture.step` raises. Nothing is written.
    """
    found = catalogue(scheme)
    if found is None:
        return None
    before = as_posture(current(scheme, zone), known=found)
    after = postures.step(found, before, level, on=on, off=off, keep=keep)
    due = answer_by(found, level, max(effective or times.now(), times.now()))
    made = plans(found, after, zone, due)
    return Follows(
        catalogue=found,
        before=before,
        posture=after,
        switch=postures.differ(found, before, after),
        due=due,
        owners=sum(len(alike.rows) for alike in made if alike.part.says_something),
        tasks=sum(len(alike.rows) * len(alike.part.given) for alike in made),
        stops=sum(len(alike.rows) * len(alike.part.stop + alike.part.ended) for alike in made),
        asked=tuple(
            (row.owner, len(alike.part.given), len(alike.part.stop + alike.part.ended))
            for alike in made
            if alike.part.says_something
            for row in alike.rows
        ),
    )


def on_since(row: PostureRow) -> dict[str, datetime]:
    """Give, for each measure a posture has on, since when it has been on without a break in this zone."""
    since: dict[str, datetime] = {}
    for earlier in PostureRow.objects.filter(
        scheme=row.scheme, zone=row.zone, set_at__lte=row.set_at
    ).order_by("set_at"):
        since = {name: since.get(name, earlier.set_at) for name in earlier.active}
        if earlier.id == row.id:
            break
    return since


def past_review(row: PostureRow) -> list[str]:
    """List the measures of a posture that have been on for longer than they may without a review."""
    found = catalogue(row.scheme)
    known = found.by_id if found else {}
    now = row.ended_at or times.now()
    return [
        name
        for name, since in on_since(row).items()
        if name in known
        and not known[name].permanent
        and now - since > timedelta(days=known[name].review_after_days)
    ]


def _own(home: Home) -> Sequence[Path]:
    return sorted((home.path / CATALOGUES).glob("*.yaml"))


_Tasks = dict[str, list[tasking.Live]]


def _held(scheme: str, site: str) -> tuple[_Tasks, _Tasks]:
    """Give the tasks that are not closed, by owner: those that go on, and those that are asked to stop.

    site: key of the one site they are at; what the response of another site asks is told by itself: it neither adds to this
    one's nor takes from it.
    """
    live, halted = _Tasks(), _Tasks()
    fields = "owner", "id", "measure", "ladder", "zone", "state", "told", "place_names"
    rows = (
        Task.objects.filter(scheme=scheme, **({"zone": site} if site else {}))
        .exclude(state__in=CLOSED)
        # As text: Django's reader of JSON takes ten times as long.
        .annotate(place_names=Cast("sites", TextField()))
        .order_by("given_at", Length("id"), "id")
        .values_list(*fields)
    )
    for owner, name, measure, ladder, zone, state, told, sites in rows.iterator(chunk_size=5_000):
        if state == "stop_asked":
            made = tasking.Live(name, measure, zone, tuple(orjson.loads(sites)), told, ladder=ladder)
            halted.setdefault(owner, []).append(made)
        else:
            unsent = state == "open" and not told
            heard = told or state not in {"open", "not_reached"}
            made = tasking.Live(name, measure, zone, tuple(orjson.loads(sites)), heard, unsent, ladder)
            live.setdefault(owner, []).append(made)
    return live, halted
