"""Django's engine for PostgreSQL: it opens a connection only where an acknowledged act cannot be lost."""

from typing import Any

from django.db.backends.postgresql import base
from psycopg import IsolationLevel

from vigie.ledger.trouble import NotReached

OLDEST = 15
"""The oldest PostgreSQL: before it, whoever may connect may make tables in a database's own schema."""

LONGEST_WAIT = "20s"
"""How long a statement waits for others' locks before it gives up: as long as SQLite does."""


class DatabaseWrapper(base.DatabaseWrapper):
    """One connection: durable at every commit, each statement seeing what is committed, no wait without end."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Sign in, and settle what a server may have set otherwise. Raises NotReached where acts could be lost."""
        connection = super().get_new_connection(conn_params)
        self.isolation_level = connection.isolation_level = IsolationLevel.READ_COMMITTED
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('fsync'), current_setting('synchronous_commit')")
            fsync, commit = cursor.fetchone()
            if fsync != "on":
                connection.close()
                raise NotReached(
                    "The database server runs with fsync = off: a power cut would lose acts that were acknowledged. Nothing was opened. Set fsync = on in its postgresql.conf."
                )
            if commit not in {
                "on",
                "remote_apply",
            }:  # the others acknowledge before the disc has it, here or on a standby
                cursor.execute("SET synchronous_commit = on")
            cursor.execute("SELECT set_config('lock_timeout', %s, false)", [LONGEST_WAIT])
        connection.commit()
        return connection

    def check_database_version_supported(self) -> None:
        """Raise NotReached when the server is too old."""
        found = divmod(self.pg_version, 10000)[0]
        if found < OLDEST:
            raise NotReached(
                "The database server is PostgreSQL {found}. Expected {oldest} or later.",
                found=found,
                oldest=OLDEST,
            )
