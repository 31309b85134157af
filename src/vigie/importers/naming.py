"""Which level a text names: by the scheme's own words and those that vigie.toml adds, never by likeness.

A text that names two levels names none: «raised from Substantial to Severe» is for a person to read. A word spelt with
letters of two alphabets names nothing either: it looks like one thing and is another.
"""

import re
import unicodedata
from collections.abc import Mapping

from vigie.importers.said import Doubtful
from vigie.schemes.scheme import Scheme, UnknownLevel

_WORD = re.compile(r"\w+")
_ALPHABETS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "FULLWIDTH", "MATHEMATICAL")


def exactly(plan: Scheme, words: Mapping[str, str], text: str) -> str:
    """Give the code that `text` is, or stands for: for fields made to hold one. Raises Doubtful."""
    given = words.get(text, text)
    try:
        return plan.level(given).code
    except UnknownLevel:
        pass
    refuse_mixed(text)
    raise Doubtful(
        "unknown-level",
        "{given!r} is no level of {scheme}. Levels: {known}.",
        given=ascii(text[:60])[1:-1] if not text.isascii() else text[:60],
        scheme=plan.id,
        known=", ".join(level.code for level in plan.levels),
    )


def named(plan: Scheme, words: Mapping[str, str], text: str) -> str:
    """Give the code of the one level a sentence names; empty when it names none. Raises Doubtful when it names several."""
    refuse_mixed(text)
    plain = _plain(text)
    spoken = {_plain(word): level.code for level in plan.levels for word in level.name.values()}
    spoken |= {_plain(word): code for word, code in words.items()}
    found: set[str] = set()
    # The longest first, each taken out of the text: «very high» is not «high».
    for word in sorted(filter(None, spoken), key=len, reverse=True):
        pattern = rf"(?<!\w){re.escape(word)}(?!\w)"
        plain, count = re.subn(pattern, " ", plain)
        if count:
            found.add(spoken[word])
    if len(found) > 1:
        raise Doubtful(
            "names-several",
            "«{text}» names several levels ({codes}): which one holds is for a person to read.",
            text=text[:200],
            codes=", ".join(sorted(found)),
        )
    return next(iter(found), "")


def refuse_mixed(text: str) -> None:
    """Raise Doubtful when a word of the text is spelt with letters of two alphabets."""
    for word in _WORD.findall(text):
        used = {_alphabet(c) for c in word if c.isalpha() and not c.isascii()} | (
            {"LATIN"} if any(c.isascii() and c.isalpha() for c in word) else set()
        )
        if len(used & set(_ALPHABETS)) > 1:
            raise Doubtful(
                "mixed-letters",
                "{word} is spelt with letters of two alphabets: it looks like one word and is another.",
                word=ascii(word[:60])[1:-1],
            )


def _alphabet(letter: str) -> str:
    return unicodedata.name(letter, "").split(" ")[0]


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())
