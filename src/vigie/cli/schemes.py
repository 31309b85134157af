"""`vigie schemes`: what schemes there are, what one says, and whether one's own file can be used."""

import json
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer
from typer.core import TyperGroup

from vigie.cli.home import AsOption, HomeOption, JsonOption, acting, open_home, out


class _NameOrCommand(TyperGroup):
    """Lets `vigie schemes NAME` stand for `vigie schemes show NAME`: the name is what people type."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put `show` before anything that is neither a command nor a request for help."""
        if not args or (args[0] not in self.commands and args[0] != "--help"):
            args = ["show", *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=_NameOrCommand, help="The national schemes of alert levels, as data.", no_args_is_help=False
)


@app.command()
def show(
    name: Annotated[
        str | None, typer.Argument(help="A scheme, such as fr-vigipirate-2016; none lists them all.")
    ] = None,
    at: Annotated[
        str | None,
        typer.Option("--at", help="A day, such as 2016-03-22: the words that the levels had then."),
    ] = None,
    home: Annotated[
        Path | None,
        typer.Option("--home", help="Show the schemes of this home's own too; none if not given."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON only.")] = False,
) -> None:
    """List the schemes, or show one with its levels, its rules and its sources."""
    if home is not None:
        open_home(home)
    from vigie.schemes import dates
    from vigie.schemes.reader import all_ids, digest, load

    if name is None:
        schemes = [load(each) for each in all_ids()]
        if as_json:
            rows = [
                {
                    "id": s.id,
                    "country": s.country,
                    "name": s.name,
                    "name_en": s.name_en,
                    "levels": list(s.codes),
                }
                for s in schemes
            ]
            typer.echo(json.dumps({"schemes": rows}, ensure_ascii=False, indent=2))
            return
        width = max(len(s.id) for s in schemes)
        for s in schemes:
            typer.echo(
                f"{s.id:<{width}}  {s.country or '--'}  {', '.join(s.codes) or 'no level, by policy'}  {s.name_en}"
            )
        return
    scheme = load(name).at(dates.read(at).last) if at else load(name)
    if as_json:
        typer.echo(
            json.dumps(
                {"scheme": msgspec.to_builtins(scheme) | {"sha256": digest(name)}},
                ensure_ascii=False,
                indent=2,
            )
        )
        return
    typer.echo("\n".join(_lines(scheme)))


def _lines(scheme: Any) -> list[str]:
    from vigie.schemes.scheme import EXPIRIES, RULES

    lines = [f"{scheme.name}  ({scheme.name_en})", f"  {scheme.authority}", ""]
    if not scheme.levels:
        lines += ["  No level, by policy.", ""]
    for level in reversed(scheme.levels):
        name = level.word("")
        gloss = f" ({level.gloss_en})" if level.gloss_en.casefold() not in name.casefold() else ""
        lines.append(f"  {level.printed}  {level.code}  {name}{gloss}")
        lines += [f"       {level.meaning['en']}"] if "en" in level.meaning else []
        lines += [f"       in the scheme since {level.added}, or a little before"] if level.added else []
        for then in level.earlier:
            words = [*then.name.values(), *([then.meaning["en"]] if "en" in then.meaning else [])]
            lines.append(f"       in {then.seen}: {'; '.join(words)}")
    said = {
        "In force": f"{scheme.in_force_from or 'start not sourced'} to {scheme.in_force_to or 'now'}",
        "Decided by": scheme.decided_by,
        "Announced by": scheme.announced_by,
        "Level at a place": RULES[scheme.rule] if scheme.rule else "",
        "Expiry": EXPIRIES[scheme.expiry] if scheme.expiry else "not sourced",
        "": scheme.expiry_note,
        "May end by itself": ", ".join(scheme.may_end),
        "Review": scheme.review + (f" ({scheme.review_every})" if scheme.review_every else ""),
        "Marks": ", ".join(scheme.marks),
        "Edition before": scheme.predecessor or "",
        "Confidence": scheme.confidence,
    }
    lines += ["", *(f"  {label + ':' if label else '':<18}{text}" for label, text in said.items() if text)]
    lines += [f"  - {note}" for note in scheme.notes]
    return [*lines, "  Sources:", *(f"    {source}" for source in scheme.sources)]


def _tell_faults(file: Path) -> None:
    from vigie.schemes.check import check as faults_of

    faults = faults_of(file)
    for fault in faults:
        typer.echo(f"{file}, {fault}", err=True)
    if faults:
        typer.echo(f"{len(faults)} to mend. The form, for editors: vigie schemes form", err=True)
        raise typer.Exit(2)


@app.command()
def check(file: Annotated[Path, typer.Argument(help="A scheme file (YAML) of your own.")]) -> None:
    """Say whether a scheme file can be used: every fault with its line, the rule it breaks and the repair."""
    from vigie.schemes.reader import read_file

    _tell_faults(file)
    scheme = read_file(file)
    typer.echo(f"{file} can be used: {scheme.id}, levels {', '.join(scheme.codes) or 'none, by policy'}.")


@app.command()
def add(
    file: Annotated[Path, typer.Argument(help="A scheme file (YAML) of your own.")],
    home: HomeOption = None,
    as_name: AsOption = "",
    as_json: JsonOption = False,
) -> None:
    """Put a scheme of your own on a home's record: from then on it is used wherever a shipped one is.

    It is checked first; nothing is written where it has a fault. It never changes: a new edition is another file, with
    a name of its own and this one as its predecessor.
    """
    from vigie.schemes.text import read_bytes

    data = read_bytes(file)
    _tell_faults(file)
    open_home(home)
    from vigie.editions.actions import add as put
    from vigie.schemes.reader import digest, load

    made = put(acting(as_name), data, file=str(file))
    text = (
        f"{made} is on the record, to the last byte: SHA-256 {digest(made)}.\n"
        f"Its levels: {', '.join(load(made).codes) or 'none, by policy'}. Receive one with: vigie receive {made} CODE\n"
        f"To decide it here, name it under [[decides]] in vigie.toml."
    )
    out({"scheme": made, "sha256": digest(made)}, as_json=as_json, text=text)


@app.command()
def blank() -> None:
    """Print a blank scheme to fill in."""
    from importlib.resources import files

    typer.echo((files("vigie.schemes") / "blank.yaml").read_text(encoding="utf-8"), nl=False)


@app.command()
def form() -> None:
    """Print the JSON Schema of scheme files, for editors that check while one writes."""
    from importlib.resources import files

    typer.echo((files("vigie.schemes") / "schema.json").read_text(encoding="utf-8"), nl=False)
