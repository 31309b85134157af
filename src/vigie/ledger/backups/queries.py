"""Whether a home's tables are those of this vigie."""

from django.db import connections
from django.db.migrations.executor import MigrationExecutor


def behind() -> list[str]:
    """List the changes of tables that this vigie has and the home has not, as `room.name`."""
    found: list[str] = []
    for alias in ("default", "record"):
        executor = MigrationExecutor(connections[alias])
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        found += [f"{one.app_label}.{one.name}" for one, _backwards in plan]
    return sorted(set(found))
