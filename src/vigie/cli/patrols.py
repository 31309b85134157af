"""`vigie patrols`: solve games, draw plans under a sealed seed, reveal the seed, verify the draw."""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from vigie.cli.home import JsonOption, out
from vigie.errors import BadInput
from vigie.patrols.bound import check
from vigie.patrols.game import StaticGame
from vigie.patrols.optimum import solve as solve_game
from vigie.patrols.reading import MOST_BYTES, answer, read_games
from vigie.patrols.solution import Solution

app = typer.Typer(
    no_args_is_help=True, add_completion=False, help="Solve patrol games; draw and verify plans."
)


class NoSuchFile(BadInput):
    """A file named on the command line cannot be read."""


@app.callback()
def group() -> None:
    """Solve patrol games; draw and verify plans."""


@app.command()
def solve(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="JSON: one game or a list; - reads standard input.")
    ],
    as_json: JsonOption = False,
) -> None:
    """Solve static security games exactly, with a proof. Needs no home and makes none.

    Each answer is checked by other code before it is printed. The JSON Schema of FILE is shipped as
    vigie/patrols/game.schema.json.
    """
    games, listed = read_games(_bytes(file, MOST_BYTES))
    answers = []
    for game in games:
        solution = solve_game(game)
        check(game, solution)
        answers.append(solution)
        if game.remark:
            print(f"vigie: {game.remark}", file=sys.stderr)
    told: Any = [answer(solution) for solution in answers]
    out(
        told if listed else told[0],
        as_json=as_json,
        text="\n\n".join(_words(*pair) for pair in zip(games, answers, strict=True)),
    )


def _words(game: StaticGame, solution: Solution) -> str:
    most = sorted(range(game.n), key=lambda i: -solution.coverage[i])[:10]
    lines = [
        f"{game.n} sites, {game.resources:g} resources, solved in {solution.seconds * 1000:.3g} ms.",
        f"Value to the defender   {solution.value:.9g}   (no cover can reach more than {solution.bound:.9g})",
        f"  if ties go against us {solution.value_pessimistic:.9g}",
        f"Value to the attacker   {solution.attacker_value:.9g}, attacking site {solution.attacked}",
        "Most covered sites:",
        *(f"  site {i:<8} {solution.coverage[i]:.6f}" for i in most),
    ]
    if game.n > len(most):
        lines.append(f"  and {game.n - len(most)} more: --json gives the whole cover.")
    return "\n".join(lines)


def _bytes(name: str, most: int) -> bytes:
    """Read a file, no further than what shows that it is too large."""
    try:
        if name == "-":
            return sys.stdin.buffer.read(most + 1)
        with Path(name).open("rb") as stream:
            return stream.read(most + 1)
    except OSError as fault:
        raise NoSuchFile(
            "{name} cannot be read: {why}. Give a file, or - for standard input.",
            name=name,
            why=fault.strerror,
        ) from None
