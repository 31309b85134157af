"""What the schema of CAP 1.2 lets pass and its text does not: names, references, scope, times, hidden characters.

Read after `structure` has found the shape right; each function takes the root and gives findings.
"""

import re
from collections.abc import Iterator
from datetime import datetime

from lxml import etree

from vigie.warning.cap import NAME, NAMESPACE, unsayable
from vigie.warning.cap_rules import Finding, found

_TAG = "{" + NAMESPACE + "}"
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[-+]\d\d:\d\d")
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
_ISO = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?")
_ISO_NAMES = {"ISO3166-1", "ISO3166-2", "ISO 3166-1", "ISO 3166-2"}
_SHA1 = re.compile(r"[0-9A-Fa-f]{40}")


def meaning(root: etree._Element) -> Iterator[Finding]:
    """Give every rule beyond the schema that the message breaks, geometry apart."""
    yield from _names(root)
    yield from _references(root)
    yield from _scope(root)
    yield from _intent(root)
    for number, info in enumerate(root.iterfind(_TAG + "info"), 1):
        yield from _info_times(root, info, f"alert/info[{number}]")
        yield from _info_words(info, f"alert/info[{number}]")
    yield from _hidden(root)


def read_time(text: str | None) -> datetime | None:
    """Read a time written as CAP writes them; None when it is not one, or not a day that exists."""
    bare = (text or "").strip()
    if not _TIME.fullmatch(bare) or int(bare[-5:-3]) * 60 + int(bare[-2:]) > 14 * 60:
        return None
    try:
        return datetime.fromisoformat(bare)
    except ValueError:
        return None


def _names(root: etree._Element) -> Iterator[Finding]:
    for name in ("identifier", "sender"):
        element = root.find(_TAG + name)
        if element is not None and element.text and element.text.strip() and not NAME.fullmatch(element.text):
            yield found("name", element.sourceline, f"alert/{name}", given=element.text)


def _references(root: etree._Element) -> Iterator[Finding]:
    kind = _text(root, "msgType")
    element = root.find(_TAG + "references")
    words = (element.text or "").split() if element is not None else []
    if not words and kind != "Alert":
        yield found("references-missing", root.sourceline, "alert", given=kind)
    if element is None:
        return
    line, path = element.sourceline, "alert/references"
    own = (_text(root, "sender"), _text(root, "identifier"))
    sent = read_time(_text(root, "sent"))
    seen: set[str] = set()
    for word in words:
        parts = word.split(",")
        if len(parts) != 3 or not all(parts):
            yield found("references-form", line, path, given=word)
            continue
        earlier = read_time(parts[2])
        if earlier is None:
            yield found("references-time", line, path, given=parts[2])
        if (parts[0], parts[1]) == own:
            yield found("references-self", line, path)
        elif (
            earlier is not None and sent is not None and earlier >= sent and _text(root, "status") != "System"
        ):
            yield found("references-later", line, path, given=parts[2], expected=_text(root, "sent"))
        if word in seen:
            yield found("references-twice", line, path, given=word)
        seen.add(word)


def _scope(root: etree._Element) -> Iterator[Finding]:
    scope = _text(root, "scope")
    for owner, name, rule in (
        ("Restricted", "restriction", "restriction-missing"),
        ("Private", "addresses", "addresses-missing"),
    ):
        element = root.find(_TAG + name)
        if scope == owner and not _text(root, name).strip():
            yield found(rule, root.sourceline, "alert")
        elif element is not None and scope == "Public":
            yield found("scope-contradicted", element.sourceline, f"alert/{name}", given=name, expected=scope)


def _intent(root: etree._Element) -> Iterator[Finding]:
    status, kind = _text(root, "status"), _text(root, "msgType")
    if not _text(root, "note").strip():
        for value in ({"Exercise": "an Exercise"}.get(status), {"Error": "an Error"}.get(kind)):
            if value:
                yield found("note-missing", root.sourceline, "alert", given=value)
    if status in {"Test", "Draft"}:
        yield found("not-for-the-public", _line(root, "status"), "alert/status", given=status)
    if kind in {"Alert", "Update"} and status != "System" and root.find(_TAG + "info") is None:
        yield found("no-info", root.sourceline, "alert", given=kind)


def _info_times(root: etree._Element, info: etree._Element, path: str) -> Iterator[Finding]:
    instants = {name: read_time(_text(info, name)) for name in ("effective", "onset", "expires")}
    for name, instant in instants.items():
        text = _text(info, name).strip()
        # A time of the right form that is no day or no offset: the 31st of June, +25:00.
        if instant is None and _TIME.fullmatch(text):
            yield found("time", _line(info, name), f"{path}/{name}", given=text)
    expires, sent = instants["expires"], read_time(_text(root, "sent"))
    if expires is None:
        return
    line = _line(info, "expires")
    for name in ("effective", "onset"):
        start = instants[name]
        if start is not None and expires < start:
            yield found(
                "expires-before-start",
                line,
                f"{path}/{name}",
                given=_text(info, "expires"),
                expected=_text(info, name),
            )
    if sent is not None and expires <= sent:
        ends = _text(root, "msgType") != "Alert" or _text(info, "responseType") == "AllClear"
        yield found(
            "expires-at-once" if ends else "expires-before-sent",
            line,
            f"{path}/expires",
            given=_text(info, "expires"),
            expected=_text(root, "sent"),
        )


def _info_words(info: etree._Element, path: str) -> Iterator[Finding]:
    addresses = [(e, f"{path}/web") for e in info.iterfind(_TAG + "web")]
    for number, resource in enumerate(info.iterfind(_TAG + "resource"), 1):
        inside = resource.find(_TAG + "derefUri") is not None
        # With the bytes inside, the address may be a mere name for them (section 3.2.3).
        addresses += [
            (e, f"{path}/resource[{number}]/uri") for e in resource.iterfind(_TAG + "uri") if not inside
        ]
        digest = _text(resource, "digest").strip()
        if digest and not _SHA1.fullmatch(digest):
            yield found(
                "digest", _line(resource, "digest"), f"{path}/resource[{number}]/digest", given=digest
            )
    for element, where in addresses:
        text = (element.text or "").strip()
        if text and not _ABSOLUTE.fullmatch(text):
            yield found("address", element.sourceline, where, given=text)
    for number, area in enumerate(info.iterfind(_TAG + "area"), 1):
        yield from _area_words(area, f"{path}/area[{number}]")


def _area_words(area: etree._Element, path: str) -> Iterator[Finding]:
    if not any(area.find(_TAG + name) is not None for name in ("polygon", "circle", "geocode")):
        yield found("area-words-only", area.sourceline, path, given=_text(area, "areaDesc"))
    for geocode in area.iterfind(_TAG + "geocode"):
        value = _text(geocode, "value")
        if _text(geocode, "valueName").upper() in _ISO_NAMES and value.strip() and not _ISO.fullmatch(value):
            yield found("iso-code", geocode.sourceline, f"{path}/geocode", given=value)
    altitude, ceiling = area.find(_TAG + "altitude"), area.find(_TAG + "ceiling")
    if ceiling is not None and altitude is None:
        yield found("ceiling-alone", ceiling.sourceline, f"{path}/ceiling")
    elif (
        ceiling is not None and altitude is not None and float(ceiling.text or 0) < float(altitude.text or 0)
    ):
        yield found(
            "ceiling-low", ceiling.sourceline, f"{path}/ceiling", given=ceiling.text, expected=altitude.text
        )


def _hidden(root: etree._Element) -> Iterator[Finding]:
    for element in root.iter(_TAG + "*"):
        text = element.text or ""
        if text.isascii() and text.isprintable():
            continue
        for _, name in unsayable(text):
            # Carriage returns and C1 controls stand in public feeds of old systems, and turn nothing.
            if name.startswith(("LEFT-TO-RIGHT", "RIGHT-TO-LEFT", "POP DIRECTIONAL", "FIRST STRONG")):
                yield found("bidi", element.sourceline, etree.QName(element).localname, given=name)
                break


def _text(element: etree._Element, name: str) -> str:
    return element.findtext(_TAG + name) or ""


def _line(element: etree._Element, name: str) -> int:
    child = element.find(_TAG + name)
    return (child.sourceline if child is not None else element.sourceline) or 1
