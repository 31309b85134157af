"""Statements: what somebody in office says that no other frame has taken, and what a plan is said to be."""

import re

from vigie.reports.frames.view import Draft, View

_TAKEN_BY = frozenset(
    {
        "planned_meeting",
        "level_change",
        "attribution",
        "deployment",
        "statistic",
        "foiled_plot",
        "claim_of_responsibility",
        "attack",
        "calendar_event",
    }
)


def find(view: View) -> list[Draft]:
    """Find the statement of a sentence (one at most), after every other frame has looked at it."""
    spoken = [s for s in view.speeches if s.speaker]
    if not spoken:
        return _plan_created(view) or _purpose(view)
    taken = bool(view.kinds & _TAKEN_BY)
    urged = [s for s in spoken if any(h.start == s.start for h in view.of("urge"))]
    verbs = [s for s in spoken if any(h.start == s.start for h in view.of("say"))]
    if taken and not (urged and len(verbs) > 1) and len(verbs) < 2 and not _grounds(view):
        return []
    if view.has("according") and not verbs and view.kinds:
        return []
    speech = urged[-1] if urged else spoken[-1]
    if view.end - view.start < 25:
        return []
    place, code = view.country()
    draft = view.draft(
        "statement", speech.start, subject=_subject(view, speech.end), place=place, place_code=code
    )
    draft.speaker = speech.speaker
    draft.date = _day(view)
    quote = next((view.text[a:b] for a, b in view.quotes if b - a < 120), None)
    draft.certainty = speech.words or quote
    return [draft]


def _grounds(view: View) -> bool:
    """A level change told with quoted grounds by a speaker is also a statement of those grounds."""
    words = [q for q in view.quotes if not any(q[0] <= h.start < q[1] for h in view.of("level_name"))]
    return "level_change" in view.kinds and len(words) >= 2 and view.kinds & _TAKEN_BY == {"level_change"}


def _subject(view: View, after: int) -> str:
    quoted = max(view.quotes, key=lambda q: q[1] - q[0], default=None)
    if quoted and quoted[1] - quoted[0] > 40:
        words = view.text[quoted[0] : quoted[1]].strip(' ,:“”"«».')
    else:
        words = view.text[after : view.end].strip(' ,:“”"«».') or view.text[view.start : view.end].strip()
    words = re.sub(r"^(?:that|que|qu['’]|dass|che|dat)\s*", "", words)
    return words if len(words) <= 120 else words[:120].rsplit(" ", 1)[0] + "…"


def _day(view: View) -> str | None:
    """The day it was said: a day of this sentence that is not ahead, else the day of publication."""
    today = view.day()
    for time in view.times:
        if (
            time.value
            and today
            and len(time.value) == 10
            and time.value <= today
            and time.rule in {"day", "day_this", "offset", "date"}
        ):
            return (
                time.value
                if time.value == today or (view.speeches and abs(time.start - view.speeches[0].start) < 40)
                else today
            )
    return today


def _plan_created(view: View) -> list[Draft]:
    scheme = next((m for m in view.mentions if m.named.kind == "scheme"), None)
    if scheme is None or not view.has("launch"):
        return []
    hit = view.of("launch")[0]
    time = view.time(hit.start, reach=60)
    if time is None:
        return []
    place, code = view.country()
    return [
        view.draft(
            "statement",
            hit.start,
            subject=f"{view.text[scheme.start : scheme.end]} {view.words(hit)}",
            place=place,
            place_code=code,
            date=time.value,
        )
    ]


def _purpose(view: View) -> list[Draft]:
    if not view.has("purpose") or not view.has("attack", "foil") or view.kinds:
        return []
    hit = view.of("purpose")[0]
    place, code = view.country()
    return [
        view.draft(
            "statement",
            hit.start,
            subject=_subject(view, hit.end),
            place=place,
            place_code=code,
            date=view.day(),
        )
    ]
