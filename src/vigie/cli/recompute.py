"""`vigie recompute`: a published count is computed again from its question, the shipped data and the record as it was then."""

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from vigie.cli.home import JsonOption, open_home, out
from vigie.errors import BadInput


class OtherRecord(BadInput):
    """The count was made from another record than this home's."""


def recompute(
    file: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, help="What vigie history --count --json printed.")
    ],
    home: Annotated[
        Path | None, typer.Option("--home", help="The home it was counted in, where one was asked.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Compute a published count again, and say whether it is the same; ends with 1 when it is not."""
    from vigie.history.changes import changes
    from vigie.history.computed import data_digest, read

    told = read(file.read_bytes())
    if told.record is None:
        again = told.question.count(changes(told.question.scheme))
    else:
        open_home(home)
        from vigie.history import queries
        from vigie.ledger.projections.then import tables_as_of
        from vigie.ledger.queries.heads import head, root_at

        size, root = told.record.size, told.record.root
        if not 0 <= size <= head()[0] or root_at(size).hex() != root:
            raise OtherRecord(
                "The count was made from a record of {size} entries with root {root}, and this home's is not that one. "
                "Give the home it was made in with --home.",
                size=size,
                root=root[:16],
            )
        with tables_as_of(size):
            then = partial(queries.changes, now=told.question.known)
            again = told.question.count(then(told.question.scheme), then)
    same, same_data = again == told.number, told.data == data_digest()
    value = {"number": told.number, "again": again, "same": same, "same_data": same_data}
    lines = [f"It was {told.number}, and computed again it is {again}."]
    if not same_data:
        lines.append("The shipped history has changed since: another version of vigie counted.")
    out(value, as_json=as_json, text="\n".join(lines))
    if not same:
        raise typer.Exit(1)
