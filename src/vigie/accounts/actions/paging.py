"""What became of a page. The sending itself is no act on the record: it happened, and this writes it down."""

from vigie.accounts import kinds
from vigie.accounts.paging import Second
from vigie.ledger.actions import append, recorded
from vigie.ledger.kinds import By


@recorded
def note_page(
    second: Second, about: str, version: str, *, delivered: bool, channel: str, why: str = ""
) -> None:
    """Note that a person was told of what waits for them, or could not be. No right is asked: the clock sends."""
    body = kinds.PageSent(
        about=about,
        version=version,
        person=second.person,
        office=second.office,
        deputy=second.deputy,
        delivered=delivered,
        channel=channel,
        why=why,
    )
    append(By(person="", office="", via="clock"), kinds.PAGE_SENT, body, subjects=[about, second.person])
