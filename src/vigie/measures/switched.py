"""From plans to what entries say of them, and back: whose tasks are given, give way, are to stop, and who is told what."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import msgspec

from vigie.measures import kinds
from vigie.measures.alike import Alike
from vigie.measures.catalogue import Catalogue
from vigie.measures.runs import folded, unfolded

A_BODY = 4_000_000
"""Bytes of the parts in one entry: its body holds 4 MiB."""


class Made(NamedTuple):
    """A task that is given. line: its place among those of the part."""

    id: str
    line: kinds.AskedAlike
    sites: list[str]


class Told(NamedTuple):
    """What a switch does to one owner. message: its number in the entry, None where none is written; lines: what it says."""

    owner: str
    language: str
    message: int | None
    lines: list[dict[str, Any]]
    given: list[Made]
    replaced: list[str]
    stop: list[str]
    ended: list[str]


def bodies(
    posture: str, due: str, plans: Iterable[Alike], catalogue: Catalogue, most: int = A_BODY
) -> Iterator[kinds.Switched]:
    """Say what plans do, in one entry, or as few as hold it. most: bytes of the parts in one entry."""
    room, parts = most, list[kinds.Part]()
    for part, size in _fitting(plans, catalogue, most):
        if size > room:
            yield kinds.Switched(posture=posture, due=due, parts=parts)
            room, parts = most, []
        parts.append(part)
        room -= size
    if parts:
        yield kinds.Switched(posture=posture, due=due, parts=parts)


def _fitting(plans: Iterable[Alike], catalogue: Catalogue, most: int) -> Iterator[tuple[kinds.Part, int]]:
    for alike in plans:
        part = _part(alike, catalogue)
        size = len(msgspec.json.encode(part)) + 1
        if size <= most or len(alike.rows) == 1:
            yield part, size
        else:
            half = len(alike.rows) // 2
            halves = replace(alike, rows=alike.rows[:half]), replace(alike, rows=alike.rows[half:])
            yield from _fitting(halves, catalogue, most)


def _part(alike: Alike, catalogue: Catalogue) -> kinds.Part:
    plan = alike.part
    said = plan.lines if plan.says_something else ()
    return kinds.Part(
        language=alike.language,
        owners=[row.owner for row in alike.rows],
        sites=[site for row in alike.rows for site in row.sites],
        tasks=folded(task for row in alike.rows for task in row.tasks),
        lines=[
            kinds.AskedAlike(
                kind=line.kind,
                measure=line.measure,
                before=line.before,
                ladder=catalogue.measure(line.measure).ladder if line.task == "" else "",
                sites=_numbers(line.sites),
                task=int(line.task) if line.task else None,
                gives=line.task == "",
            )
            for line in said
        ],
        replaced=_numbers(plan.replaced),
        stop=_numbers(plan.stop),
        ended=_numbers(plan.ended),
    )


def _numbers(names: Iterable[str]) -> list[int]:
    return [int(name) for name in names]


def told(seq: int, body: kinds.Switched) -> Iterator[Told]:
    """Give what an entry does to each owner, in its order. seq: the entry's number."""
    given, messages = 0, 0
    for part in body.parts:
        tasks = list(unfolded(part.tasks))
        for owner, sites, held in zip(part.owners, _each(part.sites, part), _each(tasks, part), strict=True):
            lines, made = [], []
            for line in part.lines:
                where = [sites[place] for place in line.sites]
                task = held[line.task] if line.task is not None else None
                if line.gives:
                    task = f"task-{seq}-{given}"
                    given += 1
                    made.append(Made(task, line, where))
                lines.append({"kind": line.kind, "measure": line.measure, "before": line.before, "sites": where, "task": task})  # fmt: skip
            yield Told(
                owner,
                part.language,
                messages if lines else None,
                lines,
                made,
                [held[place] for place in part.replaced],
                [held[place] for place in part.stop],
                [held[place] for place in part.ended],
            )
            messages += bool(lines)


def _each(whole: Sequence[str], part: kinds.Part) -> Iterator[Sequence[str]]:
    """Give each owner's share of a list that holds as many for each."""
    wide = len(whole) // len(part.owners)
    return (whole[number * wide : (number + 1) * wide] for number in range(len(part.owners)))
