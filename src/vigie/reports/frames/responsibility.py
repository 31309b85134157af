"""Claims of responsibility (a group says it did it) and attributions (others say a group did it)."""

import re

from vigie.reports.frames.attack import DAYS, victims_of
from vigie.reports.frames.view import Draft, View
from vigie.reports.gazetteer import Mention
from vigie.reports.hits import Hit

_ACTORS = frozenset({"group", "country", "adjective"})


def claims(view: View) -> list[Draft]:
    """Find the claim of responsibility of a sentence."""
    for hit in view.of("claim"):
        if view.near(hit, "denial", before=45, after=25) or view.near(hit, "conditional", before=30, after=0):
            continue
        actor = _actor(view, hit)
        if actor is None or not (
            view.has("attack")
            or _responsibility(hit)
            or (view.before is not None and view.before.has("attack"))
        ):
            continue
        place, code = view.place(hit.start, cities=True)
        time = view.time(hit.start, reach=120)
        draft = view.draft("claim_of_responsibility", hit.start, subject=actor, place=place, place_code=code)
        draft.date = time.value if time and time.rule not in {"recent", "coming"} else None
        draft.speaker = None
        draft.more = {"placed": view.places_itself()}
        draft.numbers = victims_of(view)
        draft.certainty = view.words(hit)
        return [draft]
    return []


def _responsibility(hit: Hit) -> bool:
    return bool(
        re.search(
            r"responsab|respons|revendi|reivindi|rivendi|autoria|bekenn|bekann|opeis|opgeeist|credit",
            hit.word,
        )
    )


def _actor(view: View, hit: Hit) -> str | None:
    groups = view.groups()
    if groups:
        return group_name(view, min(groups, key=lambda m: abs(m.start - hit.start)))
    generic = [h for h in view.of("group") if abs(h.start - hit.start) < 90]
    return view.words(generic[0]) if generic else None


def group_name(view: View, group: Mention) -> str:
    """A group's canonical name, with its province when one capitalised word follows («… of X», «… X», «IS-X»)."""
    label = group.named.label
    if label != "Islamic State":
        return view.text[group.start : group.end] if label.endswith("province") else label
    found = re.match(
        r"(?:-| (?:in |of |du |de |del |en |im |in der |nel |della |del |in de |the )*(?:group |groupe )?(?:of |du |de |del )?)([A-Z][\w-]{3,})(?: Province| Provinz)?",
        view.text[group.end : group.end + 40],
    )
    if found is None:
        return label
    word = found.group(1)
    at = group.end + found.start(1)
    if any(m.start == at and m.named.kind != "city" for m in view.mentions) or any(
        m.start == at
        and m.named.kind == "city"
        and m.named.code in {"FR", "GB", "DE", "ES", "IT", "NL", "BE", "RU"}
        for m in view.mentions
    ):
        return label
    return (
        f"{label} {word}"
        if view.text[group.end] in " -" and word[0].isupper() and word.lower() != "group"
        else label
    )


def attributions(view: View) -> list[Draft]:
    """Find the attribution of an attack to an actor."""
    if not view.has("attack", "plan") or "claim_of_responsibility" in view.kinds:
        return []
    for hit in view.of("attribute"):
        if view.near(hit, "denial", before=30, after=12) or view.near(hit, "conditional", before=28, after=0):
            continue
        actor = _attributed(view, hit)
        if actor is None or not _of_attack(view, hit):
            continue
        place, code = view.place(hit.start, cities=True)
        attack = min(view.of("attack", "plan"), key=lambda h: abs(h.start - hit.start))
        time = view.time(attack.start, reach=60, rules=DAYS)
        draft = view.draft("attribution", hit.start, subject=actor, place=place, place_code=code)
        draft.more = {"placed": view.places_itself()}
        draft.date = time.value if time else None
        speech = view.speech(hit.start)
        draft.certainty = speech.words if speech and speech.words else view.words(hit)
        return [draft]
    return []


def _of_attack(view: View, hit: Hit) -> bool:
    """A word as plain as «behind» or «schreiben» needs the attack close by."""
    reach = 60 if len(hit.word) < 10 else 130
    return any(
        min(abs(h.start - hit.end), abs(hit.start - h.end)) <= reach
        for h in view.of("attack", "plan", "attempts")
    )


def _attributed(view: View, hit: Hit) -> str | None:
    groups = [m for m in view.groups() if abs(m.start - hit.start) < 170]
    if groups:
        return group_name(view, min(groups, key=lambda m: abs(m.start - hit.start)))
    generic = [h for h in view.of("group") if abs(h.start - hit.start) < 80]
    if generic:
        return view.words(generic[0])
    state = [
        m
        for m in view.mentions
        if m.named.kind == "country" and -45 <= m.start - hit.end <= 20 and len(hit.word) > 4
    ]
    return view.text[state[0].start : state[0].end] if state and view.has("attack") else None
