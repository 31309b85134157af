"""What a spreadsheet would run as a formula, and how a cell that begins like one is written so that it is text.

A spreadsheet may run what begins with = + - @, a tab or a line end (OWASP, «CSV Injection»). An apostrophe before it
makes it text; a cell that has apostrophes before such a sign gets one more, so that taking one off is always right.
"""

import re

BEGINNINGS = "=+-@\t\r"
"""Signs a formula may begin with."""

_NEGATIVE = re.compile(r"-\d+([.,]\d+)?")
_DEFUSED = re.compile(rf"'*[{re.escape(BEGINNINGS)}]")


def defused(cell: str) -> str:
    """Write a cell so that no spreadsheet runs it. A negative number stays as it is: it runs nothing, and it is reckoned with."""
    return f"'{cell}" if _DEFUSED.match(cell) and not _NEGATIVE.fullmatch(cell) else cell


def taken_off(cell: str) -> str:
    """Give back what `defused` was given."""
    return cell[1:] if cell.startswith("'") and _DEFUSED.match(cell) else cell
