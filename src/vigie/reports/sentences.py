"""Sentences of a paragraph, with a quotation state machine: six styles of marks, quotations that run over sentences."""

import functools
import re
from dataclasses import dataclass

from vigie.reports import lexicon
from vigie.reports.folding import fold

_STOP = re.compile(r"[.!?…]+[\"'”’»“)\]]*(?=\s|$)|[.!?…]+\s+[”»](?=\s|$)")
_CLOSERS = "\"'”’»“)]"
_MARK = re.compile('[“”„«»"‹›]')
_WORD_BEFORE = re.compile(r"([\w.'’-]+)$")
_INITIAL = re.compile(r"^[^\W\d_]$")
_LOWER_START = re.compile(r"[\s\"'“”„«»(\[]*[a-zà-öø-ÿ]")
_NUMBERED = re.compile(r"^\d{1,3}$")


@dataclass(frozen=True)
class Sentence:
    """A sentence at [start, end). opens_quoted: it begins inside a quotation that began earlier."""

    start: int
    end: int
    opens_quoted: bool = False


@functools.cache
def _abbreviations(language: str) -> frozenset[str]:
    months = {fold(word) for words in lexicon.of("time", language)["months"] for word in words[1:]}
    return frozenset(months) | frozenset(
        fold(word) for word in lexicon.of("claims", language)["abbreviations"]
    )


def split(text: str, start: int, end: int, language: str, *, quoted: bool = False) -> list[Sentence]:
    """Split the paragraph text[start:end] into sentences.

    quoted: whether a quotation left open by the paragraph before goes on. A stop followed by a small letter
    («in four months. from Paris»), after an abbreviation, an initial or a German ordinal ends nothing; a fragment
    of names alone («this Monday. Emmanuel Macron from French Guiana.») belongs to the sentence before.
    """
    cuts: list[int] = []
    for stop in _STOP.finditer(text, start, end):
        at = stop.end()
        if at < end and not _goes_on(text, start, stop.start(), at, end, language):
            cuts.append(at)
    sentences: list[Sentence] = []
    open_quote = quoted
    at = start
    for cut in [*cuts, end]:
        while at < cut and text[at].isspace():
            at += 1
        stop_at = cut
        while stop_at > at and text[stop_at - 1].isspace():
            stop_at -= 1
        if stop_at <= at:
            continue
        if sentences and _fragment(text[at:stop_at]):
            sentences[-1] = Sentence(sentences[-1].start, stop_at, sentences[-1].opens_quoted)
        else:
            sentences.append(Sentence(at, stop_at, open_quote))
        open_quote = leaves_open(text[at:stop_at], quoted=open_quote)
        at = cut
    return sentences


def _goes_on(text: str, start: int, stop: int, after: int, end: int, language: str) -> bool:
    rest = text[after : min(end, after + 12)]
    if _LOWER_START.match(rest) or not rest.strip(" .…" + _CLOSERS):
        return True
    if text[stop] != ".":
        return False
    word = _WORD_BEFORE.search(text[max(start, stop - 20) : stop])
    if word is None:
        return False
    given = fold(word.group(1))
    if _INITIAL.match(word.group(1)) and word.group(1).isupper():
        return True
    if language == "de" and _NUMBERED.match(given):
        return True
    return given in _abbreviations(language) and not (
        given in {"no", "al", "on", "gen", "n", "m", "p"} and word.group(1).islower() and len(given) > 1
    )


def _fragment(sentence: str) -> bool:
    """Whether it holds only a few capitalised words and small ones, so no verb of its own."""
    words = re.findall(r"[\w'’-]+", sentence)
    if not words or len(words) > 6 or sentence[-1:] in '?!”»"':
        return not words
    capitals = [word for word in words if word[0].isupper()]
    return (
        len(words) >= 3
        and len(capitals) >= len(words) - 1
        and not any(len(word) > 4 and word[0].islower() for word in words)
    )


def leaves_open(sentence: str, *, quoted: bool) -> bool:
    """Say whether a quotation is still open at the end of `sentence`, given whether one was at its start."""
    open_quote = quoted
    for mark in _MARK.findall(sentence):
        if mark in "„‹":
            open_quote = True
        elif mark in "“«»":
            # “ opens in English and closes in German; «» point both ways (German »so«).
            open_quote = not open_quote if mark != "“" or open_quote else True
        elif mark == "”":
            # Some sites print ” for both ends: at the very start of a sentence it opens.
            open_quote = sentence.lstrip().startswith("”") and not open_quote and not quoted
        else:
            open_quote = not open_quote
    return open_quote


_QUOTES = re.compile(
    r"“([^“”]{3,400})[”“]|„([^“”„]{3,400})[“”]|«\s?([^«»]{3,400})\s?»|»([^«»]{3,400})«|\"([^\"]{3,400})\"|”([^“”]{3,400})”"
)


def quotations(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Give the [start, end) of each quotation of text[start:end], marks included."""
    return [found.span() for found in _QUOTES.finditer(text, start, end)]
