"""`vigie meetings`: services convened on a question, what they had before them, what they decided and what came of it."""

from typing import Annotated, Any

import typer

from vigie import times
from vigie.cli.home import AsOption, HomeOption, JsonOption, acting, open_home, out

app = typer.Typer(add_completion=False, no_args_is_help=True)


@app.command("list")
def list_(home: HomeOption = None, as_json: JsonOption = False) -> None:
    """List meetings, and what they decided that is not closed."""
    open_home(home)
    from vigie.alert import queries

    value = {
        "meetings": [{"id": m.id, "title": m.title, "held": times.text(m.held)} for m in queries.meetings()],
        "owed": [_outcome(o) for o in queries.owed()],
    }
    lines = [f"{m['id']}  {m['held']}  {m['title']}" for m in value["meetings"]] or [
        "No meeting is convened."
    ]
    lines += [f"  owed by {o['office']} on {o['due']}: {o['words']} ({o['id']})" for o in value["owed"]]
    out(value, as_json=as_json, text="\n".join(lines))


@app.command()
def show(
    meeting: Annotated[str, typer.Argument(help="Id of the meeting.")],
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show a meeting with its dossier, as the record stood when it was convened."""
    open_home(home)
    from vigie.alert import queries

    row = queries.meeting(meeting)
    value = {
        "id": row.id, "title": row.title, "question": row.question, "agenda": row.agenda, "offices": row.offices,
        "held": times.text(row.held), "convened": times.text(row.convened_at), "position": row.position, "root": row.root,
        "digest": row.digest, "dossier": row.sealed or row.dossier, "outcomes": [_outcome(o) for o in row.outcomes.all()],
    }  # fmt: skip
    sealed: dict[str, Any] = row.sealed or {
        "levels": [],
        "assessments": [],
        "tasks": [],
        "calendar": [],
        "gaps": [],
    }
    lines = [
        f"{row.title}, {value['held']}: {row.question}",
        f"The dossier, as the record stood at entry {row.position}:",
        *(
            f"  {each['code']} in {each['zone']} since {each['since']} ({each['id']})"
            for each in sealed["levels"]
        ),
        *(
            f"  {each['id']}: {len(each['pieces'])} claims, {each['origins']} origins"
            for each in sealed["assessments"]
        ),
        *(
            f"  {each['posture']}: "
            + ", ".join(f"{s['count']} {s['state'].replace('_', ' ')}" for s in each["states"])
            for each in sealed["tasks"]
        ),
        *(f"  {each['start']} {each['names']['en']}" for each in sealed["calendar"]),
        *(f"  missing: {each['count']} {each['what']}" for each in sealed["gaps"]),
    ]
    for one in value["outcomes"]:
        came = one["closing"] if one["closed"] else f"owed by {one['office']} on {one['due']}"
        lines.append(f"Decided: {one['words']} ({one['id']}) – {came}")
    out(value, as_json=as_json, text="\n".join(lines))


@app.command()
def convene(
    title: Annotated[str, typer.Argument(help="What the meeting is called.")],
    question: Annotated[str, typer.Option(help="The question it must answer.")],
    held: Annotated[str, typer.Option(help="When it is held (2015-06-26T17:00).")],
    office: Annotated[list[str], typer.Option(help="An office convened; may be given again.")],
    point: Annotated[
        list[str] | None, typer.Option(help="A point of the agenda; may be given again.")
    ] = None,
    home: HomeOption = None,
    as_name: AsOption = "",
    as_json: JsonOption = False,
) -> None:
    """Convene offices on a question; the dossier is sealed as the record stands."""
    opened = open_home(home)
    from vigie import steps

    made = steps.convene(
        acting(as_name), title=title, question=question, agenda=point or [], offices=office,
        held=times.parse(held, opened.zone),
    )  # fmt: skip
    out({"meeting": made}, as_json=as_json, text=f"{made}: convened. See it with: vigie meetings show {made}")


@app.command()
def resolve(
    meeting: Annotated[str, typer.Argument(help="Id of the meeting.")],
    words: Annotated[str, typer.Option(help="What was decided.")],
    office: Annotated[str, typer.Option(help="Id of the office that owes it.")],
    due: Annotated[str, typer.Option(help="By when (2015-06-26T17:00).")],
    becomes: Annotated[str, typer.Option(help="task or proposal.")] = "task",
    home: HomeOption = None,
    as_name: AsOption = "",
    as_json: JsonOption = False,
) -> None:
    """Write down what a meeting decided; the office owes it until it is closed."""
    opened = open_home(home)
    from vigie.alert import actions

    made = actions.resolve(
        acting(as_name),
        meeting,
        words=words,
        becomes=becomes,
        office=office,
        due=times.parse(due, opened.zone),
    )
    out({"outcome": made}, as_json=as_json, text=f"{made}: owed by {office}.")


@app.command()
def settle(
    outcome: Annotated[str, typer.Argument(help="Id of what was decided.")],
    words: Annotated[str, typer.Option(help="What came of it, or why it is not done.")],
    not_done: Annotated[
        bool, typer.Option("--not-done", help="It is not done, and is closed all the same.")
    ] = False,
    decision: Annotated[str, typer.Option(help="Id of the proposal, where one was owed.")] = "",
    home: HomeOption = None,
    as_name: AsOption = "",
    as_json: JsonOption = False,
) -> None:
    """Close what a meeting decided."""
    open_home(home)
    from vigie.alert import actions

    actions.settle(acting(as_name), outcome, done=not not_done, words=words, decision=decision)
    out({"outcome": outcome, "done": not not_done}, as_json=as_json, text=f"{outcome}: closed.")


def _outcome(row: Any) -> dict[str, Any]:
    return {
        "id": row.id, "meeting": row.meeting_id, "words": row.words, "becomes": row.becomes, "office": row.office,
        "due": times.text(row.due), "closed": times.text(row.closed_at) if row.closed_at else None, "done": row.done,
        "closing": row.closing, "decision": row.decision,
    }  # fmt: skip
