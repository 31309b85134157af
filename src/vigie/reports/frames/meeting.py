"""Planned meetings: a council, a committee or the services that will meet."""

import re

from vigie.reports.frames.view import Draft, View
from vigie.reports.hits import Hit


def find(view: View) -> list[Draft]:
    """Find the planned meeting of a sentence (one at most)."""
    for hit in view.of("meeting"):
        time = view.time(hit.start)
        ahead = (
            time is not None
            and time.value is not None
            and view.published is not None
            and time.value.split("/")[0][:10] > view.published.isoformat()
        )
        today = time is not None and time.value == view.day()
        future = view.has("meeting_future")
        if not (ahead or (future and (today or time is None or (time.value is None)))):
            continue
        if time is not None and not future and not ahead:
            continue
        if view.near(hit, "denial", before=25, after=20) or (
            view.near(hit, "conditional", before=20, after=0) and not ahead
        ):
            continue
        if view.has("event") and not _of_office(view, hit):
            continue
        place, code = view.place(hit.start)
        draft = view.draft(
            "planned_meeting", hit.start, subject=_subject(view, hit), place=place, place_code=code
        )
        draft.date = time.value if time else None
        future_hits = view.of("meeting_future")
        draft.certainty = view.words(future_hits[0]) if future_hits else view.words(hit)
        return [draft]
    return []


_BODY = re.compile(
    r"council|conseil|consejo|consiglio|rat\b|raad|comit|committee|cabinet|kabin|gabinete|mesa "
)


def _of_office(view: View, hit: Hit) -> bool:
    """Whether an office or a standing body meets, so that an event named beside it is only what it meets about."""
    if _BODY.search(hit.word):
        return True
    return any(
        abs(m.start - hit.start) < 60 for m in view.mentions if m.named.kind in {"service", "holder"}
    ) or bool(view.speeches)


def _subject(view: View, hit: Hit) -> str:
    """The meeting's own words: from its noun to the next verb or comma."""
    end = hit.end
    while end < view.end and view.text[end] not in ",.;:“«" and end - hit.start < 60:
        end += 1
    later = [h.start for h in view.of("meeting_future") if h.start > hit.end]
    times = [t.start for t in view.times if t.start > hit.end]
    return view.text[hit.start : min([end, *later, *times])].strip()
