"""One search over what the rooms hold. Each room is asked only of those who may read it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext as _, gettext_lazy

from vigie.accounts.actors import Actor
from vigie.accounts.queries import may
from vigie.alert.models import Decision, Reception
from vigie.assessment.models import Assessment
from vigie.exposure.models import Owner, Site
from vigie.ledger.queries import head
from vigie.measures.queries import standing
from vigie.partners.models import Release
from vigie.reports.models import Report
from vigie.schemes.reader import all_ids, load
from vigie.warning.models import Message

MOST = 20
"""Hits shown of one kind."""


@dataclass(frozen=True)
class Hit:
    """One thing found and the page where it stands."""

    title: str
    detail: str
    href: str


@dataclass(frozen=True)
class Group:
    """What one room holds of it; more: there is more than is shown."""

    title: str
    hits: list[Hit]
    more: bool


@dataclass(frozen=True)
class _Shelf:
    title: Promise
    right: str
    look: Callable[[str], Iterable[Hit]]


def find(actor: Actor, wanted: str) -> list[Group]:
    """Search each room the actor may read; only those where something was found."""
    groups = []
    for shelf in _SHELVES:
        if may(actor, shelf.right):
            hits = list(islice(shelf.look(wanted), MOST + 1))
            if hits:
                groups.append(Group(str(shelf.title), hits[:MOST], len(hits) > MOST))
    return groups


def searched(actor: Actor) -> list[str]:
    """Name what `find` looks through for this actor."""
    return [str(shelf.title) for shelf in _SHELVES if may(actor, shelf.right)]


def _levels(wanted: str) -> Iterator[Hit]:
    named = Q()
    for scheme in map(load, all_ids()):
        for level in scheme.levels:
            words = (level.code, level.gloss_en, *level.name.values())
            if any(wanted.casefold() in word.casefold() for word in words):
                named |= Q(scheme=scheme.id, code=level.code)
    about = Q(id__iexact=wanted) | Q(zone__iexact=wanted) | named
    for decision in Decision.objects.filter(about | Q(reasons__icontains=wanted)):
        yield _level_hit(decision, decision.state)
    for reception in Reception.objects.filter(
        about | Q(words__icontains=wanted) | Q(authority__icontains=wanted)
    ):
        yield _level_hit(reception, _("received from {who}").format(who=reception.authority))


def _level_hit(row: Decision | Reception, detail: str) -> Hit:
    level = load(row.scheme).level(row.code)
    title = f"{row.zone}: {level.printed} {level.word('')}"
    return Hit(title, f"{row.id}, {detail}", reverse("alert:level", args=[row.id]))


def _assessments(wanted: str) -> Iterator[Hit]:
    about = (
        Q(id__iexact=wanted)
        | Q(zone__iexact=wanted)
        | Q(judgement__icontains=wanted)
        | Q(reasons__icontains=wanted)
    )
    for row in Assessment.objects.filter(about).order_by("-made_at"):
        yield Hit(f"{row.id}, {row.zone}", row.judgement[:160], reverse("assessment:evidence", args=[row.id]))


def _reports(wanted: str) -> Iterator[Hit]:
    # The words kept are masked ones: a private person's name is in none of them.
    about = (
        Q(id__iexact=wanted)
        | Q(title__icontains=wanted)
        | Q(outlet__icontains=wanted)
        | Q(text__icontains=wanted)
    )
    for row in Report.objects.filter(about):
        yield Hit(row.title or row.id, row.outlet, reverse("reports:report", args=[row.id]))


def _sites(wanted: str) -> Iterator[Hit]:
    about = Q(id__iexact=wanted) | Q(name__icontains=wanted) | Q(area__iexact=wanted) | Q(kind__iexact=wanted)
    for row in Site.objects.filter(about, withdrawn_at=None):
        yield Hit(row.name, f"{row.kind}, {row.area}", reverse("exposure:site", args=[row.id]))


def _owners(wanted: str) -> Iterator[Hit]:
    about = Q(id__iexact=wanted) | Q(name__icontains=wanted) | Q(kind__iexact=wanted)
    for row in Owner.objects.filter(about, withdrawn_at=None):
        yield Hit(row.name, row.kind, reverse("measures:owner", args=[row.id]))


def _measures(wanted: str) -> Iterator[Hit]:
    for posture in standing():
        for code in posture.active:
            words = posture.words.get(code, {})
            said = words.get(get_language() or "en") or next(iter(words.values()), "")
            if any(wanted.casefold() in text.casefold() for text in (code, *words.values())):
                href = f"{reverse('measures:matrix')}?{urlencode({'measure': code})}"
                yield Hit(f"{code} {said}", posture.zone, href)


def _messages(wanted: str) -> Iterator[Hit]:
    about = Q(id__iexact=wanted) | Q(zone__iexact=wanted) | Q(identifier__icontains=wanted)
    for row in Message.objects.filter(about):
        yield Hit(row.identifier, f"{row.zone}, {row.state}", reverse("warning:message", args=[row.id]))


def _releases(wanted: str) -> Iterator[Hit]:
    about = Q(id__iexact=wanted) | Q(title__icontains=wanted) | Q(audience__name__icontains=wanted)
    for row in Release.objects.filter(about).select_related("audience"):
        yield Hit(row.title, f"{row.audience.name}, {row.state}", reverse("partners:release", args=[row.id]))


def _entries(wanted: str) -> Iterator[Hit]:
    digits = wanted.removeprefix("#").removeprefix("entry").strip()
    if digits.isdecimal() and int(digits) < head()[0]:
        yield Hit(_("Entry {seq}").format(seq=int(digits)), "", reverse("console:entry", args=[int(digits)]))


_SHELVES = (
    _Shelf(gettext_lazy("Levels"), "alert.read", _levels),
    _Shelf(gettext_lazy("Reports"), "reports.read", _reports),
    _Shelf(gettext_lazy("Assessments"), "assessment.read", _assessments),
    _Shelf(gettext_lazy("Measures in force"), "measures.read", _measures),
    _Shelf(gettext_lazy("Owners"), "measures.answer.take", _owners),
    _Shelf(gettext_lazy("Places"), "exposure.read", _sites),
    _Shelf(gettext_lazy("Public messages"), "warning.read", _messages),
    _Shelf(gettext_lazy("Releases to partners"), "partners.read", _releases),
    _Shelf(gettext_lazy("Entries of the record"), "console.read", _entries),
)
