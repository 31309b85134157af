"""Level changes: raised, lowered or maintained; never from a definition, a wish, a hypothesis or a denial."""

import functools
import re

from vigie.reports import lexicon
from vigie.reports.dating.expressions import Time
from vigie.reports.dating.values import bounds
from vigie.reports.folding import fold
from vigie.reports.frames.view import Draft, View
from vigie.reports.hits import Hit

_MOVES = {"raise": "raised", "lower": "lowered", "maintain": "maintained", "establish": "raised"}
_NUMBERS = {
    word: str(value)
    for value, words in enumerate(
        [
            "one first un premier uno primer primo eins erste een eerste",
            "two second deux deuxieme dos segundo zwei zweite due secondo twee tweede",
            "three third trois troisieme tres tercer drei dritte tre terzo drie derde",
            "four fourth quatre quatrieme cuatro cuarto vier vierte quattro quarto vierde",
            "five fifth cinq cinquieme cinco quinto funf funfte cinque vijf vijfde",
        ],
        1,
    )
    for word in words.split()
}
# Words for a level so general that the sentence must also name which level, or a scheme.
_GENERAL = frozenset(
    fold(word)
    for word in (
        "niveau", "nivel", "livello", "stufe", "posture", "le plan", "the alert", "la alerta", "l'allerta", "dreiging",
        "terrorist threat", "terror threat", "menace terroriste générale", "menace générale", "amenaza terrorista",
        "minaccia terroristica", "terreurdreiging", "terrorgefahr", "terrorbedrohung", "security level", "sicherheitsstufe",
        "nivel de seguridad", "niveau de sécurité", "livello di sicurezza", "veiligheidsniveau", "nivel de riesgo", "bedrohungslage",
        "gefährdungslage", "the level", "this level", "dreigingsbeeld", "alarmbereitschaft", "state of alert",
    )
)  # fmt: skip
_SYSTEM = {"FR": "Vigipirate"}


@functools.cache
def _number(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{lexicon.of('claims', language)['level_number']})")


def find(view: View) -> list[Draft]:
    """Find the level changes of a sentence."""
    if view.has("nth_time") and view.numbers and not view.has("raise", "lower"):
        return []
    levels = view.of("level")
    schemes = [m for m in view.mentions if m.named.kind == "scheme"]
    named = _named_levels(view)
    if not levels and not schemes:
        return _by_reference(view)
    spoken_of = view.level_told
    if all(hit.word in _GENERAL for hit in levels) and not schemes and not named and not spoken_of:
        return _by_reference(view)
    anchors = [hit.start for hit in levels] + [m.start for m in schemes] + [start for start, _, _ in named]
    moves = [
        hit
        for hit in view.of(*_MOVES)
        if min(abs(hit.start - at) for at in anchors) <= 90 and _real(view, hit)
    ]
    if not moves:
        return _by_reference(view)
    if view.has("definition") and not view.times and not view.has("decision"):
        return []
    drafts = []
    done: set[str] = set()
    for hit in _main_first(moves, anchors):
        direction = _direction(hit, moves, view)
        if direction in done or (done and not _has_own_time(view, hit)):
            continue
        draft = _draft(view, hit, direction, named)
        if draft is not None:
            drafts.append(draft)
            done.add(direction)
    return drafts


def _main_first(moves: list[Hit], anchors: list[int]) -> list[Hit]:
    """Order moves: a word of keeping rules unless a move stands clearly nearer to the level."""

    def nearness(hit: Hit) -> float:
        near = min(abs(hit.start - at) for at in anchors)
        return near + (45 if hit.idea == "establish" else 0) - (20 if hit.idea == "maintain" else 0)

    return sorted(moves, key=nearness)


def _real(view: View, hit: Hit) -> bool:
    """Whether the move is told as done or decided: not wished, supposed, denied, or only reported as not happening."""
    if hit.idea == "maintain":
        if view.folded[max(view.start, hit.start - 4) : hit.start].endswith(
            (" le ", "the ", "le ")
        ) and hit.word in {"reste", "remaining"}:
            return False  # «le reste du pays»
        return not view.near(hit, "conditional", before=28, after=0)
    if (
        hit.word in {"lifted", "lifts"}
        and not _number(view.language).search(view.folded, hit.end, view.end)
        and not view.of("level_name")
    ):
        return False  # an alert that was lifted is over; a level lifted «to» another rose
    if view.near(hit, "conditional", before=60, after=8):
        return False
    return not view.near(hit, "denial", before=32, after=22)


def _direction(hit: Hit, moves: list[Hit], view: View) -> str:
    if hit.idea != "establish":
        return _MOVES[hit.idea]
    near = [other for other in moves if other.idea != "establish" and abs(other.start - hit.start) < 50]
    if near:
        return _MOVES[near[0].idea]
    return (
        "lowered" if re.search(r"\b(?:lowest|vigilance)\b", view.folded[hit.end : hit.end + 40]) else "raised"
    )


def _has_own_time(view: View, hit: Hit) -> bool:
    time = view.time(hit.start, reach=60)
    return time is not None


def _draft(view: View, hit: Hit, direction: str, named: list[tuple[int, str, str]]) -> Draft | None:
    before, after = _from_to(view, hit, named)
    if direction == "raised" and before and after and before.isdigit() and after.isdigit() and after < before:
        direction = "lowered"
    time = _time(view, hit)
    history = _is_history(view, time.value if time else None)
    if time is None and view.has("last_time") and direction != "maintained":
        return None
    place, code = view.country()
    scheme = next((m for m in view.mentions if m.named.kind == "scheme"), None)
    draft = view.draft("level_change", hit.start, subject=_subject(view, hit), place=place, place_code=code)
    draft.date = time.value if time else (view.day() if direction == "maintained" else None)
    draft.certainty = _certainty(view, hit)
    system = view.text[scheme.start : scheme.end] if scheme else _SYSTEM.get(code or "")
    said = view.said_on()
    draft.more = {
        "system": system,
        "from": before,
        "to": after,
        "direction": direction,
        "history": history,
        "said_on": said.value if said else None,
    }
    view.level = draft
    return draft


def _time(view: View, hit: Hit) -> Time | None:
    """The move's time: the first one behind it in its clause, else the nearest."""
    said = view.said_on()
    behind = [
        t
        for t in view.times
        if t.value
        and t is not said
        and 0 <= t.start - hit.end <= 50
        and not re.search(r"[;,]", view.folded[hit.end : t.start])
    ]
    return behind[0] if behind else view.time(hit.start)


def _subject(view: View, hit: Hit) -> str:
    levels = view.of("level", "level_name")
    near = min(levels, key=lambda h: abs(h.start - hit.start)) if levels else None
    return f"{view.words(near)} {view.words(hit)}" if near else view.words(hit)


def _certainty(view: View, hit: Hit) -> str | None:
    if quote := view.quote(hit.end, longest=90):
        return quote
    speech = view.speech(hit.start)
    return speech.words or None if speech else None


def _is_history(view: View, value: str | None) -> bool:
    if value is None or view.published is None:
        return False
    last = bounds(value)[1]
    return last is not None and (view.published - last).days > 31


def _named_levels(view: View) -> list[tuple[int, str, str]]:
    """Levels named in the sentence: (place, level, what stands before it)."""
    found: list[tuple[int, str, str]] = []
    for match in _number(view.language).finditer(view.folded, view.start, view.end):
        given = next(value for value in match.groups() if value)
        at = match.start() + match.group().index(given)
        found.append((match.start(), _NUMBERS.get(given, given), view.folded[max(view.start, at - 22) : at]))
    for hit in view.of("level_name"):
        if any(abs(hit.start - at) < 3 for at, _, _ in found) or any(
            move.start == hit.start for move in view.of("raise", "lower")
        ):
            continue
        if not _stands_for_level(view, hit):
            continue
        found.append(
            (
                hit.start,
                _plain(view.text[hit.start : hit.end], hit.word),
                view.folded[max(view.start, hit.start - 22) : hit.start],
            )
        )
    return sorted(found)


def _plain(printed: str, word: str) -> str:
    return (
        "maximum"
        if re.match(
            r"(?:the )?(?:max|highest|hochst|hoogst|niveau max|nivel max|livello mass|massim|alerta max|allerta mass|plus haut|nivel mas alto|livello piu alto|mas alto|piu alto|top level|le plus eleve|niveau le plus|niveau supreme)",
            word,
        )
        else printed
    )


def _stands_for_level(view: View, hit: Hit) -> bool:
    """A level's name that is also an everyday word (high, possible, grave) needs a level word or a «to» beside it."""
    if len(hit.word) > 12 or " " in hit.word:
        return True
    around = (
        view.folded[max(view.start, hit.start - 30) : hit.start] + " " + view.folded[hit.end : hit.end + 25]
    )
    return bool(
        re.search(
            r'level|niveau|nivel|livello|stufe|alert|alarm|threat|"|\b(?:to|from|at|a|au|al|auf|von|de|da|naar|van|op|tot|en)\b',
            around,
        )
    )


def _from_to(view: View, hit: Hit, named: list[tuple[int, str, str]]) -> tuple[str | None, str | None]:
    lists = lexicon.of("claims", view.language)
    froms = "|".join(re.escape(fold(word)) for word in lists["from_word"])
    before = after = None
    # A level behind the move is where it goes; one before it may belong to another time.
    for _, level, lead in sorted(named, key=lambda entry: entry[0] < hit.start):
        if (
            re.search(
                rf"(?<!\w)(?:{froms})(?: the| il| le| l'| level| niveau| nivel| livello| stufe| der| \"| \w{{3,9}})*[ \"']*$",
                lead,
            )
            and before is None
            and len(named) > 1
        ):
            before = level
        elif after is None:
            after = level
    return before, after


def _by_reference(view: View) -> list[Draft]:
    """A sentence that speaks of the change without naming it: «the decision, made on Sunday», «the last one had been in …»."""
    before = view.before
    if before is None:
        return []
    told = "level_change" in before.kinds
    if view.has("decision") and told and not view.has("conditional"):
        hit = view.of("decision")[0]
        told_level = before.level
        draft = _draft(view, hit, str(told_level.more["direction"]) if told_level else "raised", [])
        if draft is None:
            return []
        draft.place, draft.place_code = (
            (told_level.place, told_level.place_code) if told_level else view.home()
        )
        return [draft]
    if (
        view.has("last_time")
        and view.times
        and (told or before.has("nth_time") or before.has("level"))
        and not view.has("denial")
    ):
        hit = view.of("last_time")[0]
        if not view.has("level", "raise") and not re.search(
            r"\b(?:had|was|avait|etait|fue|habia|war|hatte|era|risale|dat|werd|remonte|remontait)\b",
            view.folded[hit.end : hit.end + 60],
        ):
            return []
        draft = _draft(view, hit, "raised", [])
        if draft is not None and draft.more["history"]:
            draft.more["to"] = draft.more["to"] or "maximum"
            draft.place, draft.place_code = view.home()
            return [draft]
    return []
