"""Codes of text messages: read however they are typed, and what is no answer is refused."""

from contextlib import suppress

import pytest
from hypothesis import given, strategies as st

from vigie.measures.parts import AN_ENTRY
from vigie.measures.text_codes import BadText, code, read, tag

CODE = code(123_456, 77, b"secret")
numbers = st.integers(1, 2**26), st.integers(0, 8191), st.binary(max_size=40)


@given(*numbers)
def test_a_code_gives_back_what_it_was_made_of(entry, place, secret):
    said = read(f"{code(entry, place, secret)} 3")
    assert (said.entry, said.place, said.tag, said.given) == (entry, place, tag(secret), "done")


def test_the_last_message_of_an_entry_is_not_taken_for_one_of_the_next():
    assert read(f"{code(7, AN_ENTRY - 1, b'')} 1").entry == 7


@given(*numbers, st.sampled_from(["", " ", "-"]), st.booleans())
def test_spaces_hyphens_and_case_do_not_count(entry, place, secret, between, lower):
    typed = code(entry, place, secret).replace("-", between)
    typed = typed.lower() if lower else typed
    assert read(f"  {typed} impossible, no guards\n").reason == "no guards"


@given(*numbers)
def test_letters_that_look_alike_are_one(entry, place, secret):
    typed = code(entry, place, secret).replace("1", "I").replace("0", "O")
    assert (read(f"{typed} 1").entry, read(f"{typed} 1").place) == (entry, place)


@pytest.mark.parametrize(
    ("word", "given_"),
    [
        ("1", "acknowledged"),
        ("OK", "acknowledged"),
        ("Reçu", "acknowledged"),
        ("2", "doing"),
        ("DONE", "done"),
        ("fait.", "done"),
        ("5", "stopped"),
        ("Arrêté", "stopped"),
    ],
)
def test_a_digit_or_a_word_says_it(word, given_):
    assert read(f"{CODE} {word}").given == given_


@pytest.mark.parametrize(
    "text",
    ["", "done", CODE, f"{CODE} 9", f"{CODE} perhaps", f"{CODE[:-1]} 3", "3 " + CODE, "\0" * 20],
)
def test_what_is_no_answer_is_refused(text):
    with pytest.raises(BadText, match="1 received"):
        read(text)


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text):
    with suppress(BadText):
        assert read(text).given
