"""Games and answers as JSON: what a file may say, what is refused and where, and the shape of an answer.

The shape is also published as a JSON Schema, `game.schema.json` beside this file; a test keeps both in step.
What a schema cannot say (lists as long as `n`, payoffs in order, floors within the resources) is refused here.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from vigie.errors import BadInput
from vigie.patrols.game import LIMITS, PAYOFFS, BadGame, StaticGame
from vigie.patrols.solution import Solution

KINDS = ("static",)
MOST_BYTES = 1_000_000_000
_KEYS = {"kind", "n", "resources", *PAYOFFS, *LIMITS}
_NEEDED = ("n", "resources", *PAYOFFS)


class UnknownGame(BadInput):
    """A kind of game that is not solved here."""


def schema() -> dict[str, Any]:
    """Give the JSON Schema (draft 2020-12) of a file of games."""
    text = Path(__file__).with_name("game.schema.json").read_text(encoding="utf-8")
    read: dict[str, Any] = json.loads(text)
    return read


def read_games(raw: bytes) -> tuple[list[StaticGame], bool]:
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


def read_game(data: Any) -> StaticGame:
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
    unknown = sorted(set(data) - _KEYS)
    if unknown:
        raise BadGame(
            "A static game has no {unknown}. It has: {known}.",
            unknown=", ".join(unknown),
            known=", ".join(sorted(_KEYS)),
        )
    missing = [name for name in _NEEDED if name not in data]
    if missing:
        raise BadGame("The game lacks {missing}. Add it.", missing=", ".join(missing))
    n = data["n"]
    # 3.0 is an integer in JSON Schema, hence here.
    if isinstance(n, bool) or not isinstance(n, int | float) or n < 0 or n % 1 != 0:
        raise BadGame("n is {n!r}. Expected the number of sites, a whole number.", n=n)
    if isinstance(data["resources"], bool) or not isinstance(data["resources"], int | float):
        raise BadGame("resources is {given!r}. Expected a number.", given=data["resources"])
    for name in (*PAYOFFS, *LIMITS):
        if name in data:
            _check_list(name, data[name], int(n))
    return StaticGame(data["resources"], **{name: data[name] for name in (*PAYOFFS, *LIMITS) if name in data})


def answer(solution: Solution) -> dict[str, Any]:
    """Give a solution as JSON holds it: the value never goes without its coverage and its bound."""
    return {
        "value": solution.value,
        "value_pessimistic": solution.value_pessimistic,
        "attacker_value": solution.attacker_value,
        "attacked": solution.attacked,
        "coverage": solution.coverage.tolist(),
        "bound": solution.bound,
        "seconds": solution.seconds,
    }


def _numbered(i: int, data: Any) -> StaticGame:
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
