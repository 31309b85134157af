"""Games and answers as JSON: what a file may say, what is refused and where, and the shape of an answer.

The shape is also published as a JSON Schema, `game.schema.json` beside this file; a test keeps both in step.
What a schema cannot say (lists as long as `n`, payoffs in order, floors within the resources) is refused here.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from vigie.errors import BadInput
from vigie.patrols.bayes.game import BayesianGame
from vigie.patrols.bayes.solution import BayesianSolution
from vigie.patrols.game import LIMITS, PAYOFFS, BadGame, FloatArray, StaticGame
from vigie.patrols.routes.game import MOST_SITES, MOST_SLOTS, RouteGame, whole
from vigie.patrols.routes.solution import RouteSolution
from vigie.patrols.solution import Solution

Game = StaticGame | BayesianGame | RouteGame
MOST_BYTES = 1_000_000_000
_HEAD = ("kind", "n", "resources")
_ROUTE = ("sites", "slots", "teams", "min_dwell", "value", "travel")


class UnknownGame(BadInput):
    """A kind of game that is not solved here."""


def schema() -> dict[str, Any]:
    """Give the JSON Schema (draft 2020-12) of a file of games."""
    text = Path(__file__).with_name("game.schema.json").read_text(encoding="utf-8")
    read: dict[str, Any] = json.loads(text)
    return read


def read_games(raw: bytes) -> tuple[list[Game], bool]:
    """Read one game, or a list of games, and say whether it was a list.

    Raises BadGame when the bytes are no JSON or no game, naming the game and the entry at fault, and
    UnknownGame when its kind is not solved here.
    """
    if len(raw) > MOST_BYTES:
        raise BadGame("The file has {size} bytes; at most {most} are read.", size=len(raw), most=MOST_BYTES)
    try:
        data = json.loads(raw, parse_constant=_no_number)
    except UnicodeDecodeError:
        raise BadGame("The file is not text in UTF-8. Expected JSON.") from None
    except RecursionError:
        raise BadGame(
            "The file nests lists deeper than a game can. Expected one game or a list of games."
        ) from None
    except json.JSONDecodeError as fault:
        raise BadGame(
            "Line {line}, column {column}: this is not JSON ({fault}).",
            line=fault.lineno,
            column=fault.colno,
            fault=fault.msg,
        ) from None
    if not isinstance(data, list):
        return [read_game(data)], False
    if not data:
        raise BadGame("The list holds no game. Give at least one.")
    return [_numbered(i, one) for i, one in enumerate(data)], True


def read_game(data: Any) -> Game:
    """Read one game from decoded JSON. Raises BadGame or UnknownGame."""
    if not isinstance(data, Mapping):
        raise BadGame(
            "A game is {given}. Expected an object with kind, n, resources and payoffs.", given=_named(data)
        )
    kind = data.get("kind")
    if kind not in KINDS:
        raise UnknownGame(
            "The kind of game is {kind!r}. Solved here: {kinds}.",
            kind=kind,
            kinds=", ".join(f'"{k}"' for k in KINDS),
        )
    return _READERS[kind](data)


def answer(solution: Solution | BayesianSolution | RouteSolution) -> dict[str, Any]:
    """Give a solution as JSON holds it: the value never goes without its coverage or mix, and its bound."""
    if isinstance(solution, RouteSolution):
        proof = solution.proof
        prices = None if proof.prices is None else _cells(proof.prices)
        return {
            "value": solution.value,
            "attacker_value": solution.attacker_value,
            "attacked": list(solution.attacked),
            "mix": [
                {"p": chance, "teams": [route.tolist() for route in teams]} for chance, teams in solution.mix
            ],
            "bound": solution.bound,
            "proof": {"chances": _cells(proof.chances), "prices": prices},
            "seconds": solution.seconds,
        }
    return {
        "value": solution.value,
        "value_pessimistic": solution.value_pessimistic,
        "attacker_value": solution.attacker_value,
        "attacked": solution.attacked if isinstance(solution, Solution) else list(solution.attacked),
        "coverage": solution.coverage.tolist(),
        "bound": solution.bound,
        "seconds": solution.seconds,
    }


def _cells(table: FloatArray) -> list[list[float]]:
    """Give the cells of a table (sites, slots) that are not zero: site, slot, number."""
    return [[*map(int, cell), float(table[tuple(cell)])] for cell in np.argwhere(table > 0)]


def _static(data: Mapping[str, Any]) -> StaticGame:
    _check_keys(data, "static game", {*_HEAD, *PAYOFFS, *LIMITS}, (*_HEAD[1:], *PAYOFFS))
    n = _check_head(data)
    for name in (*PAYOFFS, *LIMITS):
        if name in data:
            _check_list(name, data[name], n)
    return StaticGame(data["resources"], **{name: data[name] for name in (*PAYOFFS, *LIMITS) if name in data})


def _bayesian(data: Mapping[str, Any]) -> BayesianGame:
    _check_keys(data, "bayesian game", {*_HEAD, "types"}, (*_HEAD[1:], "types"))
    n = _check_head(data)
    types = data["types"]
    if not isinstance(types, list):
        raise BadGame("types is {given}. Expected a list of types.", given=_named(types))
    for number, one in enumerate(types):
        if not isinstance(one, Mapping):
            raise BadGame(
                "types[{number}] is {given}. Expected an object with prob and payoffs.",
                number=number,
                given=_named(one),
            )
        _check_keys(one, f"type (types[{number}])", {"prob", *PAYOFFS}, ("prob", *PAYOFFS))
        for name in PAYOFFS:
            _check_list(f"types[{number}].{name}", one[name], n)
    return BayesianGame.of(data["resources"], types)


def _route(data: Mapping[str, Any]) -> RouteGame:
    _check_keys(data, "route game", {"kind", *_ROUTE, "start", "detection"}, _ROUTE)
    shape = [
        whole(name, data[name], 1, most) for name, most in (("sites", MOST_SITES), ("slots", MOST_SLOTS))
    ]
    for name, columns in (("value", shape[1]), ("travel", shape[0])):
        _check_table(name, data[name], shape[0], columns)
    return RouteGame(
        value=data["value"],
        travel=data["travel"],
        teams=data["teams"],
        min_dwell=data["min_dwell"],
        start=data.get("start"),
        detection=data.get("detection", 1.0),
    )


_READERS: dict[str, Callable[[Mapping[str, Any]], Game]] = {
    "static": _static,
    "bayesian": _bayesian,
    "route": _route,
}
KINDS = tuple(_READERS)


def _check_keys(data: Mapping[str, Any], what: str, known: set[str], needed: Iterable[str]) -> None:
    unknown = sorted(set(data) - known)
    if unknown:
        raise BadGame(
            "A {what} has no {unknown}. It has: {known}.",
            what=what,
            unknown=", ".join(unknown),
            known=", ".join(sorted(known)),
        )
    missing = [name for name in needed if name not in data]
    if missing:
        raise BadGame("The {what} lacks {missing}. Add it.", what=what, missing=", ".join(missing))


def _check_head(data: Mapping[str, Any]) -> int:
    n = data["n"]
    # 3.0 is an integer in JSON Schema, hence here.
    if isinstance(n, bool) or not isinstance(n, int | float) or n < 0 or n % 1 != 0:
        raise BadGame("n is {n!r}. Expected the number of sites, a whole number.", n=n)
    if isinstance(data["resources"], bool) or not isinstance(data["resources"], int | float):
        raise BadGame("resources is {given!r}. Expected a number.", given=data["resources"])
    return int(n)


def _check_table(name: str, given: Any, rows: int, columns: int) -> None:
    if not isinstance(given, list):
        raise BadGame(
            "{name} is {given}. Expected a list of {rows} lists.", name=name, given=_named(given), rows=rows
        )
    if len(given) != rows:
        raise BadGame(
            "{name} has {length} rows and there are {rows} sites. Give one row per site.",
            name=name,
            length=len(given),
            rows=rows,
        )
    for number, row in enumerate(given):
        # A way that is not there is null, in travel alone.
        numbers = (
            [0 if one is None else one for one in row] if name == "travel" and isinstance(row, list) else row
        )
        _check_row(f"{name}[{number}]", numbers, columns)


def _check_row(name: str, given: Any, columns: int) -> None:
    if not isinstance(given, list) or len(given) != columns:
        raise BadGame(
            "{name} is {given}. Expected a list of {columns} numbers.",
            name=name,
            given=f"a list of {len(given)}" if isinstance(given, list) else _named(given),
            columns=columns,
        )
    _check_numbers(name, given)


def _numbered(i: int, data: Any) -> Game:
    try:
        return read_game(data)
    except BadInput as fault:
        raise type(fault)("Game {number} of the list: {fault}", number=i + 1, fault=str(fault)) from None


def _check_list(name: str, given: Any, n: int) -> None:
    if not isinstance(given, list):
        raise BadGame(
            "{name} is {given}. Expected a list of {n} numbers.", name=name, given=_named(given), n=n
        )
    if len(given) != n:
        raise BadGame(
            "{name} has {length} numbers and n is {n}. Give one number per site.",
            name=name,
            length=len(given),
            n=n,
        )
    _check_numbers(name, given)


def _check_numbers(name: str, given: list[Any]) -> None:
    if not set(map(type, given)) <= {int, float}:
        site = next(i for i, number in enumerate(given) if type(number) not in (int, float))
        raise BadGame(
            "{name}[{site}] is {given}. Expected a number.", name=name, site=site, given=_named(given[site])
        )


def _named(given: Any) -> str:
    names = {list: "a list", dict: "an object", str: "a text", bool: "true or false", type(None): "null"}
    return names.get(type(given), "a number")


def _no_number(word: str) -> float:
    raise BadGame(
        "The file holds {word}, which is neither JSON nor a number. Give a finite number there.", word=word
    )
