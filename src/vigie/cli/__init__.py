"""The `vigie` command: one file per group of commands; Django is imported only where a command needs it."""

import sys
from importlib import import_module
from typing import Any, NoReturn

import typer
from typer.core import TyperGroup

from vigie.errors import VigieError

# Name of the command, file that holds it, name inside the file, one line of help. A file is read when its command
# is asked for, so that help stays quick.
COMMANDS: tuple[tuple[str, str, str, str], ...] = (
    ("init", "homes", "init", "Make a new home, receiving by default."),
    ("serve", "server", "serve", "Serve the console of a home."),
    ("receive", "levels", "receive", "Record a level decided elsewhere; the acts at every place follow."),
    ("end", "levels", "end", "Record that a level received stands no longer; a second person signs."),
    ("follows", "following", "follows", "What a level would set in motion, before anybody signs."),
    ("meetings", "meetings", "app", "Services convened: convene, show, and what each meeting decided."),
    ("feeds", "feeds", "app", "Levels that others publish: listen, check a file, receive what was heard."),
    ("send", "measures", "send", "Deliver what waits to be sent."),
    ("texts", "measures", "texts", "The address for a gateway of text messages."),
    ("mail", "mail", "app", "Try the mail channels; what decides whether mails arrive."),
    ("tasks", "measures", "tasks", "List tasks and how each was answered."),
    ("responses", "responses", "app", "Responses of sites: list, set, end, an owner's link."),
    ("drill", "drills", "app", "Contact drills: who answers in 15 minutes."),
    ("measures", "documents", "app", "Directives and owners' pages as PDF, Word or HTML."),
    ("tick", "server", "tick", "Do what the tables say is due."),
    ("sites", "exposure", "sites", "Places to protect: import, list."),
    ("owners", "exposure", "owners", "Who answers for them: import, list."),
    ("reports", "reports", "app", "Reports kept on the record: add."),
    ("record", "record", "app", "The record: verify, export, bundle, prove, rebuild, head, erase."),
    ("keys", "keys", "app", "Keys of a home: list, rotate, lost."),
    ("witness", "witness", "app", "Witness others' records: init, watch, serve, logs, evidence."),
    ("database", "database", "app", "Databases on PostgreSQL: prepare."),
    ("backup", "backups", "backup", "Copy a home into an archive of data and one of keys."),
    ("restore", "backups", "restore", "Put a home back from its archives, held until a person speaks."),
    ("upgrade", "backups", "upgrade", "Bring a home made by an earlier vigie up to this one."),
    ("selfcheck", "selfcheck", "selfcheck", "Ask the instance whether all that must hold does."),
    ("impact", "selfcheck", "impact", "Print the impact assessment (DPIA, FRIA), filled from this home."),
    ("routes", "routes", "routes", "Every address, and what it asks of who comes."),
    ("officers", "officers", "app", "People who sign in, and the offices they hold."),
    ("replay", "replay", "replay", "Play a past public event, step by step, in an exercise home."),
    ("demo", "replay", "demo", "Play the story once, then serve its console."),
    ("read", "reports", "read", "Read reports and print their claims; nothing is kept."),
    ("copies", "reports", "copies", "Say which reports are copies of one another."),
    ("level", "history", "level", "Say which level stood at a time, from the shipped history."),
    ("history", "history", "history", "The history of a scheme: changes, counts, durations."),
    ("incidents", "incidents", "incidents", "Incidents in France, and official figures beside their count."),
    ("recompute", "recompute", "recompute", "Compute a published count again, from the record as it was."),
    ("open-data", "opendata", "open_data", "The shipped histories as CSV, with what each column means."),
    ("picture", "history", "picture", "What stood at one time, as known at another, from the record."),
    ("schemes", "schemes", "app", "National schemes as data: show, check."),
    ("ahead", "exposure", "ahead", "What lies ahead: feasts, holidays, events."),
    ("cap", "cap", "app", "Check CAP 1.2 messages."),
    ("patrols", "patrols", "app", "Solve patrol games."),
)


class LazyGroup(TyperGroup):
    """A group that reads a command's file only when the command is called."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Give the names in the order of the table."""
        del ctx
        return [name for name, *_ in COMMANDS]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Load one command."""
        del ctx
        for name, file, inside, _ in COMMANDS:
            if name == cmd_name:
                return _command(name, getattr(import_module(f"vigie.cli.{file}"), inside))
        return None

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the list of commands from the table, without loading any."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, _, _, line in COMMANDS])


def _command(name: str, found: Any) -> Any:
    if isinstance(found, typer.Typer):
        command = typer.main.get_command(found)
    else:
        single = typer.Typer(add_completion=False)
        single.command(name)(found)
        command = typer.main.get_command(single)
    command.name = name
    return command


app = typer.Typer(
    cls=LazyGroup,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@app.callback()
def root() -> None:
    """vigie: from a change of terror-alert level to the right acts at every place, on a record anyone can check."""


def main() -> None:
    """Run the command; vigie's own errors, and those of disc and database, are one sentence on stderr and an exit code."""
    try:
        app()
    except VigieError as fault:
        _end(fault)
    except Exception as fault:
        from vigie.ledger.trouble import trouble

        told = trouble(fault)
        if told is None:
            raise
        _end(told)


def _end(fault: VigieError) -> NoReturn:
    print(f"vigie: {fault}", file=sys.stderr)
    sys.exit(fault.exit_code)
