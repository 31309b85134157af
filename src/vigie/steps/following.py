"""What a level would set in motion, said before anybody signs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from vigie.exposure import queries as exposure
from vigie.measures import queries as tasks
from vigie.measures.catalogue import Catalogue


@dataclass(frozen=True)
class Follows:
    """What a level would set in motion, in words.

    none: why nothing would, if so; named: heading and measures; gaps: what would be missed, and whom.
    """

    none: str = ""
    counts: tuple[tuple[str, int], ...] = ()
    owners: int = 0
    due: datetime | None = None
    gaps: tuple[str, ...] = ()
    named: tuple[tuple[str, tuple[str, ...]], ...] = ()


def what_follows(scheme: str, code: str, zone: str, effective: datetime) -> Follows:
    """Say what a level would set in motion, before anybody signs: measures, owners, what would be missed."""
    found = tasks.what_follows(scheme, code, zone, effective=effective)
    if found is None:
        return Follows(none=_("No measures are known for this scheme: nobody is tasked by it."))
    switch = found.switch
    replaced = tuple(new for _old, new in switch.replaced)
    headings = (_("switched on"), switch.on), (_("replaced by a higher or lower rung"), replaced), (_("lifted"), switch.lifted), (_("kept"), switch.kept)  # fmt: skip
    return Follows(
        counts=tuple((heading, len(names)) for heading, names in headings),
        owners=found.owners,
        due=found.due,
        gaps=_gaps(),
        named=tuple((heading, _words(found.catalogue, names)) for heading, names in headings),
    )


def _gaps() -> tuple[str, ...]:
    found = exposure.gaps()
    unreachable = [owner.name for owner in exposure.owners() if exposure.contact(owner.id) is None]
    lines = (
        (len(found.ownerless), _("Sites nobody answers for, where nobody is told to act: {count}")),
        (len(found.unknown_owners), _("Sites whose owner is not in the list: {count}")),
        (len(unreachable), _("Owners without a contact, who cannot be reached: {count}")),
    )
    return tuple(line.format(count=count) for count, line in lines if count)


def _words(catalogue: Catalogue, names: Sequence[str]) -> tuple[str, ...]:
    spoken = translation.get_language() or "en"
    found = (catalogue.measure(name) for name in names)
    return tuple(f"{m.id} – {m.words.get(spoken) or next(iter(m.words.values()))}" for m in found)
