"""A level as a page of schemes draws it: official words in their language, what it says, how it read before."""

from dataclasses import dataclass

from vigie.schemes.scheme import Level, Wording


@dataclass(frozen=True)
class Before:
    """Words of before. seen: date for which a page bears them."""

    seen: str
    words: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Drawn:
    """A level with all that is drawn of it.

    official: its official words, in the language `spoken`. glossed: whether the English gloss adds to them. says: its
    meaning in the reader's language, else in English.
    """

    level: Level
    official: str
    spoken: str
    glossed: bool
    says: str
    before: tuple[Before, ...]


def drawn(level: Level, language: str) -> Drawn:
    """Prepare a level for a reader of `language`."""
    spoken = language if language in level.name else next(iter(level.name), "en")
    official = level.word(spoken)
    return Drawn(
        level,
        official,
        spoken,
        glossed=level.gloss_en.casefold() not in official.casefold(),
        says=_in(level.meaning, language),
        before=tuple(
            Before(each.seen, _words(each, language), each.sources) for each in reversed(level.earlier)
        ),
    )


def _in(said: dict[str, str], language: str) -> str:
    return said.get(language) or said.get("en") or next(iter(said.values()), "")


def _words(each: Wording, language: str) -> str:
    names = " / ".join(dict.fromkeys(each.name.values()))
    return " – ".join(part for part in (names, _in(each.meaning, language)) if part)
