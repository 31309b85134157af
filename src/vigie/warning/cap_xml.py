"""The exact bytes of a CAP 1.2 message, and the message back from bytes.

The same message always gives the same bytes: they are what a second person signs, what is published and what
a later message refers to.
"""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

import msgspec
from lxml import etree

from vigie import times
from vigie.warning.cap import (
    NAME,
    NAMESPACE,
    Area,
    BadMessage,
    Info,
    Message,
    Pair,
    Point,
    Reference,
    refuse_unsayable,
    time_text,
)
from vigie.warning.cap_parse import tree_of

_TAG = "{" + NAMESPACE + "}"


def to_bytes(message: Message, zone: str = "UTC") -> bytes:
    """Give the bytes of `message`: UTF-8, two blanks per step, elements in the order of the standard.

    zone: IANA name of the clock for times inside infos; `sent` is always UTC, so that references need no care.
    Raises BadMessage for a name no reference could carry, or a character `unsayable` refuses.
    """
    for field, name in (("identifier", message.identifier), ("sender", message.sender)):
        if not NAME.fullmatch(name):
            raise BadMessage(
                "{field} is {name!r}. Expected a text without blank, comma, < or &, since references part names by them.",
                field=field,
                name=name,
            )
    root = etree.Element(_TAG + "alert", nsmap={None: NAMESPACE})
    _texts(
        root,
        ("identifier", message.identifier),
        ("sender", message.sender),
        ("sent", time_text(message.sent)),
        ("status", message.status),
        ("msgType", message.kind),
        ("source", message.source),
        ("scope", message.scope),
        *(("code", code) for code in message.codes),
        ("note", message.note),
        # Parted by a blank: the comma is already taken, inside each one.
        ("references", " ".join(map(str, message.references))),
        ("incidents", message.incidents),
    )
    for info in message.infos:
        _info(root, info, zone)
    etree.indent(root, space="  ")
    body: bytes = etree.tostring(root, encoding="utf-8")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + body + b"\n"


def _info(root: etree._Element, info: Info, zone: str) -> None:
    element = etree.SubElement(root, _TAG + "info")
    _texts(
        element,
        ("language", info.language),
        *(("category", category) for category in info.categories),
        ("event", info.event),
        *(("responseType", response) for response in info.responses),
        ("urgency", info.urgency),
        ("severity", info.severity),
        ("certainty", info.certainty),
    )
    _pairs(element, "eventCode", info.event_codes)
    for name, instant in (("effective", info.effective), ("onset", info.onset), ("expires", info.expires)):
        _texts(element, (name, time_text(instant, zone) if instant else ""))
    _texts(
        element,
        ("senderName", info.sender_name),
        ("headline", info.headline),
        ("description", info.description),
        ("instruction", info.instruction),
        ("web", info.web),
        ("contact", info.contact),
    )
    _pairs(element, "parameter", info.parameters)
    for area in info.areas:
        child = etree.SubElement(element, _TAG + "area")
        polygons = (("polygon", " ".join(map(str, ring))) for ring in area.polygons)
        _texts(child, ("areaDesc", area.description), *polygons)
        _pairs(child, "geocode", area.geocodes)


def _texts(parent: etree._Element, *parts: tuple[str, str]) -> None:
    for name, text in parts:
        if text:
            refuse_unsayable(name, text)
            etree.SubElement(parent, _TAG + name).text = text


def _pairs(parent: etree._Element, name: str, pairs: Iterable[Pair]) -> None:
    for pair in pairs:
        _texts(etree.SubElement(parent, _TAG + name), ("valueName", pair.name), ("value", pair.value))


def from_bytes(data: bytes) -> Message:
    """Read a message from bytes that `cap_check` finds without fault.

    Parts that `Message` has no field for (resources, circles, heights, signatures) are left out.
    Raises BadMessage when the bytes cannot be read as a CAP 1.2 message.
    """
    root = tree_of(data)
    try:
        return _message(root)
    except (msgspec.ValidationError, InvalidOperation, ValueError, times.BadTime) as fault:
        raise BadMessage(
            "This is not a whole CAP 1.2 message: {fault}. Ask `vigie cap check` where.", fault=fault
        ) from None


def _message(root: etree._Element) -> Message:
    given: dict[str, Any] = {
        "identifier": _text(root, "identifier"),
        "sender": _text(root, "sender"),
        "sent": times.parse(_text(root, "sent")),
        "status": _text(root, "status"),
        "kind": _text(root, "msgType"),
        "source": _text(root, "source"),
        "scope": _text(root, "scope"),
        "codes": _all(root, "code"),
        "note": _text(root, "note"),
        "references": [_reference(word) for word in _text(root, "references").split()],
        "incidents": _text(root, "incidents"),
        "infos": [_info_of(element) for element in root.findall(_TAG + "info")],
    }
    return msgspec.convert(given, Message)


def _reference(word: str) -> Reference:
    sender, identifier, sent = word.split(",")
    return Reference(sender, identifier, sent)


def _info_of(element: etree._Element) -> Info:
    given: dict[str, Any] = {
        "language": _text(element, "language") or "en-US",  # the standard's default when it is absent
        "categories": _all(element, "category"),
        "event": _text(element, "event"),
        "responses": _all(element, "responseType"),
        "urgency": _text(element, "urgency"),
        "severity": _text(element, "severity"),
        "certainty": _text(element, "certainty"),
        "event_codes": _pairs_of(element, "eventCode"),
        "effective": _instant(element, "effective"),
        "onset": _instant(element, "onset"),
        "expires": _instant(element, "expires"),
        "sender_name": _text(element, "senderName"),
        "headline": _text(element, "headline"),
        "description": _text(element, "description"),
        "instruction": _text(element, "instruction"),
        "web": _text(element, "web"),
        "contact": _text(element, "contact"),
        "parameters": _pairs_of(element, "parameter"),
        "areas": [_area_of(area) for area in element.findall(_TAG + "area")],
    }
    return msgspec.convert(given, Info)


def _area_of(element: etree._Element) -> Area:
    rings = tuple(tuple(_point(word) for word in text.split()) for text in _all(element, "polygon"))
    return Area(_text(element, "areaDesc"), rings, tuple(_pairs_of(element, "geocode")))


def _point(word: str) -> Point:
    lat, lon = word.split(",")
    return Point(Decimal(lat), Decimal(lon))


def _text(parent: etree._Element, name: str) -> str:
    return parent.findtext(_TAG + name) or ""


def _all(parent: etree._Element, name: str) -> list[str]:
    return [element.text or "" for element in parent.findall(_TAG + name)]


def _pairs_of(parent: etree._Element, name: str) -> list[Pair]:
    return [Pair(_text(e, "valueName"), _text(e, "value")) for e in parent.findall(_TAG + name)]


def _instant(parent: etree._Element, name: str) -> datetime | None:
    text = _text(parent, name)
    return times.parse(text) if text else None
