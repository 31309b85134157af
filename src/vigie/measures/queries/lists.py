"""The lists of tasks: matrix of owners and measures, filters, who must be called."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q, QuerySet

from vigie import times
from vigie.measures.call_sheet import CHIPS, Call, Chip, Row, calls as sorted_calls
from vigie.measures.models import Task
from vigie.measures.moves import CLOSED
from vigie.measures.queries.owners import owner_names
from vigie.measures.queries.roll import Roll
from vigie.measures.queries.tasks import state

OWNERS_A_PAGE = 40


@dataclass(frozen=True)
class Totals:
    """How many tasks there are under each filter; `open` counts those not closed, `stopped` those stood down."""

    open: int
    chips: dict[Chip, int]
    acknowledged: int
    stopped: int


@dataclass(frozen=True)
class Cell:
    """A task in the matrix."""

    task: str
    measure: str
    state: str
    late: bool


@dataclass(frozen=True)
class MatrixRow:
    """One owner's line: a cell for each measure of the page, None where the owner is not asked."""

    owner: str
    name: str
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True)
class Matrix:
    """One page of the matrix. measures: its columns, by code, each with a place it was asked at."""

    measures: tuple[tuple[str, str], ...]
    rows: tuple[MatrixRow, ...]
    page: "Page[tuple[str, str]]"


def wearing(chip: Chip, now: datetime) -> Q:
    """Give the condition of a filter; the same as `call_sheet.wears`, said to the database."""
    unreached = Q(state__in=["open", "not_reached"]) | Q(state="stop_asked", told=False)
    silent = Q(state__in=["sent", "reached"]) | Q(state="stop_asked", told=True)
    late = ~Q(state__in=CLOSED) & (Q(answered_at__isnull=True, due__lt=now) | Q(answered_at__gt=F("due")))
    return {
        "not-reached": unreached,
        "not-answered": silent,
        "late": late,
        "cannot": Q(state="cannot"),
        "done": Q(state="done"),
        "unproven": Q(state="done", proven=False),
    }[chip]


def by_state(posture: str) -> list[tuple[str, int]]:
    """Count the tasks of a posture in each state they are in, by the state's name."""
    counted = Task.objects.filter(posture_id=posture).values_list("state").annotate(n=Count("id"))
    return [(state, n) for state, n in counted.order_by("state")]


def totals(posture: str = "") -> Totals:
    """Count the tasks under each filter, of one posture or of all."""
    now = times.now()
    found = Task.objects.filter(posture_id=posture) if posture else Task.objects.all()
    counts = found.aggregate(
        open=Count("id", filter=~Q(state__in=CLOSED)),
        acknowledged=Count("id", filter=Q(state__in=["acknowledged", "doing", "done"])),
        stopped=Count("id", filter=Q(state="stopped")),
        **{chip.replace("-", "_"): Count("id", filter=wearing(chip, now)) for chip in CHIPS},
    )
    chips = {chip: counts[chip.replace("-", "_")] for chip in CHIPS}
    return Totals(counts["open"], chips, counts["acknowledged"], counts["stopped"])


def rows(*, chip: Chip | None = None, measure: str = "", owner: str = "") -> list[Row]:
    """List tasks, not closed unless the owner's own list is asked for, by due time."""
    found = _tasks(chip, measure)
    if owner:
        found = Task.objects.filter(owner=owner).order_by("state", "measure", "id")
    tasks = list(found)
    names = owner_names({task.owner for task in tasks})
    return [
        Row(
            task=task.id,
            measure=task.measure,
            owner=task.owner,
            owner_name=names.get(task.owner, task.owner),
            state=state(task),
            due=task.due,
            answered=task.answered_at,
            told=task.told,
            proven=task.proven,
            zone=task.zone,
        )
        for task in tasks
    ]


def calls(chip: Chip, *, measure: str = "") -> tuple[Call, ...]:
    """List the owners to call for a filter, each once with all their tasks."""
    return sorted_calls(rows(chip=chip, measure=measure), chip, times.now())


def matrix(*, chip: Chip | None = None, measure: str = "", page: int = 1) -> Matrix:
    """Give one page of owners × measures; of several tasks for one measure the newest is shown.

    page: from 1; numbers out of range give the nearest page.
    """
    pages: Paginator[tuple[str, str]] = Paginator(Roll(_tasks(chip, measure)), OWNERS_A_PAGE)
    shown = pages.get_page(page)
    names = dict(shown)
    tasks = _tasks(chip, measure, closed=True).filter(owner__in=names).order_by("given_at", "id")
    return Matrix(*_lines(tasks, list(names), names), page=shown)


def _lines(
    tasks: Iterable[Task], owners: list[str], names: dict[str, str]
) -> tuple[tuple[tuple[str, str], ...], tuple[MatrixRow, ...]]:
    now = times.now()
    places: dict[str, str] = {}
    cells: dict[tuple[str, str], Cell] = {}
    for task in tasks:
        late = task.state not in CLOSED and (task.answered_at or now) > task.due
        places[task.measure] = task.zone
        cells[task.owner, task.measure] = Cell(task.id, task.measure, task.state, late)
    measures = tuple(sorted({measure for _, measure in cells}))
    rows = tuple(
        MatrixRow(owner, names.get(owner, owner), tuple(cells.get((owner, measure)) for measure in measures))
        for owner in owners
    )
    return tuple((measure, places[measure]) for measure in measures), rows


def _tasks(chip: Chip | None, measure: str, *, closed: bool = False) -> QuerySet[Task]:
    found = Task.objects.order_by("due", "owner", "id")
    found = (
        found.filter(wearing(chip, times.now())) if chip else found.exclude(state__in=_hidden(closed=closed))
    )
    return found.filter(measure=measure) if measure else found


def _hidden(*, closed: bool) -> list[str]:
    """Give the states a list leaves out; the matrix keeps showing what was stopped."""
    return sorted(CLOSED - {"stopped"}) if closed else sorted(CLOSED)
