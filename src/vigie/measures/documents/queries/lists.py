"""The call-down sheet and the matrix on paper, as they stand at this moment."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from vigie import times
from vigie.homes import Home
from vigie.ledger.queries import head
from vigie.markings import Tlp
from vigie.measures import queries
from vigie.measures.call_sheet import Call, Chip
from vigie.measures.documents.paper import Block, Cell, Facts, Lines, Paper, Table, paper
from vigie.measures.documents.queries import feet
from vigie.measures.phrases import in_words, say
from vigie.measures.places import site_of

_OF_A_SITE = "°"
_UNBROKEN = "\u00a0"
_COLUMNS = 24
"""Measures side by side on one page; further ones stand in a table of their own."""
_MARKS: dict[str, str] = {
    "open": "…", "sent": "?", "not_reached": "!", "reached": "?", "acknowledged": "1", "doing": "2", "done": "3", "cannot": "4",
    "stop_asked": "×", "stopped": "5", "ended": "–", "replaced": "–",
}  # fmt: skip
"""How a state is written in a narrow cell; the digits are those of an answer by text message."""


def call_sheet(chip: Chip, words: str, *, language: str, measure: str = "") -> Paper:
    """Write the call-down sheet of a filter. words: the filter's name in `language`."""
    home: Home = settings.VIGIE_HOME
    calls = queries.calls(chip, measure=measure)
    known = queries.owners({call.owner for call in calls})
    asked = queries.words_of([row.task for call in calls for row in call.rows])
    with translation.override(language):
        blocks: list[Block] = [Lines((_("Offices only; note no person's name."),))]
        if calls:
            rows = tuple(_call(call, known.get(call.owner), home, language) for call in calls)
            columns = (
                _("Owner"),
                _("Telephone"),
                _("Tasks"),
                _("Answer by"),
                _("Called at, and what was said"),
            )
            heading = f"{_('Owners to call')} ({len(rows)})"
            blocks.append(Table("calls", heading, columns, (27, 18, 18, 15, 22), rows))
            said = tuple((name, in_words(text, language)) for name, text in asked.items())
            blocks += [Lines((_("What the measures ask"),), strong=True), Facts(said)]
        else:
            blocks.append(Lines((_("Nobody needs a call."),)))
        about = f"{words} – {measure}" if measure else words
        return _paper(_("Call-down sheet"), about, home, language, Tlp.AMBER_STRICT, blocks, wide=False)


def matrix(chip: Chip | None, words: str, *, language: str, measure: str = "") -> Paper:
    """Write owners × measures under a filter, all of them. words: the filter's name in `language`, empty without one."""
    home: Home = settings.VIGIE_HOME
    first = queries.matrix(chip=chip, measure=measure)
    pages = [first] + [
        queries.matrix(chip=chip, measure=measure, page=n)
        for n in range(2, first.page.paginator.num_pages + 1)
    ]
    places = dict(asked for page in pages for asked in page.measures)
    names = sorted(places)
    lines = [
        (row.name, {cell.measure: cell for cell in row.cells if cell}) for page in pages for row in page.rows
    ]
    with translation.override(language):
        late = _("late")
        blocks: list[Block] = []
        for start in range(0, len(names), _COLUMNS):
            part = names[start : start + _COLUMNS]
            rows = tuple(
                ((owner,), *((_mark(cells[name]) if name in cells else "",) for name in part))
                for owner, cells in lines
                if any(name in cells for name in part)
            )
            heading = f"{part[0]} – {part[-1]}"
            blocks.append(
                Table(
                    "matrix",
                    heading,
                    (_("Owner"), *(_head(name, places[name]) for name in part)),
                    (1,),
                    rows,
                    upright=True,
                )
            )
        legend = [*_legend(language), ("*", late)]
        if any(map(site_of, places.values())):
            legend.append((_OF_A_SITE, _("site's response")))
        blocks.append(Facts(tuple(legend)))
        if not names:
            blocks = [Lines((_("No task is here."),))]
        about = " – ".join(filter(None, (words, measure)))
        return _paper(_("Owners and measures"), about, home, language, Tlp.GREEN, blocks, wide=True)


def _call(call: Call, owner: queries.OwnerHere | None, home: Home, language: str) -> tuple[Cell, ...]:
    phones = [owner.phone or _("no number on record")] if owner else [_("no number on record")]
    if owner and owner.deputy_phone:
        phones.append(f"{_('deputy')} {owner.deputy_phone}")
    if owner and owner.superior_phone:
        phones.append(f"{_('superior')} {owner.superior_phone}")
    due = [feet.at(call.due, home, language)] + ([_("late")] if call.late else [])
    return (
        (call.owner_name,),
        tuple(phones),
        (", ".join(row.measure.replace(" ", _UNBROKEN) for row in call.rows),),
        tuple(due),
        ("",),
    )


def _head(measure: str, place: str) -> str:
    return f"{measure} {_OF_A_SITE}" if site_of(place) else measure


def _mark(cell: queries.Cell) -> str:
    return f"{_MARKS[cell.state]}{'*' if cell.late else ''}"


def _legend(language: str) -> list[tuple[str, str]]:
    said: dict[str, list[str]] = {}
    for state, mark in _MARKS.items():
        said.setdefault(mark, []).append(say(language, f"state_{state}"))
    return [(mark, "; ".join(dict.fromkeys(words))) for mark, words in said.items()]


def _paper(
    title: str, about: str, home: Home, language: str, marking: Tlp, blocks: list[Block], *, wide: bool
) -> Paper:
    size, _root = head()
    now = times.now()
    frame = [Lines((say(language, "exercise", word=home.frame),), strong=True)] if home.frame else []
    return paper(
        title=title,
        about=about,
        language=language,
        marking=marking.label,
        exercise=home.frame,
        home=home.title,
        version=_("As known at {at}, entry {entry} of the record").format(
            at=feet.at(now, home, language), entry=size
        ),
        page=feet.page(),
        made=int(now.timestamp()),
        blocks=[*frame, *blocks],
        wide=wide,
    )
