"""Answers that a phone sends by itself: which arrived before, and what was said after they were pressed."""

from collections.abc import Collection
from datetime import datetime

from django.db import connections

from vigie.measures.models import Answer

# In plain SQL: every answer by a phone's script asks it.
_ARRIVED = "SELECT id FROM measures_answer WHERE owner = %s AND key = %s"


def arrived(owner: str, key: str) -> bool:
    """Say whether the answer an owner's phone made under that key is on the record."""
    with connections["record"].cursor() as cursor:
        cursor.execute(_ARRIVED, [owner, key])
        return cursor.fetchone() is not None


def said_since(owner: str, tasks: Collection[str], pressed: datetime) -> dict[str, Answer]:
    """Give, by task, the last word that arrived after `pressed` and was not itself pressed before it."""
    found: dict[str, Answer] = {}
    for answer in Answer.objects.filter(owner=owner, at__gt=pressed):
        if (answer.pressed_at or answer.at) > pressed:
            found.update(dict.fromkeys(set(tasks).intersection(answer.tasks), answer))
    return found
