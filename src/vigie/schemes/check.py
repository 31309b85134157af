"""Check a scheme file: every fault with its line, the rule it breaks and the repair.

The form is checked first (`fits`); what no JSON Schema can say is checked here, once the form is right.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from yaml.nodes import MappingNode, Node, SequenceNode

from vigie import times
from vigie.schemes import dates
from vigie.schemes.fits import Fault, line_of, misfits
from vigie.schemes.reader import all_ids, load
from vigie.schemes.text import compose, plain, read_text

__all__ = ["Fault", "check", "check_text"]


def check(file: Path) -> list[Fault]:
    """Give every fault of a scheme file, by line; none if it can be used.

    Raises BadScheme, naming the line, when it is not readable YAML at all.
    """
    return check_text(read_text(file), str(file))


def check_text(text: str, source: str = "the scheme") -> list[Fault]:
    """Give every fault of a scheme's text, as `check` does."""
    tree = compose(text, source)
    faults = list(misfits(tree))
    if not faults:
        data = plain(tree)
        for rule in _RULES:
            faults.extend(rule(tree, data))
    return sorted(faults)


def _at(tree: Node, *path: str | int) -> Node:
    """Give the node at a path, or the deepest one on the way that is there."""
    for step in path:
        if isinstance(tree, MappingNode):
            found = next((value for key, value in tree.value if key.value == step), None)
        elif isinstance(tree, SequenceNode) and isinstance(step, int) and step < len(tree.value):
            found = tree.value[step]
        else:
            found = None
        if found is None:
            return tree
        tree = found
    return tree


def _levels_or_none(tree: Node, data: Any) -> Iterator[Fault]:
    levels = data.get("levels") or []
    if data["kind"] == "none" and levels:
        yield Fault(
            line_of(_at(tree, "levels")),
            "levels",
            "a scheme of kind none has levels",
            "Remove them, or choose another kind.",
        )
    if data["kind"] == "none" and not data.get("notes"):
        yield Fault(line_of(tree), "levels", "no level, and no reason why", "Say in notes why there is none.")
    if data["kind"] != "none" and not any(int(level["rank"]) > 0 for level in levels):
        yield Fault(
            line_of(tree),
            "levels",
            "no level of rank 1 or more",
            "Add the levels, or write kind: none and say why in notes.",
        )


def _codes(tree: Node, data: Any) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    for place, level in enumerate(data.get("levels") or []):
        line = line_of(_at(tree, "levels", place, "code"))
        if level["code"] in seen:
            yield Fault(
                line,
                "code",
                f"code {level['code']} stands twice (also line {seen[level['code']]})",
                "Give each level its own code.",
            )
        seen.setdefault(level["code"], line)


def _ranks(tree: Node, data: Any) -> Iterator[Fault]:
    seen: dict[int, int] = {}
    for place, level in enumerate(data.get("levels") or []):
        rank, line = int(level["rank"]), line_of(_at(tree, "levels", place, "rank"))
        if rank in seen:
            yield Fault(
                line,
                "rank",
                f"rank {rank} stands twice (also line {seen[rank]})",
                "Two levels are never equally grave: part them.",
            )
        seen.setdefault(rank, line)
    for rank in range(1, max(seen, default=0)):
        if rank not in seen:
            line = line_of(_at(tree, "levels"))
            yield Fault(
                line, "rank", f"no level has rank {rank}", "Count ranks from 1 (least severe) without a gap."
            )


def _rule(tree: Node, data: Any) -> Iterator[Fault]:
    rule, parts = data.get("rule"), (data.get("zones") or {}).get("parts", False)
    if data.get("levels") and rule is None:
        yield Fault(
            line_of(tree),
            "rule",
            "levels without a rule",
            "Add rule: single, highest-covering or most-specific.",
        )
    if rule == "single" and parts:
        repair = "Choose highest-covering or most-specific, or write parts: false."
        yield Fault(
            line_of(_at(tree, "rule")),
            "rule",
            "one level for the whole zone, yet parts may have their own",
            repair,
        )


def _zones(tree: Node, data: Any) -> Iterator[Fault]:
    zones = data.get("zones") or {}
    if data.get("levels") and not zones:
        yield Fault(line_of(tree), "zones", "levels without zones", "Add zones: {within: [XX]}.")
    regions = zones.get("tree") or {}
    if regions and not zones.get("parts", False):
        yield Fault(
            line_of(_at(tree, "zones", "tree")),
            "zones",
            "parts are listed, yet parts is not true",
            "Write parts: true.",
        )
    for region, inside in regions.items():
        for code in (region, *inside):
            if not any(code.startswith(outer + "-") for outer in zones["within"]):
                line = line_of(_at(tree, "zones", "tree", region))
                yield Fault(
                    line,
                    "zones",
                    f"{code} lies outside {', '.join(zones['within'])}",
                    "Correct it, or widen within.",
                )


def _dates(tree: Node, data: Any) -> Iterator[Fault]:
    read = {}
    for key in ("in_force_from", "in_force_to"):
        if data.get(key):
            try:
                read[key] = dates.read(data[key])
            except dates.BadDate as fault:
                yield Fault(line_of(_at(tree, key)), "date", f"{key} is {data[key]!r}", str(fault))
    if len(read) == 2 and read["in_force_to"].last < read["in_force_from"].first:
        yield Fault(
            line_of(_at(tree, "in_force_to")),
            "date",
            "it ends before it begins",
            "Correct one of the two dates.",
        )


def _clock(tree: Node, data: Any) -> Iterator[Fault]:
    if data.get("clock"):
        try:
            times.time_zone(data["clock"])
        except times.BadTime as fault:
            yield Fault(line_of(_at(tree, "clock")), "clock", f"clock is {data['clock']!r}", str(fault))


def _suggests(tree: Node, data: Any) -> Iterator[Fault]:
    own = {level["code"] for level in data.get("levels") or []}
    for threat, pairs in (data.get("suggests") or {}).items():
        line = line_of(_at(tree, "suggests", threat))
        unknown = sorted(set(pairs.values()) - own)
        if unknown:
            yield Fault(
                line,
                "suggests",
                f"{', '.join(unknown)} is no level of this scheme",
                f"Its levels: {', '.join(sorted(own))}.",
            )
        if threat in all_ids() and set(pairs) != set(load(threat).codes):
            codes = ", ".join(load(threat).codes)
            yield Fault(
                line, "suggests", f"the levels of {threat} are not those listed", f"List each once: {codes}."
            )


def _predecessor(tree: Node, data: Any) -> Iterator[Fault]:
    if data.get("predecessor") == data["id"]:
        yield Fault(
            line_of(_at(tree, "predecessor")),
            "predecessor",
            "the scheme is its own predecessor",
            "Name the edition before, or leave it out.",
        )


_RULES: tuple[Callable[[Node, Any], Iterator[Fault]], ...] = (
    _levels_or_none,
    _codes,
    _ranks,
    _rule,
    _zones,
    _dates,
    _clock,
    _suggests,
    _predecessor,
)
