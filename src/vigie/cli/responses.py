"""`vigie responses`: the response levels of sites: what stands, setting and ending one, the link for an owner to do so."""

from typing import Annotated

import typer

from vigie.cli.home import AsOption, HomeOption, JsonOption, acting, open_home, out

app = typer.Typer(help="The response levels that sites set for themselves.", no_args_is_help=True)
Reason = Annotated[str, typer.Option("--reason", help="Why, in a sentence. Name no person.")]


@app.command("list")
def list_them(
    site: Annotated[str, typer.Option("--site", help="Only this site, its past responses included.")] = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the responses that stand, or all that one site ever held."""
    open_home(home)
    from vigie import times
    from vigie.measures import queries

    found = queries.past_responses(site) if site else queries.responses()
    rows = [
        {
            "id": row.id,
            "site": row.site,
            "scheme": row.scheme,
            "level": row.level,
            "reason": row.reason,
            "set_by": row.set_office,
            "since": times.text(row.set_at),
            "review": times.text(row.review),
            "ended": times.text(row.ended_at) if row.ended_at else None,
        }
        for row in found
    ]
    lines = [
        f"{row['site']}  {row['scheme']}/{row['level']}  {row['since']} to {row['ended'] or 'now'}  {row['id']}  {row['reason']}"
        for row in rows
    ]
    text = "\n".join(lines) or "No site has set a response of its own."
    out({"responses": rows}, as_json=as_json, text=text)


@app.command("set")
def set_one(
    site: Annotated[str, typer.Argument(help="Id of the site.")],
    level: Annotated[str, typer.Argument(help="Scheme and level, such as gb-response/HEIGHTENED.")],
    reason: Reason,
    review: Annotated[str, typer.Option("--review", help="When it is looked at again: 2026-12-24T09:00.")],
    by: AsOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Set a site's own response; who answers for it is asked for what hangs on it."""
    opened = open_home(home)
    from vigie import times
    from vigie.measures import actions, queries

    scheme, _slash, code = level.partition("/")
    made = actions.respond(
        acting(by), site, scheme, code, reason=reason, review=times.parse(review, opened.zone)
    )
    posture = queries.at_site(site)
    count = len(posture.active) if posture else 0
    out(
        {"response": made, "measures": count},
        as_json=as_json,
        text=f"{made}: {site} stands at {level}; measures that hang on it there: {count}. Send what waits with: vigie send",
    )


@app.command()
def end(
    response: Annotated[str, typer.Argument(help="Id of the response.")],
    reason: Reason,
    by: AsOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """End a site's response: it holds none any more, and what hung on it is stood down."""
    open_home(home)
    from vigie.measures import actions

    actions.end_response(acting(by), response, reason=reason)
    out({"ended": response}, as_json=as_json, text=f"{response} has ended. Send what waits with: vigie send")


@app.command()
def link(
    owner: Annotated[str, typer.Argument(help="Id of the owner.")],
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print the address at which an owner sets the responses of its sites, without an account. Give it to nobody else."""
    open_home(home)
    from vigie.measures import queries

    address = queries.sites_link(owner)
    out({"address": address}, as_json=as_json, text=address)
