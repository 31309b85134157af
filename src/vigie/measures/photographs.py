"""Photographs without what a camera writes into them: where and when they were taken, by which device, whose.

The picture itself is not touched: its parts are copied byte for byte, and what is no part of it is left out. What stays is
what a viewer needs: colours, size, and which side is up. Read from: ITU-T T.81 (JPEG), Exif 2.32, PNG third edition, the WebP
container specification, ISO/IEC 14496-12 and 23008-12 (HEIC).
"""

import struct
from collections.abc import Callable, Iterator

from vigie.measures.proofs import BadProof

_ORIENTATION = 0x0112
_PNG_KEPT = frozenset((
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"sBIT", b"pHYs", b"bKGD", b"hIST",
    b"sPLT", b"acTL", b"fcTL", b"fdAT",
))  # fmt: skip
_WEBP_KEPT = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))
_EXIF_AND_XMP = 0x08 | 0x04
"""Flags by which a WebP says that it holds them."""

_NO_EXIF = bytes(4) + struct.pack(">2sHIHI", b"MM", 42, 8, 0, 0)
"""An Exif item of HEIC that holds nothing, so that viewers find what they look for."""


class Unreadable(BadProof):
    """A photograph whose parts do not follow one another as they should."""


def bare(data: bytes, media: str) -> bytes:
    """Give a photograph without what the camera wrote into it; a file of another kind as it is.

    media: as `proofs.media` says it. Raises Unreadable: nobody could look at it, or what it holds cannot be told.
    """
    strip = _BY_MEDIA.get(media)
    if strip is None:
        return data
    try:
        return strip(data)
    except (IndexError, KeyError, StopIteration, struct.error, ValueError):
        raise Unreadable(
            "This photograph cannot be read: it is cut short or damaged. Take it again, or send it as JPEG or PDF; nothing was kept."
        ) from None


def _jpeg(data: bytes) -> bytes:
    kept, at, side = [data[:2]], 2, 1
    while at < len(data):
        marker = _marker(data, at)
        if marker == 0xFF:  # a byte that fills
            at += 1
            continue
        if marker == 0xD9:  # what follows the end is other pictures, or a film
            kept.append(b"\xff\xd9")
            break
        length = int.from_bytes(data[at + 2 : at + 4])
        end = at + 2 + length
        if length < 2 or end > len(data):
            raise ValueError(marker)
        body = data[at + 4 : end]
        if marker == 0xE1 and body.startswith(b"Exif\0\0"):
            side = _orientation(body[6:])
        elif _jpeg_kept(marker, body):
            kept.append(data[at:end])
        if marker == 0xDA:
            scan = end
            end = _scan_end(data, scan)
            kept.append(data[scan:end])
        at = end
    if side != 1:
        kept.insert(1, _side_up(side))
    return b"".join(kept)


def _marker(data: bytes, at: int) -> int:
    if data[at] != 0xFF:
        raise ValueError(data[at])
    return data[at + 1]


def _jpeg_kept(marker: int, body: bytes) -> bool:
    """Say whether a segment is part of the picture: of what applications write, JFIF, Adobe's colours and the profile alone."""
    if marker == 0xFE:
        return False
    if 0xE0 <= marker <= 0xEF:
        return body.startswith((b"JFIF\0", b"Adobe", b"ICC_PROFILE\0"))
    return True


def _scan_end(data: bytes, at: int) -> int:
    """Give where the coded lines of a scan end: at a marker that is neither a stuffed byte nor a restart."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            return len(data)
        following = data[at + 1]
        if following == 0xFF:
            at += 1
        elif following == 0 or 0xD0 <= following <= 0xD7:
            at += 2
        else:
            return at


def _orientation(tiff: bytes) -> int:
    """Read which side is up, 1 to 8; 1 where it is not said, or not so that it can be read."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return 1
    try:
        (start,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, start)
        for place in range(count):
            tag, _kind, _many, value = struct.unpack_from(f"{order}HHIH", tiff, start + 2 + 12 * place)
            if tag == _ORIENTATION:
                return value if 1 <= value <= 8 else 1
    except struct.error:
        pass
    return 1


def _side_up(side: int) -> bytes:
    """Write a segment that says which side is up, and nothing else."""
    tiff = struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, _ORIENTATION, 3, 1, side, 0, 0)
    body = b"Exif\0\0" + tiff
    return b"\xff\xe1" + (len(body) + 2).to_bytes(2) + body


def _png(data: bytes) -> bytes:
    kept, at = [data[:8]], 8
    while at < len(data):
        length, name = struct.unpack_from(">I4s", data, at)
        end = at + 12 + length
        if end > len(data):
            raise ValueError(name)
        if name in _PNG_KEPT:
            kept.append(data[at:end])
        if name == b"IEND":
            break
        at = end
    return b"".join(kept)


def _webp(data: bytes) -> bytes:
    kept, at = [], 12
    whole = min(len(data), 8 + int.from_bytes(data[4:8], "little"))
    while at < whole:
        name, length = struct.unpack_from("<4sI", data, at)
        end = at + 8 + length + length % 2
        if end > len(data) + length % 2:
            raise ValueError(name)
        chunk = data[at:end]
        if name == b"VP8X":
            chunk = chunk[:8] + bytes([chunk[8] & ~_EXIF_AND_XMP]) + chunk[9:]
        if name in _WEBP_KEPT:
            kept.append(chunk)
        at = end
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + len(body).to_bytes(4, "little") + body


def _heic(data: bytes) -> bytes:
    """Blank the items that hold Exif and XMP: where they lie is said by offsets, so that nothing may move."""
    held = bytearray(data)
    (start, end) = next((s, e) for name, s, e in _boxes(data, 0, len(data)) if name == b"meta")
    inside = {name: (s, e) for name, s, e in _boxes(data, start + 4, end)}
    wanted = set(_items(data, *inside[b"iinf"]))
    for item, offset, length, method in _extents(data, *inside[b"iloc"]):
        if item in wanted:
            if method > 1:
                raise ValueError(
                    method
                )  # its bytes lie inside another item: blanking by offset would hit the picture
            first = offset + (inside[b"idat"][0] if method else 0)
            if not length or first + length > len(data):
                raise ValueError(item)
            held[first : first + length] = _NO_EXIF.ljust(length, b"\0")[:length]
    return bytes(held)


def _boxes(data: bytes, at: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Give name, start and end of what each box holds."""
    while at + 8 <= end:
        size, name = struct.unpack_from(">I4s", data, at)
        head = 8
        if size == 1:
            (size,) = struct.unpack_from(">Q", data, at + 8)
            head = 16
        size = size or end - at
        if size < head or at + size > end:
            raise ValueError(name)
        yield name, at + head, at + size
        at += size


def _items(data: bytes, start: int, end: int) -> Iterator[int]:
    """Give the ids of the items that hold Exif or XMP."""
    first = start + (6 if data[start] == 0 else 8)
    for name, inner, _end in _boxes(data, first, end):
        version = data[inner]
        if name != b"infe" or version < 2:
            continue
        wide = version > 2
        (item,) = struct.unpack_from(">I" if wide else ">H", data, inner + 4)
        kind = data[inner + (10 if wide else 8) :][:4]
        if kind in {b"Exif", b"mime"}:
            yield item


def _extents(data: bytes, start: int, end: int) -> Iterator[tuple[int, int, int, int]]:
    """Give item, offset, length of each extent, and how it is counted: 0 from the file's start, 1 from the box of small data, 2 from another item."""
    version = data[start]
    sizes = data[start + 4], data[start + 5]
    of_offset, of_length, of_base, of_index = sizes[0] >> 4, sizes[0] & 15, sizes[1] >> 4, sizes[1] & 15
    at = start + 6

    def number(size: int) -> int:
        nonlocal at
        if at + size > end:
            raise ValueError(at)
        at += size
        return int.from_bytes(data[at - size : at])

    for _ in range(number(2 if version < 2 else 4)):
        item = number(2 if version < 2 else 4)
        method = number(2) & 15 if version > 0 else 0
        number(2)
        base = number(of_base)
        for _extent in range(number(2)):
            if version > 0:
                number(of_index)
            offset = base + number(of_offset)
            yield item, offset, number(of_length), method


_BY_MEDIA: dict[str, Callable[[bytes], bytes]] = {
    "image/jpeg": _jpeg,
    "image/png": _png,
    "image/webp": _webp,
    "image/heic": _heic,
}
