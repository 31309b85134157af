"""The story's offices, and sign-ins that hold them."""

import os
import secrets

from django.conf import settings
from django.contrib.auth import get_user_model

from vigie.accounts.actions import found_mandate, found_office
from vigie.accounts.actors import Actor
from vigie.homes import Home
from vigie.replays.stage import Stage
from vigie.replays.story import Story

SIGN_INS = "sign-ins.txt"
"""File of an exercise home that holds its sign-ins: they are for showing, and open nothing real."""


def people(story: Story) -> dict[str, str]:
    """Open the offices, enrol who holds them, write the sign-ins down. Gives the person of each office."""
    home: Home = settings.VIGIE_HOME
    persons = {}
    lines = []
    for office in story.offices:
        found_office(office.id, office.title, office.roles, via="replay")
        password = secrets.token_urlsafe(12)
        user = get_user_model().objects.create_user(username=office.sign_in, password=password)
        persons[office.id] = f"p-{user.pk}"
        found_mandate(persons[office.id], office.id, via="replay")
        lines.append(f"{office.sign_in:<12} {password}   {office.title}")
    descriptor = os.open(home.path / SIGN_INS, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.write("\n".join(lines) + "\n")
    return persons


def actor(stage: Stage, office: str) -> Actor:
    """Give who acts in an office of the story."""
    return Actor(stage.persons[office], office, "replay")
