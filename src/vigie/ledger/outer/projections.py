"""From entries to the rows of outer logs."""

from vigie.ledger.kinds import OUTER_SIGNED, OuterSigned
from vigie.ledger.models import OuterCheckpoint, OuterLeaf
from vigie.ledger.outer.leaves import read_leaf
from vigie.ledger.projections import Written, projects, writing


@projects(OUTER_SIGNED)
def outer_signed(entry: Written, body: OuterSigned) -> None:
    """A log grew, and was signed."""
    first = body.size - len(body.leaves)
    writing.add_each(
        OuterLeaf,
        (
            {
                "id": f"{body.log}/{place}",
                "log": body.log,
                "place": place,
                "what": leaf["what"],
                "sha256": leaf["sha256"],
                "data": data,
            }
            for place, data, leaf in (
                (place, data, read_leaf(data)) for place, data in enumerate(body.leaves, first)
            )
        ),
    )
    writing.add(
        OuterCheckpoint,
        id=f"{body.log}/{body.size}",
        log=body.log,
        size=body.size,
        root=body.root,
        note=body.note,
        signed_at=entry.instant,
    )
