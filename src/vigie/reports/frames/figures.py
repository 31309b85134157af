"""Statistics: counts over a window or by an official count, and how many times a level was reached."""

import re

from vigie.reports.dating.expressions import Time
from vigie.reports.frames.view import Draft, View, figure
from vigie.reports.hits import Hit
from vigie.reports.numbers import Number

_PLURAL_DEATHS = frozenset({"dead", "hurt"})


_SINCE = re.compile(r"\b(?:since|depuis|desde|seit|dal|dall|sinds)\b")


def find(view: View) -> list[Draft]:
    """Find the statistics of a sentence: one claim for each figure."""
    drafts = _times_reached(view)
    window = view.has("official_figures") or any(_is_window(t) for t in view.times)
    if not window or (view.has("conditional") and not view.has("official_figures")):
        return drafts
    for number in view.numbers:
        if _is_not_a_count(view, number):
            continue
        what = _counted(view, number)
        if what is None:
            continue
        place, code = view.place(number.start)
        draft = view.draft("statistic", number.start, subject=what, place=place, place_code=code)
        official = view.of("official_figures")
        if official and draft.speaker is None:
            draft.speaker = view.words(official[0])
        draft.numbers = [figure(what, number)]
        draft.date = _window(view, number)
        draft.certainty = (
            view.text[number.start : number.end]
            if number.modifier != "exact"
            else (view.words(official[0]) if official else None)
        )
        drafts.append(draft)
    return drafts


def _is_window(time: Time) -> bool:
    """Whether a time is one that counts run over: «since …», «in 2023», «this year»; not «last week»."""
    if time.rule in {"unit_this", "unit_last"}:
        return len(time.value or "") in {4, 7}
    return time.rule in {"since", "window_past", "years", "year", "since_then", "range", "year_to_date"}


def _is_not_a_count(view: View, number: Number) -> bool:
    if number.ordinal or number.value is None or (number.value == 1 and not number.words.isdigit()):
        return True
    if any(t.start <= number.start < t.end or t.start < number.end <= t.end for t in view.times):
        return True
    following = view.folded[number.end : number.end + 12]
    return bool(
        re.match(
            r" ?(?:%|years?|ans?\b|anos|jahre|anni|jaar|months|mois|meses|monate|mesi|maanden|days|jours|dias|tage|giorni|dagen|hours|heures|h\b|uhr|niveaus|stufen|levels|niveaux|niveles|livelli|minutes|january|percent|prozent|procent)",
            following,
        )
    )


def _counted(view: View, number: Number) -> str | None:  # noqa: PLR0911 - one line a kind of thing counted
    """What the figure counts: its noun and, for attacks, how they ended."""
    nouns = [
        h
        for h in view.of("count_noun", "attack")
        if -4 <= h.start - number.end <= 44
        and not re.search(r"[.;:!?]| and | et | y | und | en | e ", view.folded[number.end : h.start])
    ]
    outcome = _outcome(view, number)
    dead = next((h for h in view.of("dead", "hurt") if 0 <= h.start - number.end <= 24), None)
    if dead is None:  # «killed at least 137 people»
        dead = next((h for h in view.of("dead", "hurt") if 0 <= number.start - h.end <= 2), None)
    if dead is not None:
        if not any(t.rule in {"since", "window_past", "since_then", "year_to_date"} for t in view.times):
            return None  # the toll of one attack
        return "dead" if dead.idea == "dead" else "injured"
    if nouns:
        noun = nouns[0]
        if outcome:
            return f"attacks {outcome}"
        if noun.idea == "attack" or noun.word in {
            "attacks",
            "attentats",
            "atentados",
            "anschlage",
            "attentati",
            "aanslagen",
        }:
            return "attacks"
        if view.has("arrest") and re.match(
            r"(?:arrest|interpel|deten|detain|festn|aanh|people|person|mensch|suspect|sospech|verd)",
            noun.word,
        ):
            return "arrests"
        return view.words(noun)
    if outcome and view.has("attack", "plan"):
        return f"attacks {outcome}"
    arrest = next((h for h in view.of("arrest") if 0 <= h.start - number.end <= 30), None)
    return "arrests" if arrest else None


def _outcome(view: View, number: Number) -> str | None:
    ends = {"foil": "foiled", "done": "completed", "failed": "failed"}
    rivals = [
        other.start
        for other in view.numbers
        if other.start > number.start and not other.ordinal and other.value != 1
    ]
    limit = min(rivals) if rivals else view.end
    after = [
        h
        for h in view.of(*ends)
        if number.end <= h.start < limit
        and h.start - number.end < 80
        and not re.search(r" (?:and|et|y|und|e|en) ", view.folded[number.end : h.start])
    ]
    if after:
        return ends[min(after, key=lambda h: h.start).idea]
    before = [
        h
        for h in view.of(*ends)
        if 0 <= number.start - h.end <= 40
        and not any(
            h.end <= other.start < number.start for other in view.numbers if other.value not in {None, 1}
        )
    ]
    return ends[before[-1].idea] if before else None


def _window(view: View, number: Number) -> str | None:
    rivals = [
        n.start for n in view.numbers if n.start > number.start and not n.ordinal and n.value not in {None, 1}
    ]
    own = [
        t
        for t in view.times
        if t.value and _is_window(t) and number.end <= t.start < min(rivals, default=view.end)
    ]
    if own:
        return own[0].value
    for rules in (
        {"since", "window_past", "years", "range", "since_then", "year_to_date"},
        {"year", "unit_this", "unit_last", "month"},
    ):
        time = view.time(number.start, rules=frozenset(rules))
        if time:
            return time.value
    time = view.time(number.start)
    return time.value if time else None


def _times_reached(view: View) -> list[Draft]:
    """«This is the fourth time that the maximum alert has been activated»."""
    if not view.has("nth_time") or not (
        view.has("level") or any(m.named.kind == "scheme" for m in view.mentions)
    ):
        return []
    hit: Hit = view.of("nth_time")[0]
    ordinal = next((n for n in view.numbers if n.ordinal and n.value and 0 <= hit.start - n.end <= 14), None)
    if ordinal is None:
        return []
    place, code = view.country()
    draft = view.draft("statistic", ordinal.start, subject="activations", place=place, place_code=code)
    draft.numbers = [{"what": "activations", "value": ordinal.value, "modifier": "exact"}]
    time = view.time(
        ordinal.start, rules=frozenset({"since", "since_then", "window_past", "years"})
    ) or view.time(ordinal.start)
    draft.date = time.value if time else None
    if (
        time
        and draft.date
        and "/" not in draft.date
        and view.published
        and _SINCE.search(view.folded, ordinal.end, time.start + 8)
    ):
        draft.date = f"{draft.date}/{view.published.isoformat()}"  # «since its launch in December 2016»
    draft.certainty = view.text[ordinal.start : hit.end]
    return [draft]
