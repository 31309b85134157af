"""Attacks that happened: an attack told with its place, its day or its victims; not a risk, a wish or a plot."""

import re

from vigie.reports.folding import fold
from vigie.reports.frames.view import Draft, View, figure
from vigie.reports.hits import Hit

# An attack happened at one time: spans such as «in recent months» date something else in its sentence.
DAYS = frozenset(
    [
        "date",
        "month",
        "month_near",
        "month_past",
        "year",
        "day",
        "day_this",
        "day_past",
        "nights",
        "offset",
        "ago",
        "numeric",
        "unit_last",
        "feast",
    ]
)


def find(view: View) -> list[Draft]:
    """Find the attack a sentence tells of (one at most)."""
    victims = victims_of(view)
    dated = any(
        view.time(hit.start, reach=28, rules=DAYS) and _city_near(view, hit, 45) for hit in view.of("attack")
    )
    if ("attribution" in view.kinds and not victims) or (
        "claim_of_responsibility" in view.kinds and not victims and not dated
    ):
        return []
    if "statistic" in view.kinds or (view.has("foil", "attempts") and not victims):
        return []
    trigger = next(
        (hit for hit in view.of("attack") if _told(view, hit, told_with_victims=bool(victims))), None
    )
    if trigger is None:
        return []
    place, code = view.place(trigger.start, cities=True)
    time = view.time(trigger.start, reach=90, rules=DAYS)
    draft = view.draft(
        "attack", trigger.start, subject=_subject(view, trigger, place), place=place, place_code=code
    )
    draft.numbers = victims
    draft.date = time.value if time else None
    draft.speaker = draft.speaker if view.has("according") else None
    draft.more = {"status": "failed" if view.has("failed") else "completed", "placed": view.places_itself()}
    return [draft]


def _told(view: View, hit: Hit, *, told_with_victims: bool) -> bool:
    if view.near(hit, "denial", before=30, after=30) or view.near(hit, "conditional", before=40, after=25):
        return False
    if (
        any(
            h.end <= hit.start + len(hit.word) and hit.start - h.end <= 14
            for h in view.of("generic")
            if h.start <= hit.start
        )
        and not told_with_victims
    ):
        return False
    if _is_future(view, hit):
        return False
    if told_with_victims:
        return True
    if re.search(r"(?:s|en|aux|i|ttacchi)$", hit.word) and hit.word.endswith(
        (
            "attacks",
            "attaques",
            "attentats",
            "ataques",
            "atentados",
            "anschlage",
            "anschlagen",
            "attentati",
            "attacchi",
            "aanslagen",
            "attentate",
            "angriffe",
            "bombings",
            "shootings",
        )
    ):
        return _city_near(view, hit, 40) and bool(view.times)
    return (
        _city_near(view, hit, 70)
        or _adjective_capital(view, hit)
        or (view.time(hit.start, reach=30) is not None and view.has("dead", "hurt"))
    )


def _city_near(view: View, hit: Hit, reach: int) -> bool:
    return any(
        m.named.kind in {"city", "part"} and min(abs(m.start - hit.end), abs(hit.start - m.end)) <= reach
        for m in view.mentions
    )


def _adjective_capital(view: View, hit: Hit) -> bool:
    return bool(
        re.search(
            r"\b(?:capital|capitale|hauptstadt|hoofdstad)\b",
            view.folded[max(view.start, hit.start - 50) : hit.end + 60],
        )
    )


def _is_future(view: View, hit: Hit) -> bool:
    day = view.day()
    time = view.time(hit.start, reach=40)
    return bool(day and time and time.value and "/" not in time.value and time.value[:10] > day)


def victims_of(view: View) -> list[dict[str, object]]:
    """Give the dead and injured a sentence counts, as figures."""
    found: list[dict[str, object]] = []
    for idea, what in (("dead", "dead"), ("hurt", "injured")):
        for number in view.numbers:
            if (
                number.ordinal
                or number.value is None
                or any(t.start <= number.start < t.end for t in view.times)
            ):
                continue
            after = [
                h
                for h in view.hits.get(idea, [])
                if 0 <= h.start - number.end <= 38
                and not re.search(r"[.;:,]| and | et | y | und | e | en ", view.folded[number.end : h.start])
            ]
            before = [h for h in view.hits.get(idea, []) if 0 <= number.start - h.end <= 4]
            # «a» and «one» are the same word in most languages: it counts only right before its noun.
            article = number.value == 1 and not number.words.isdigit()
            if article and not any(h.start - number.end <= 14 for h in after):
                continue
            if after or before:
                found.append(figure(what, number))
                break
    if not found and view.has("death_one"):
        found.append({"what": "dead", "value": 1, "modifier": "exact"})
    return found


def _subject(view: View, hit: Hit, place: str | None) -> str:
    word = view.words(hit)
    return f"{place} {word}" if place and fold(place) not in fold(word) else word
