"""Check a scheme file: every fault with its line, the rule it breaks and the repair.

The form is the JSON Schema's (`fits`); what no schema can say is checked here. Both are named in one go: what lacks its
form is left out of what the rules read, so a rule asks only of parts that can be read, and never says a part is missing
that stands there unreadable.
"""

from collections.abc import Callable, Generator, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from yaml.nodes import MappingNode, Node, SequenceNode

from vigie import times
from vigie.schemes import dates
from vigie.schemes.fits import Fault, line_of, walk
from vigie.schemes.reader import all_ids, load
from vigie.schemes.text import compose, plain, read_text

__all__ = ["MOST_FAULTS", "Fault", "check", "check_text"]

MOST_FAULTS = 1_000
"""How many faults of form, or of one rule, are looked for: a file with more is no scheme, and naming each would take minutes."""


def check(file: Path) -> list[Fault]:
    """Give every fault of a scheme file, by line; none if it can be used.

    Raises BadScheme, naming the line, when it is not readable YAML at all.
    """
    return check_text(read_text(file), str(file))


def check_text(text: str, source: str = "the scheme") -> list[Fault]:
    """Give every fault of a scheme's text, as `check` does."""
    tree = compose(text, source)
    found = list(islice(walk(tree), MOST_FAULTS))
    faults = [fault for fault, _ in found]
    data = plain(tree, {part for _, part in found if part is not None})
    for rule in _RULES:
        faults.extend(islice(rule(tree, data), MOST_FAULTS))
    return sorted(set(faults))


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


def _stands(tree: Node, key: str) -> bool:
    """Say whether a key is written at all, readable or not."""
    return isinstance(tree, MappingNode) and any(name.value == key for name, _ in tree.value)


def _levels(data: Any) -> list[tuple[int, dict[str, Any]]]:
    """Give the levels that can be read, each with its place in the file's list."""
    return [(place, level) for place, level in enumerate(data.get("levels") or []) if level is not None]


def _all_have(data: Any, key: str) -> bool:
    """Say whether every level written has a readable `key`: only then can one be said to be missing among them."""
    return all(level is not None and key in level for level in data.get("levels") or [])


def _levels_or_none(tree: Node, data: Any) -> Iterator[Fault]:
    kind, levels = data.get("kind"), data.get("levels") or []
    if kind == "none" and levels:
        yield Fault(
            line_of(_at(tree, "levels")),
            "levels",
            "a scheme of kind none has levels",
            "Remove them, or choose another kind.",
        )
    if kind == "none" and not data.get("notes"):
        yield Fault(line_of(tree), "levels", "no level, and no reason why", "Say in notes why there is none.")
    if kind in (None, "none") or (_stands(tree, "levels") and "levels" not in data):
        return
    if _all_have(data, "rank") and not any(int(level["rank"]) > 0 for level in levels):
        yield Fault(
            line_of(tree),
            "levels",
            "no level of rank 1 or more",
            "Add the levels, or write kind: none and say why in notes.",
        )


def _codes(tree: Node, data: Any) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    for place, level in _levels(data):
        if "code" not in level:
            continue
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
    for place, level in _levels(data):
        if "rank" not in level:
            continue
        rank, line = int(level["rank"]), line_of(_at(tree, "levels", place, "rank"))
        if rank in seen:
            yield Fault(
                line,
                "rank",
                f"rank {rank} stands twice (also line {seen[rank]})",
                "Two levels are never equally grave: part them.",
            )
        seen.setdefault(rank, line)
    if not _all_have(data, "rank"):
        return
    gaps = [str(rank) for rank in range(1, max(seen, default=0)) if rank not in seen]
    if gaps:
        yield Fault(
            line_of(_at(tree, "levels")),
            "rank",
            f"no level has rank {', '.join(gaps)}",
            "Count ranks from 1 (least severe) without a gap.",
        )


def _rule(tree: Node, data: Any) -> Iterator[Fault]:
    rule, parts = data.get("rule"), (data.get("zones") or {}).get("parts", False)
    if data.get("levels") and rule is None and ("rule" in data or not _stands(tree, "rule")):
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
    if data.get("levels") and not zones and not _stands(tree, "zones"):
        yield Fault(line_of(tree), "zones", "levels without zones", "Add zones: {within: [XX]}.")
    regions = zones.get("tree") or {}
    if regions and zones.get("parts", _stands(_at(tree, "zones"), "parts")) is False:
        yield Fault(
            line_of(_at(tree, "zones", "tree")),
            "zones",
            "parts are listed, yet parts is not true",
            "Write parts: true.",
        )
    within = zones.get("within")
    if within is None or None in within:
        return
    for region, inside in regions.items():
        for code in (region, *(part for part in inside if part is not None)):
            if not any(code.startswith(outer + "-") for outer in within):
                line = line_of(_at(tree, "zones", "tree", region))
                yield Fault(
                    line,
                    "zones",
                    f"{code} lies outside {', '.join(within)}",
                    "Correct it, or widen within.",
                )


def _dates(tree: Node, data: Any) -> Iterator[Fault]:
    first = yield from _date(tree, data, "in_force_from")
    last = yield from _date(tree, data, "in_force_to")
    if first and last and last.last < first.first:
        yield Fault(
            line_of(_at(tree, "in_force_to")),
            "date",
            "it ends before it begins",
            "Correct one of the two dates.",
        )


def _wordings(tree: Node, data: Any) -> Iterator[Fault]:
    for place, level in _levels(data):
        here = _at(tree, "levels", place)
        since = yield from _date(here, level, "since")
        yield from _date(here, level, "added")
        for nth, earlier in enumerate(level.get("earlier") or []):
            if earlier is None:
                continue
            then = _at(here, "earlier", nth)
            seen = yield from _date(then, earlier, "seen")
            if seen and since and seen.first >= since.first:
                yield Fault(
                    line_of(then),
                    "wording",
                    f"words seen in {seen} are no earlier than those of {since}",
                    "Correct one of the two dates.",
                )
            if not (_stands(then, "name") or _stands(then, "meaning")):
                yield Fault(
                    line_of(then), "wording", "earlier words without words", "Add name or meaning, as it was."
                )


def _date(tree: Node, data: Any, key: str) -> Generator[Fault, None, dates.SourcedDate | None]:
    """Read a date that may be there; what is no date is a fault."""
    if not data.get(key):
        return None
    try:
        return dates.read(data[key])
    except dates.BadDate as fault:
        yield Fault(line_of(_at(tree, key)), "date", f"{key} is {data[key]!r}", str(fault))
        return None


def _may_end(tree: Node, data: Any) -> Iterator[Fault]:
    own = {level["code"] for _, level in _levels(data) if "code" in level}
    given = data.get("may_end") or []
    unknown = sorted({code for code in given if isinstance(code, str)} - own)
    line = line_of(_at(tree, "may_end"))
    if unknown and _all_have(data, "code") and "levels" in data:
        yield Fault(
            line,
            "may_end",
            f"{', '.join(unknown)} is no level of this scheme",
            f"Its levels: {', '.join(sorted(own))}.",
        )
    if given and data.get("expiry") not in ("soft", "stated-hour"):
        yield Fault(
            line,
            "may_end",
            "it names levels that may end by themselves, and expiry says otherwise",
            "Set expiry to soft or stated-hour, or leave may_end out.",
        )


def _clock(tree: Node, data: Any) -> Iterator[Fault]:
    if data.get("clock"):
        try:
            times.time_zone(data["clock"])
        except times.BadTime as fault:
            yield Fault(line_of(_at(tree, "clock")), "clock", f"clock is {data['clock']!r}", str(fault))


def _suggests(tree: Node, data: Any) -> Iterator[Fault]:
    own = {level["code"] for _, level in _levels(data) if "code" in level}
    told = _all_have(data, "code") and ("levels" in data or not _stands(tree, "levels"))
    given = data.get("suggests") or {}
    for threat, pairs in given.items():
        unknown = sorted(set(pairs.values()) - own)
        if unknown and told:
            yield Fault(
                line_of(_at(tree, "suggests", threat)),
                "suggests",
                f"{', '.join(unknown)} is no level of this scheme",
                f"Its levels: {', '.join(sorted(own))}.",
            )
    for threat in sorted(set(given) & set(all_ids())) if given else ():
        codes = load(threat).codes
        if set(given[threat]) != set(codes):
            yield Fault(
                line_of(_at(tree, "suggests", threat)),
                "suggests",
                f"the levels of {threat} are not those listed",
                f"List each once: {', '.join(codes)}.",
            )


def _predecessor(tree: Node, data: Any) -> Iterator[Fault]:
    if data.get("predecessor") and data["predecessor"] == data.get("id"):
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
    _wordings,
    _may_end,
    _clock,
    _suggests,
    _predecessor,
)
