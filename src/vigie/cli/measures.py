"""`vigie tasks`, `vigie send`, `vigie texts`: who was asked for what and how they answered; delivering what waits."""

from typing import Annotated
from urllib.parse import urlsplit

import typer

from vigie.cli.home import AsOption, HomeOption, JsonOption, acting, open_home, out


def tasks(
    show: Annotated[
        str, typer.Option("--show", help="Only: not-reached, not-answered, late, cannot or done.")
    ] = "",
    measure: Annotated[str, typer.Option("--measure", help="Only this measure.")] = "",
    owner: Annotated[str, typer.Option("--owner", help="Only this owner, closed tasks included.")] = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the tasks of owners and how each was answered; without a filter, those that are not closed."""
    from vigie.measures.call_sheet import check_chip

    chip = check_chip(show) if show else None
    open_home(home)
    from vigie import times
    from vigie.measures import queries

    found = queries.rows(chip=chip, measure=measure, owner=owner)
    totals = queries.totals()
    rows = [
        {
            "task": row.task,
            "owner": row.owner,
            "owner_name": row.owner_name,
            "measure": row.measure,
            "state": row.state,
            "due": times.text(row.due),
            "answered": times.text(row.answered) if row.answered else None,
        }
        for row in found
    ]
    width = max((len(row.owner_name) for row in found), default=0)
    lines = [f"{row.owner_name:<{width}}  {row.measure:<10}  {row.state.replace('_', ' ')}" for row in found]
    chips = ", ".join(f"{count} {name.replace('-', ' ')}" for name, count in totals.chips.items())
    summary = (
        f"{totals.open} tasks asked: {totals.acknowledged} acknowledged, {chips}; {totals.stopped} stopped."
    )
    value = {
        "tasks": rows,
        "open": totals.open,
        "acknowledged": totals.acknowledged,
        "stopped": totals.stopped,
    }
    out(value | {"by_filter": totals.chips}, as_json=as_json, text="\n".join([*lines, summary]))


def send(
    again: Annotated[bool, typer.Option("--again", help="Also those that failed before.")] = False,
    now: Annotated[
        bool, typer.Option("--now", help="Also what quiet hours keep back until they end.")
    ] = False,
    release: Annotated[
        bool, typer.Option("--release", help="Let go first what a home that was put back holds.")
    ] = False,
    reason: Annotated[str, typer.Option(help="Why it may be sent now; asked for with --release.")] = "",
    by: AsOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Deliver the messages that wait: through the channels of vigie.toml, else as files to send by hand."""
    opened = open_home(home)
    from vigie.measures.actions import deliver_due, leave_drills, release_queue

    if release:
        release_queue(acting(by), reason=reason)

    sent = deliver_due(opened, again=again, in_quiet_hours=now)
    leave_drills(opened)
    value = {
        "delivered": sent.delivered,
        "failed": sent.failed,
        "dropped": sent.dropped,
        "files": sent.files,
        "quiet": sent.quiet,
    }
    if not (sent.delivered or sent.failed or sent.dropped):
        words = "Nothing waits to be sent."
    elif opened.channels:
        words = f"{sent.delivered} messages sent, {sent.failed} not taken by any channel."
    else:
        words = (
            f"No channel is set in vigie.toml, so nothing was sent: {sent.files} messages stand as mail files in "
            f"{sent.outbox}. Open and send each by hand, or name channels under [send]."
        )
        words += f" {sent.failed} owners have no mail address: call them." if sent.failed else ""
    words += f" {sent.dropped} had nothing left to say and were dropped." if sent.dropped else ""
    words += (
        f" {sent.quiet} wait for the end of the quiet hours; send them now with --now." if sent.quiet else ""
    )
    if sent.delivered or sent.files:
        words += _reach(opened.address)
    out(value, as_json=as_json, text=words)


def texts(home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Print the address that a gateway brings answers by text message to. Who holds it can bring any: keep it secret."""
    open_home(home)
    from vigie.measures import queries

    address = queries.gateway_address()
    out({"address": address}, as_json=as_json, text=address)


def _reach(address: str) -> str:
    """Warn that links to this machine alone were sent; nothing where others can open them."""
    if urlsplit(address).hostname not in {"localhost", "127.0.0.1", "::1"}:
        return ""
    return (
        f"\nTheir links begin with {address}, which opens on this machine alone. For owners elsewhere, set address in "
        "vigie.toml to the console's public address before you send."
    )
