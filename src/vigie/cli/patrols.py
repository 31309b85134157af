"""`vigie patrols`: solve games, draw plans under a sealed seed, reveal the seed, verify the draw."""

import sys
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from vigie import times
from vigie.cli.home import AsOption, HomeOption, JsonOption, acting, open_home, out
from vigie.errors import BadInput
from vigie.exposure import tables
from vigie.patrols import bound, optimum
from vigie.patrols.bayes import check as bayes_check, optimum as bayes_optimum
from vigie.patrols.bayes.game import BayesianGame
from vigie.patrols.bayes.solution import BayesianSolution
from vigie.patrols.game import StaticGame
from vigie.patrols.mix import check as mix_check
from vigie.patrols.reading import MOST_BYTES, Game, answer, read_games
from vigie.patrols.routes import optimum as routes_optimum
from vigie.patrols.routes.solution import RouteSolution
from vigie.patrols.showing import people_down, people_up
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
    """Solve static, bayesian and route games, with a proof. Needs no home and makes none.

    Each answer is checked by other code before it is printed. The JSON Schema of FILE is shipped as
    vigie/patrols/game.schema.json.
    """
    games, listed = read_games(_bytes(file, MOST_BYTES))
    answers = []
    for game in games:
        answers.append(_solved(game))
        if game.remark:
            print(f"vigie: {game.remark}", file=sys.stderr)
    told: Any = [answer(solution) for solution, _ in answers]
    out(
        told if listed else told[0],
        as_json=as_json,
        text="\n\n".join(words for _, words in answers),
    )


def _solved(game: Game) -> tuple[Solution | BayesianSolution | RouteSolution, str]:
    """Solve a game of any kind, have the answer checked by other code, and say it in words."""
    if isinstance(game, StaticGame):
        static = optimum.solve(game)
        bound.check(game, static)
        return static, _words(game, static)
    if isinstance(game, BayesianGame):
        bayesian = bayes_optimum.solve(game)
        bayes_check.check(game, bayesian)
        return bayesian, _words(game, bayesian)
    route = routes_optimum.solve(game)
    mix_check.check(game, route)
    site, slot = route.attacked
    lines = [
        f"{game.sites} sites, {game.slots} slots, {game.teams} teams, solved in {route.seconds:.3g} s.",
        f"Value to the defender   {route.value:.9g}   (no mix can reach more than {route.bound:.9g})",
        f"Value to the attacker   {route.attacker_value:.9g}, attacking site {site} in slot {slot}",
        f"{len(route.mix)} joint schedules in the mix: --json gives them all.",
    ]
    return route, "\n".join(lines)


def _words(game: StaticGame | BayesianGame, solution: Solution | BayesianSolution) -> str:
    sites = [solution.attacked] if isinstance(solution.attacked, int) else solution.attacked
    attacked = " or ".join(map(str, dict.fromkeys(sites)))
    most = sorted(range(game.n), key=lambda i: -solution.coverage[i])[:10]
    lines = [
        f"{game.n} sites, {game.resources:g} resources, solved in {solution.seconds * 1000:.3g} ms.",
        f"Value to the defender   {solution.value:.9g}   (no cover can reach more than {solution.bound:.9g})",
        f"  if ties go against us {solution.value_pessimistic:.9g}",
        f"Value to the attacker   {solution.attacker_value:.9g}, attacking site {attacked}",
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


@app.command()
def draw(
    teams: Annotated[int, typer.Option(help="Teams on duty at once.")],
    first_day: Annotated[str, typer.Option("--from", help="First day, YYYY-MM-DD.")],
    days: Annotated[int, typer.Option(help="Days, 1 to 7.")] = 7,
    area: Annotated[str, typer.Option(help="Only sites in this area, such as FR-75.")] = "",
    people: Annotated[
        str,
        typer.Option(
            "--people", help="A table (.csv or .xlsx) of people expected, instead of this home's sites."
        ),
    ] = "",
    reason: Annotated[str, typer.Option(help="Why a plan in force is replaced.")] = "",
    home: HomeOption = None,
    as_: AsOption = "",
    as_json: JsonOption = False,
) -> None:
    """Draw a plan under a sealed seed; print its guarantee and its digest."""
    open_home(home)
    from vigie.patrols import actions, presence, queries

    actor, first = acting(as_), times.parse_day(first_day)
    if people:
        present, names = presence.read(_bytes(people, tables.MAX_BYTES))
        last = first + timedelta(days=days)
        made = actions.draw_from(
            actor,
            present=[one for one in present if first <= one.day < last],
            names=names,
            teams=teams,
            reason=reason,
        )
    else:
        made = actions.draw(actor, teams=teams, first_day=first, days=days, area=area, reason=reason)
    row = queries.plan(made)
    value = {
        "plan": made,
        "value": -row.exposed / 1000,
        "bound": -row.least / 1000,
        "commitment": row.commitment,
    }
    lines = [
        f"{made}: {row.teams} teams at {len(row.sites)} sites, {row.days} days from {row.first_day}.",
        f"At most {people_up(row.exposed)} people are exposed at the worst place and time; no plan brings that below {people_down(row.least)}.",
        f"{row.assumed_share / 10:.0f} % of the people expected are assumed.",
        f"Digest of the sealed seed: {row.commitment}",
    ]
    out(value, as_json=as_json, text="\n".join(lines))


@app.command()
def reveal(
    plan: Annotated[str, typer.Argument(help="The plan, such as plan-12.")],
    home: HomeOption = None,
    as_: AsOption = "",
    as_json: JsonOption = False,
) -> None:
    """Put the seed of a plan that is over on the record."""
    open_home(home)
    from vigie.patrols import actions, queries

    actions.reveal(acting(as_), plan)
    row = queries.plan(plan)
    out(
        {"plan": plan, "seed": row.seed, "salt": row.salt},
        as_json=as_json,
        text=f"seed {row.seed}\nsalt {row.salt}",
    )


@app.command()
def verify(
    plan: Annotated[str, typer.Argument(help="The plan, such as plan-12.")],
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Draw a plan again from its revealed seed and compare every turn."""
    open_home(home)
    from vigie.patrols import queries

    row = queries.plan(plan)
    turns = queries.verify(row)
    out(
        {"plan": plan, "commitment": row.commitment, "turns": turns, "verified": True},
        as_json=as_json,
        text=f"The seed gives the digest {row.commitment}, and all {turns} turns drawn again are those of {plan}.",
    )
