"""Foiled or attempted plots: an attack stopped before it was one, told without a window of time."""

import re

from vigie.reports import gazetteer
from vigie.reports.frames.responsibility import group_name
from vigie.reports.frames.view import Draft, View, figure
from vigie.reports.hits import Hit

# Told beside a day of saying («said on Monday»), the span is when the plots were.
_SPANS = frozenset({"recent", "window_past", "since", "since_then", "years", "unit_last", "unit_this"})
_OUR_SOIL = re.compile(
    r"\b(?:our (?:own )?soil|notre (?:propre )?sol|nuestro suelo|unserem boden|nostro (?:suolo|territorio)|onze bodem|ons grondgebied)\b"
)


def find(view: View) -> list[Draft]:
    """Find the foiled or attempted plot of a sentence (one at most)."""
    if "statistic" in view.kinds:
        return []
    trigger = _trigger(view)
    if (
        trigger is None
        or view.near(trigger, "conditional", before=30, after=0)
        or view.near(trigger, "denial", before=25, after=10)
    ):
        return []
    place, code = _our_soil(view) or view.target(trigger.start)
    time = view.time(trigger.start, rules=_SPANS) or view.time(trigger.start, reach=140)
    groups = view.groups()
    subject = (
        group_name(view, min(groups, key=lambda m: abs(m.start - trigger.start)))
        if groups
        else view.words(trigger)
    )
    draft = view.draft("foiled_plot", trigger.start, subject=subject, place=place, place_code=code)
    draft.date = time.value if time else None
    number = next(
        (
            n
            for n in view.numbers
            if not n.ordinal
            and 0 <= trigger.start - n.end <= 30
            and not any(t.start <= n.start < t.end for t in view.times)
        ),
        None,
    )
    if number is None:
        number = next(
            (n for n in view.numbers if n.value is None and trigger.start <= n.start < trigger.end + 20), None
        )
    if number is not None and not (number.value == 1 and not number.words.isdigit()):
        draft.numbers = [figure("attempts", number)]
    draft.certainty = view.quote(trigger.start) or view.words(trigger)
    draft.more = {
        "status": "foiled" if view.has("foil", "arrest") and not view.has("attempts") else "attempted"
    }
    return [draft]


def _our_soil(view: View) -> tuple[str | None, str | None] | None:
    """«On our soil»: the country of the official who says it, else the one the report is about."""
    if not _OUR_SOIL.search(view.folded, view.start, view.end):
        return None
    codes = [m.named.code for m in view.mentions if m.named.kind == "holder"]
    codes += [s.country for s in view.speeches if s.country]
    if codes:
        return gazetteer.country_name(codes[0], view.language), codes[0]
    return view.home()


def _trigger(view: View) -> Hit | None:
    for hit in view.of("attempts"):
        return hit
    for hit in view.of("foil"):
        near = [
            h for h in view.of("attack", "plan") if min(abs(h.start - hit.end), abs(hit.start - h.end)) <= 70
        ]
        if near and not _general_aim(view, hit):
            return hit
    if view.has("arrest") and view.has("attack"):
        for hit in view.of("planning"):
            return hit
    for hit in view.of("plan"):
        if view.has("arrest") and (hit.word.split()[0] != "attempt"):
            return hit
    return None


def _general_aim(view: View, hit: Hit) -> bool:
    """«It is about preventing attacks», «to prevent attacks»: an aim, not a plot."""
    lead = view.folded[max(view.start, hit.start - 14) : hit.start]
    return (
        bool(re.search(r"(?<!\w)(?:about|to|pour|d'|de|para|per|zu|te|om) ?$", lead))
        or hit.word in {"prevenir", "verhindern", "empecher"}
        or (view.has("purpose") and not view.times)
    )
