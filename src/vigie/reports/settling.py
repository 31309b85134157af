"""What one report's claims owe each other: the day of an attack or a raise told once holds for its other mentions."""

from datetime import date

from vigie.reports.dating.values import bounds
from vigie.reports.folding import fold
from vigie.reports.frames.view import Draft

_OF_AN_ATTACK = frozenset({"attack", "claim_of_responsibility", "attribution"})


def settle(drafts: list[Draft], published: date | None) -> None:
    """Give claims without a day of their own the day the report tells elsewhere; change them in place."""
    _attacks(drafts)
    _raises(drafts, published)
    for draft in drafts:
        if draft.kind == "level_change" and draft.date is None:
            draft.date = draft.more.get("said_on")  # the day it was told stands in for the day it was done
    for draft in drafts:
        if draft.kind == "deployment" and draft.date is None:
            raised = next(
                (
                    d.date
                    for d in drafts
                    if d.kind == "level_change"
                    and d.date
                    and d.more.get("direction") == "raised"
                    and not d.more.get("history")
                    and d.place_code == draft.place_code
                ),
                None,
            )
            if raised and len(raised) == 10:
                draft.date = f"{raised}/.."


def _attacks(drafts: list[Draft]) -> None:
    """Same place, same attack: a claim, an attribution and a bare mention take the day another sentence tells."""
    attacks = [d for d in drafts if d.kind == "attack" and d.place and d.more.get("placed")]
    if attacks and len({fold(d.place or "") for d in attacks}) == 1:
        for draft in drafts:  # «claimed the attack», in a report of one attack
            if draft.more.get("placed") is False:
                draft.place, draft.place_code = attacks[0].place, attacks[0].place_code
    told: dict[str, str] = {}
    for draft in drafts:
        if draft.kind in _OF_AN_ATTACK and draft.place and draft.date and len(draft.date) == 10:
            told.setdefault(fold(draft.place), draft.date)
    dated = [d for d in drafts if d.kind == "attack" and d.date and len(d.date) == 10]
    only = dated[0] if dated and len({d.place for d in dated}) == 1 else None
    for draft in drafts:
        if draft.kind not in _OF_AN_ATTACK or draft.date is not None:
            continue
        if draft.place and fold(draft.place) in told:
            draft.date = told[fold(draft.place)]
        elif only is not None and draft.kind != "attack":
            draft.date = only.date
            draft.place, draft.place_code = only.place, only.place_code


def _same_move(one: Draft, other: Draft) -> bool:
    return one.more.get("direction") == other.more.get("direction") and one.place_code == other.place_code


def _raises(drafts: list[Draft], published: date | None) -> None:
    """The raise reported as news has one day; a mention without one, or only with the day of saying, takes it."""
    news = [
        d
        for d in drafts
        if d.kind == "level_change" and not d.more.get("history") and d.more.get("direction") != "maintained"
    ]
    for draft in news:
        same = [d for d in news if _same_move(d, draft)]
        days = [d.date for d in same if d.date and len(d.date) == 10]
        earlier = [day for day in days if published is None or day <= published.isoformat()]
        if draft.date is None and days:
            draft.date = min(earlier) if earlier else days[0]
        if draft.more.get("to") is None:
            draft.more["to"] = next((d.more["to"] for d in same if d.more.get("to")), None)
    for draft in drafts:
        if draft.kind == "level_change" and draft.more.get("history") is None and draft.date:
            last = bounds(draft.date)[1]
            draft.more["history"] = bool(last and published and (published - last).days > 31)
