import re
from pathlib import Path
from typing import get_args

import pytest

import vigie.warning
from vigie.warning import words as room
from vigie.warning.chain import State
from vigie.warning.words import NoSuchLanguage, languages, words


def test_english_and_french_have_every_word_with_the_same_places():
    assert set(languages()) >= {"en", "fr"}
    english, french = words("en"), words("fr")
    for key, said in english.items():
        assert set(re.findall(r"{(\w+)}", said)) == set(re.findall(r"{(\w+)}", french[key])), key


def test_a_language_that_is_not_whole_is_refused(monkeypatch):
    monkeypatch.setattr(room, "_table", lambda: {"en": {"a": "A", "b": "B"}, "br": {"a": "A"}})
    assert languages() == ("en",)
    with pytest.raises(NoSuchLanguage, match="not complete in 'br'"):
        words("br")


def test_words_cannot_be_changed_by_a_page():
    with pytest.raises(TypeError):
        words("en")["level"] = "x"


def test_every_word_is_said_somewhere_and_every_word_said_stands_in_the_table():
    room = Path(vigie.warning.__file__).parent
    text = "".join(file.read_text() for kind in ("*.py", "*.html") for file in room.rglob(kind))
    said = set(re.findall(r"\bw\.(\w+)", text)) | set(
        re.findall(r"""(?:said|words\([^()]*(?:\([^()]*\))?[^()]*\))\[["'](\w+)["']\]""", text)
    )
    by_name = {"decided", "relayed", "known", "unknown", "false"}
    states = {f"state_{state}" for state in get_args(State)}
    assert set(words("en")) == said - {"state_"} | by_name | states
