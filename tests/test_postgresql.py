"""Addresses of databases on PostgreSQL, as vigie.toml writes them."""

from pathlib import Path

import pytest

from vigie import homes, postgresql
from vigie.config import databases

DATABASE = """
[database]
record = "postgresql://vigie@db.example.org:5433/vigie_record?sslmode=verify-full"
desk = "postgresql://vigie@db.example.org:5433/vigie_desk?sslmode=verify-full"
owner = "vigie_owner"
"""


def test_an_address_is_read_and_written_back():
    given = "postgresql://vigie@db.example.org:5433/vigie_record?sslmode=verify-full"
    read = postgresql.read(given)
    assert (read.name, read.user, read.host, read.port) == ("vigie_record", "vigie", "db.example.org", 5433)
    assert str(read) == given
    assert str(postgresql.read("postgres:///vigie")) == "postgresql:///vigie"
    assert str(postgresql.read("postgresql://vigie@[::1]/vigie")) == "postgresql://vigie@[::1]/vigie"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("mysql://db/vigie", "Expected postgresql://"),
        ("postgresql://db", "Expected postgresql://"),
        ("postgresql://db:99999/vigie", "Port out of range"),
        ("postgresql://vigie:secret@db/vigie", r"vigie\.toml is no place for one"),
        ("postgresql://db/vigie?options=-csynchronous_commit%3Doff", "has options after"),
        ("postgresql://db/vigie?sslmode", "cannot be read"),
    ],
)
def test_an_address_that_does_not_fit_is_refused_with_the_way_out(given, said):
    with pytest.raises(postgresql.BadDatabase, match=said) as refused:
        postgresql.read(given)
    assert "secret" not in str(refused.value)


def test_a_line_of_the_password_file_escapes_what_would_part_it():
    address = postgresql.read("postgresql://vi%3Agie@[::1]/vigie")
    assert postgresql.passfile_line(address, "a:b\\c") == r"\:\:1:*:*:vi\:gie:a\:b\\c"


def test_a_home_names_its_databases_and_makes_no_files_for_them(tmp_path):
    home = homes.create(tmp_path / "home", title="Test", instance="test", toml=DATABASE)
    assert home.database.record.host == "db.example.org"
    assert home.database.owner == "vigie_owner"
    assert not list(home.path.glob("*.sqlite3"))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("vigie_desk?", "vigie_record?", "the same database"),
        ('"vigie_owner"', '"vigie"', "Expected two roles"),
        ("vigie@db", "db", "Expected two roles"),
        ('owner = "vigie_owner"', "", "owner"),
    ],
)
def test_a_home_whose_databases_or_roles_are_one_is_refused(tmp_path, old, new, said):
    with pytest.raises(homes.BadHome, match=said):
        homes.create(tmp_path / "home", title="Test", instance="test", toml=DATABASE.replace(old, new))


def test_one_address_names_the_databases_and_roles_of_a_new_home():
    place = postgresql.found("postgresql://db.example.org/vigie")
    assert str(place.record) == "postgresql://vigie@db.example.org/vigie_record"
    assert str(place.desk) == "postgresql://vigie@db.example.org/vigie_desk"
    assert place.owner == "vigie_owner"


def test_passwords_come_from_the_homes_own_file_or_the_one_that_is_named(tmp_path, monkeypatch):
    monkeypatch.delenv("PGPASSFILE", raising=False)
    home = homes.create(tmp_path / "home", title="Test", instance="test", toml=DATABASE)
    assert "passfile" not in databases.of_home(home)["record"]["OPTIONS"]
    own, other = home.keys / "pgpass", tmp_path / "other"
    for file in (own, other):
        file.touch(0o600)
    assert databases.of_home(home)["record"]["OPTIONS"]["passfile"] == str(own)
    monkeypatch.setenv("PGPASSFILE", str(other))
    assert databases.of_home(home)["default"]["OPTIONS"]["passfile"] == str(other)


def test_without_the_package_that_speaks_to_postgresql_a_home_on_it_says_what_to_install(
    tmp_path, monkeypatch
):
    home = homes.create(tmp_path / "home", title="Test", instance="test", toml=DATABASE)
    monkeypatch.setattr(postgresql, "find_spec", lambda _: None)
    with pytest.raises(postgresql.NoDriver, match=r"pip install 'vigie\[postgresql\]'"):
        databases.of_home(home)


def test_a_home_on_files_needs_no_such_package(tmp_path, monkeypatch):
    monkeypatch.setattr(postgresql, "find_spec", lambda _: None)
    home = homes.create(tmp_path / "home", title="Test", instance="test")
    assert Path(databases.of_home(home)["record"]["NAME"]) == home.record_db
