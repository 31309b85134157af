"""What was written under an earlier version of a kind is heard by whoever hears the newest, without being named."""

import pytest

from vigie.ledger.actions import append, recording
from vigie.ledger.kinds import KINDS, Body, By, Kind, read_as
from vigie.ledger.projections import entries, project, projects, projects_erased
from vigie.ledger.queries.entries import told

BY = By(person="", office="watch", via="shell")


class First(Body):
    word: str


class Second(Body):
    word: str
    place: str


class Newest(Body):
    word: str
    place: str
    loud: bool


@pytest.fixture
def kinds():
    """Three versions of one kind, of which the newest is read."""
    made = [
        Kind("tests.word.said", 1, First, upcast=lambda one: Newest(word=one.word, place="", loud=False)),
        Kind("tests.word.said", 2, Second, upcast=lambda one: Newest(word=one.word, place=one.place, loud=False)),
        Kind("tests.word.said", 3, Newest),
    ]  # fmt: skip
    yield made
    for kind in made:
        del KINDS[kind.tag]


@pytest.fixture
def written(home, kinds):
    """One entry of each version."""
    bodies = First(word="a"), Second(word="b", place="FR"), Newest(word="c", place="GB", loud=True)
    with recording():
        return [append(BY, kind, body) for kind, body in zip(kinds, bodies, strict=True)]


READ = [
    Newest(word="a", place="", loud=False),
    Newest(word="b", place="FR", loud=False),
    Newest(word="c", place="GB", loud=True),
]


@pytest.mark.django_db(databases=["default", "record"], transaction=True)
def test_a_room_that_hears_the_newest_version_of_a_kind_hears_the_ones_before_it(kinds, written):
    heard = []
    projects(kinds[-1])(lambda entry, body: heard.append((entry.seq, body)))
    for entry, body in entries():
        project(entry, body)
    assert heard == [(entry.seq, body) for entry, body in zip(written, READ, strict=True)]


@pytest.mark.django_db(databases=["default", "record"], transaction=True)
def test_a_room_that_hears_of_erasures_hears_of_those_of_earlier_versions(kinds, written):
    gone = []
    projects_erased(kinds[-1])(lambda entry: gone.append(entry.seq))
    for entry in written:
        project(entry, None)
    assert gone == [entry.seq for entry in written]


@pytest.mark.django_db(databases=["default", "record"], transaction=True)
@pytest.mark.usefixtures("written")
def test_who_asks_what_entries_say_is_given_those_of_earlier_versions_as_the_newest(kinds):
    assert [body for _seq, _at, _by, body in told([kinds[-1]], before=99)] == READ


def test_a_version_that_is_read_as_another_cannot_be_listened_to(kinds):
    for mark in (projects, projects_erased):
        with pytest.raises(TypeError, match=r"tests\.word\.said/2 says is read as its newest version"):
            mark(kinds[1])


def test_a_version_that_is_not_upcast_is_read_by_itself_alone(kinds):
    apart = Kind("tests.word.kept", 1, First), Kind("tests.word.kept", 2, Second)
    try:
        assert [read_as(kind) for kind in apart] == [(apart[0],), (apart[1],)]
    finally:
        for kind in apart:
            del KINDS[kind.tag]
    assert read_as(kinds[-1]) == tuple(kinds)
