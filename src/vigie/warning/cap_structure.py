"""Which elements a CAP 1.2 message may hold, how often, in which order, and what simple ones look like.

The table says what the schema of the standard says (OASIS CAP 1.2, section 3.4), and is written by hand, so that a
fault can name its line and its repair. The schema is used in tests only, as a judge: nothing it refuses passes here.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from lxml import etree

from vigie.warning.cap import NAMESPACE
from vigie.warning.cap_rules import Finding, found

_TAG = "{" + NAMESPACE + "}"
_SIGNATURE = "{http://www.w3.org/2000/09/xmldsig#}"
_SCHEMA_HINTS = {
    "{http://www.w3.org/2001/XMLSchema-instance}" + name
    for name in ("schemaLocation", "noNamespaceSchemaLocation")
}

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[-+]\d\d:\d\d")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_INTEGER = re.compile(r"[+-]?[0-9]+")
_DECIMAL = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)")

Check = Callable[[etree._Element, str, str], Iterator[Finding]]  # noqa: SLF001 - lxml gives its element no other name


class Part(NamedTuple):
    """An element that may stand in another: how often, and what it holds (parts, or text that a check reads)."""

    least: int = 0
    most: int | None = 1
    parts: "dict[str, Part] | None" = None
    check: Check | None = None


def _one_of(words: str) -> Check:
    values = words.split()

    def check(element: etree._Element, path: str, text: str) -> Iterator[Finding]:
        if text not in values:
            yield found("enumeration", element.sourceline, path, given=text, expected=", ".join(values))

    return check


def _shape(rule: str, pattern: re.Pattern[str], expected: str) -> Check:
    def check(element: etree._Element, path: str, text: str) -> Iterator[Finding]:
        if not pattern.fullmatch(text.strip(" \t\r\n")):
            yield found(rule, element.sourceline, path, given=text, expected=expected)

    return check


def _filled(element: etree._Element, path: str, text: str) -> Iterator[Finding]:
    if not text.strip():
        yield found("blank", element.sourceline, path)


def _said(element: etree._Element, path: str, text: str) -> Iterator[Finding]:
    if not text.strip():
        yield found("value-empty", element.sourceline, path)


def _elsewhere(element: etree._Element, path: str, text: str) -> Iterator[Finding]:  # noqa: ARG001
    yield from ()  # geometry is read in cap_geometry


def _time(element: etree._Element, path: str, text: str) -> Iterator[Finding]:
    bare = text.strip(" \t\r\n")
    if bare and not _TIME.fullmatch(bare):
        yield found(_time_rule(bare), element.sourceline, path, given=bare)
    elif not bare:
        yield found("blank", element.sourceline, path)


def _time_rule(text: str) -> str:
    if re.search(r"T\d\d:\d\d:\d\d[.,]\d+(?!\d|:)", text):
        return "time-fraction"
    if re.search(r"T\d\d:\d\d(:\d\d)?Z$", text):
        return "time-z"
    if re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?", text):
        return "time-offset"
    return "time"


_TEXT = Part()
_PAIR = {"valueName": Part(1, check=_filled), "value": Part(1, check=_said)}
_RESOURCE = {
    "resourceDesc": Part(1, check=_filled),
    "mimeType": Part(1, check=_filled),
    "size": Part(check=_shape("number", _INTEGER, "bytes")),
    "uri": _TEXT,
    "derefUri": _TEXT,
    "digest": _TEXT,
}
_FEET = _shape("number", _DECIMAL, "feet")
_AREA = {
    "areaDesc": Part(1, check=_filled),
    "polygon": Part(0, None, check=_elsewhere),
    "circle": Part(0, None, check=_elsewhere),
    "geocode": Part(0, None, _PAIR),
    "altitude": Part(check=_FEET),
    "ceiling": Part(check=_FEET),
}
_INFO = {
    "language": Part(check=_shape("language", _LANGUAGE, "fr-FR")),
    "category": Part(
        1, None, check=_one_of("Geo Met Safety Security Rescue Fire Health Env Transport Infra CBRNE Other")
    ),
    "event": Part(1, check=_filled),
    "responseType": Part(
        0, None, check=_one_of("Shelter Evacuate Prepare Execute Avoid Monitor Assess AllClear None")
    ),
    "urgency": Part(1, check=_one_of("Immediate Expected Future Past Unknown")),
    "severity": Part(1, check=_one_of("Extreme Severe Moderate Minor Unknown")),
    "certainty": Part(1, check=_one_of("Observed Likely Possible Unlikely Unknown")),
    "audience": _TEXT,
    "eventCode": Part(0, None, _PAIR),
    "effective": Part(check=_time),
    "onset": Part(check=_time),
    "expires": Part(check=_time),
    "senderName": _TEXT,
    "headline": _TEXT,
    "description": _TEXT,
    "instruction": _TEXT,
    "web": _TEXT,
    "contact": _TEXT,
    "parameter": Part(0, None, _PAIR),
    "resource": Part(0, None, _RESOURCE),
    "area": Part(0, None, _AREA),
}
ALERT = {
    "identifier": Part(1, check=_filled),
    "sender": Part(1, check=_filled),
    "sent": Part(1, check=_time),
    "status": Part(1, check=_one_of("Actual Exercise System Test Draft")),
    "msgType": Part(1, check=_one_of("Alert Update Cancel Ack Error")),
    "source": _TEXT,
    "scope": Part(1, check=_one_of("Public Restricted Private")),
    "restriction": _TEXT,
    "addresses": _TEXT,
    "code": Part(0, None),
    "note": _TEXT,
    "references": _TEXT,
    "incidents": _TEXT,
    "info": Part(0, None, _INFO),
}
"""The whole message: element name to part, in the order of the standard. Signatures may follow, nothing else."""


def structure(root: etree._Element) -> Iterator[Finding]:
    """Give what is wrong with the shape of the message whose root is `root`, top to bottom."""
    if root.tag != _TAG + "alert":
        yield found("root", root.sourceline, "alert", given=_named(root), expected=NAMESPACE)
        return
    yield from _compound(root, "alert", ALERT)


def _compound(element: etree._Element, path: str, parts: dict[str, Part]) -> Iterator[Finding]:
    yield from _attributes(element, path)
    yield from _between(element, path)
    names = list(parts)
    rank = {_TAG + name: place for place, name in enumerate(names)}
    count = dict.fromkeys(names, 0)
    furthest = 0
    for child in element.iterchildren("*"):
        place = rank.get(str(child.tag))
        if place is None:
            if path == "alert" and child.tag == _SIGNATURE + "Signature":
                furthest = len(names)
            else:
                yield found(
                    "unknown-element", child.sourceline, path, given=_named(child), expected=", ".join(names)
                )
            continue
        name = names[place]
        count[name] += 1
        if place < furthest:
            after = "Signature" if furthest == len(names) else names[furthest]
            yield found("order", child.sourceline, f"{path}/{name}", given=name, expected=after)
        furthest = max(furthest, place)
        part = parts[name]
        if part.most is not None and count[name] > part.most:
            yield found("repeated", child.sourceline, path, given=name)
        where = f"{path}/{name}[{count[name]}]" if part.most is None else f"{path}/{name}"
        yield from (
            _compound(child, where, part.parts) if part.parts is not None else _simple(child, where, part)
        )
    for name, part in parts.items():
        if count[name] < part.least:
            yield found("missing", element.sourceline, path, given=name)


def _simple(element: etree._Element, path: str, part: Part) -> Iterator[Finding]:
    yield from _attributes(element, path)
    for child in element.iterchildren("*"):
        yield found("not-simple", child.sourceline, path, given=_named(child))
        return
    text = element.text or ""
    if part.check is not None:
        yield from part.check(element, path, text)
    elif not text.strip():
        yield found("blank-optional", element.sourceline, path)


def _attributes(element: etree._Element, path: str) -> Iterator[Finding]:
    for name in element.attrib:
        if str(name) not in _SCHEMA_HINTS:
            yield found("attribute", element.sourceline, path, given=etree.QName(name).localname)


def _between(element: etree._Element, path: str) -> Iterator[Finding]:
    if element.text and element.text.strip():
        yield found("stray-text", element.sourceline, path, given=element.text.strip())
    for child in element:
        if child.tail and child.tail.strip():
            yield found("stray-text", child.sourceline, path, given=child.tail.strip())


def _named(element: etree._Element) -> str:
    name = etree.QName(element)
    return (
        name.localname
        if name.namespace == NAMESPACE
        else f"{name.localname} ({name.namespace or 'no namespace'})"
    )
