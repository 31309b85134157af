"""`vigie keys`: which keys a home has, since when; making new ones in their place; replacing one that was lost."""

from typing import Annotated

import typer

from vigie import times
from vigie.cli.home import AsOption, HomeOption, JsonOption, acting, open_home, out
from vigie.errors import BadInput, NotFound
from vigie.ledger import keys
from vigie.ledger.keys import WHAT, What

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Keys of a home: list, rotate, lost.")

WhatArgument = Annotated[str, typer.Argument(metavar="KEY", help="signing, sealing or web.")]
ReasonOption = Annotated[str, typer.Option(help="Why, in a sentence: the record keeps it.")]

NEXT = {
    "signing": "Give the new verifier key to your witnesses (vigie witness watch) and to whoever checks your record:",
    "sealing": "What was sealed is sealed anew. Make a backup now: the earlier archives of keys open only earlier copies.",
    "web": "Restart the server. Links and sessions signed with the key before still open for 30 days.",
}


@app.command("list")
def list_keys(home: HomeOption = None, as_json: JsonOption = False) -> None:
    """List the keys: since when, until when they are meant to be used, and what is amiss."""
    opened = open_home(home)
    found = []
    for what in WHAT:
        try:
            one = keys.standing(opened.keys, what)
        except keys.BadKey:
            continue  # told among the warnings
        found.append({"key": what, "since": times.text(one.since), "until": times.text(one.until)})
    warnings = [str(fault) for fault in keys.warnings(opened, times.now())]
    lines = [f"{k['key']:<8} since {k['since'][:10]}, to be used until {k['until'][:10]}" for k in found]
    out({"keys": found, "warnings": warnings}, as_json=as_json, text="\n".join([*lines, *warnings]))


@app.command()
def rotate(
    key: WhatArgument,
    reason: ReasonOption = "The key comes to its term.",
    person: AsOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Put a new key in the place of one that is there; after a cut, run it again and it goes on where it stopped."""
    what = _what(key)
    open_home(home)
    from vigie.ledger.rotation.actions import rotate as change

    change(acting(person).by(), what, reason=reason)
    verifier = _verifier() if what == "signing" else ""
    out(
        {"key": what, "verifier": verifier},
        as_json=as_json,
        text="\n".join(
            [f"The {what} key is a new one.", NEXT[what], *([f"  {verifier}"] if verifier else [])]
        ),
    )


@app.command()
def lost(
    key: WhatArgument,
    persons: Annotated[
        list[str] | None,
        typer.Option("--person", help="Sign-in names of the two who vouch for it; give it twice."),
    ] = None,
    reason: ReasonOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Replace a key that is gone, on the word of two persons. Every later check of the record says so.

    With the sealing key goes, for good, what was sealed under it; with the web key every session and owner's link.
    """
    what = _what(key)
    open_home(home)
    from django.contrib.auth import get_user_model

    from vigie.ledger.kinds import By
    from vigie.ledger.rotation.actions import replace_lost

    people = get_user_model().objects
    ids = []
    for name in persons or []:
        found = people.filter(username=name).first()
        if found is None:
            raise NotFound(
                "Nobody signs in here as {name!r}. List the people with: vigie officers list", name=name
            )
        ids.append(f"p-{found.pk}")
    gone = replace_lost(By(person="", office="", via="shell"), what, persons=ids, reason=reason)
    verifier = _verifier() if what == "signing" else ""
    lines = [f"The {what} key was replaced; the record says that it was lost, and who vouched for it."]
    lines += [f"{gone} entries said what nobody can open any more: they are noted as erased."] if gone else []
    lines += [NEXT["signing"], f"  {verifier}"] if verifier else []
    lines += ["Restart the server."] if what == "web" else []
    out({"key": what, "verifier": verifier, "erased": gone}, as_json=as_json, text="\n".join(lines))


def _what(given: str) -> What:
    for what in WHAT:
        if given == what:
            return what
    raise BadInput("{given!r} is no key. Expected one of: {known}.", given=given, known=", ".join(WHAT))


def _verifier() -> str:
    from vigie.ledger.witnesses.queries import shown

    return shown().log.vkey()
