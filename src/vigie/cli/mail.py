"""`vigie mail`: try whether mails of this home leave, and say what decides whether they arrive."""

from typing import Annotated

import typer

from vigie.cli.home import HomeOption, JsonOption, open_home, out

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Mail: try the channels.")


@app.callback()
def mail() -> None:
    """Mail of this home."""


@app.command("test")
def try_mail(
    address: Annotated[str, typer.Argument(help="Where to send the test, such as your own office's box.")],
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Send one mail through each mail channel of vigie.toml, and explain SPF, DKIM, DMARC and bounces. No look-up is made."""
    opened = open_home(home)
    from vigie.ledger import holds
    from vigie.measures.channels import send
    from vigie.measures.mail_trial import explained, mail_ways, trial

    ways = mail_ways(opened.channels)
    letter = trial(address, home=opened.title, exercise=opened.frame)
    holds.check(opened.path, "sending")
    tried = [(way, send([way.channel], letter)) for way in ways]
    value = [
        {"server": w.server, "sender": w.sender, "taken": o.delivered, "why": o.why, "explained": list(explained(w))}
        for w, o in tried
    ]  # fmt: skip
    lines: list[str] = []
    for way, outcome in tried:
        sender = way.sender or "no sender set: name one with ?from=…"
        lines += [
            f"{way.server}, from {sender}: "
            + ("taken by the server." if outcome.delivered else f"NOT taken. {outcome.why}"),
            *explained(way),
        ]
    out(value, as_json=as_json, text="\n".join(lines))
    if not all(outcome.delivered for _, outcome in tried):
        raise typer.Exit(1)
