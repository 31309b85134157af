"""Proofs that a thing was done, and scans of paper: what is taken, told by what the bytes are and not by their name."""

from vigie.errors import BadInput

MOST = 8 * 1024 * 1024
"""Bytes of one proof: a photograph as telephones make it, or some pages scanned."""

ENDINGS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/heic": "heic",
    "application/pdf": "pdf",
}
"""What is taken, and how a file of it is named when it is handed out."""

_HEIC = (b"heic", b"heix", b"heim", b"hevc", b"mif1", b"msf1")


class BadProof(BadInput):
    """A file that cannot be a proof: too large, empty, or neither a picture nor a PDF."""


class TooLarge(BadProof):
    """A request that is refused by its length, before a byte of it is read."""


def media(data: bytes) -> str:
    """Say what a proof is. Raises BadProof: empty, larger than MOST, of another kind than ENDINGS."""
    if len(data) > MOST:
        raise BadProof(
            "The proof has {size} MB; at most {most} are kept. Send a smaller photograph, or the page that shows it.",
            size=f"{len(data) / 1024 / 1024:.0f}",
            most=MOST // 1024 // 1024,
        )
    found = _sniffed(data[:64])
    if found is None:
        raise BadProof(
            "This file is neither a photograph (JPEG, PNG, WebP, HEIC) nor a PDF. Send one of these; nothing was kept."
        )
    return found


def _sniffed(start: bytes) -> str | None:
    if start.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if start.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if start.startswith(b"RIFF") and start[8:12] == b"WEBP":
        return "image/webp"
    if start[4:8] == b"ftyp" and start[8:12] in _HEIC:
        return "image/heic"
    return "application/pdf" if start.startswith(b"%PDF-") else None
