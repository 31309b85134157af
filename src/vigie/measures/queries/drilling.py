"""Contact drills: who is still to be written to, how each owner stands, the signed link by which one answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from vigie import times
from vigie.errors import NotFound
from vigie.exposure import queries as exposure
from vigie.homes import Home
from vigie.markings import Tlp
from vigie.measures.channels import Letter
from vigie.measures.drilling.standing import STANDINGS, Standing, standing
from vigie.measures.models import Drill, DrillCall
from vigie.measures.phrases import pick, say
from vigie.measures.queries.links import BadLink
from vigie.measures.queries.owners import OwnerHere, owner_names, owners

# The salt keeps a signature made for anything else from answering a drill.
_SIGNER = Signer(salt="vigie.measures.drill", sep="~")


@dataclass(frozen=True)
class DrillLine:
    """One owner in a drill. why: what a channel said where none took it."""

    owner: str
    name: str
    standing: Standing
    left_at: datetime | None
    answered_at: datetime | None
    why: str


def drills() -> list[Drill]:
    """List the drills, the newest first."""
    return list(Drill.objects.all())


def drill(given: str) -> Drill:
    """Give the drill of that id. Raises NotFound."""
    found = Drill.objects.filter(id=given).first()
    if found is None:
        raise NotFound("There is no contact drill {given}.", given=given)
    return found


def drilled(wanted: Sequence[str]) -> list[str]:
    """Give the owners a drill is about: those wanted, or all on the list. Raises NotFound on one that is not on it."""
    known = {owner.id for owner in exposure.owners()}
    strange = sorted(set(wanted) - known)
    if strange:
        raise NotFound("There is no owner {given} on the list.", given=", ".join(strange))
    return sorted(set(wanted) or known)


def drill_lines(row: Drill) -> list[DrillLine]:
    """Say how each owner stands, by standing and name."""
    now = times.now()
    calls = list(row.calls.all())
    names = owner_names({call.owner for call in calls})
    lines = [
        DrillLine(
            owner=call.owner,
            name=names.get(call.owner, call.owner),
            standing=standing(
                row.minutes,
                call.left_at,
                failed=call.tried_at is not None and call.left_at is None,
                answered=call.answered_at,
                now=now,
            ),
            left_at=call.left_at,
            answered_at=call.answered_at,
            why=call.why,
        )
        for call in calls
    ]
    return sorted(lines, key=lambda line: (STANDINGS.index(line.standing), line.name, line.owner))


def to_leave(*, quiet: bool) -> dict[Drill, list[str]]:
    """Give the owners to be written to, by drill; quiet: only of drills that break quiet hours."""
    waiting = DrillCall.objects.filter(left_at=None, tried_at=None, answered_at=None).select_related("drill")
    found: dict[Drill, list[str]] = {}
    for call in waiting.filter(drill__in_quiet_hours=True) if quiet else waiting:
        found.setdefault(call.drill, []).append(call.owner)
    return found


def drill_letters(row: Drill, wanted: Sequence[str]) -> list[Letter]:
    """Write the messages of a drill: one for each address, with the link of each owner that shares it."""
    known = owners(wanted)
    together: dict[tuple[str, str], list[OwnerHere]] = {}
    for name in wanted:
        here = known.get(name) or OwnerHere.unknown(name)
        key = (here.mail.casefold(), "") if here.mail else ("", here.phone or here.id)
        together.setdefault(key, []).append(here)
    return [_letter(row, named) for named in together.values()]


def drill_link(row: Drill, owner: str) -> str:
    """Give the address at which an owner answers a drill."""
    home: Home = settings.VIGIE_HOME
    token = _SIGNER.sign(f"{row.id}~{owner}")
    return home.address.rstrip("/") + reverse("measures:drill_answer", kwargs={"token": token})


def check_drilled(token: str) -> DrillCall:
    """Give whom a drill's link speaks for. Raises BadLink when this home did not make it."""
    try:
        name = _SIGNER.unsign(token)
    except BadSignature:
        name = ""
    found = DrillCall.objects.select_related("drill").filter(id=name).first()
    if found is None:
        raise BadLink(
            "This link is not one that was sent to you. Open it exactly as it stands in the message."
        )
    return found


def _letter(row: Drill, named: Sequence[OwnerHere]) -> Letter:
    home: Home = settings.VIGIE_HOME
    first = named[0]
    language = pick(first.language or (home.languages[0] if home.languages else ""))
    word = home.frame or say(language, "drill_word")
    marked = say(language, "exercise", word=word)
    said = [
        part
        for owner in named
        for part in (
            say(language, "drill", home=home.title, owner=owner.name),
            say(language, "drill_within", minutes=row.minutes, link=f"\n{drill_link(row, owner.id)}"),
        )
    ]
    body = "\n\n".join([marked, *said, marked])
    subject = f"{word} – {say(language, 'drill_subject')}"
    return Letter(
        owners=tuple(owner.id for owner in named),
        mail=first.mail,
        phones=tuple(dict.fromkeys(owner.phone for owner in named if owner.phone)),
        subject=subject,
        text=body + "\n",
        marking=Tlp.CLEAR,
        bare_subject=subject,
        bare=body,
        short=body,
    )
