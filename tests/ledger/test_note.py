"""Signed checkpoints."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, strategies as st

from vigie.ledger import note

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
POINT = note.Checkpoint("town-hall", 12, b"\x07" * 32)


def test_a_signed_checkpoint_reads_back_under_its_key():
    assert note.read(note.sign(POINT, KEY), KEY.public_key()) == POINT


def test_a_checkpoint_names_the_one_before_it_and_that_is_signed_too():
    linked = note.Checkpoint("town-hall", 12, b"\x07" * 32, after=9)
    signed = note.sign(linked, KEY)
    assert signed.split("\n")[3:5] == ["after 9", ""]
    assert note.read(signed, KEY.public_key()) == linked
    with pytest.raises(note.BadNote):
        note.read(signed.replace("after 9", "after 8"), KEY.public_key())


@pytest.mark.parametrize(
    ("old", "new"), [("\n12\n", "\n13\n"), ("town-hall\n12", "town-hell\n12"), ("BwcH", "BwcI")]
)
def test_a_changed_line_is_found(old, new):
    with pytest.raises(note.BadNote, match="not signed by this home's key"):
        note.read(note.sign(POINT, KEY).replace(old, new, 1), KEY.public_key())


def test_another_home_s_key_does_not_open_it():
    with pytest.raises(note.BadNote):
        note.read(note.sign(POINT, KEY), Ed25519PrivateKey.generate().public_key())


@pytest.mark.parametrize("text", ["", "a\nb\nc\n\n", "town-hall\nmany\nBwc=\n\n— town-hall AAAA\n"])
def test_what_is_not_a_note_is_said_to_be_none(text):
    with pytest.raises(note.BadNote):
        note.read(text, KEY.public_key())


def test_the_verifier_key_names_itself_and_carries_its_hash():
    name, stamp, key = note.verifier_key("town-hall", KEY.public_key()).split("+", 2)
    assert name == "town-hall"
    assert stamp == note.key_hash("town-hall", KEY.public_key().public_bytes_raw()).hex()
    assert key.startswith("A")  # the first byte, 0x01, says Ed25519


PRESS = Ed25519PrivateKey.from_private_bytes(bytes(range(32, 64)))
WITNESS = note.Verifier("witness.example/press", note.COSIGNATURE, PRESS.public_key().public_bytes_raw())


def cosigned(name=WITNESS.name, at=1_700_000_000):
    return note.parse_signatures(note.cosign(POINT.text(), name, PRESS, at))


def test_a_note_carries_several_signatures_and_each_is_told_by_its_key():
    both = note.parse(note.sign(POINT, KEY) + cosigned()[0].line())
    assert [s.name for s in both.signatures] == ["town-hall", "witness.example/press"]
    assert note.read(note.sign(POINT, KEY) + cosigned()[0].line(), KEY.public_key()) == POINT
    assert note.cosigned_at(both.text, both.signatures, WITNESS) == 1_700_000_000


def test_the_standards_own_example_of_a_cosigned_checkpoint_is_read():
    signed = note.parse(
        "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
        "— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
        "— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n"
    )
    assert (signed.checkpoint.origin, signed.checkpoint.size) == ("example.com/behind-the-sofa", 20852163)
    assert int.from_bytes(signed.signatures[1].value[:8], "big") == 1679315147


def test_a_witness_no_line_is_by_has_said_nothing():
    other = note.Verifier("witness.example/other", note.COSIGNATURE, WITNESS.public)
    assert note.cosigned_at(POINT.text(), cosigned(), other) is None


@pytest.mark.parametrize(
    "line",
    [
        note.cosign(POINT.text().replace("12", "13"), WITNESS.name, PRESS, 1_700_000_000),
        note.Signature(WITNESS.name, WITNESS.key_id, cosigned(at=1_700_000_001)[0].value[:8] + cosigned()[0].value[8:]).line(),
        note.Signature(WITNESS.name, WITNESS.key_id, b"\xff" * 72).line(),
        note.Signature(WITNESS.name, WITNESS.key_id, b"short").line(),
    ],
)  # fmt: skip
def test_a_cosignature_over_another_text_or_time_is_refused(line):
    with pytest.raises(note.BadNote, match="not over this checkpoint"):
        note.cosigned_at(POINT.text(), note.parse_signatures(line), WITNESS)


def test_one_false_line_by_a_known_key_spoils_the_note_even_beside_a_true_one():
    false = note.Signature(
        "town-hall", note.key_hash("town-hall", KEY.public_key().public_bytes_raw()), b"\0" * 64
    )
    with pytest.raises(note.BadNote):
        note.read(note.sign(POINT, KEY) + false.line(), KEY.public_key())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\n12\n", "\n012\n"),
        ("\n12\n", "\n+12\n"),
        ("\n12\n", "\n9223372036854775808\n"),
        ("\n12\n", "\n١٢\n"),
        ("BwcHBwc=", "BwcHBwd="),
        ("BwcHBwc=\n", "BwcHBw==\n"),
        ("town-hall\n", "\n"),
        ("town-hall\n", "town\thall\n"),
        ("— town-hall ", "- town-hall "),
        ("— town-hall ", "— town+hall "),
        ("— town-hall ", "— town-hall\u00a0"),
        ("— town-hall ", "—  "),
        ("\n\n— ", "\n— "),
    ],
)
def test_a_form_that_could_be_written_two_ways_is_refused(old, new):
    text = note.sign(POINT, KEY)
    assert text.count(old) >= 1
    with pytest.raises(note.BadNote):
        note.parse(text.replace(old, new, 1))


def test_more_signatures_than_the_bound_are_refused_and_sixteen_are_taken():
    lines = [cosigned(name=f"witness.example/{n}")[0].line() for n in range(40)]
    assert len(note.parse(note.sign(POINT, KEY) + "".join(lines[:16])).signatures) == 17
    with pytest.raises(note.BadNote):
        note.parse(note.sign(POINT, KEY) + "".join(lines))


def test_lines_below_the_root_belong_to_what_is_signed():
    text = POINT.text() + "seen from here\n"
    line = note.Signature("town-hall", note.key_hash("town-hall", KEY.public_key().public_bytes_raw()), KEY.sign(text.encode())).line()  # fmt: skip
    assert note.read(f"{text}\n{line}", KEY.public_key()) == POINT
    with pytest.raises(note.BadNote):
        note.read(f"{text.replace('here', 'there')}\n{line}", KEY.public_key())


def test_a_verifier_key_is_read_back_and_only_as_what_it_is():
    assert note.read_vkey(WITNESS.vkey() + "\n", type=note.COSIGNATURE) == WITNESS
    with pytest.raises(note.BadVerifier, match=r"is of type 4\. Expected 1"):
        note.read_vkey(WITNESS.vkey(), type=note.ED25519)
    with pytest.raises(note.BadVerifier, match="does not fit its own id"):
        note.read_vkey(WITNESS.vkey().replace("press", "radio"), type=note.COSIGNATURE)


@pytest.mark.parametrize("given", ["", "a", "a+b", "a+b+c", "a b+00000000+AQ==", "+00000000+BAAA", "x" * 400])
def test_what_is_no_verifier_key_is_said_to_be_none(given):
    with pytest.raises(note.BadVerifier, match="is not a verifier key"):
        note.read_vkey(given, type=note.COSIGNATURE)


@given(st.text(max_size=300) | st.text(alphabet="ab\n— +/=0A9", max_size=120))
def test_whatever_is_read_as_a_note_is_refused_or_taken_apart_and_nothing_else(text):
    try:
        signed = note.parse(text)
    except note.BadNote:
        return
    assert text == f"{signed.text}\n{''.join(s.line() for s in signed.signatures)}"
