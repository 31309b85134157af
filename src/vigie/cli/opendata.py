"""`vigie open-data`: the shipped histories as tables anyone can take. It needs no home."""

from pathlib import Path
from typing import Annotated

import typer


def open_data(
    folder: Annotated[Path, typer.Argument(help="A folder that is not there yet.")],
    low: Annotated[bool, typer.Option("--low", help="With the rows of low confidence, marked.")] = False,
) -> None:
    """Write levels, incidents, official figures and postures as CSV, with a Data Package that says what each column means."""
    from vigie.history.package import PACKAGE, package
    from vigie.ledger.exports.writing import write_folder

    count = write_folder(package(low=low), folder)
    typer.echo(f"{count} files in {folder}; {PACKAGE} says what they hold, from where, under which licence.")
