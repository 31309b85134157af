"""One world for the tests of a file: it takes seconds to build, and what each test does in it is taken back."""

import time
from contextlib import ExitStack, contextmanager
from copy import deepcopy
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.db import connections, transaction
from django.test import Client, override_settings

from tests import conftest
from tests.project import world as worlds
from vigie import homes, times
from vigie.accounts.middleware import knocking
from vigie.accounts.rights import ROLES
from vigie.accounts.signing_in import limits
from vigie.accounts.signing_in.middleware.stepping_up import CONFIRMED
from vigie.ledger.actions import open_record
from vigie.ledger.append_only import guards

NO_OFFICE = "no-office"


TEXTS = """
[texts]
gateway = "gateway"
"""


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    """A home in which something of every kind lies."""
    home = homes.create(
        tmp_path_factory.mktemp("world") / "home",
        title="Test",
        instance="test",
        toml=conftest.DECIDES + TEXTS,
    )
    with (
        django_db_blocker.unblock(),
        # Passwords are not what is tried here: a quick digest of them will do.
        override_settings(
            TEMPLATES=_without_heads(),
            VIGIE_HOME=home,
            PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        ),
        times.held(conftest.START),
        # Who has shown once who they are is asked once: the tests of a file may take longer than that counts.
        patch.object(limits, "FRESH", timedelta(days=1)),
        undone(),
    ):
        with connections["record"].cursor() as cursor:
            for statement in guards(connections["record"].vendor):
                cursor.execute(statement)
        open_record()
        yield worlds.build(conftest.seated())


def _without_heads():
    """Pages without what every head says: it asks a score of questions for each of some thousand answers, and its own tests ask them."""
    told = deepcopy(settings.TEMPLATES)
    told[0]["OPTIONS"]["context_processors"] = [
        name for name in told[0]["OPTIONS"]["context_processors"] if not name.startswith("vigie.console.")
    ]
    return told


@pytest.fixture(scope="module")
def enter(world):
    """A client signed in by a role. All are made before the first test, whose own end would take them back."""
    get_user_model().objects.create_user(username=f"role-{NO_OFFICE}")
    clients = {role: Client() for role in (*ROLES, NO_OFFICE)}
    for role, client in clients.items():
        user = get_user_model().objects.get(username=f"role-{role}")
        user.set_password(conftest.PASSWORD)
        user.save()
        client.force_login(user)
        session = client.session
        session[CONFIRMED] = time.time()  # it has just shown who it is
        session.save()
    return clients.__getitem__


@contextmanager
def undone():
    """What happens inside is taken back, and nobody has knocked before."""
    cache.clear()
    knocking.forget()
    with ExitStack() as stack:
        for alias in ("record", "default"):
            stack.enter_context(transaction.atomic(using=alias))
        yield
        for alias in ("record", "default"):
            transaction.set_rollback(True, using=alias)
