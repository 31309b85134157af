"""Calendar events: what lies ahead that gathers people, with its dates."""

import re
from itertools import pairwise

from vigie.reports.dating.expressions import Time
from vigie.reports.dating.values import bounds
from vigie.reports.frames.view import PLACES, Draft, View
from vigie.reports.hits import Hit


def find(view: View) -> list[Draft]:
    """Find the events of a sentence: one claim for each event with its own time."""
    if view.has("attack") and not view.has("happen"):
        return []
    drafts: list[Draft] = []
    taken: list[Time] = []
    last_end = -1
    for hit in view.of("event"):
        if (
            hit.start < last_end
            or any(d.at <= hit.start < d.at + 40 for d in drafts)
            or _only_background(view, hit)
        ):
            continue
        last_end = hit.end
        time = _time(view, hit, taken)
        if time is None:
            continue
        if view.near(hit, "denial", before=15, after=15):
            continue
        taken.append(time)
        place, code = _place(view, hit)
        draft = view.draft(
            "calendar_event", hit.start, subject=_subject(view, hit), place=place, place_code=code
        )
        draft.date = time.value
        draft.speaker = draft.speaker if view.has("say", "according") else None
        happens = [h for h in view.of("happen") if abs(h.start - hit.start) < 90]
        draft.certainty = view.words(happens[0]) if happens else view.text[time.start : time.end]
        drafts.append(draft)
    return drafts


def _time(view: View, hit: Hit, taken: list[Time]) -> Time | None:
    """The event's own time, which must not lie in the past: an event behind us is history, not calendar."""
    between = [
        t
        for t in view.times
        if t.value
        and t not in taken
        and _ahead(view, t)
        and t.rule not in {"since", "since_then", "recent", "window_past"}
    ]
    happens = [h for h in view.of("happen") if abs(h.start - hit.start) < 110]
    # «the Games begin in four months»: a time behind the event's verb is the event's; one before it opens the sentence.
    after = [t for t in between if 0 <= t.start - hit.end <= 110 and _clause(view, hit.end, t.start)]
    if after:
        return min(after, key=lambda t: t.start)
    before = [t for t in between if t.end <= hit.start]
    if before and (
        happens
        or re.search(r"(?:^|[,(] ?)$", view.folded[max(view.start, before[-1].start - 2) : before[-1].start])
        or hit.start - before[-1].end < 30
    ):
        return before[-1]
    return None


def _clause(view: View, start: int, end: int) -> bool:
    return not re.search(r"[;:]| (?:and|et|y|und|e|en),? .{25,}", view.folded[start:end])


def _ahead(view: View, time: Time) -> bool:
    if view.published is None:
        return True
    last = bounds(time.value or "")[1]
    return last is None or last >= view.published


def _only_background(view: View, hit: Hit) -> bool:
    """«security for the Games», «an attack on the Christmas market», «the trial of»: named, not announced."""
    lead = view.folded[max(view.start, hit.start - 34) : hit.start]
    if re.search(
        r"(?:attack|attentat|attaque|atentado|ataque|anschlag|attentato|attacco|strage|aanslag)\w*(?: \w+){0,3} $",
        lead,
    ):
        return True
    return hit.word == "games" and not view.text[hit.start].isupper()


def _place(view: View, hit: Hit) -> tuple[str | None, str | None]:
    place, code = view.place(hit.start, cities=True, reach=90)
    found = [m for m in view.mentions if m.named.kind in PLACES and abs(m.start - hit.start) <= 90]
    for left, right in pairwise(found):
        if view.text[left.start : left.end] == place and re.fullmatch(
            r",? (?:or|and|ou|et|o|y|oder|und|e|of|en) ", view.folded[left.end : right.start]
        ):
            return f"{place}; {view.text[right.start : right.end]}", code
    return place, code


def _subject(view: View, hit: Hit) -> str:
    start = hit.start
    while (
        start > view.start
        and view.text[start - 1] not in ",.;:“«\n"
        and hit.start - start < 30
        and not view.text[start - 1].isdigit()
    ):
        start -= 1
    words = view.text[start : hit.start].split()
    lead: list[str] = []
    for word in reversed(words):
        if word[0].isupper() or len(word) > 5:
            lead.insert(0, word)
        else:
            break
    named = re.match(
        r"(?: [A-ZÀ-Ý][\w'’-]+)+",
        view.text[hit.end + len(view.words(hit)) - (hit.end - hit.start) : view.end],
    )
    return " ".join([*lead[-2:], view.words(hit)]) + (named.group() if named else "")
