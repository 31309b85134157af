"""`vigie record erase`, `erasures`, `reads`: what goes and what went, and how much is read of what is restricted."""

from typing import Annotated, Any

import typer

from vigie.cli.home import AsOption, HomeOption, JsonOption, acting, open_home, out
from vigie.errors import BadInput


def erase(
    entries: Annotated[list[int] | None, typer.Argument(metavar="[SEQ]…", help="Numbers of entries.")] = None,
    ground: Annotated[str, typer.Option(help="The rule or request it rests on, in a sentence.")] = "",
    authority: Annotated[str, typer.Option(help="Who has the authority to order it.")] = "",
    request: Annotated[str, typer.Option(help="The noted request it follows from, such as request-12.")] = "",
    second: Annotated[
        str,
        typer.Option(metavar="ERASURE", help="Carry out what another person proposed, such as erasure-40."),
    ] = "",
    person: AsOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Propose that what entries say be erased for good; or, with --second, carry out what another person proposed.

    Payload, salt and key go, rows are blanked, sealed originals are removed; entries and every proof stay.
    """
    if bool(entries) == bool(second):
        raise BadInput("Give the numbers of entries to propose, or --second ERASURE to carry one out.")
    open_home(home)
    from vigie.erasure import actions, queries
    from vigie.ledger.actions import sweep

    actor = acting(person)
    if second:
        actions.carry_out(actor, second)
        swept = sweep()
        gone = queries.erasure(second).entries
        text = f"Erased: what {len(gone)} entries said ({', '.join(map(str, gone))})."
        out(
            {"erasure": second, "entries": gone, "swept": swept},
            as_json=as_json,
            text=text + ("" if swept else " The database file is swept at the next vigie tick."),
        )
        return
    made = actions.propose(actor, entries or [], ground=ground, authority=authority, request=request)
    row = queries.erasure(made)
    lines = [
        f"{made} waits for a second person: vigie record erase --second {made} --as NAME",
        *(
            f"  {line.entry.seq}  {line.entry.kind}" + (f"  ({line.why_kept})" if line.why_kept else "")
            for line in queries.lines(row.entries)
        ),
    ]
    out({"erasure": made, "entries": row.entries}, as_json=as_json, text="\n".join(lines))


def erasures(home: HomeOption = None, as_json: JsonOption = False) -> None:
    """List the terms, what waits to be erased, what was, what is kept beyond its term, and requests without an answer."""
    opened = open_home(home)
    from vigie.erasure import queries, terms

    found: dict[str, list[dict[str, Any]]] = {
        "terms": [{"name": t.name, "days": terms.days(opened, t), "since": t.since} for t in terms.TERMS],
        "waiting": [_row(row) for row in queries.waiting()],
        "settled": [_row(row) for row in queries.settled()],
        "kept": [{"entry": k.seq, "about": k.about, "why": k.why} for k in queries.kept_beyond()],
        "requests": [
            {"request": r.id, "what": r.what, "due": r.due.isoformat(), "reference": r.reference}
            for r in queries.open_requests()
        ],
    }
    lines = [
        "Kept for:",
        *(f"  {t['name']:<10} {t['days'] or 'ever':>5}  days from {t['since']}" for t in found["terms"]),
        *_told("Wait for a second person:", (_line(r) for r in found["waiting"])),
        *_told("Erased or refused:", (_line(r) for r in found["settled"])),
        *_told("Kept beyond the term:", (f"{k['entry']} {k['about']}: {k['why']}" for k in found["kept"])),
        *_told("To answer:", (f"{r['request']} {r['what']}, by {r['due']}" for r in found["requests"])),
    ]
    out(found, as_json=as_json, text="\n".join(lines))


def reads(
    days: Annotated[int, typer.Option(min=1, max=3650, help="So many days back.")] = 14,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Count how often each office opened what is restricted, by day and by kind of thing; nothing of what was read."""
    open_home(home)
    from vigie.accounts.queries import reading_statistics

    found = reading_statistics(days)
    lines = [f"{found.total} readings in {days} days."]
    for day, counts in found.by_day:
        told = (f"{office} {n}" for office, n in zip(found.offices, counts, strict=True) if n)
        lines.append(f"  {day}  {', '.join(told)}")
    lines += [f"  {what:<12} {office}: {n}" for what, office, n in found.by_kind]
    lines += [f"Unusual: {p.office} on {p.day}, {p.count} (its usual day has {p.usual})" for p in found.peaks]
    value = {
        "total": found.total,
        "by_day": [
            {"day": day, **dict(zip(found.offices, counts, strict=True))} for day, counts in found.by_day
        ],
        "by_kind": [{"kind": what, "office": office, "count": n} for what, office, n in found.by_kind],
        "unusual": [
            {"day": p.day, "office": p.office, "count": p.count, "usual": p.usual} for p in found.peaks
        ],
    }
    out(value, as_json=as_json, text="\n".join(lines))


def _row(row: Any) -> dict[str, Any]:
    return {
        "erasure": row.id, "state": row.state, "entries": row.entries, "ground": row.ground, "authority": row.authority,
        "done_at": row.done_at,
    }  # fmt: skip


def _line(row: dict[str, Any]) -> str:
    return f"{row['erasure']} {row['state']}, {len(row['entries'])} entries: {row['ground']} ({row['authority']})"


def _told(heading: str, lines: Any) -> list[str]:
    said = [f"  {line}" for line in lines]
    return [heading, *said] if said else []
