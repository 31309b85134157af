"""What PostgreSQL refuses the server's role, and what it refuses everyone."""

import pytest
from django.db import connections

from vigie.ledger import actions
from vigie.ledger.append_only import guards
from vigie.ledger.grants import grants
from vigie.ledger.kinds import KINDS, Body, By, Kind
from vigie.ledger.models import Payload

pytestmark = [
    pytest.mark.on("postgresql"),
    pytest.mark.django_db(databases=["default", "record"], transaction=True),
    pytest.mark.usefixtures("as_owner"),
]
BY = By(person="p-1", office="watch", via="console")
GROWING = ("ledger_entry", "ledger_checkpoint", "ledger_cosignature", "ledger_timestamp")


class Word(Body):
    text: str


@pytest.fixture
def word():
    """An entry that can be erased, of a kind known in this test alone."""
    kind = Kind("test.word.granted", 1, Word, erasable=True)
    yield kind
    del KINDS[kind.tag]


@pytest.fixture
def server(people):
    """A connection of the server's role, with exactly the rights `grants` gives it."""
    import psycopg

    connection = connections["record"]
    place = connection.settings_dict
    role = "vigie_test_server"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP ROLE IF EXISTS {role}")
        cursor.execute(f"CREATE ROLE {role} LOGIN PASSWORD 'of this test'")
        for statement in (
            *guards("postgresql"),
            *grants(role, place["NAME"], connection.introspection.table_names(cursor)),
        ):
            cursor.execute(statement)
    with psycopg.connect(
        host=place["HOST"], port=place["PORT"], dbname=place["NAME"], user=role, password="of this test",
        autocommit=True,
    ) as signed_in:  # fmt: skip
        yield signed_in
    with connection.cursor() as cursor:
        cursor.execute(f"DROP OWNED BY {role}")
        cursor.execute(f"DROP ROLE {role}")


def refused_for(connection, statement):
    """Give the SQLSTATE a statement is refused with; none where it is not."""
    import psycopg

    try:
        connection.execute(statement)
    except psycopg.Error as fault:
        return fault.sqlstate
    return None


NO_RIGHT = "42501"
ONLY_GROWS = "23001"


def test_the_servers_role_changes_nothing_that_was_written_and_makes_no_tables(server):
    statements = [
        *(
            statement.format(table=table)
            for table in GROWING
            for statement in (
                "DELETE FROM {table}",
                "TRUNCATE {table}",
                "TRUNCATE {table} CASCADE",
                "DROP TABLE {table}",
                "ALTER TABLE {table} DISABLE TRIGGER ALL",
                "SELECT * FROM {table} FOR UPDATE",
            )
        ),
        "UPDATE ledger_entry SET at = at",
        "UPDATE ledger_checkpoint SET note = note",
        "UPDATE ledger_cosignature SET line = line",
        "UPDATE ledger_timestamp SET token = token",
        "UPDATE ledger_payload SET body = body",
        "UPDATE ledger_payloadkey SET wrapped = wrapped",
        "TRUNCATE ledger_payload, ledger_payloadkey",
        "DELETE FROM ledger_edge",
        "DELETE FROM django_migrations",
        "CREATE TABLE mine (id int)",
        "SET session_replication_role = replica",
        "CREATE OR REPLACE FUNCTION ledger_only_grows() RETURNS trigger LANGUAGE sql AS 'SELECT NULL'",
    ]
    assert {statement for statement in statements if refused_for(server, statement) != NO_RIGHT} == set()


def test_the_servers_role_may_do_with_the_rooms_rows_as_projections_need(server):
    assert refused_for(server, "UPDATE accounts_office SET title = title") is None
    assert refused_for(server, "DELETE FROM accounts_mandate") is None


@pytest.mark.parametrize("stepping_around", ["", "SET session_replication_role = replica"])
def test_even_the_owner_of_the_tables_is_refused(people, stepping_around):
    import psycopg

    statements = (
        "UPDATE ledger_entry SET at = at",
        "DELETE FROM ledger_entry",
        "TRUNCATE ledger_entry CASCADE",
        "UPDATE ledger_checkpoint SET note = note",
        "DELETE FROM ledger_checkpoint",
        "TRUNCATE ledger_checkpoint",
        "UPDATE ledger_payload SET body = body",
        "DELETE FROM ledger_payload WHERE seq = 1",
        "TRUNCATE ledger_payload CASCADE",
    )
    place = connections["record"].settings_dict
    with psycopg.connect(
        host=place["HOST"], port=place["PORT"], dbname=place["NAME"], user=place["USER"],
        password=place["PASSWORD"], autocommit=True,
    ) as owner:  # fmt: skip
        owner.execute(stepping_around or "SELECT 1")
        assert {statement for statement in statements if refused_for(owner, statement) != ONLY_GROWS} == set()


def test_what_an_entry_says_goes_only_once_an_entry_names_the_erasure(server, word):
    with actions.recording():
        gone = actions.append(BY, word, Word(text="gone")).seq
        stays = actions.append(BY, word, Word(text="stays")).seq
    for table in ("ledger_payload", "ledger_payloadkey"):
        assert refused_for(server, f"DELETE FROM {table} WHERE seq = {gone}") == ONLY_GROWS
    with actions.recording():
        actions.erase(BY, [gone], ground="Retention of thirty days is over.", authority="vigie.toml")
    assert not Payload.objects.filter(entry_id=gone).exists()
    assert refused_for(server, f"DELETE FROM ledger_payload WHERE seq = {stays}") == ONLY_GROWS
    with connections["record"].cursor() as cursor:  # a restored backup brings back what was erased after it
        cursor.execute("INSERT INTO ledger_payload (seq, salt, body) VALUES (%s, '', '')", [gone])
    assert refused_for(server, f"DELETE FROM ledger_payload WHERE seq = {gone}") is None


def test_grants_run_twice_change_nothing(server):
    connection = connections["record"]
    rights = "SELECT relname, relacl::text FROM pg_class WHERE relkind = 'r' AND relname NOT LIKE 'pg_%' ORDER BY 1"
    with connection.cursor() as cursor:
        cursor.execute(rights)
        before = cursor.fetchall()
        for statement in grants(
            "vigie_test_server",
            connection.settings_dict["NAME"],
            connection.introspection.table_names(cursor),
        ):
            cursor.execute(statement)
        cursor.execute(rights)
        assert cursor.fetchall() == before
