"""`vigie officers link, unlink, bar, readmit`: whose word opens the home for whom, and who may not come in."""

from typing import Annotated

import typer

from vigie.cli.home import HomeOption, JsonOption, open_home, out, person_named

NameArgument = Annotated[str, typer.Argument(help="Sign-in name.")]
IssuerArgument = Annotated[
    str, typer.Argument(help="A provider of vigie.toml: its id, its name or its issuer.")
]
ReasonOption = Annotated[str, typer.Option(help="Why, in words that will be understood in ten years.")]


def link(
    name: NameArgument,
    issuer: IssuerArgument,
    subject: Annotated[str, typer.Argument(help="What the provider calls the person (its claim «sub»).")],
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Let a provider's word on a subject open this home for a person. Their sessions end."""
    open_home(home)
    from vigie.accounts.signing_in.actions import link_here, provider_of

    person = person_named(name)
    link_here(person, issuer, subject)
    known = provider_of(issuer)
    out(
        {"person": person, "provider": known.id, "subject": subject},
        as_json=as_json,
        text=f"{name} now signs in through {known.name} as well.",
    )


def unlink(
    name: NameArgument, issuer: IssuerArgument, home: HomeOption = None, as_json: JsonOption = False
) -> None:
    """Take back that a provider's word opens this home for a person. Their sessions end."""
    open_home(home)
    from vigie.accounts.signing_in.actions import unlink_here

    person = person_named(name)
    unlink_here(person, issuer)
    out({"person": person, "unlinked": issuer}, as_json=as_json, text=f"{name} is not linked to {issuer} any more.")  # fmt: skip


def bar(
    name: NameArgument, reason: ReasonOption, home: HomeOption = None, as_json: JsonOption = False
) -> None:
    """Let a person sign in no more, and end their sessions. Their offices stay theirs."""
    open_home(home)
    from vigie.accounts.signing_in.actions import bar_here

    bar_here(person_named(name), reason)
    out({"barred": name}, as_json=as_json, text=f"{name} may not sign in any more.")


def readmit(
    name: NameArgument, reason: ReasonOption, home: HomeOption = None, as_json: JsonOption = False
) -> None:
    """Let a barred person sign in again."""
    open_home(home)
    from vigie.accounts.signing_in.actions import readmit_here

    readmit_here(person_named(name), reason)
    out({"readmitted": name}, as_json=as_json, text=f"{name} may sign in again.")
