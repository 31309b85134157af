"""The certificates of a time stamp, put in the order that strict readers of DER insist on.

A SET OF stands sorted in DER (X.690 section 11.6); many authorities, openssl's among them, send the certificates as they
come. They lie outside what is signed, and sorting moves bytes without changing a length: the stamp says the same.
"""


def with_sorted_certificates(answer: bytes) -> bytes:
    """Give a TimeStampResp (RFC 3161) with its certificates in order; whatever is not in that form comes back as it is."""
    try:
        place = _certificates(answer)
        if place is None:
            return answer
        start, end = place
        parts = sorted(_parts(answer, start, end))
    except (IndexError, ValueError):
        return answer
    return answer[:start] + b"".join(parts) + answer[end:]


def _certificates(answer: bytes) -> tuple[int, int] | None:
    """Find what the certificates' [0] holds: answer > token > [0] > signed data, after version, digests and content."""
    _tag, at, _end = _opened(answer, 0)
    at = _opened(answer, at)[2]  # past the status
    _tag, at, _end = _opened(answer, at)
    at = _opened(answer, at)[2]  # past the content type
    _tag, at, _end = _opened(answer, at)
    _tag, at, _end = _opened(answer, at)
    for _ in range(3):
        at = _opened(answer, at)[2]
    tag, start, end = _opened(answer, at)
    return (start, end) if tag == 0xA0 else None


def _parts(answer: bytes, at: int, end: int) -> list[bytes]:
    parts = []
    while at < end:
        _tag, _start, after = _opened(answer, at)
        parts.append(answer[at:after])
        at = after
    if at != end:
        raise ValueError("a certificate ends outside its set")
    return parts


def _opened(answer: bytes, at: int) -> tuple[int, int, int]:
    """Give the tag of the element at `at`, and where its content starts and ends. Raises ValueError, IndexError."""
    tag, length, start = answer[at], answer[at + 1], at + 2
    if length & 0x80:
        count = length & 0x7F
        if not 0 < count <= 4:
            raise ValueError("a length of no form DER has")
        length, start = int.from_bytes(answer[start : start + count], "big"), start + count
    if start + length > len(answer):
        raise ValueError("an element ends outside the answer")
    return tag, start, start + length
