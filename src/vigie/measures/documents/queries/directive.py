"""The directive: what is on in a zone, for one sector of the plan or for all, who it is asked of, and where that is known from.

It follows from the posture's entry and the catalogue alone: no answer, no hour of the day changes it, so that two prints alike
say the same. A sector is a domain of the catalogue.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from vigie.errors import Conflict, NotFound
from vigie.exposure import areas
from vigie.homes import Home
from vigie.measures import queries
from vigie.measures.catalogue import Burden, Catalogue, Measure
from vigie.measures.documents.paper import Block, Cell, Facts, Lines, Paper, Table, paper
from vigie.measures.documents.queries import feet
from vigie.measures.models import Posture
from vigie.measures.phrases import in_words, pick, say
from vigie.measures.places import site_of


class SeveralHere(Conflict):
    """A zone under several schemes has a posture of each."""


class UnknownSector(NotFound):
    """Nothing of that sector is in the posture, or the catalogue has no such sector."""


def directive(row: Posture, *, language: str, sector: str = "") -> Paper:
    """Write the directive of a posture. sector: id of a domain of the catalogue; "" for all of it. Raises UnknownSector, BadCatalogue.

    language: one of `phrases.languages()`.
    """
    home: Home = settings.VIGIE_HOME
    catalogue = queries.catalogue(row.scheme)
    known = sectors(row, catalogue)
    if sector and sector not in known:
        raise UnknownSector(
            "{given!r} is no sector of this posture. Its sectors are: {known}.",
            given=sector,
            known=", ".join(known) or "-",
        )
    with translation.override(language):
        return _written(row, catalogue, home, pick(language), sector)


def posture_of(given: str) -> Posture:
    """Give the posture of an id, or the one that stands in a zone. Raises NotFound; Conflict when several schemes have one there."""
    if given.startswith("posture-"):
        return queries.posture(given)
    found = [row for row in queries.standing() if row.zone == given]
    if len(found) > 1:
        raise SeveralHere(
            "Several postures stand in {given}: {known}. Name one of them.",
            given=given,
            known=", ".join(row.id for row in found),
        )
    return found[0] if found else queries.posture(given)


def sectors(row: Posture, catalogue: Catalogue | None) -> dict[str, dict[str, str]]:
    """Give the domains of which something is on, goes on or ends in a posture, with their names by language."""
    if catalogue is None:
        return {}
    spoken = {catalogue.by_id[name].domain for name in _spoken(row) if name in catalogue.by_id}
    return {name: domain.name for name, domain in catalogue.domains.items() if name in spoken}


def _spoken(row: Posture) -> list[str]:
    return [*row.active, *row.lifted]


def _written(row: Posture, catalogue: Catalogue | None, home: Home, language: str, sector: str) -> Paper:
    names = [name for name in _spoken(row) if not sector or _measure(catalogue, name, sector) is not None]
    about = _place(row.zone, language)
    if sector and catalogue is not None:
        about = f"{about} – {in_words(catalogue.domains[sector].name, language)}"
    blocks: list[Block] = []
    if home.frame:
        blocks.append(Lines((say(language, "exercise", word=home.frame),), strong=True))
    if row.ended_at:
        # The same words before that hour and after it: the paper's digest hangs on no clock.
        ended = _("A newer posture takes the place of this one from this hour on:")
        blocks.append(Lines((f"{ended} {feet.at(row.ended_at, home, language)}",), strong=True))
    blocks.append(_facts(row, home, language))
    blocks += _tables(row, catalogue, home, language, names)
    return paper(
        title=_("Posture"),
        about=about,
        language=language,
        marking=queries.marking_in(row, catalogue, names).label,
        exercise=home.frame,
        home=home.title,
        version=feet.version(row),
        page=feet.page(),
        made=int(row.set_at.timestamp()),
        blocks=blocks,
    )


def _facts(row: Posture, home: Home, language: str) -> Facts:
    level = f"{row.level_words} ({row.level})" if row.level else say(language, "no_level")
    said = [(_("Level"), level)]
    if row.level:
        elsewhere = f" ({_('decided elsewhere, received here')})" if row.received else ""
        said.append((_("Level decided by"), f"{row.authority}{elsewhere}"))
    said += [
        (_("Level in effect"), feet.at(row.effective, home, language)),
        (_("Measures set"), feet.at(row.set_at, home, language)),
        (_("Owners answer by"), feet.at(row.due, home, language)),
        (_("Catalogue"), f"{row.catalogue} {row.catalogue_version}, SHA-256 {row.catalogue_digest}"),
    ]
    if row.reason:
        said.append((_("Why it differs from the default"), row.reason))
    return Facts(tuple(said))


def _tables(
    row: Posture, catalogue: Catalogue | None, home: Home, language: str, names: list[str]
) -> list[Block]:
    on = set(row.on) | {new for _old, new in row.replaced}
    since = queries.on_since(row)
    found: list[Block] = []
    for kind, which in (
        ("new", [name for name in row.active if name in on]),
        ("unchanged", [name for name in row.active if name not in on]),
        ("ended", list(row.lifted)),
    ):
        rows = [
            _row(row, catalogue, home, language, name, since.get(name)) for name in which if name in names
        ]
        if rows:
            found.append(
                Table(
                    name=kind,
                    heading=f"{say(language, kind)} ({len(rows)})",
                    columns=(_("Measure"), _("What it asks"), _("Asked of"), _("On since")),
                    widths=(15, 46, 20, 19),
                    rows=tuple(rows),
                )
            )
    return found


def _row(
    row: Posture, catalogue: Catalogue | None, home: Home, language: str, name: str, since: datetime | None
) -> tuple[Cell, ...]:
    measure = _measure(catalogue, name)
    words = row.words.get(name) or (measure.words if measure else {})
    asks: list[str] = [in_words(words, language)]
    called: list[str] = [name]
    who: list[str] = ["–"]
    held: list[str] = [feet.at(since, home, language) if since else "–"]
    if measure is None or catalogue is None:
        asks.append(_("not in the present catalogue"))
        return tuple(called), tuple(asks), tuple(who), tuple(held)
    partly = f" – {_('read only in part')}" if measure.confidence == "partly" else ""
    legal = in_words(measure.legal_basis, language) if measure.legal_basis else _("not sourced")
    asks += [
        f"{measure.source}{partly}",
        _("Legal basis: {legal}. Burden: {burden}.").format(
            legal=legal.rstrip("."), burden=_burden(measure.burden, language).rstrip(".")
        ),
    ]
    if measure.permanent:
        called.append(_("permanent"))
    elif since:
        review = since + timedelta(days=measure.review_after_days)
        held.append(_("review by {at}").format(at=feet.at(review, home, language)))
    own = queries.marking_in(row, catalogue, [name])
    if own != queries.marking_in(row, catalogue, [*row.active, *row.lifted]):
        called.append(own.label)
    if measure.owners:
        who[0] = "; ".join(in_words(catalogue.owners[one].name, language) for one in measure.owners)
    if measure.supported_by:
        helping = "; ".join(in_words(catalogue.owners[one].name, language) for one in measure.supported_by)
        who.append(_("with the help of: {who}").format(who=helping))
    return tuple(called), tuple(asks), tuple(who), tuple(held)


def _measure(catalogue: Catalogue | None, name: str, sector: str = "") -> Measure | None:
    found = catalogue.by_id.get(name) if catalogue else None
    return found if found is not None and sector in {"", found.domain} else None


def _burden(known: Burden, language: str) -> str:
    parts = []
    if known.hours_per_week is not None:
        parts.append(_("%(hours)s hours a week") % {"hours": known.hours_per_week})
    if known.euros_per_month is not None:
        parts.append(_("%(euros)s euros a month") % {"euros": known.euros_per_month})
    if known.teams is not None:
        parts.append(_("%(teams)s patrol teams at once") % {"teams": known.teams})
    if known.inconvenienced:
        parts.append(in_words(known.inconvenienced, language))
    return "; ".join(parts) or _("not known")


def _place(code: str, language: str) -> str:
    if site := site_of(code):
        hung = _("site's response")
        return f"{queries.site_names([site]).get(site, site)} ({hung})"
    try:
        return f"{areas.name(code, language)} ({code})"
    except areas.UnknownArea:
        return code
