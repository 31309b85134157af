"""`vigie ahead`, `vigie sites`, `vigie owners`."""

import json
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from vigie import times


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
        "not_known": list(seen.limits),
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
        typer.echo(f"\nNot known: {limit}")
