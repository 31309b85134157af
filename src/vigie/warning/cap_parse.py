"""The door for XML from outside: bytes to a tree, or one fault that names the line.

What is refused, and why, was tried against lxml 6: a small bomb of nested entities expands whatever
`resolve_entities` says, so a document type declaration never reaches the parser; and since libxml2 reads
encodings in which `<!DOCTYPE` is spelt with other bytes (UTF-7, EBCDIC), the text is decoded here, from a short
list of encodings, and handed over as UTF-8.
"""

import codecs
import re

from lxml import etree

from vigie.warning.cap import BadMessage

LARGEST = 1_048_576
"""Bytes. A message with a polygon of 6,208 points has about 120,000; a national feed's longest had 154,000."""

DEEPEST = 32
"""Steps of nesting. CAP has four; a signature adds about ten."""

_DECLARED = re.compile(r"<\?xml\s[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
_ALLOWED = {"utf-8", "ascii", "cp1252", *(f"iso8859-{n}" for n in (1, 2, 3, 4, 5, 7, 9, 10, 13, 14, 15, 16))}
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_ROOT = re.compile(r"<[^?!]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_BAD_REFERENCE = re.compile(r"xmlParseCharRef|invalid xmlChar")


class Unreadable(BadMessage):
    """Bytes that are not XML we would parse. `rule` names the rule broken, `line` where (1 on)."""

    def __init__(self, rule: str, line: int, detail: str = "") -> None:
        super().__init__("Line {line}: {rule} {detail}", line=line, rule=rule, detail=detail)
        self.rule = rule
        self.line = line
        self.detail = detail


def tree_of(data: bytes, *, whole: bool = False) -> etree._Element:
    """Parse `data` and give its root element, whatever its name.

    whole: keep comments and processing instructions, which a signature may cover; else they are left out.
    Raises Unreadable for what is empty, over LARGEST bytes, in an encoding not listed, holds a document type
    declaration or a control character, is nested deeper than DEEPEST, or is not well-formed XML.
    """
    if not data.strip():
        raise Unreadable("empty", 1)
    if len(data) > LARGEST:
        raise Unreadable("too-large", 1)
    text = _decoded(data)
    _refuse_doctype(text)
    control = _CONTROL.search(text)
    if control:
        raise Unreadable("control-character", _line(text, control.start()), f"U+{ord(control[0]):04X}")
    return _parsed(text, whole=whole)


def _decoded(data: bytes) -> str:
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "")
    if not encoding:
        declared = _DECLARED.match(data[:200].decode("latin-1"))
        encoding = declared[1] if declared else "utf-8"
        try:
            known = codecs.lookup(encoding).name
        except LookupError:
            known = ""
        if known not in _ALLOWED:
            raise Unreadable("encoding", 1, encoding)
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as fault:
        raise Unreadable("encoding", data[: fault.start].count(b"\n") + 1, encoding) from None


def _refuse_doctype(text: str) -> None:
    """Refuse a document type declaration: it stands before the root element, or nowhere."""
    place = 0
    while True:
        start = text.find("<", place)
        if start < 0 or _ROOT.match(text, start):
            return
        if text.startswith("<!--", start):
            end = text.find("-->", start)
        elif text.startswith("<?", start):
            end = text.find("?>", start)
        else:
            # Only <!DOCTYPE may stand here; anything else is not XML, and no less refused.
            raise Unreadable("doctype", _line(text, start))
        if end < 0:
            return
        place = end + 2


def _parsed(text: str, *, whole: bool) -> etree._Element:
    try:
        root = etree.fromstring(text.encode("utf-8"), _parser(whole=whole))
    except etree.XMLSyntaxError as fault:
        rule = "control-character" if _BAD_REFERENCE.search(str(fault)) else "not-xml"
        raise Unreadable(rule, fault.lineno or 1, fault.msg or "") from None
    if root.getroottree().docinfo.doctype:
        raise Unreadable("doctype", 1)
    depth = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEEPEST:
            raise Unreadable("too-deep", element.sourceline or 1)
    return root


def _parser(*, whole: bool) -> etree.XMLParser:
    return etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=not whole,
        remove_pis=not whole,
    )


def _line(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1
