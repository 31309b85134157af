"""The sealed seed and the numbers that follow from it."""

import hashlib
from collections import Counter

import pytest

from vigie.errors import BadInput
from vigie.patrols.seal import BadSeal, Seal

SEAL = Seal(bytes(range(32)), bytes(32))


def test_the_commitment_is_the_digest_of_salt_and_seed():
    assert SEAL.commitment == hashlib.sha256(bytes(32) + bytes(range(32))).hexdigest()


def test_the_stream_is_the_documented_one_written_out_anew():
    key = hashlib.sha256(b"vigie draw 1" + bytes(range(32)) + b"2031-05-01/0").digest()
    blocks = b"".join(hashlib.sha256(key + i.to_bytes(8, "big")).digest() for i in range(3))
    expected = [int.from_bytes(blocks[k : k + 8], "big") % 1000 for k in range(0, 80, 8)]
    stream = SEAL.stream("2031-05-01/0")
    assert [stream.below(1000) for _ in range(10)] == expected


def test_the_first_numbers_of_a_known_seed_never_change():
    stream = SEAL.stream("example")
    assert [stream.below(1_000_000) for _ in range(4)] == [303826, 371350, 355604, 909628]


def test_two_purposes_have_two_streams():
    one, other = SEAL.stream("a"), SEAL.stream("b")
    assert [one.below(10**9) for _ in range(4)] != [other.below(10**9) for _ in range(4)]


def test_two_fresh_seals_differ():
    assert Seal.fresh() != Seal.fresh()


def test_a_revealed_seed_opens_its_commitment():
    again = Seal.from_hex(SEAL.seed.hex(), SEAL.salt.hex())
    again.open(SEAL.commitment)
    again.open(SEAL.commitment.upper() + "\n")


@pytest.mark.parametrize("other", [Seal(bytes(32), bytes(32)), Seal(bytes(range(32)), b"\x01" + bytes(31))])
def test_another_seed_or_salt_is_refused(other):
    with pytest.raises(BadSeal, match="they are not those of the draw"):
        other.open(SEAL.commitment)


@pytest.mark.parametrize(("seed", "salt"), [("", ""), ("00" * 31, "00" * 32), ("00" * 32, "00" * 33)])
def test_a_seed_of_another_length_is_refused(seed, salt):
    with pytest.raises(BadSeal, match="Each has 32"):
        Seal.from_hex(seed, salt)


def test_a_seed_that_is_not_hexadecimal_is_refused():
    with pytest.raises(BadSeal, match="hexadecimal"):
        Seal.from_hex("x" * 64, "0" * 64)


def test_the_seed_never_shows_when_the_seal_is_printed():
    assert SEAL.seed.hex()[:16] not in repr(SEAL)
    assert repr(SEAL.seed) not in f"{SEAL} {SEAL!r}"


def test_numbers_stay_below_their_limit_and_reach_every_one():
    stream = SEAL.stream("dice")
    seen = Counter(stream.below(6) for _ in range(6000))
    assert sorted(seen) == list(range(6))
    # Chi-square with 5 degrees of freedom; 20.5 is passed by one fair die in a thousand, and the seed is fixed.
    assert sum((count - 1000) ** 2 / 1000 for count in seen.values()) < 20.5


def test_a_shuffle_keeps_every_item():
    items = list(range(50))
    SEAL.stream("cards").shuffle(items)
    assert sorted(items) == list(range(50))
    assert items != list(range(50))


def test_every_order_of_three_comes_up():
    stream = SEAL.stream("orders")
    seen = set()
    for _ in range(200):
        items = [0, 1, 2]
        stream.shuffle(items)
        seen.add(tuple(items))
    assert len(seen) == 6


@pytest.mark.parametrize("limit", [0, -1, 2**64 + 1])
def test_a_limit_that_gives_no_number_is_refused(limit):
    with pytest.raises(BadInput, match="between 1 and 2"):
        SEAL.stream("x").below(limit)
