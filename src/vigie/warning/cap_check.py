"""Judge CAP 1.2 files: every broken rule with its line, its element and its repair.

The way of a file: the door (`cap_parse`), the shape (`cap_structure`), and, when the shape is right, what the text of
the standard asks beyond its schema (`cap_meaning`, `cap_geometry`). Several files are also judged as a set.
A signature is checked against the message and the certificate beside it; whose certificate that is stays open.
"""

import hashlib
from collections.abc import Iterable, Iterator

from lxml import etree
from msgspec import Struct

from vigie.warning.cap import NAMESPACE
from vigie.warning.cap_geometry import geometry
from vigie.warning.cap_meaning import meaning, read_time
from vigie.warning.cap_parse import Unreadable, tree_of
from vigie.warning.cap_rules import Finding, found
from vigie.warning.cap_signature import signature
from vigie.warning.cap_structure import structure

_TAG = "{" + NAMESPACE + "}"
_SIGNATURE = "{http://www.w3.org/2000/09/xmldsig#}Signature"


class Verdict(Struct, frozen=True):
    """What was found in one file. `valid` when it has no fault; advice does not count."""

    name: str
    valid: bool
    findings: tuple[Finding, ...]
    sender: str = ""
    identifier: str = ""
    sent: str = ""
    status: str = ""
    kind: str = ""
    languages: tuple[str, ...] = ()
    references: tuple[tuple[str, str, str], ...] = ()
    signed: bool = False
    sha256: str = ""

    @property
    def faults(self) -> tuple[Finding, ...]:
        """The findings that forbid publishing."""
        return tuple(f for f in self.findings if f.severity == "fault")


def check(data: bytes, name: str = "message") -> Verdict:
    """Judge the bytes of one file. Raises nothing: whatever the bytes are, they get a verdict.

    name: how the verdict calls the file.
    """
    digest = hashlib.sha256(data).hexdigest()
    try:
        root = tree_of(data)
    except Unreadable as fault:
        finding = found(fault.rule, fault.line, "alert", given=fault.detail)
        return Verdict(name=name, valid=False, findings=(finding,), sha256=digest)
    findings = list(structure(root))
    if not any(f.severity == "fault" for f in findings):
        # Rules of meaning presume the shape: a second fault drawn from the first would only hide it.
        findings += _sent(root)
        findings += meaning(root)
        findings += geometry(root)
        if root.find(_SIGNATURE) is not None:
            findings += signature(tree_of(data, whole=True))
    findings.sort(key=lambda f: (f.line, f.severity == "advice"))
    return Verdict(
        name=name,
        valid=not any(f.severity == "fault" for f in findings),
        findings=tuple(findings),
        sender=_text(root, "sender"),
        identifier=_text(root, "identifier"),
        sent=_text(root, "sent"),
        status=_text(root, "status"),
        kind=_text(root, "msgType"),
        languages=tuple(
            (info.findtext(_TAG + "language") or "").strip() or "en-US"
            for info in root.iterfind(_TAG + "info")
        ),
        references=tuple(_triplets(_text(root, "references"))),
        signed=root.find(_SIGNATURE) is not None,
        sha256=digest,
    )


def check_set(files: Iterable[tuple[str, bytes]]) -> list[Verdict]:
    """Judge several files (name, bytes), each alone and then against the others: names used twice, references that differ.

    The order of the files does not matter to the findings.
    """
    verdicts = [check(data, name) for name, data in files]
    by_name: dict[tuple[str, str], list[Verdict]] = {}
    for verdict in verdicts:
        if verdict.identifier:
            by_name.setdefault((verdict.sender, verdict.identifier), []).append(verdict)
    return [_with(verdict, tuple(_against(verdict, by_name))) for verdict in verdicts]


def _against(verdict: Verdict, by_name: dict[tuple[str, str], list[Verdict]]) -> Iterator[Finding]:
    for twin in by_name.get((verdict.sender, verdict.identifier), []):
        if twin.sha256 != verdict.sha256:
            yield found("set-same-name", 1, "alert/identifier", expected=twin.name)
    for sender, identifier, sent in verdict.references:
        known = by_name.get((sender, identifier), [])
        if known and all(other.sent != sent for other in known):
            yield found("set-sent-differs", 1, "alert/references", given=identifier, expected=known[0].sent)


def _with(verdict: Verdict, more: tuple[Finding, ...]) -> Verdict:
    if not more:
        return verdict
    return Verdict(
        **{
            **{f: getattr(verdict, f) for f in verdict.__struct_fields__},
            "valid": False,
            "findings": verdict.findings + more,
        }
    )


def _sent(root: etree._Element) -> Iterator[Finding]:
    element = root.find(_TAG + "sent")
    if element is not None and read_time(element.text) is None:
        yield found("time", element.sourceline, "alert/sent", given=element.text)


def _triplets(text: str) -> Iterator[tuple[str, str, str]]:
    for word in text.split():
        parts = word.split(",")
        if len(parts) == 3:
            yield parts[0], parts[1], parts[2]


def _text(root: etree._Element, name: str) -> str:
    return (root.findtext(_TAG + name) or "").strip()
