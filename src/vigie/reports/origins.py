"""Where a claim comes from in the end: the group that claims, the office that speaks, the official count."""

from vigie.reports.folding import fold
from vigie.reports.reading import Claim


def origin_of(claim: Claim) -> str:
    """Name a claim's origin, the same in every language where it can be; "" when the outlet says it in its own voice.

    A claim of responsibility comes from its group, a level from the scheme's authority, a count from the official
    count of its country, words from who spoke them.
    """
    where = claim.place_code or ""
    if claim.kind == "claim_of_responsibility":
        return f"claim by {_one_name(claim.subject or 'a group')}"
    if claim.kind == "level_change":
        return f"level decision {where}".strip()
    if claim.kind == "statistic" and (
        claim.speaker is None
        or any(word in fold(claim.speaker) for word in ("offici", "oficial", "ufficial", "amtlich", "offizi"))
    ):
        return f"official count {where}".strip()
    return claim.speaker or ""


def _one_name(subject: str) -> str:
    """Call a group's branch by the group: newsrooms name either for one and the same claim."""
    return "Islamic State" if subject.startswith(("Islamic State", "IS-", "ISIS", "ISK", "EI-")) else subject
