"""What is kept on though the level falls: part of the acts that set a level, written beside them."""

from collections.abc import Sequence

from vigie.accounts.actors import Actor
from vigie.alert import kinds
from vigie.alert.actions.asking import check_reason
from vigie.alert.keeping import covering
from vigie.alert.signing import check_seen
from vigie.errors import Conflict
from vigie.ledger.actions import append


class NothingToKeep(Conflict):
    """Measures were to be kept where no level falls."""


def check_falls(level: str, keep: Sequence[str], *, falls: bool) -> None:
    """Raise NothingToKeep when measures are to be kept and the act lowers nothing."""
    if keep and not falls:
        raise NothingToKeep(
            "Measures are kept where a level falls; this act on {level} lowers nothing. Do it without keeping any.",
            level=level,
        )


def check_kept(seen: str, stands: str, keep: Sequence[str], reason: str) -> None:
    """Raise DraftEdited unless `seen` covers the level (`stands`) and what is kept with it, NoReason when nothing says why."""
    if keep:
        check_reason(reason)
    check_seen(seen, covering(stands, keep, reason))


def note_kept(actor: Actor, level: str, seen: str, keep: Sequence[str], reason: str) -> None:
    """Append what is kept with a level; nothing where nothing is. Part of verbs, it asks no right."""
    if keep:
        body = kinds.Kept(level=level, measures=sorted(set(keep)), reason=reason.strip(), digest=seen)
        append(actor.by(), kinds.KEPT, body, subjects=[level])
