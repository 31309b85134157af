"""Does a scheme file have the form the published JSON Schema asks for? Every misfit, with its line.

The schema beside this file is the one source of the form: adopters' editors read it, and so does this check,
which walks YAML nodes (that know their lines) instead of plain data. It understands the keywords that the
schema uses and no others; a test holds it against a full validator.
"""

import difflib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

_KINDS = {
    "object": "a map (key: value)",
    "array": "a list",
    "string": "a text",
    "boolean": "true or false",
    "integer": "a whole number",
}


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is wrong in a scheme file.

    line: counted from 1. rule: short name of the rule broken. what: what stands there. repair: what to do.
    """

    line: int
    rule: str
    what: str
    repair: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.rule}: {self.what}. {self.repair}"


@cache
def schema() -> dict[str, Any]:
    """Give the published JSON Schema of scheme files (draft 2020-12)."""
    loaded: dict[str, Any] = json.loads((files("vigie.schemes") / "schema.json").read_text(encoding="utf-8"))
    return loaded


def line_of(node: Node) -> int:
    """Give the line a node starts on, counted from 1."""
    return node.start_mark.line + 1 if node.start_mark else 1


Misfit = tuple[Fault, Node | None]
"""A fault of form, and the part that cannot be read on because of it; none where the rest of its part can."""


def walk(node: Node) -> Iterator[Misfit]:
    """Give every fault of form with the part it spoils, so that the rest can still be asked for its sense."""
    yield from _walk(node, schema(), "the scheme")


def _walk(node: Node, rule: dict[str, Any], where: str) -> Iterator[Misfit]:
    if "$ref" in rule:
        rule = {
            **schema()["$defs"][rule["$ref"].rpartition("/")[2]],
            **{k: v for k, v in rule.items() if k != "$ref"},
        }
    hint = f"Expected {rule['description']}." if "description" in rule else ""
    wanted = rule.get("type", [])
    kinds = [wanted] if isinstance(wanted, str) else wanted
    if _kind(node, kinds) not in kinds:
        expected = " or ".join(_KINDS[kind] for kind in kinds if kind != "null")
        yield Fault(line_of(node), "form", f"{where} is not {expected}", hint or f"Write {expected}."), node
    elif isinstance(node, MappingNode):
        yield from _walk_map(node, rule, where)
    elif isinstance(node, SequenceNode):
        if len(node.value) < rule.get("minItems", 0):
            yield Fault(line_of(node), "form", f"{where} is empty", hint), None
        for place, item in enumerate(node.value, start=1):
            yield from _walk(item, rule["items"], f"{where}, item {place}")
    elif isinstance(node, ScalarNode):
        yield from _scalar(node, rule, where, hint)


def _walk_map(node: MappingNode, rule: dict[str, Any], where: str) -> Iterator[Misfit]:
    seen: set[str] = set()
    known: dict[str, Any] = rule.get("properties", {})
    others = rule.get("additionalProperties", True)
    for key_node, value in node.value:
        if not isinstance(key_node, ScalarNode):
            yield (
                Fault(line_of(key_node), "key", f"a key of {where} is no text", "Write it as a word."),
                value,
            )
            continue
        key = str(key_node.value)
        place = f"{where}: {key}" if where != "the scheme" else key
        if key in seen:
            yield Fault(line_of(key_node), "key", f"{place} stands twice", "Keep one of them."), None
        seen.add(key)
        if "propertyNames" in rule and not re.search(rule["propertyNames"]["pattern"], key):
            yield (
                Fault(
                    line_of(key_node),
                    "key",
                    f"{key!r} cannot stand in {where}",
                    _or(rule, "Write a code of the expected form."),
                ),
                value,
            )
        if key in known:
            yield from _walk(value, known[key], place)
        elif isinstance(others, dict):
            yield from _walk(value, others, place)
        else:
            near = difflib.get_close_matches(key, known, n=1)
            yield (
                Fault(
                    line_of(key_node),
                    "key",
                    f"{where} has no {key!r}",
                    f"Did you mean {near[0]}?" if near else f"Known: {', '.join(known)}.",
                ),
                value,
            )
    for key in rule.get("required", []):
        if key not in seen:
            text = known[key].get("description", "")
            yield (
                Fault(
                    line_of(node), "key", f"{where} lacks {key}", f"Add {key}{': ' + text if text else ''}."
                ),
                None,
            )
    if len(seen) < rule.get("minProperties", 0):
        yield Fault(line_of(node), "form", f"{where} is empty", _or(rule, "Add at least one entry.")), None


def _scalar(node: ScalarNode, rule: dict[str, Any], where: str, hint: str) -> Iterator[Misfit]:
    text = str(node.value)
    kind = _kind(node, rule["type"])
    line = line_of(node)
    if "enum" in rule and (None if kind == "null" else text) not in rule["enum"]:
        choices = ", ".join("null" if choice is None else choice for choice in rule["enum"])
        yield Fault(line, "word", f"{where} is {text!r}", f"Choose one of: {choices}."), node
    if kind == "integer" and not rule.get("minimum", 0) <= int(text) <= rule.get("maximum", int(text)):
        yield Fault(line, "number", f"{where} is {text}", hint), node
    if kind != "string":
        return
    if len(text) < rule.get("minLength", 0):
        yield Fault(line, "form", f"{where} is empty", "Write it, or leave the key out."), node
    if "pattern" in rule and not re.search(rule["pattern"], text):
        yield Fault(line, "form", f"{where} is {text!r}", hint), node


def _kind(node: Node, wanted: list[str]) -> str:
    if isinstance(node, MappingNode):
        return "object"
    if isinstance(node, SequenceNode):
        return "array"
    tag = str(node.tag).rpartition(":")[2]
    if tag == "null":
        return "null"
    if tag == "bool":
        return "boolean"
    if "integer" in wanted and re.fullmatch(r"-?[0-9]{1,9}", str(node.value)):
        return "integer"
    return "string"


def _or(rule: dict[str, Any], otherwise: str) -> str:
    return f"Expected {rule['description']}." if "description" in rule else otherwise
