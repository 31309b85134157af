"""The text of a scheme file: what YAML is accepted, and within which limits.

Files come from strangers as well as from vigie, so aliases (which can blow a small file up to gigabytes), deep
nesting and big files are refused before anything is built. Words stay words: `NO` is Norway, not «false», and
2016-12-01 is a text.
"""

import re
from collections.abc import Collection
from pathlib import Path

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from vigie.errors import BadInput

MOST_BYTES = 1_000_000
_DEEPEST = 12


class BadScheme(BadInput):
    """A scheme file that cannot be read, or does not fit."""


# The parser in C where PyYAML was built with it: ten times faster, same nodes and lines.
_Base: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):  # type: ignore[misc,valid-type]  # chosen when the module is read
    """Resolves true, false and null; everything else is text, and fields that are numbers read it as one."""


_Loader.yaml_implicit_resolvers = {}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"(?:true|false)$"), list("tf"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"(?:null|~|)$"), ["n", "~", ""])


def read_text(file: Path) -> str:
    """Give a file's text. Raises BadScheme if it is missing, too big or not UTF-8."""
    return decode(read_bytes(file), str(file))


def read_bytes(file: Path) -> bytes:
    """Give a file's bytes, one more at the most than a scheme may have. Raises BadScheme if it cannot be opened."""
    try:
        with file.open("rb") as opened:
            # Never to its end: it may be the image of a disc, or a device without one.
            return opened.read(MOST_BYTES + 1)
    except OSError as fault:
        raise BadScheme("{file} cannot be opened: {fault}.", file=file, fault=fault.strerror) from None


def decode(raw: bytes, source: str) -> str:
    """Give the text of a scheme's bytes. Raises BadScheme if there are too many, or they are not UTF-8."""
    if len(raw) > MOST_BYTES:
        raise BadScheme(
            "{file} is too big: a scheme has at most {most} bytes. Is it the right file?",
            file=source,
            most=MOST_BYTES,
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = raw[: fault.start].count(b"\n") + 1
        raise BadScheme(
            "{file}, line {line}: not UTF-8. Save the file as UTF-8.", file=source, line=line
        ) from None


def compose(text: str, source: str) -> MappingNode:
    """Give the tree of nodes, each with its line. Raises BadScheme naming the line."""
    _refuse_traps(text, source)
    try:
        node = yaml.compose(text, _Loader)
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        raise BadScheme(
            "{source}, line {line}: not YAML: {fault}. Mend that line.",
            source=source,
            line=mark.line + 1 if mark else 1,
            fault=fault.problem or fault.context,
        ) from None
    except yaml.YAMLError as fault:
        raise BadScheme("{source}: not YAML: {fault}.", source=source, fault=fault) from None
    if not isinstance(node, MappingNode):
        raise BadScheme(
            "{source}, line 1: not a scheme. Start from the blank one: vigie schemes blank", source=source
        )
    return node


def parse(text: str, source: str) -> object:
    """Give the file's content as plain dicts, lists, texts and truths. Raises BadScheme."""
    return plain(compose(text, source))


def plain(node: Node, without: Collection[Node] = ()) -> object:
    """Give a node as plain data; a key written twice keeps its last value (the checks name it).

    without: parts to leave out: a map loses the key, a list keeps None in its place.
    """
    if isinstance(node, MappingNode):
        return {str(key.value): plain(value, without) for key, value in node.value if value not in without}
    if isinstance(node, SequenceNode):
        return [None if item in without else plain(item, without) for item in node.value]
    assert isinstance(node, ScalarNode)  # noqa: S101 - YAML has no fourth kind
    match node.tag.rpartition(":")[2]:
        case "bool":
            return node.value == "true"
        case "null":
            return None
        case _:
            return str(node.value)


def _refuse_traps(text: str, source: str) -> None:
    depth = 0
    try:
        for event in yaml.parse(text, _Loader):
            line = event.start_mark.line + 1 if event.start_mark else 1
            if isinstance(event, yaml.AliasEvent):
                raise BadScheme(
                    "{source}, line {line}: YAML aliases (*) are not accepted. Write the value out.",
                    source=source,
                    line=line,
                )
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            if depth > _DEEPEST:
                raise BadScheme(
                    "{source}, line {line}: nested deeper than a scheme goes. Close the brackets.",
                    source=source,
                    line=line,
                )
    except yaml.YAMLError:
        return  # compose, right after, names the line
