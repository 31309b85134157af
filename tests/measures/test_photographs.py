"""Photographs: what the camera wrote into them is gone, the picture is the same bytes, and what cannot be read is refused."""

import struct
import zlib
from contextlib import suppress

import pytest
from hypothesis import given, strategies as st

from vigie.measures.photographs import Unreadable, bare

SECRET = b"48 51 30 N Maker 0042"
SCAN = b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" + b"coded\xff\x00lines\xff\xd0more"


def segment(marker, body):
    return bytes([0xFF, marker]) + (len(body) + 2).to_bytes(2) + body


def exif(side, order="<"):
    tiff = struct.pack(
        f"{order}2sHIHHHIHHHHII",
        b"II" if order == "<" else b"MM",
        42,
        8,
        2,
        0x0112,
        3,
        1,
        side,
        0,
        0x010F,
        2,
        21,
        38,
    )
    return segment(0xE1, b"Exif\0\0" + tiff + SECRET)


JFIF = segment(0xE0, b"JFIF\0\x01\x02\0\0\x01\0\x01\0\0")
PROFILE = segment(0xE2, b"ICC_PROFILE\0\x01\x01colours")
TABLE = segment(0xDB, b"\0" + bytes(64))


def jpeg(*written, after=b""):
    return b"\xff\xd8" + JFIF + b"".join(written) + PROFILE + TABLE + SCAN + b"\xff\xd9" + after


def test_a_jpeg_loses_place_device_comments_and_what_follows_its_end():
    noted = [
        exif(1),
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + SECRET),
        segment(0xED, b"Photoshop 3.0\0" + SECRET),
        segment(0xE2, b"MPF\0" + SECRET),
        segment(0xFE, SECRET),
    ]
    assert bare(jpeg(*noted, after=b"a film " + SECRET), "image/jpeg") == jpeg()


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("side", [2, 3, 6, 8])
def test_a_jpeg_stays_the_right_way_up(side, order):
    once = bare(jpeg(exif(side, order)), "image/jpeg")
    assert SECRET not in once
    assert once != jpeg()
    assert bare(once, "image/jpeg") == once


@pytest.mark.parametrize("side", [0, 1, 9, 65535])
def test_a_side_that_says_nothing_is_left_out(side):
    assert bare(jpeg(exif(side)), "image/jpeg") == jpeg()


def test_scans_after_the_first_and_bytes_that_fill_are_copied():
    whole = b"\xff\xd8" + TABLE + SCAN + segment(0xC4, b"table") + b"\xff" + SCAN + b"\xff\xd9"
    found = bare(whole, "image/jpeg")
    assert found.count(b"coded") == 2
    assert found.endswith(b"\xff\xd9")


def chunk(name, body):
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(*noted, after=b""):
    head = chunk(b"IHDR", bytes(13))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(noted) + chunk(b"IDAT", b"x") + chunk(b"IEND", b"") + after


def test_a_png_loses_its_words_times_and_exif():
    noted = [chunk(name, SECRET) for name in (b"eXIf", b"tEXt", b"iTXt", b"zTXt", b"tIME", b"prVt")]
    assert bare(png(*noted, after=SECRET), "image/png") == png()


def riff(*chunks):
    body = b"WEBP" + b"".join(n + struct.pack("<I", len(b)) + b + b"\0" * (len(b) % 2) for n, b in chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def test_a_webp_loses_exif_and_xmp_and_says_so_in_its_flags():
    noted = riff((b"VP8X", b"\x1c" + bytes(9)), (b"VP8 ", b"abc"), (b"EXIF", SECRET), (b"XMP ", SECRET))
    assert bare(noted, "image/webp") == riff((b"VP8X", b"\x10" + bytes(9)), (b"VP8 ", b"abc"))


def box(name, body):
    return struct.pack(">I4s", 8 + len(body), name) + body


def heic(secret, method=None):
    """Make a picture with an Exif item; method: how its place is counted, said from version 1 of the table on."""
    entries = [
        box(b"infe", b"\x02\0\0\0" + struct.pack(">HH4s", 1, 0, b"hvc1") + b"\0"),
        box(b"infe", b"\x02\0\0\0" + struct.pack(">HH4s", 2, 0, b"Exif") + b"\0"),
    ]
    iinf = box(b"iinf", b"\0\0\0\0" + struct.pack(">H", 2) + b"".join(entries))

    def meta(first):
        where = b"".join(
            struct.pack(">H", n)
            + (b"" if method is None else struct.pack(">H", how))
            + struct.pack(">HHII", 0, 1, o, le)
            for n, how, o, le in ((1, 0, first, 7), (2, method, first + 7, len(secret)))
        )
        return box(
            b"meta",
            bytes(4)
            + iinf
            + box(b"iloc", bytes([method is not None, 0, 0, 0, 0x44, 0]) + struct.pack(">H", 2) + where),
        )

    start = box(b"ftyp", b"heic" + bytes(4))
    first = len(start) + len(meta(0)) + 8
    return start + meta(first) + box(b"mdat", b"picture" + secret)


@pytest.mark.parametrize("method", [1, 2])
def test_a_heic_whose_exif_is_counted_from_what_is_not_there_is_refused_and_no_byte_is_blanked_elsewhere(
    method,
):
    with pytest.raises(Unreadable, match="nothing was kept"):
        bare(heic(b"\0\0\0\0" + SECRET, method), "image/heic")


def test_a_heic_keeps_its_picture_in_place_and_its_exif_is_blank():
    given = heic(b"\0\0\0\0" + SECRET)
    found = bare(given, "image/heic")
    assert SECRET not in found
    assert len(found) == len(given)
    assert found[: found.index(b"picture") + 7] == given[: given.index(b"picture") + 7]
    assert bare(found, "image/heic") == found


def test_a_pdf_is_kept_as_it_is():
    assert bare(b"%PDF-1.7 " + SECRET, "application/pdf") == b"%PDF-1.7 " + SECRET


@pytest.mark.parametrize(
    ("data", "media"),
    [
        (b"\xff\xd8\xff\xe0\xff\xffshort", "image/jpeg"),
        (b"\xff\xd8not a marker", "image/jpeg"),
        (b"\xff\xd8\xff\xe1\0\x01", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n\x7f\xff\xff\xffIHDR", "image/png"),
        (b"RIFF\xff\xff\0\0WEBPVP8 \xff\xff\0\0", "image/webp"),
        (box(b"ftyp", b"heic" + bytes(4)), "image/heic"),
        (heic(b"x" * 20)[:-30], "image/heic"),
    ],
)
def test_what_is_cut_short_or_damaged_is_refused(data, media):
    with pytest.raises(Unreadable, match="nothing was kept"):
        bare(data, media)


@given(
    st.sampled_from(
        [
            (jpeg(exif(6)), "image/jpeg"),
            (png(), "image/png"),
            (riff((b"VP8 ", b"abc")), "image/webp"),
            (heic(b"x" * 20), "image/heic"),
        ]
    ),
    st.integers(0, 300),
    st.binary(max_size=12),
)
def test_whatever_is_wrong_with_a_file_it_is_read_or_refused(case, at, put):
    data, media = case
    at = 12 + at % len(data)  # beyond what tells its kind
    with suppress(Unreadable):
        bare(data[:at] + put + data[at + len(put) :], media)
