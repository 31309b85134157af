"""From bytes to the text as received: what is refused, which encoding was read, and where mail keeps its words."""

import email
import email.policy
import hashlib
import re
from dataclasses import dataclass, field
from datetime import date
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

from vigie.errors import BadInput

MOST_BYTES = 10 * 1024 * 1024
# A page may be large and say little; no report says more than a short book.
MOST_WORDS = 300_000
_MAGIC = (
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "an image"),
    (b"GIF8", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"7z\xbc\xaf", "an archive"),
    (b"BZh", "an archive"),
    (b"\xfd7zXZ", "an archive"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
)
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_\-]{2,40})""", re.IGNORECASE)
_HTML_START = re.compile(
    r"\s*(?:<!--.{0,4000}?-->\s*)*<(?:!doctype\s+html|html|head|body|article|div|p|h1)\b",
    re.IGNORECASE | re.DOTALL,
)
_MAIL_START = re.compile(
    rb"(?:[A-Za-z][A-Za-z0-9-]{1,60}:[^\r\n]{0,998}\r?\n(?:[ \t][^\r\n]{0,998}\r?\n)*){3,}\r?\n"
)
# UTF-8 bytes once read as Windows-1252: the two characters such a misreading leaves for common accented letters.
_MOJIBAKE = re.compile("Ã[\u0080-\u00bf©¨ª«¡­³´¶º±¼§¤œ]|â€[™œ\u009d“”¦]|Â[«»\u00a0°]")
_CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\r\x0c\x1b")
# A dozen letters, whatever stands between them.
_WORDS = re.compile(r"(?:[^\W\d_][\W\d_]*){12}")


class UnreadableReport(BadInput):
    """Bytes that are not a text report: empty, too big, binary or wrongly encoded."""


@dataclass(frozen=True)
class Received:
    """A report's bytes turned into text.

    raw: the text as received; every offset of a reading counts its characters. For a page this is the decoded
    source, tags included; for mail, the body part after its transfer encoding is undone; otherwise the whole text.
    form: "text", "html" or "mail"; markup: whether `raw` is HTML.
    """

    name: str
    sha256: str
    form: str
    markup: bool
    encoding: str
    raw: str
    subject: str | None = None
    sender: str | None = None
    dated: date | None = None
    notes: tuple[str, ...] = field(default=())


def receive(data: bytes, *, name: str) -> Received:
    """Turn a report's bytes into text, or refuse them in one sentence.

    Raises UnreadableReport for an empty, too big (over 10 MB), binary or wrongly encoded report.
    """
    if len(data) > MOST_BYTES:
        raise UnreadableReport(
            "{name} has {size} MB; a report may have at most {most} MB. Send the text of the report alone.",
            name=name, size=round(len(data) / 1048576, 1), most=MOST_BYTES // 1048576,
        )  # fmt: skip
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise UnreadableReport("{name} is empty. A report needs at least one sentence of text.", name=name)
    sha256 = hashlib.sha256(data).hexdigest()
    if name.lower().endswith((".eml", ".mbox")) or (
        not name.lower().endswith((".txt", ".html", ".htm")) and _MAIL_START.match(data)
    ):
        return _mail(data, name, sha256)
    _refuse_binary(data, name)
    declared = _CHARSET.search(data[:4096])
    raw, encoding = _decode(data, name, declared.group(1).decode("ascii") if declared else None)
    markup = name.lower().endswith((".html", ".htm", ".xhtml")) or bool(_HTML_START.match(raw))
    _refuse_wordless(raw, name)
    return Received(
        name=name, sha256=sha256, form="html" if markup else "text", markup=markup, encoding=encoding, raw=raw
    )


def _refuse_binary(data: bytes, name: str) -> None:
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise UnreadableReport(
                "{name} is {what}, not a text. Send the report as .txt, .html or .eml.", name=name, what=what
            )
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return
    if b"\x00" in data:
        raise UnreadableReport(
            "{name} is binary: byte {at} is zero. Send the report as .txt, .html or .eml.",
            name=name,
            at=data.index(0),
        )
    sample = data[:65536]
    controls = len(sample) - len(sample.translate(None, delete=_CONTROLS))
    if controls * 50 > len(sample):
        raise UnreadableReport(
            "{name} is binary: {share} % of its first bytes are control signs. Send the report as .txt, .html or .eml.",
            name=name, share=round(100 * controls / len(sample)),
        )  # fmt: skip


def _decode(data: bytes, name: str, declared: str | None) -> tuple[str, str]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _strictly(data, "utf-16", name), "utf-16"
    if data.startswith(b"\xef\xbb\xbf"):
        data, declared = data[3:], "utf-8"
    encoding = (declared or "utf-8").lower()
    if encoding in {"iso-8859-1", "latin-1", "latin1", "ascii", "us-ascii"}:
        encoding = "windows-1252"  # what browsers read under those names
    text = _strictly(data, encoding, name)
    if len(_MOJIBAKE.findall(text)) >= 3:
        raise UnreadableReport(
            "{name} was saved in a wrong encoding: its accents read like «{sample}». Save the original again as UTF-8.",
            name=name, sample=_MOJIBAKE.findall(text)[0],
        )  # fmt: skip
    if text.count("\ufffd") * 200 > len(text):
        raise UnreadableReport(
            "{name} has lost characters: {lost} were already replaced by «\ufffd» before it came here. "
            "Ask for the original.",
            name=name, lost=text.count("\ufffd"),
        )  # fmt: skip
    return text, encoding


def _strictly(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except LookupError:
        raise UnreadableReport(
            "{name} declares the encoding {encoding!r}, which is not known. Save it as UTF-8.",
            name=name,
            encoding=encoding,
        ) from None
    except UnicodeDecodeError as error:
        raise UnreadableReport(
            "{name} is not {encoding}: byte {at} does not fit. Save it as UTF-8, or let the page declare its encoding.",
            name=name, encoding=encoding, at=error.start,
        ) from None  # fmt: skip


def _refuse_wordless(raw: str, name: str) -> None:
    if _WORDS.search(raw[:20000]) is None:
        raise UnreadableReport(
            "{name} holds no words. A report needs at least one sentence of text.", name=name
        )


def _mail(data: bytes, name: str, sha256: str) -> Received:
    if b"\x00" in data[:4096]:
        _refuse_binary(data, name)
    message = email.message_from_bytes(data, policy=email.policy.default)
    part = _body(message)
    if part is None:
        raise UnreadableReport(
            "{name} is mail without a text part. Forward the words themselves, not only an attachment.",
            name=name,
        )
    payload = part.get_payload(decode=True)
    markup = part.get_content_subtype() == "html"
    raw, encoding = _decode(
        payload if isinstance(payload, bytes) else b"", name, part.get_content_charset() or "utf-8"
    )
    raw = raw.replace("\r\n", "\n")
    _refuse_wordless(raw, name)
    return Received(
        name=name, sha256=sha256, form="mail", markup=markup, encoding=encoding, raw=raw,
        subject=_header(message, "Subject"), sender=_sender(message), dated=_mail_date(message),
    )  # fmt: skip


def _body(message: EmailMessage) -> EmailMessage | None:
    # walk() is bounded: parts nested past a hundred are not looked at.
    parts = [part for part, _ in zip(message.walk(), range(100), strict=False) if not part.is_multipart()]
    for wanted in ("plain", "html"):
        for part in parts:
            if (
                part.get_content_maintype() == "text"
                and part.get_content_subtype() == wanted
                and not part.is_attachment()
            ):
                return part
    return None


def _header(message: EmailMessage, name: str) -> str | None:
    try:
        value = message.get(name)
    except (
        ValueError,
        IndexError,
        AttributeError,
    ):  # hostile headers break the parser of the standard library
        return None
    return str(value).strip()[:300] or None if value is not None else None


def _sender(message: EmailMessage) -> str | None:
    given = _header(message, "From")
    if given is None:
        return None
    shown = given.split("<")[0].strip(' "')
    return shown or None


def _mail_date(message: EmailMessage) -> date | None:
    given = _header(message, "Date")
    if given is None:
        return None
    try:
        return parsedate_to_datetime(given).date()
    except (ValueError, TypeError):
        return None
