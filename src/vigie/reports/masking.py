"""Masks of private persons: names of victims, suspects and bystanders, and phrases that tell a person's origin or faith.

A mask covers the same number of characters, so offsets hold. It rests on grammar, not on a list of people: a name
beside a private role («history teacher X», «suspect X»), an age («X, 34,») or a fate («X was killed») is private,
and so are its other mentions, by surname too. Whoever speaks in office stays.
"""

import functools
import re
from dataclasses import dataclass
from importlib import resources

from vigie.reports import lexicon
from vigie.reports.folding import fold
from vigie.reports.gazetteer import Mention
from vigie.reports.people import NAME, People, trimmed
from vigie.reports.spans import Spans

BLOCK = "█"
_ONE = re.compile(r"(?<![\w'’-])[A-ZÀ-ÖØ-ÞŠŽ][\w’'-]{2,}")
_MARKED = frozenset(["country", "region", "part", "service", "scheme", "agency", "group", "capital"])
_PLACE_NOUN = (
    r"\b(?:street|avenue|square|station|metro|airport|stadium|university|school|church|cathedral|mosque|synagogue|hall|theatre|museum|hospital|bridge|"
    r"rue|place|gare|stade|lycee|college|ecole|eglise|cathedrale|mosquee|universite|aeroport|hopital|pont|boulevard|quai|"
    r"calle|plaza|estacion|estadio|instituto|iglesia|catedral|mezquita|universidad|aeropuerto|"
    r"strasse|platz|bahnhof|stadion|schule|kirche|dom|moschee|universitat|flughafen|"
    r"via|piazza|stazione|scuola|chiesa|duomo|moschea|universita|aeroporto|liceo|"
    r"straat|plein|kerk|moskee|universiteit|luchthaven)\b"
)
_NOT_NAMES = re.compile(
    _PLACE_NOUN
    + r"|\b(?:games|council|jeux|conseil|plan|juegos|consejo|spiele|rat|giochi|consiglio|spelen|raad|party|islamic|national|united|state|"
    r"city|concert|olympic|christmas|january|february|march|april|may|june|july|august|"
    r"september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b"
)
# «Charles de Gaulle airport», «lycée Léon Gambetta», «rue de X»: the place is named, not the person.
_PLACE_AFTER = re.compile(rf" (?:metro |railway |train |central |international )?{_PLACE_NOUN}")
_PLACE_BEFORE = re.compile(rf"{_PLACE_NOUN} (?:(?:de|du|of|la|del|della|der|van) )?$")
_AND = re.compile(r",? (?:and|et|y|e|und|en) ")


@dataclass(frozen=True)
class Mask:
    """A masked span of the clean text and why it is masked."""

    start: int
    end: int
    reason: str


@functools.cache
def _given_names() -> frozenset[str]:
    file = resources.files("vigie.reports") / "data" / "given_names.txt"
    more = lexicon.load("masking.toml")["given_names"]["names"]
    return frozenset(file.read_text(encoding="utf-8").splitlines()[1:]) | frozenset(
        fold(name) for name in more
    )


@functools.cache
def _patterns(language: str) -> dict[str, re.Pattern[str]]:
    data = lexicon.load("masking.toml")[language]

    def any_of(words: list[str]) -> str:
        return "|".join(re.escape(fold(word)) for word in sorted(words, key=len, reverse=True))

    # \w'- covers adjectives and names of places; up to two words for «north african».
    word = r"[a-z][\w'-]{1,40}"
    origin = "|".join(
        "".join(s if s.isascii() else fold(s) for s in text).replace("{w}", word) for text in data["origin"]
    )
    age = "|".join(
        "".join(s if s.isascii() else fold(s) for s in text).replace("{n}", r"\d{1,2}")
        for text in data["age"]
    )
    return {
        "role": re.compile(
            rf"(?<!\w)(?:{any_of(data['role'])})(?:(?: (?:and|et|y|und|e|en|m\.|mr|mme|herr|frau|sr\.?|sra\.?|called|named|nomme|llamado|namens))|,? ?\(?\d{{1,2}}\)?,?|,| -)?[ ]?[\"']?$"
        ),
        "verb": re.compile(rf"[,]?\s*(?:(?:who|qui|que|der|die|che)\s+)?(?:{any_of(data['verb'])})(?!\w)"),
        "after_role": re.compile(
            rf",? ?(?:an? |the |une? |le |la |un |una |el |ein |eine |der |die |il |lo |een |de |)?(?:[\w'-]+ ){{0,2}}(?:{any_of(data['role'])})(?!\w)"
        ),
        "age": re.compile(
            rf",? ?\(?(?:(?:aged |age |age de |agee de |edad |im alter von )?\d{{1,2}}(?=[,)]| ans| anos| anni| jaar| jahre| year)|{age})"
        ),
        "age_before": re.compile(
            r"\d{1,2}(?:-year-old|-jahrige[rn]?|-jarige|jahrige[rn]?| ans,?| anos,?| anni,?) (?:[\w'-]+ ){0,2}$"
        ),
        "origin": re.compile(rf"(?<!\w)(?:{origin})(?!\w)"),
    }


def find(text: str, folded: str, mentions: list[Mention], people: People, *, language: str) -> list[Mask]:
    """Find what must be masked in a text: names of private persons and phrases of origin or faith."""
    patterns = _patterns(language)
    kept = Spans((start, end) for start, end, _ in people.spans)
    marked = Spans((m.start, m.end) for m in mentions if m.named.kind in _MARKED)
    private: dict[str, str] = {}
    masks: list[Mask] = []
    for found in NAME.finditer(text):
        start, end = _cut(text, *trimmed(found.start(), found.end(), text, people.offices), language)
        if start >= end or kept.meet(start, end) or marked.meet(start, end):
            continue
        reason = _private(patterns, folded, start, end)
        if reason is None and masks and _AND.fullmatch(folded[masks[-1].end : start]):
            reason = masks[-1].reason  # «X and Y», where X is private
        if reason is not None:
            masks.append(Mask(start, end, reason))
            _remember(private, text[start:end], reason)
    masks += _single_names(patterns, text, folded, mentions, people, private)
    masks += _again(text, private, kept, masks)
    for found in patterns["origin"].finditer(folded):
        if _of_one_person(folded, found.start(), found.end()):
            masks.append(Mask(found.start(), found.end(), "tells a person's origin or faith"))
    return _merged(masks)


def _cut(text: str, start: int, end: int, language: str) -> tuple[int, int]:
    """Cut a role or a sentence word off the front of a name («Teacher X Y», «When X Y»)."""
    roles = _patterns(language)["role"]
    while start < end:
        word = re.match(r"[\w’'-]+\.?", text[start:end])
        if word is None or " " not in text[start:end]:
            break
        head = fold(word.group())
        if (
            not roles.fullmatch(head)
            and head not in _SENTENCE_WORDS
            and not re.fullmatch(r"[\w'’-]+(?:lehrer|lehrerin|leraar)", head)
        ):
            break
        start += word.end()
        while start < end and not text[start].isalpha():
            start += 1
    return start, end


_SENTENCE_WORDS = frozenset(
    [
        "the",
        "a",
        "an",
        "when",
        "after",
        "before",
        "while",
        "in",
        "on",
        "at",
        "le",
        "la",
        "les",
        "un",
        "une",
        "quand",
        "apres",
        "avant",
        "el",
        "los",
        "las",
        "una",
        "cuando",
        "tras",
        "der",
        "die",
        "das",
        "ein",
        "eine",
        "als",
        "nach",
        "il",
        "lo",
        "gli",
        "quando",
        "dopo",
        "de",
        "het",
        "een",
        "toen",
        "na",
        "herr",
        "frau",
        "mr",
        "mrs",
        "ms",
        "monsieur",
        "madame",
        "mme",
        "senor",
        "senora",
        "signor",
        "signora",
        "meneer",
        "mevrouw",
        "by",
        "par",
        "von",
        "di",
        "door",
        "por",
        "suspect",
    ]
)


def _private(patterns: dict[str, re.Pattern[str]], folded: str, start: int, end: int) -> str | None:  # noqa: PLR0911 - a ground a line
    name = folded[start:end]
    if _NOT_NAMES.search(name):
        return None
    before, after = folded[max(0, start - 48) : start], folded[end : end + 48]
    if _PLACE_AFTER.match(after) or _PLACE_BEFORE.search(before):
        return None
    if patterns["role"].search(before):
        return "named beside a private role"
    if patterns["age"].match(after) or patterns["age_before"].search(before):
        return "named with an age"
    if patterns["verb"].match(after):
        return "named with what befell them"
    first = name.split()[0].rstrip(".")
    if patterns["after_role"].match(after) and (first in _given_names() or after.startswith(",")):
        return "named beside a private role"
    if first in _given_names():
        return "a person who does not speak in an office"
    return None


def _remember(private: dict[str, str], name: str, reason: str) -> None:
    private[name] = reason
    last = name.rsplit(maxsplit=1)[-1]
    if len(last) > 3:
        private[last] = reason


def _single_names(
    patterns: dict[str, re.Pattern[str]],
    text: str,
    folded: str,
    mentions: list[Mention],
    people: People,
    private: dict[str, str],
) -> list[Mask]:
    """A lone surname after a private role («suspect Doe», «victim Jane, 34,»)."""
    masks = []
    named = Spans((m.start, m.end) for m in mentions)
    kept = Spans((start, end) for start, end, _ in people.spans)
    for found in _ONE.finditer(text):
        start, end = found.span()
        if named.meet(start, end) or kept.meet(start, end) or _NOT_NAMES.search(folded[start:end]):
            continue
        before, after = folded[max(0, start - 30) : start], folded[end : end + 30]
        strong = (
            patterns["role"].search(before)
            and not before.rstrip().endswith((",", "-"))
            and folded[start:end] in _given_names()
        )
        if strong or (patterns["age"].match(after) and folded[start:end] in _given_names()):
            private.setdefault(text[start:end], "named beside a private role")
            masks.append(Mask(start, end, "named beside a private role"))
    return masks


def _again(text: str, private: dict[str, str], kept: Spans, masks: list[Mask]) -> list[Mask]:
    found = []
    masked = Spans((mask.start, mask.end) for mask in masks)
    for name, reason in private.items():
        flags = re.IGNORECASE if " " in name else 0  # a lone surname in small letters may be a word
        for again in re.finditer(rf"(?<!\w){re.escape(name)}(?:['’]s|s)?(?!\w)", text, flags):
            start, end = again.start(), again.start() + len(name)
            if not kept.meet(start, end) and not masked.meet(start, end):
                found.append(Mask(start, end, reason))
    return found


def _of_one_person(folded: str, start: int, end: int) -> bool:
    """Whether the phrase tells of one person, not of many («40 French nationals») nor of an attack's origin."""
    if folded[end : end + 1] == "s":
        return False
    lead = folded[max(0, start - 26) : start]
    return not re.search(
        r"\b(?:attack|attacks|threat|attentat|menace|ataque|amenaza|anschlag|angriff|bedrohung|attacco|minaccia|aanslag|dreiging|terrorism|terrorismus|terrorismo|terrorisme|group|groupe|grupo|gruppe|gruppo|groep)\w* $",
        lead,
    )


def _merged(masks: list[Mask]) -> list[Mask]:
    masks.sort(key=lambda mask: (mask.start, -mask.end))
    merged: list[Mask] = []
    for mask in masks:
        if merged and mask.start < merged[-1].end:
            last = merged[-1]
            merged[-1] = Mask(last.start, max(last.end, mask.end), last.reason)
        else:
            merged.append(mask)
    return merged


def apply(text: str, masks: list[tuple[int, int]]) -> str:
    """Give `text` with each [start, end) covered by as many blocks as it has characters."""
    pieces, at = [], 0
    for start, end in masks:
        pieces += [text[at:start], BLOCK * (end - start)]
        at = max(at, end)
    return "".join([*pieces, text[at:]])
