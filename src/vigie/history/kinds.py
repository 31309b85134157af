"""Entries of this room."""

from vigie.ledger.kinds import Body, Kind


class FigureRecorded(Body):
    """An official figure exactly as said; dates as vague as said. `corrects` names an earlier one it mends, or is empty."""

    what: list[str]
    value: str
    modifier: str
    said_by: str
    where: str
    as_of: str
    window_from: str
    window_to: str
    area: str
    source: str
    claim: str
    note: str
    corrects: str


FIGURE_RECORDED = Kind("history.figure.recorded", 1, FigureRecorded)
