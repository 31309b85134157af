"""`vigie level` and `vigie history`: what stood when, how often and how long.

They answer from the shipped history and need no home; with --home, that home's own levels are told with it.
"""

import json
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from vigie import times
from vigie.cli.home import HomeOption, open_home, out

_SCHEME = Annotated[
    str, typer.Argument(help="A scheme, such as fr-vigipirate-2016; vigie schemes lists them.")
]
_ZONE = Annotated[
    str | None,
    typer.Option("--zone", help="A country or part of it (FR, FR-IDF); the whole country if left out."),
]
_HOME = Annotated[
    Path | None, typer.Option("--home", help="Tell this home's own decided and received levels with it.")
]
_JSON = Annotated[bool, typer.Option("--json", help="Print JSON only.")]


def level(
    scheme: Annotated[
        str,
        typer.Argument(
            help="A scheme, such as fr-vigipirate-2016, or a country that had one then, such as FR."
        ),
    ],
    at: Annotated[
        str, typer.Option("--at", help="A day (its end is meant) or an instant; now if left out.")
    ] = "",
    zone: _ZONE = None,
    known_at: Annotated[
        str | None, typer.Option("--known-at", help="Answer only from what was public by then.")
    ] = None,
    home: _HOME = None,
    as_json: _JSON = False,
) -> None:
    """Say which level stood at a place and a time, and why."""
    from vigie.history.levels import LATEST, instant, level_at
    from vigie.schemes.countries import scheme_named
    from vigie.schemes.reader import load

    if home is not None:
        open_home(home)  # first: the scheme may be one of its own
    at = at or times.stamp()
    scheme = scheme_named(scheme, times.parse(at).date())
    loaded = load(scheme)
    known = instant(loaded, known_at) if known_at else LATEST
    rows, known = _rows(scheme, home, known)
    answer = level_at(scheme, instant(loaded, at), zone=zone, known_at=known, changes=rows)
    if as_json:
        typer.echo(json.dumps({"level": answer.as_dict()}, ensure_ascii=False, indent=2))
        return
    found = answer.level
    if found is None:
        typer.echo(f"{scheme} {answer.where}: no level known. {answer.why}")
        return
    typer.echo(f"{scheme} {answer.where}: {found.printed} {found.code} {found.word('')}")
    if "en" in found.meaning:
        typer.echo(f"  {found.meaning['en']}")
    typer.echo(
        f"  {answer.standing}; since {answer.since}" + (f" until {answer.until}" if answer.until else "")
    )
    typer.echo(f"  {answer.why}")
    typer.echo(f"  confidence {answer.confidence}: {answer.source}")


def picture(
    at: Annotated[str, typer.Option("--at", help="An instant, such as 2015-06-26T15:00:00Z.")],
    known_at: Annotated[
        str | None,
        typer.Option("--known-at", help="Only what was on the record by then; all of it if left out."),
    ] = None,
    home: HomeOption = None,
    as_json: _JSON = False,
) -> None:
    """Say what stood at one time as this home knew it at another: levels, measures, tasks, from the record alone."""
    opened = open_home(home)
    from vigie.history import queries

    known = times.parse(known_at, opened.zone) if known_at else None
    found = queries.picture(times.parse(at, opened.zone), known)
    value = {
        "at": times.text(found.at),
        "known_at": times.text(found.known),
        "position": found.position,
        "levels": [
            {
                "id": each.id,
                "scheme": each.scheme,
                "code": each.code,
                "zone": each.zone,
                "since": times.text(each.since),
                "until": times.text(each.until) if each.until else None,
                "received": each.received,
                "authority": each.authority,
            }
            for each in found.levels
        ],
        "measures": [
            {
                "posture": each.posture,
                "scheme": each.scheme,
                "zone": each.zone,
                "level": each.level,
                "since": times.text(each.since),
                "active": list(each.active),
            }
            for each in found.measures
        ],
        "tasks": found.tasks_by_state,
    }
    lines = [f"As of {value['at']}, as known at {value['known_at']} ({found.position} entries):"]
    lines += [
        f"  {each.scheme} {each.code} in {each.zone} since {times.text(each.since)}"
        + (f", decided by {each.authority}" if each.received else ", decided here")
        for each in found.levels
    ] or ["  No level stood."]
    lines += [f"  {len(each.active)} measures on in {each.zone}" for each in found.measures]
    lines += [f"  {count} tasks {state.replace('_', ' ')}" for state, count in found.tasks_by_state.items()]
    out(value, as_json=as_json, text="\n".join(lines))


def history(
    scheme: _SCHEME,
    count: Annotated[
        str | None, typer.Option("--count", help="Count how often this level was set, under each definition.")
    ] = None,
    scope: Annotated[
        str, typer.Option("--scope", help="national: the whole country only; any: parts too.")
    ] = "national",
    merge_renewals: Annotated[
        bool,
        typer.Option(
            "--merge-renewals/--count-renewals",
            help="A confirmation of a standing level is the same time, or another.",
        ),
    ] = True,
    editions: Annotated[
        bool, typer.Option("--all-editions", help="Count the gravest level of every edition of the plan too.")
    ] = False,
    zone: _ZONE = None,
    at: Annotated[
        str | None,
        typer.Option("--at", help="As known at this day or instant; all that is on record if left out."),
    ] = None,
    low: Annotated[
        bool, typer.Option("--low", help="List rows of low confidence too, marked. They are never counted.")
    ] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print the changes as CSV only.")] = False,
    as_json: _JSON = False,
    home: _HOME = None,
    svg: Annotated[Path | None, typer.Option("--svg", help="Draw the timeline into this file.")] = None,
) -> None:
    """Tell the history of a scheme: its changes, days at each level, counts with their definition."""
    from vigie.history import chronicle as told
    from vigie.history.drawing import draw
    from vigie.history.levels import LATEST, instant
    from vigie.schemes.reader import load

    if home is not None:
        open_home(home)  # first: the scheme may be one of its own
    loaded = load(scheme)
    rows, known = _rows(scheme, home, instant(loaded, at) if at else LATEST, low=low)
    if count:
        _count(
            scheme,
            rows,
            count,
            scope,
            known,
            merge_renewals=merge_renewals,
            editions=editions,
            home=home,
            as_json=as_json,
        )
        return
    found = told.chronicle(scheme, zone=zone, known_at=known, changes=rows, low=low)
    if svg:
        svg.write_text(draw(found, title=f"{loaded.name_en}: {loaded.id}"), encoding="utf-8")
        typer.echo(f"Drawn: {svg}", err=True)
    if as_csv:
        typer.echo(told.as_csv(found), nl=False)
    elif as_json:
        typer.echo(json.dumps(told.as_dict(found), ensure_ascii=False, indent=2))
    elif not svg:
        typer.echo("\n".join(_lines(found)))


def _rows(scheme: str, home: Path | None, known: datetime, *, low: bool = False) -> tuple[Any, datetime]:
    """Give the changes to ask and the latest instant they may be known at: the home's own are known by now."""
    from vigie.history.changes import changes

    if home is None:
        return changes(scheme, low=low), known

    from vigie.history import queries

    return queries.changes(scheme, low=low), min(known, times.now())


def _count(
    scheme: str,
    rows: Any,
    code: str,
    scope: str,
    known: Any,
    *,
    merge_renewals: bool,
    editions: bool,
    home: Path | None,
    as_json: bool,
) -> None:
    from vigie.history import chronicle as told, counts as counting

    found = counting.counts(
        scheme,
        code,
        known,
        changes=rows,
        all_editions=editions,
        earlier=lambda before: _rows(before, home, known)[0],
    )
    chosen = counting.chosen(found, scope, merge_renewals=merge_renewals)
    out = counting.left_out(scheme, code, known)
    mended = told.corrections(scheme, known)
    if as_json:
        body = {
            "scheme": scheme,
            "level": code,
            **counting.as_dict(chosen),
            "definitions": [counting.as_dict(one) for one in found],
            "left_out": [
                {"date": str(row.date), "zones": list(row.zones), "reason": row.reason} for row in out
            ],
            "corrections": [one.as_dict() for one in mended],
            "computed": _computed(scheme, code, chosen, known, editions=editions, home=home),
        }
        typer.echo(json.dumps({"count": body}, ensure_ascii=False, indent=2))
        return
    typer.echo(
        f"{code} was set {chosen.number} {'time' if chosen.number == 1 else 'times'}: {chosen.definition.words()}."
    )
    for one in chosen.times:
        typer.echo(
            f"  {one.number}. {one.change.date} to {one.until or 'not known'}, {one.length}: {one.change.reason}"
        )
    typer.echo("Under each definition:")
    for each in found:
        typer.echo(f"  {'>' if each is chosen else ' '} {each.number}  {each.definition.words()}")
    for row in out:
        typer.echo(f"  Not counted, of low confidence: {row.date} {' '.join(row.zones)}: {row.reason}")
    for line in _mended(mended):
        typer.echo(line)


def _computed(
    scheme: str, code: str, chosen: Any, known: datetime, *, editions: bool, home: Path | None
) -> dict[str, Any]:
    """Say what the count hangs on, so that vigie recompute can make it again."""
    from vigie.history.computed import Computed, Place, Question, data_digest

    definition = chosen.definition
    asked = Question(
        scheme=scheme,
        level=code,
        scope=definition.scope,
        renewals_merged=definition.merge_renewals,
        all_editions=editions,
        at=times.text(min(known, times.now())),
    )
    place = None
    if home is not None:
        from vigie.ledger.queries.heads import head

        size, root = head()
        place = Place(size, root.hex())
    return Computed(asked, data_digest(), chosen.number, place).as_dict()


def _lines(found: Any) -> list[str]:
    lines = [f"{found.scheme.name}  ({found.scheme.id})"]
    for change in found.changes:
        mark = " [low confidence]" if change.confidence == "low" else ""
        where = " ".join(change.zones) + "".join(
            f"; {part}" for part in (change.sector, change.subject, change.area) if part
        )
        lines.append(f"  {change.date!s:<10}  {change.code:<9} {where}  {change.move}: {change.reason}{mark}")
    if not found.changes:
        lines.append("  No change on record." if found.scheme.levels else "  No level, by policy.")
    if found.lanes:
        lines.append(f"Days at each level, {found.lanes[0].where}:")
    for code, length in found.durations.days.items():
        longest = found.durations.longest[code]
        lines.append(f"  {code:<9} {length}; longest {longest.length}, from {longest.since}")
    if found.durations.step_downs:
        lines.append(
            "Held before stepping down: "
            + "; ".join(f"{s.code} {s.length} (from {s.since})" for s in found.durations.step_downs)
        )
    return [*lines, *_mended(found.corrections)]


def _mended(corrections: Any) -> list[str]:
    """Say what reports get wrong, and what of it holds."""
    lines = []
    for one in corrections:
        lines += [f"Said by a {one.report}: {one.said}", f"  But: {one.wrong}", f"  What holds: {one.holds}"]
    return lines
