"""Questions asked of offices and mandates."""

from django.db.models import Q

from vigie import times
from vigie.accounts.actors import Actor
from vigie.accounts.models import Mandate, Office
from vigie.accounts.rights import holds


def offices_of(person: str) -> list[Office]:
    """List the offices a person holds now."""
    now = times.now()
    held = Mandate.objects.filter(Q(until__isnull=True) | Q(until__gt=now), person=person, since__lte=now)
    return list(Office.objects.filter(id__in=held.values("office_id")))


def may(actor: Actor, right: str) -> bool:
    """Say whether the actor's office carries `right` and the actor holds that office now. Asked afresh each time."""
    return any(
        office.id == actor.office and holds(office.roles, right) for office in offices_of(actor.person)
    )


def acting(person: str, office: str | None = None, *, via: str = "console") -> Actor | None:
    """Give the actor a person is: in `office` if they hold it, else in the first they hold; None when they hold none."""
    held = offices_of(person)
    chosen = next((o for o in held if o.id == office), held[0] if held else None)
    return Actor(person, chosen.id, via) if chosen else None


def title(office: str) -> str:
    """Give an office's title in words; its id when the record does not know it."""
    return Office.objects.filter(id=office).values_list("title", flat=True).first() or office


def persons_with(right: str) -> list[tuple[str, str]]:
    """List (person, office) of all who may use `right` now: who can be asked to be the second."""
    now = times.now()
    mandates = Mandate.objects.filter(
        Q(until__isnull=True) | Q(until__gt=now), since__lte=now
    ).select_related("office")
    return [(m.person, m.office_id) for m in mandates if holds(m.office.roles, right)]
