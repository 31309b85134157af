"""Deployments: police, soldiers and guards sent, reinforced or made more visible."""

import re

from vigie.reports.frames.view import Draft, View, figure
from vigie.reports.hits import Hit


def find(view: View) -> list[Draft]:
    """Find the deployment a sentence tells of (one at most)."""
    trigger = next((hit for hit in view.of("deploy") if _with_force(view, hit)), None)
    if trigger is None:
        return []
    if view.near(trigger, "conditional", before=35, after=0) or view.near(
        trigger, "denial", before=25, after=10
    ):
        return []
    place, code = view.place(trigger.start)
    draft = view.draft(
        "deployment", trigger.start, subject=_subject(view, trigger), place=place, place_code=code
    )
    time = view.time(trigger.start)
    draft.date = time.value if time else None
    forces = view.of("force")
    for number in view.numbers:
        force = next((h for h in forces if 0 <= h.start - number.end <= 32), None)
        if (
            force
            and number.value != 1
            and not number.ordinal
            and not any(t.start <= number.start < t.end for t in view.times)
        ):
            draft.numbers.append(figure(view.words(force), number))
    speech = view.speech(trigger.start)
    draft.certainty = (
        speech.words or None
        if speech
        else next((view.words(h) for h in view.of("definition")), view.words(trigger))
    )
    return [draft]


def _with_force(view: View, hit: Hit) -> bool:
    if re.match(
        r"patrol|patrouil|patrull|pattugl|streifen|extra poli|more poli|mehr poli|meer poli|more officers|additional officers|extra officers|polizeiprasenz|presencia policial|step up patrols",
        hit.word,
    ):
        return True
    if hit.word in {
        "guard",
        "on alert",
        "posted",
        "extra",
        "levee",
        "supplementaires",
        "adicionales",
        "aggiuntivi",
        "presence",
        "presencia",
        "presenza",
        "vigilancia",
        "renforce",
        "uomini",
    } and not view.has("level"):
        reach = 40
    else:
        reach = 70
    return any(
        force.start != hit.start and min(abs(force.start - hit.end), abs(hit.start - force.end)) <= reach
        for force in view.of("force")
    )


def _subject(view: View, hit: Hit) -> str:
    forces = [h for h in view.of("force") if h.start != hit.start]
    near = min(forces, key=lambda h: abs(h.start - hit.start)) if forces else None
    if near is None:
        return view.words(hit)
    first, second = sorted([hit, near], key=lambda h: h.start)
    return f"{view.words(first)} {view.words(second)}"
