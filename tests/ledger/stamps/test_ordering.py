"""Certificates of a stamp in the order DER asks for."""

from hypothesis import given, strategies as st

from vigie.ledger.stamps.ordering import with_sorted_certificates


def element(tag, *inner):
    body = b"".join(inner)
    length = bytes([len(body)]) if len(body) < 128 else b"\x82" + len(body).to_bytes(2, "big")
    return bytes([tag]) + length + body


def answer(certificates):
    signed = element(
        0x30,
        element(2, b"\x03"),
        element(0x31),
        element(0x30, b""),
        element(0xA0, *certificates),
        element(0x31),
    )
    return element(
        0x30, element(0x30, element(2, b"\0")), element(0x30, element(6, b"\x2a"), element(0xA0, signed))
    )


@given(st.lists(st.binary(max_size=200).map(lambda body: element(0x30, body)), max_size=5))
def test_they_stand_sorted_and_nothing_else_is_moved(certificates):
    assert with_sorted_certificates(answer(certificates)) == answer(sorted(certificates))


@given(st.binary(max_size=100))
def test_what_is_no_answer_comes_back_as_it_is_or_with_its_bytes_moved_and_none_lost(given_bytes):
    assert sorted(with_sorted_certificates(given_bytes)) == sorted(given_bytes)


def test_an_answer_without_certificates_comes_back_as_it_is():
    signed = element(0x30, element(2, b"\x03"), element(0x31), element(0x30, b""), element(0x31, b"\x05\x00"))
    bare = element(
        0x30, element(0x30, element(2, b"\0")), element(0x30, element(6, b"\x2a"), element(0xA0, signed))
    )
    assert with_sorted_certificates(bare) == bare


def test_one_cut_short_comes_back_as_it_is():
    whole = answer([element(0x30, b"b"), element(0x30, b"a")])
    for end in range(len(whole)):
        assert with_sorted_certificates(whole[:end]) == whole[:end]
