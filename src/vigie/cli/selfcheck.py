"""`vigie selfcheck` and `vigie impact`: what of a home holds, and what its law asks to be written down of it."""

from pathlib import Path
from typing import Annotated

import typer

from vigie.cli.home import HomeOption, JsonOption, open_home, out
from vigie.errors import RecordBroken

_MARKS = {"holds": "ok  ", "warns": "look", "fails": "FAIL"}


def selfcheck(
    quick: Annotated[
        bool, typer.Option("--quick", help="Compare the record's head alone, and read no file to its end.")
    ] = False,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ask the instance whether all that must hold does; exit code 6 when something does not."""
    open_home(home)
    from vigie.console.selfcheck.finding import worst
    from vigie.console.selfcheck.queries import check

    findings = check(whole=not quick)
    state = worst(findings)
    lines = []
    for finding in findings:
        lines.append(f"{_MARKS[finding.state]}  {finding.said}")
        if finding.way:
            lines.append(f"      {finding.way}")
    failed = sum(finding.state == "fails" for finding in findings)
    look = sum(finding.state == "warns" for finding in findings)
    lines += ["", f"{len(findings)} questions: {failed} failed, {look} to look at."]
    value = {
        "state": state,
        "findings": [{"name": f.name, "state": f.state, "said": f.said, "way": f.way} for f in findings],
    }
    out(value, as_json=as_json, text="\n".join(lines))
    if state == "fails":
        raise typer.Exit(RecordBroken.exit_code)


def impact(
    file: Annotated[Path | None, typer.Option("--out", help="File to write; else it is printed.")] = None,
    language: Annotated[str, typer.Option("--language", help="en or fr; else the home's first.")] = "",
    home: HomeOption = None,
) -> None:
    """Print the impact assessment on persons and rights, filled from this home; what a person must write stays blank."""
    opened = open_home(home)
    from django.utils import translation

    from vigie.console.impact.markdown import markdown
    from vigie.console.impact.queries import assessment
    from vigie.homes import LANGUAGES

    chosen = language or opened.languages[0]
    if chosen not in LANGUAGES:
        raise typer.BadParameter(f"{language} is none of: {', '.join(LANGUAGES)}", param_hint="--language")
    with translation.override(chosen):
        text = markdown(assessment())
    if file is None:
        typer.echo(text, nl=False)
        return
    file.write_text(text, encoding="utf-8")
    typer.echo(f"The impact assessment is in {file}. Fill in what is marked, have it reviewed and keep it.")
