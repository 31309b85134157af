import re

import pytest

from vigie.warning import words as room
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
