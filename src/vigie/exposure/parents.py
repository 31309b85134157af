"""Who stands above whom: a parent owner must be on the list, and no owner stands above itself, however many steps away."""

from collections.abc import Mapping

from vigie.errors import BadInput
from vigie.exposure.owners_csv import OwnerRow


class BadParent(BadInput):
    """An owner names as its parent one that is not on the list, or one that stands below it."""


def check(told: Mapping[str, OwnerRow], standing: Mapping[str, OwnerRow]) -> None:
    """Look at the parents that a table would leave. Raises BadParent, naming the first owner it is wrong for.

    told: the table's rows by id; standing: those on the list, of which the table replaces the ones it names.
    """
    above = {owner.id: owner.parent for owner in (*standing.values(), *told.values())}
    for owner, row in told.items():
        if row.parent and row.parent not in above:
            raise BadParent(
                "{owner} names {parent} as its parent, who is not on the list. Add a row for it, or leave the cell empty.",
                owner=owner,
                parent=row.parent,
            )
        if owner in chain(owner, above):
            raise BadParent(
                "{owner} stands above itself: its parents lead back to it. Leave the cell of the topmost empty.",
                owner=owner,
            )


def chain(owner: str, above: Mapping[str, str]) -> tuple[str, ...]:
    """Give those above an owner, nearest first; it ends where no parent is named, or where one comes a second time."""
    found: list[str] = []
    parent = above.get(owner, "")
    while parent and parent not in found:
        found.append(parent)
        parent = above.get(parent, "")
    return tuple(found)
