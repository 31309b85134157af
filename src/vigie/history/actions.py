"""What people do with history: record a figure as it was said, or mend how one was written down."""

from vigie.accounts.actions import verb
from vigie.accounts.actors import Actor
from vigie.errors import Conflict, NotFound
from vigie.history import kinds, stating
from vigie.history.models import RecordedFigure
from vigie.ledger.actions import append


class FigureKnown(Conflict):
    """The same figure, said by the same office, is on the record already."""


@verb("history.figure.record")
def record_figure(
    actor: Actor,
    *,
    what: list[str],
    value: str,
    said_by: str,
    as_of: str,
    window_from: str,
    window_to: str,
    area: str,
    modifier: str = "exact",
    where: str = "",
    source: str = "",
    claim: str = "",
    note: str = "",
    corrects: str = "",
) -> str:
    """Record an official figure in the words it was said in. Gives its id.

    what: of `figures.WHAT`, several when the figure is of all together. value: digits or words as said («fifty»);
    modifier: what went with it («nearly»). as_of, window_from, window_to: YYYY-MM-DD, or YYYY-MM or YYYY where no
    finer was said. source: address; claim: id of the claim on this record it was read from. corrects: id of an
    earlier record that this one mends, which stays readable and marked.
    Raises BadFigure, BadDate, FigureKnown, NotFound when there is nothing to mend.
    """
    body = kinds.FigureRecorded(
        what=what, value=value.strip(), modifier=modifier, said_by=said_by.strip(), where=where.strip(), as_of=as_of,
        window_from=window_from, window_to=window_to, area=area.strip(), source=source.strip(), claim=claim.strip(),
        note=note.strip(), corrects=corrects,
    )  # fmt: skip
    stating.check(body)
    if corrects and not RecordedFigure.objects.filter(id=corrects, corrected_by="").exists():
        raise NotFound(
            "There is no figure {given} on this record that is still to be mended.", given=corrects
        )
    same = (
        RecordedFigure.objects.filter(
            value=body.value, modifier=modifier, said_by=body.said_by, as_of=as_of, area=body.area, corrected_by="",
            window_from=window_from, window_to=window_to, what=what,
        )
        .exclude(id=corrects)
        .first()
    )  # fmt: skip
    if same:
        raise FigureKnown(
            "This figure is on the record already as {id}. Two reports of it count once.", id=same.id
        )
    subjects = [each for each in (claim, corrects) if each]
    return f"figure-{append(actor.by(), kinds.FIGURE_RECORDED, body, subjects=subjects, marking='TLP:CLEAR').seq}"
