"""`vigie ahead`, `vigie sites`, `vigie owners`."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from vigie import files, times
from vigie.cli.home import AsOption, HomeOption, JsonOption, acting, open_home, out
from vigie.errors import BadInput


def ahead(
    *,
    start: Annotated[str, typer.Option("--from", help="First day, YYYY-MM-DD. Default: today.")] = "",
    days: Annotated[int, typer.Option("--days", help="How many days.")] = 90,
    area: Annotated[
        str, typer.Option("--area", help="A country, region or department: FR, FR-IDF, FR-75.")
    ] = "FR",
    as_known: Annotated[str, typer.Option("--as-known", help="Show only what was public on that day.")] = "",
    events: Annotated[
        list[Path] | None, typer.Option("--events", help="A YAML file of events; may be given again.")
    ] = None,
    lang: Annotated[str, typer.Option("--lang", help="en or fr.")] = "en",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON only.")] = False,
) -> None:
    """Say what lies ahead in an area: feasts, holidays, events, with what is not known."""
    from vigie.exposure import ahead as looking, events as registers

    first = times.parse_day(start) if start else times.now().date()
    told = [
        *registers.shipped_register(),
        *(event for file in events or [] for event in registers.read_file(file)),
    ]
    seen = looking.ahead(
        first, days, area, as_known=times.parse_day(as_known) if as_known else None, events=told
    )
    if as_json:
        typer.echo(json.dumps(as_tree(seen, lang), ensure_ascii=False, indent=1))
        return
    _print(seen, lang)


def as_tree(seen: Any, lang: str) -> dict[str, Any]:
    """Give what lies ahead as plain data for JSON."""
    from vigie.exposure import phrases

    def dated(entry: Any) -> dict[str, Any]:
        return {
            "id": entry.id,
            "kind": entry.kind,
            "name": entry.name(lang),
            "start": entry.start.isoformat(),
            "end": entry.end.isoformat(),
            "eve": entry.eve,
            "uncertainty_days": entry.uncertainty_days,
            "areas": list(entry.areas),
            "zone": entry.zone,
            "basis": entry.basis,
            "known_on": _iso(entry.known_on),
            "attendance": {"low": entry.attendance.low, "high": entry.attendance.high},
            "source": entry.source,
            "words": phrases.entry(entry, lang),
        }

    return {
        "from": seen.start.isoformat(),
        "to": seen.end.isoformat(),
        "area": seen.area,
        "as_known": _iso(seen.as_known),
        "drivers": [
            {"id": d.entry.id, "days": d.days, "points": d.points, "words": d.words(lang)}
            for d in seen.drivers()
        ],
        "days": [
            {
                "day": d.day.isoformat(),
                "weight": d.weight,
                "heat": d.heat,
                "terms": [{"id": t.entry.id, "points": t.points, "doubtful": t.doubtful} for t in d.terms],
            }
            for d in seen.days
            if d.terms
        ],
        "entries": [dated(entry) for entry in seen.entries],
        "not_known": [phrases.limit(limit, lang) for limit in seen.limits],
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _print(seen: Any, lang: str) -> None:
    from vigie.exposure import areas, phrases

    known = f", as known on {phrases.day(seen.as_known, lang)}" if seen.as_known else ""
    typer.echo(
        f"{areas.name(seen.area, lang)}: {phrases.day(seen.start, lang)} to {phrases.day(seen.end, lang)}{known}\n"
    )
    typer.echo("Heaviest:")
    for driver in seen.drivers():
        typer.echo(f"  {driver.words(lang)}")
    typer.echo("\nAll:")
    for entry in seen.entries:
        typer.echo(f"  {phrases.entry(entry, lang)}")
    for limit in seen.limits:
        typer.echo(f"\nNot known: {phrases.limit(limit, lang)}")


sites = typer.Typer(
    no_args_is_help=True, add_completion=False, help="Places to protect: import, export, list."
)
owners = typer.Typer(
    no_args_is_help=True, add_completion=False, help="Who answers for them: import, export, list."
)

FileArgument = Annotated[
    Path, typer.Argument(help="A table: .xlsx, or saved as CSV; places also as GeoJSON.")
]
ColumnsOption = Annotated[
    str,
    typer.Option(
        "--columns",
        help="What headings are that do not say it: «Heading=column; Other=» (nothing: left out), or a file of such lines.",
    ),
]


@sites.command("import")
def import_sites(
    file: FileArgument,
    area: Annotated[
        str, typer.Option("--area", help="Area of the places that name none, such as FR-75.")
    ] = "",
    columns: ColumnsOption = "",
    with_owners: Annotated[
        bool, typer.Option("--with-owners", help="Each row names the place, its owner and its contact.")
    ] = False,
    home: HomeOption = None,
    as_: AsOption = "",
    as_json: JsonOption = False,
) -> None:
    """Import a table of places, all or nothing; known ones are brought up to date."""
    from vigie.exposure import joint_csv, matching, sites_csv

    data = read_table(file)
    known = joint_csv.COLUMNS if with_owners else sites_csv.COLUMNS
    matched = matching.read(_columns_said(columns), known)
    open_home(home)
    from vigie.exposure import actions

    given: dict[str, Any] = {"file": file.name, "area": area, "columns": matched}
    if not with_owners:
        _report(actions.import_sites(acting(as_), data, **given), as_json=as_json)
        return
    sites_found, owners_found = actions.import_both(acting(as_), data, **given)
    out(
        {"sites": _imported(sites_found), "owners": _imported(owners_found)},
        as_json=as_json,
        text=f"Places: {_said(sites_found)}\nOwners: {_said(owners_found)}",
    )


@owners.command("import")
def import_owners(
    file: FileArgument,
    columns: ColumnsOption = "",
    home: HomeOption = None,
    as_: AsOption = "",
    as_json: JsonOption = False,
) -> None:
    """Import a table of owners and their contacts, all or nothing; known ones are brought up to date."""
    from vigie.exposure import matching, owners_csv

    data = read_table(file)
    matched = matching.read(_columns_said(columns), owners_csv.COLUMNS)
    open_home(home)
    from vigie.exposure import actions

    _report(actions.import_owners(acting(as_), data, file=file.name, columns=matched), as_json=as_json)


def _columns_said(given: str) -> str:
    """Give the text of `--columns`: what it says itself, or what the file of that name says."""
    if "=" in given or not given:
        return given
    try:
        return Path(given).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise BadInput(
            "{given} is neither a file of lines Heading=column nor such a text. Expected for example: «Nom du lieu=name; Notes=».",
            given=given,
        ) from None


SeparatorOption = Annotated[
    str, typer.Option("--separator", help="comma, or semicolon as French spreadsheets want.")
]
OutOption = Annotated[Path | None, typer.Option("--out", help="File to write; else it is printed.")]


@sites.command("export")
def export_sites(
    file: OutOption = None, separator: SeparatorOption = "comma", home: HomeOption = None
) -> None:
    """Write the places as the table `import` takes: imported again, it changes nothing."""
    open_home(home)
    from vigie.exposure import exporting, queries

    _hand_out(exporting.sites(queries.site_rows().values(), separator), file)


@owners.command("export")
def export_owners(
    file: OutOption = None, separator: SeparatorOption = "comma", home: HomeOption = None
) -> None:
    """Write the owners and their contacts as the table `import` takes: imported again, it changes nothing."""
    open_home(home)
    from vigie.exposure import exporting, queries

    rows = queries.owner_rows()
    _hand_out(exporting.owners(rows.values(), separator), file)
    mute = [id_ for id_, row in rows.items() if not row.contact.mail]
    if mute:
        typer.echo(
            f"{len(mute)} owners have no mail address: {_few(mute)}. Fill the cell before you import the table.",
            err=True,
        )


@sites.command("list")
def list_sites(
    kind: Annotated[str, typer.Option("--kind", help="Only places of that kind.")] = "",
    area: Annotated[str, typer.Option("--area", help="Only places in that area.")] = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the places, with their visits a year and where the number comes from."""
    open_home(home)
    from vigie.exposure import crowding, queries

    rows = []
    for site in queries.sites(kind=kind, area=area):
        visits = crowding.yearly(site)
        rows.append(
            {"id": site.id, "name": site.name, "kind": site.kind, "area": site.area, "visits": [round(visits.low), round(visits.high)], "basis": visits.basis}
        )  # fmt: skip
    lines = [
        f"{r['id']:24} {r['kind']:16} {r['area']:8} {r['visits'][0]:>13,} to {r['visits'][1]:>13,} a year ({r['basis']})  {r['name']}"
        for r in rows
    ]
    out(
        rows,
        as_json=as_json,
        text="\n".join(lines) or "No place is on the list. Import some: vigie sites import FILE.csv",
    )


@owners.command("list")
def list_owners(home: HomeOption = None, as_json: JsonOption = False) -> None:
    """List the owners, the places each answers for, and what does not meet."""
    open_home(home)
    from vigie.exposure import queries

    charges, gaps = queries.charges(), queries.gaps()
    rows = [
        {"id": o.id, "name": o.name, "kind": o.kind, "sites": [s.id for s in charges[o.id]]}
        for o in queries.owners()
    ]
    lines = [f"{r['id']:24} {r['kind']:20} {len(r['sites']):>5} places  {r['name']}" for r in rows]
    lines += [*_gap_lines(gaps)]
    value = {
        "owners": rows,
        "gaps": {"ownerless": gaps.ownerless, "siteless": gaps.siteless, "unknown_owners": gaps.unknown_owners, "unknown_sites": gaps.unknown_sites},
    }  # fmt: skip
    out(
        value,
        as_json=as_json,
        text="\n".join(lines) or "No owner is on the list. Import some: vigie owners import FILE.csv",
    )


def read_table(file: Path) -> bytes:
    """Read a table's bytes, at most one more than are ever accepted. Raises BadTable when it cannot be read."""
    from vigie.exposure import tables
    from vigie.exposure.bad_table import BadTable

    try:
        with file.open("rb") as stream:
            return stream.read(tables.MAX_BYTES + 1)
    except OSError as fault:
        raise BadTable("{file} cannot be read: {reason}.", file=file, reason=fault.strerror) from None


def _hand_out(data: bytes, file: Path | None) -> None:
    if file is None:
        typer.echo(data, nl=False)
        return
    if file.is_dir() or not file.parent.is_dir():
        raise BadInput(
            "{file} cannot be written. Expected the name of a file in a folder that is there.", file=file
        )
    try:
        files.put(file, data)
    except OSError as fault:
        raise BadInput("{file} cannot be written: {reason}.", file=file, reason=fault.strerror) from None
    typer.echo(f"The table is in {file}.", err=True)


def _report(found: Any, *, as_json: bool) -> None:
    from vigie.exposure import queries

    out(
        _imported(found),
        as_json=as_json,
        text="\n".join([_said(found), *_gap_lines(queries.gaps())]),
    )


def _imported(found: Any) -> dict[str, Any]:
    return {
        "added": found.added,
        "changed": found.changed,
        "unchanged": found.unchanged,
        "entry": found.entry,
    }


def _said(found: Any) -> str:
    return f"{len(found.added)} new, {len(found.changed)} changed, {len(found.unchanged)} as they were."


def _gap_lines(gaps: Any) -> list[str]:
    lines = []
    if gaps.ownerless:
        lines.append(f"Nobody answers for {len(gaps.ownerless)} places: {_few(gaps.ownerless)}.")
    if gaps.siteless:
        lines.append(f"{len(gaps.siteless)} owners answer for no place: {_few(gaps.siteless)}.")
    if gaps.unknown_owners:
        named = gaps.named_owners
        lines.append(
            f"Places name {len(named)} owners who are not on the list: {_few(named)}. Add them: vigie owners import FILE.csv"
        )
    if gaps.unknown_sites:
        named = gaps.listed_sites
        lines.append(
            f"Owners list {len(named)} places that are not on the list: {_few(named)}. Add them: vigie sites import FILE.csv"
        )
    return lines


def _few(ids: Sequence[str]) -> str:
    return ", ".join(ids[:8]) + (f" and {len(ids) - 8} more" if len(ids) > 8 else "")
