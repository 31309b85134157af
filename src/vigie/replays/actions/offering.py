"""The act that offers elements to a partner service: rewritten, proposed by one, released by another."""

from typing import Any

import orjson

from vigie.partners import actions as partners, queries as releases
from vigie.partners.elements import Element, Group, Judgement, Place
from vigie.replays.actions.founding import actor
from vigie.replays.actions.reading import claims_of
from vigie.replays.stage import Stage
from vigie.replays.story import Offer


def offer(stage: Stage, step: Offer) -> dict[str, Any]:
    """Record what is agreed with the partner, propose the elements, release them."""
    who = actor(stage, step.by)
    partners.agree(
        actor(stage, step.approver), step.audience, name=step.name, contact=step.contact, ceiling=step.ceiling
    )
    chosen: list[Element] = [
        Group(key=g.key, name=g.name, text=g.text, sources=tuple(claims_of(stage, g.kinds)))
        for g in step.groups
    ]
    chosen += [Place(key=p.key, name=p.name, country=p.country) for p in step.places]
    about = tuple(e.key for e in chosen)
    chosen += [
        Judgement(
            key=j.key,
            title=j.title,
            text=j.text,
            about=about,
            sources=tuple(claims_of(stage, j.kinds)),
            grade=j.grade,
            confidence=j.confidence,
        )
        for j in step.judgements
    ]
    made = partners.propose(
        who,
        audience=step.audience,
        title=step.title,
        summary=step.summary,
        marking=step.marking,
        chosen=chosen,
        level=stage.made["decision"],
    )
    partners.approve(actor(stage, step.approver), made, seen=releases.release(made).digest)
    path = partners.write_file(made)
    row = releases.release(made)
    stage.found["stix_file"] = str(path)
    return {
        "marking": row.marking,
        "objects": len(orjson.loads(row.bundle)["objects"]),
        "sha256": row.sha256[:12] + "…",
    }
