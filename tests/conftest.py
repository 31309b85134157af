"""What every test may use: the examples beside the checkout, a home with its record, people in their offices."""

import json
import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

# Playwright keeps an event loop open in the process that drives the browser, and Django then refuses plain database calls
# there. No test calls the database from that loop.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

ROOT = Path(__file__).resolve().parent.parent
BOTH = ["default", "record"]
VENDOR = "postgresql" if os.environ.get("VIGIE_TEST_DATABASE") else "sqlite"
START = "2024-03-22T12:00:00Z"
ACTORS = pytest.StashKey[dict]()
"""Who is in office in a test's home from its beginning."""

DECIDES = """
zone = "Europe/Paris"
[[decides]]
scheme = "fr-vigipirate-2016"
zones = ["FR"]
"""

OFFICES = {
    "analysis": ["analyst"],
    "assessment-desk": ["assessor"],
    "cabinet": ["proposer"],
    "prime-minister": ["approver"],
    "deputy": ["approver"],
    "both": ["proposer", "approver", "duty"],
    "watch": ["duty"],
    "second-watch": ["duty"],
    "information": ["information"],
    "planning": ["planner"],
    "liaison": ["liaison"],
    "release": ["releaser"],
    "audit": ["auditor"],
    "privacy": ["privacy"],
    "machine-room": ["administrator"],
}


def pytest_collection():
    """While tests are gathered no database may be asked: schemes are the shipped ones."""
    from vigie.schemes import reader

    reader._shelves.clear()


@pytest.fixture(autouse=True)
def _own_schemes(request):
    """A home's own schemes stand in its database: only a test that has one finds any."""
    from vigie.editions.queries import Shelf
    from vigie.schemes import reader

    if request.node.get_closest_marker("django_db"):
        reader.look_also_in(Shelf())
    yield
    reader._shelves.clear()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of design papers and examples beside the checkout, where there is one."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("no ../shared beside this checkout: the examples kept there cannot be tried")
    return folder


@pytest.fixture
def clock() -> Iterator[None]:
    """The clock stands still at START; a test moves it with `times.held`."""
    from vigie import times

    with times.held(START):
        yield


@pytest.fixture(autouse=True)
def _nobody_has_knocked():
    """Each test begins with nobody counted: the tests before it came from the same address within the same minute."""
    from django.core.cache import cache

    from vigie.accounts.middleware import knocking

    cache.clear()
    knocking.forget()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """On PostgreSQL the tests run as what a server is there: a role that may add to the record and change nothing of it."""
    if VENDOR != "postgresql":
        return
    from django.db import connections

    from vigie.ledger.append_only import guards

    with django_db_blocker.unblock():
        _told_to_record(guards)
        for alias in BOTH:
            with connections[alias].cursor() as cursor:
                cursor.execute(f"DROP ROLE IF EXISTS {_own_name(alias)}")
                cursor.execute(f"CREATE ROLE {_own_name(alias)}")
            _grant(alias)


def _grant(alias: str) -> None:
    from django.db import connections

    from vigie.ledger.grants import grants

    connection = connections[alias]
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        for statement in grants(_own_name(alias), connection.settings_dict["NAME"], tables):
            cursor.execute(statement)


def _own_name(alias: str) -> str:
    """Give the server's role in this run's database; roles are the cluster's, and two workers share one."""
    from django.db import connections

    return f"server_of_{connections[alias].settings_dict['NAME']}"


def _be(role: Callable[[str], str]) -> None:
    if VENDOR == "postgresql":
        from django.db import connections

        for alias in BOTH:
            with connections[alias].cursor() as cursor:
                cursor.execute(f"SET ROLE {role(alias)}")


@pytest.fixture
def as_owner():
    """This test does what on PostgreSQL the owner of the tables alone may: make tables again, or bend rows by hand."""


@pytest.fixture
def make_home(request, tmp_path, settings, clock) -> Callable[..., object]:
    """Make the home of this test: `make_home(toml)`; its record is open."""
    from vigie import homes
    from vigie.ledger.actions import open_record
    from vigie.ledger.append_only import guards

    # A test that commits may have run before this one in the same process, and lifted them.
    _told_to_record(guards)
    if "as_owner" not in request.fixturenames:
        _be(_own_name)

    def make(toml: str = "", name: str = "home"):
        home = homes.create(tmp_path / name, title="Test", instance="test", toml=toml)
        settings.VIGIE_HOME = home
        open_record()
        return home

    return make


@pytest.fixture
def home(request):
    """A home that decides Vigipirate for France."""
    return _begun(request, DECIDES)


@pytest.fixture
def receiving_home(request):
    """A home that decides nothing."""
    return _begun(request, "")


SEATED: dict = {}
"""Homes with everybody in office, by what their vigie.toml says besides their name."""


def _begun(request, toml):
    """Make a home; with everybody in office already, where the test asks for the people too."""
    make_home = request.getfixturevalue("make_home")
    if "people" not in request.fixturenames or VENDOR != "sqlite":
        return make_home(toml)
    from django.conf import settings

    from tests import seating
    from vigie import homes

    if toml in SEATED:
        home = homes.create(
            request.getfixturevalue("tmp_path") / "home", title="Test", instance="test", toml=toml
        )
        settings.VIGIE_HOME = home
        SEATED[toml].put_back(home.path)
    else:
        before = seating.contents()
        home = make_home(toml)
        actors = seated()
        kept = request.getfixturevalue("tmp_path_factory").mktemp("seated") / "home"
        shutil.copytree(home.path, kept)
        SEATED[toml] = seating.Seated(kept, actors, seating.since(before, seating.contents()))
    request.node.stash[ACTORS] = dict(SEATED[toml].actors)
    return home


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """A test that asks for a home uses both databases, unless it says how itself."""
    wanted = {"make_home", "home", "receiving_home", "people", "sign_in", "world"}
    for item in items:
        if wanted & set(getattr(item, "fixturenames", ())) and not item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.django_db(databases=BOTH))
        only = item.get_closest_marker("on")
        if only and only.args[0] != VENDOR:
            why = only.kwargs.get(
                "because", f"a test of {only.args[0]} alone; for PostgreSQL: make test-postgresql"
            )
            item.add_marker(pytest.mark.skip(reason=why))


def _told_to_record(statements):
    from django.db import connections

    with connections["record"].cursor() as cursor:
        for statement in statements(connections["record"].vendor):
            cursor.execute(statement)


@pytest.fixture(autouse=True)
def _record_only_grows(request, _django_db_marker):
    """Between tests that commit, tables are emptied: the database's own refusal is lifted for that and set up again."""
    marker = request.node.get_closest_marker("django_db")
    if not (marker and marker.kwargs.get("transaction")):
        yield
        return
    from vigie.ledger.append_only import guards, lifted

    _told_to_record(guards)
    yield
    _be(lambda _: "NONE")
    if VENDOR == "postgresql":
        _grant("record")  # a test may have made tables again, and rights go with the table that was dropped
    _told_to_record(lifted)


@pytest.fixture
def people(request):
    """An actor in each office of OFFICES, by the office's name; each is another person."""
    for name in ("receiving_home", "home"):
        if name in request.fixturenames:
            request.getfixturevalue(name)
            break
    else:
        if "make_home" not in request.fixturenames:
            request.getfixturevalue("home")
    return request.node.stash.get(ACTORS, None) or seated()


def seated():
    """Open each office of OFFICES and give it to a person of its own. Gives their actors by office."""
    from django.contrib.auth import get_user_model

    from vigie.accounts.actions import found_mandate, found_office
    from vigie.accounts.actors import Actor

    actors = {}
    for office, roles in OFFICES.items():
        found_office(office, office.replace("-", " ").title(), roles)
        user = get_user_model().objects.create_user(username=office)
        found_mandate(f"p-{user.pk}", office)
        # As at the server's shell: on the roads of the web a solemn act asks for proof that it is they.
        actors[office] = Actor(f"p-{user.pk}", office, "shell")
    return actors


PASSWORD = "a long enough secret"


def own_password(data, content_type):
    """Give a post's data with the password that its page would have asked for: whatever signs what was `seen`, or looked at."""
    if content_type == "application/json":
        text = data if isinstance(data, str) else json.dumps(data)
        if '"seen"' in text or '"agrees"' in text:
            return json.dumps({"step_up": {"password": PASSWORD}, **json.loads(text)})
    elif isinstance(data, dict) and {"seen", "agrees"} & set(data):
        return {"password": PASSWORD, **data}
    return data


@pytest.fixture
def sign_in(people, settings):
    """Give a browser-less client signed in as an office: `sign_in("cabinet").get("/levels/")`.

    It has just shown who it is, and gives its password wherever an act asks for it.
    """
    from django.contrib.auth import get_user_model
    from django.test import Client
    from django.test.client import MULTIPART_CONTENT

    from vigie.accounts.signing_in.middleware.stepping_up import CONFIRMED

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

    class Present(Client):
        def post(self, path, data=None, content_type=MULTIPART_CONTENT, **extra):
            return super().post(path, own_password(data, content_type), content_type, **extra)

    def enter(office: str) -> Client:
        client = Present()
        user = get_user_model().objects.get(username=office)
        if not user.has_usable_password() or not user.check_password(PASSWORD):
            user.set_password(PASSWORD)
            user.save()
        client.force_login(user)
        session = client.session
        session[CONFIRMED] = time.time()
        session.save()
        return client

    return enter
