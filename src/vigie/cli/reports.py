"""`vigie read`, `vigie copies`, `vigie reports add`: the first two need no home and keep nothing."""

import json
import sys
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from vigie import times
from vigie.cli.home import AsOption, HomeOption, JsonOption, acting, open_home, out
from vigie.errors import BadInput, VigieError
from vigie.reports.intake import MOST_BYTES

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Reports kept on the record.")

FilesArgument = Annotated[list[Path], typer.Argument(metavar="FILE...", help="Reports: text, .html or .eml.")]
PublishedOption = Annotated[
    str, typer.Option("--published", help="Day of publication, YYYY-MM-DD, that relative dates count from.")
]


class NoSuchReport(BadInput):
    """A file named on the command line cannot be read."""


@app.callback()
def group() -> None:
    """Reports kept on the record."""


def read(files: FilesArgument, published: PublishedOption = "", as_json: JsonOption = False) -> None:
    """Read reports and print their claims with exact words and offsets, one JSON object a line with --json.

    A file that cannot be read is named on stderr and the others go on; the exit code is then the error's.
    """
    from vigie.reports.reader import read as read_report

    day = _day(published)
    code = 0
    for file in files:
        try:
            reading = read_report(_bytes(file), name=file.name, published=day)
        except VigieError as fault:
            print(f"vigie: {fault}", file=sys.stderr)
            code = max(code, fault.exit_code)
            continue
        typer.echo(
            json.dumps(reading.to_json(), ensure_ascii=False) if as_json else "\n".join(_told(reading))
        )
    if code:
        raise typer.Exit(code)


def copies(files: FilesArgument, published: PublishedOption = "", as_json: JsonOption = False) -> None:
    """Say which reports are copies of one another, which tell the same event, and why."""
    from vigie.reports.copies import groups
    from vigie.reports.reader import read as read_report

    day = _day(published)
    found = groups([read_report(_bytes(file), name=file.name, published=day) for file in files])
    value = {
        "copies": [list(names) for names in found.copies],
        "same_event": [list(names) for names in found.same_event],
        "why": list(found.why),
        "documents": found.documents,
        "newsrooms": found.newsrooms,
        "origins": list(found.origins),
    }
    lines = [f"copies: {', '.join(names)}" for names in found.copies] or ["No report is a copy of another."]
    lines += [f"  {reason}" for reason in found.why]
    lines += [f"same event: {', '.join(names)}" for names in found.same_event]
    lines.append(
        f"{found.documents} documents, {found.newsrooms} newsrooms after collapsing copies, {len(found.origins)} origins."
    )
    out(value, as_json=as_json, text="\n".join(lines))


@app.command()
def add(
    files: FilesArgument,
    published: PublishedOption = "",
    home: HomeOption = None,
    person: AsOption = "",
    as_json: JsonOption = False,
) -> None:
    """Keep reports: original bytes sealed, names of private persons masked, claims on the record."""
    day = _day(published)
    given = [(file.name, _bytes(file)) for file in files]
    open_home(home)
    from vigie.reports import actions, queries

    actor = acting(person)
    kept: list[dict[str, Any]] = []
    code = 0
    for name, data in given:
        try:
            made = actions.add(actor, data, name=name, published=day)
        except VigieError as fault:
            print(f"vigie: {fault}", file=sys.stderr)
            code = max(code, fault.exit_code)
            continue
        row = queries.report(made)
        kept.append(
            {
                "report": made,
                "file": name,
                "sha256": row.sha256,
                "claims": row.claim_count,
                "masked": len(row.masks),
                "copies": [link.parent_id for link in queries.links([made])],
            }
        )
    lines = [
        f"{k['report']}  {k['file']}: {k['claims']} claims, {k['masked']} masked"
        + (f", seems a copy of {', '.join(k['copies'])}" if k["copies"] else "")
        for k in kept
    ]
    if kept or as_json:
        out({"reports": kept}, as_json=as_json, text="\n".join(lines))
    if code:
        raise typer.Exit(code)


def _day(given: str) -> date | None:
    return times.parse_day(given) if given else None


def _bytes(file: Path) -> bytes:
    """Read a file, no further than what shows that it is too large."""
    try:
        with file.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
            # The whole size is only asked for, so that the refusal can say it.
            return data if len(data) <= MOST_BYTES else data + bytes(max(0, file.stat().st_size - len(data)))
    except OSError as fault:
        raise NoSuchReport(
            "{name} cannot be read: {why}. Give text, .html or .eml files.", name=file, why=fault.strerror
        ) from None


def _told(reading: Any) -> list[str]:
    head = f"{reading.name}: {reading.language}, published {reading.published or 'unknown'} ({reading.published_basis})"
    source = ", ".join(filter(None, (reading.outlet, reading.agency and f"after {reading.agency}")))
    lines = [head + (f", {source}" if source else "")]
    lines += [
        f"  {claim.kind}: {_slots(claim)}\n      {claim.start}-{claim.end} «{claim.evidence}»"
        for claim in reading.claims
    ]
    lines.append(
        f"  {len(reading.claims)} claims, {len(reading.masks)} masks, {len(reading.boilerplate)} lines set aside."
    )
    return lines


def _slots(claim: Any) -> str:
    numbers = ", ".join(
        f"{n.modifier.replace('_', ' ')} {n.value} {n.what}".removeprefix("exact ") for n in claim.numbers
    )
    given = (
        claim.direction,
        claim.level_to and f"to {claim.level_to}",
        claim.subject,
        claim.place,
        claim.date,
        numbers,
        claim.speaker and f"said by {claim.speaker}",
    )
    return " | ".join(filter(None, given))
