"""What a level would set in motion, said before anybody signs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from vigie import times
from vigie.alert.models import Reception
from vigie.alert.scope import Standing
from vigie.exposure import queries as exposure
from vigie.measures import queries as tasks
from vigie.measures.actions.switching import NoCatalogue
from vigie.measures.catalogue import Catalogue
from vigie.measures.posture import Switch
from vigie.schemes.reader import load
from vigie.steps.loads import NO_BURDEN, NO_PATROLS, Burden, Patrols, burden_of, patrols_for
from vigie.warning.public import Author, as_text
from vigie.warning.views import site

MOST_NAMED = 200
"""Owners named one by one; beyond, how many more there are is said."""


@dataclass(frozen=True)
class Asked:
    """An owner who would be written to, with the tasks it would be given and those it would be asked to stop."""

    owner: str
    name: str
    tasks: int
    stops: int


@dataclass(frozen=True)
class PublicText:
    """What the public page would say, whole and in one language."""

    language: str
    text: str


@dataclass(frozen=True)
class Follows:
    """What a level would set in motion, in words.

    none: why no measure would follow, if so; counts, named: headings with how many and which measures; switch: the same by
    the record's own ids; owners: written to, of whom `asked` names the first MOST_NAMED; due: when they must have answered;
    keepable: measures on now that would not stay, id and words; kept: those of them that are kept; gaps: what would be
    missed, and whom; texts: the public page in each language of the home.
    """

    none: str = ""
    counts: tuple[tuple[str, int], ...] = ()
    owners: int = 0
    due: datetime | None = None
    gaps: tuple[str, ...] = ()
    named: tuple[tuple[str, tuple[str, ...]], ...] = ()
    switch: tuple[tuple[str, tuple[str, ...]], ...] = ()
    asked: tuple[Asked, ...] = ()
    tasks: int = 0
    stops: int = 0
    keepable: tuple[tuple[str, str], ...] = ()
    kept: tuple[str, ...] = ()
    texts: tuple[PublicText, ...] = ()
    patrols: Patrols = NO_PATROLS
    burden: Burden = NO_BURDEN

    @property
    def unnamed(self) -> int:
        """Owners who would be written to and are not named."""
        return self.owners - len(self.asked)


def what_follows(
    scheme: str,
    code: str,
    zone: str,
    effective: datetime,
    *,
    until: datetime | None = None,
    keep: Sequence[str] = (),
    office: str = "",
    received: Reception | None = None,
) -> Follows:
    """Say what a level would set in motion, before anybody signs; nothing is written.

    keep: measures that would stay on though the level falls. office: title of the office that would sign, which the public
    page names; received: the level is a reception, in its authority's words. Raises UnknownLevel, UnknownZone, and NotActive,
    UnknownMeasure or NoCatalogue for what cannot be kept.
    """
    plan = load(scheme)
    plan.level(code)
    plan.check_zone(zone)
    texts = _texts(scheme, code, zone, effective, until, office, received)
    found = tasks.what_follows(scheme, code, zone, effective=effective, keep=keep)
    if found is None:
        if keep:
            raise NoCatalogue(
                "There is no catalogue of measures for {scheme}: none is on that could be kept.",
                scheme=scheme,
            )
        none = _("No measures are known for this scheme: nobody is tasked by it.")
        return Follows(none=none, texts=texts, patrols=patrols_for(None, (), effective))
    bare = tasks.what_follows(scheme, code, zone, effective=effective) if keep else found
    goes = _falling(found.catalogue, bare.switch) if bare else ()
    switch = found.switch
    came = tuple(new for _old, new in switch.replaced)
    named = (
        ("on", _("switched on"), switch.on, ()),
        (
            "replaced",
            _("replaced by a higher or lower rung"),
            came,
            tuple(old for old, _new in switch.replaced),
        ),
        ("lifted", _("lifted"), switch.lifted, ()),
        ("kept", _("kept"), switch.kept, ()),
    )
    names = tasks.owner_names([owner for owner, _given, _stop in found.asked[:MOST_NAMED]])
    return Follows(
        counts=tuple((heading, len(which)) for _key, heading, which, _old in named),
        owners=found.owners,
        due=found.due,
        gaps=_gaps(),
        named=tuple((heading, _words(found.catalogue, which, old)) for _key, heading, which, old in named),
        switch=tuple((key, which) for key, _heading, which, _old in named),
        asked=tuple(Asked(o, names.get(o, o), given, stop) for o, given, stop in found.asked[:MOST_NAMED]),
        tasks=found.tasks,
        stops=found.stops,
        keepable=tuple(zip(goes, _words(found.catalogue, goes), strict=True)),
        kept=tuple(keep),
        texts=texts,
        patrols=patrols_for(found.catalogue, found.posture.active, effective),
        burden=burden_of(found.catalogue, found.posture.active),
    )


def _texts(
    scheme: str,
    code: str,
    zone: str,
    effective: datetime,
    until: datetime | None,
    office: str,
    received: Reception | None,
) -> tuple[PublicText, ...]:
    given = Standing(
        received.id if received else "", scheme, code, zone, effective, until, received=received is not None
    )
    author = site.author_of(received) if received else Author("decided", office or "…", times.now())
    return tuple(PublicText(page.language, as_text(page)) for page in site.foreseen(given, author))


def _gaps() -> tuple[str, ...]:
    found = exposure.gaps()
    unreachable = [owner.name for owner in exposure.owners() if exposure.contact(owner.id) is None]
    lines = (
        (len(found.ownerless), _("Sites nobody answers for, where nobody is told to act: {count}")),
        (len(found.unknown_owners), _("Sites whose owner is not in the list: {count}")),
        (len(unreachable), _("Owners without a contact, who cannot be reached: {count}")),
    )
    return tuple(line.format(count=count) for count, line in lines if count)


def _falling(catalogue: Catalogue, switch: Switch) -> tuple[str, ...]:
    """List the measures that would go, or give way to a lower rung: those that may be kept."""
    eased = (old for old, new in switch.replaced if catalogue.measure(old).rung > catalogue.measure(new).rung)
    return (*eased, *switch.lifted)


def _words(catalogue: Catalogue, names: Sequence[str], instead_of: Sequence[str] = ()) -> tuple[str, ...]:
    spoken = translation.get_language() or "en"
    found = (catalogue.measure(name) for name in names)
    words = [f"{m.id} – {m.words.get(spoken) or next(iter(m.words.values()))}" for m in found]
    for place, old in enumerate(instead_of):
        words[place] += " " + _("(in place of {measure})").format(measure=old)
    return tuple(words)
