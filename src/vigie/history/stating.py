"""May a figure be recorded so? Its words, its window, who said it and where it can be read."""

import re

from vigie.errors import BadInput
from vigie.history.figures import WHAT
from vigie.history.kinds import FigureRecorded
from vigie.schemes import dates

MODIFIERS = ("exact", "nearly", "about", "at least", "at most", "more than")
_AREA = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?")


class BadFigure(BadInput):
    """A figure that does not say what, how many, by whom or when."""


def check(body: FigureRecorded) -> None:
    """Raise BadFigure or BadDate at the first thing that does not fit."""
    if not body.what or not set(body.what) <= set(WHAT) or len(set(body.what)) != len(body.what):
        raise BadFigure(
            "A figure of {given!r} is not known here. It counts one or more of: {known}.",
            given=", ".join(body.what),
            known=", ".join(WHAT),
        )
    if body.modifier not in MODIFIERS:
        raise BadFigure(
            "{given!r} is no word that goes with a figure here. Choose one of: {known}.",
            given=body.modifier,
            known=", ".join(MODIFIERS),
        )
    if not body.value or len(body.value) > 60:
        raise BadFigure(
            "A figure needs its number, in digits or words as it was said, in at most 60 letters."
        )
    if not body.said_by:
        raise BadFigure("A figure needs the office that said it; write «office not named» if none was.")
    if not (body.source or body.claim):
        raise BadFigure("A figure needs the page or the claim it was read from.")
    if not _AREA.fullmatch(body.area):
        raise BadFigure(
            "{given!r} is not an area. Write its ISO 3166 code, such as FR, or EU.", given=body.area
        )
    for given in (body.as_of, body.window_from, body.window_to):
        dates.read(given)
    if dates.read(body.window_to).last < dates.read(body.window_from).first:
        raise BadFigure(
            "The window from {since} to {until} ends before it begins.",
            since=body.window_from,
            until=body.window_to,
        )
