"""`vigie incidents`: our list of incidents, and official figures beside its count. It needs no home."""

import json
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from vigie.history.beside import Beside, Counted
    from vigie.history.incidents import Incident


def incidents(
    area: Annotated[
        str, typer.Option("--area", help="FR, or a part of it that has incidents: FR-06.")
    ] = "FR",
    since: Annotated[
        str, typer.Option("--from", help="Day, month or year; the first of the list if left out.")
    ] = "",
    until: Annotated[
        str, typer.Option("--to", help="Day, month or year, included; the last of the list if left out.")
    ] = "",
    count: Annotated[bool, typer.Option("--count", help="Count, beside the official figures.")] = False,
    low: Annotated[
        bool, typer.Option("--low", help="List those of low confidence too, marked. They are never counted.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON only.")] = False,
) -> None:
    """List incidents with their sources, or count them beside the official figures, which are never made equal."""
    from vigie.history import beside, incidents as register

    area = area.upper()
    asked = register.window(since, until)
    told = {"area": area, "from": str(asked.since), "to": str(asked.until)}
    head = f"{area}, from {asked.since} to {asked.until}"
    if count:
        found = beside.counted(area, asked)
        value = {"count": {**told, **found.as_dict()}}
        lines = _counted(head, found)
    else:
        listed = register.listed_in(area, asked, low=low)
        value = {"incidents": {**told, "incidents": [each.as_dict() for each in listed]}}
        lines = [f"{head}: {len(listed)} incidents in our list", *map(_line, listed)]
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2) if as_json else "\n".join(lines))


def _line(each: "Incident") -> str:
    mark = " [low confidence]" if each.confidence == "low" else ""
    deaths = f", deaths {each.deaths}" if each.deaths else ""
    return f"  {each.date!s:<10}  {each.status:<9} {each.place}: {each.kind}{deaths}{mark}\n              {each.source}"


def _counted(head: str, found: "Counted") -> list[str]:
    lines = [f"{head}, in our list: " + ", ".join(f"{n} {status}" for status, n in found.listed.items())]
    lines += ["Under each definition:"]
    lines += [
        f"  {one.definition.id}: "
        + ", ".join(f"{one.said(status)} {status}" for status in one.most)
        + f"\n      {one.definition.words['en']}"
        for one in found.under
    ]
    lines += ["Official figures for exactly this window, as said, and our list beside them:"]
    lines += [line for side in found.figures for line in _beside(side)] or ["  None was found."]
    if found.uncovered:
        named = ", ".join(f"{n} {status}" for status, n in found.uncovered.items())
        lines.append(f"In our list, and in no figure of this window: {named}")
    if found.earlier:
        lines.append("From the same start to an earlier end:")
        lines += [line for side in found.earlier for line in _beside(side)]
    if found.unsure:
        lines.append(f"Not counted, of low confidence: {found.unsure}")
    if found.astride:
        lines.append(f"Not counted, of a date that may lie in or outside: {found.astride}")
    return [*lines, "Definitions and windows differ: neither number is made to fit the other."]


def _beside(side: "Beside") -> list[str]:
    from vigie.history.definitions import OWN

    figure = side.figure
    by = "" if side.definition.id == OWN else f" by its definition ({side.definition.id})"
    return [
        f"  {figure.said} {', '.join(figure.what)}; our list: {side.count}{by}. {_rest(side)}",
        f"      {figure.said_by}, {figure.as_of}, from {figure.window_from} to {figure.window_to}: {figure.source}",
    ]


def _rest(side: "Beside") -> str:
    if side.unlisted is None and side.unsaid is None:
        return "Unmatched: not known, no number was said."
    parts = []
    if side.unlisted:
        parts.append(f"{side.unlisted} said and not in our list")
    if side.unsaid:
        parts.append(f"{side.unsaid} in our list beyond those said")
    if parts:
        return f"Unmatched, at least: {', '.join(parts)}."
    return "The numbers leave no rest, which does not show that they count the same acts."
