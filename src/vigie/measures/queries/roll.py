"""The owners of some tasks in the order of their names, page by page, put in order by the database."""

from collections.abc import Iterator
from typing import Any, overload

from django.db import connections
from django.db.models import QuerySet

from vigie.measures.models import Task

# In so many words: an owner that has left the list still shows, by its id, and Django would look each name up by itself.
_NAMED = (
    "SELECT t.owner, COALESCE(NULLIF(o.name, ''), t.owner) FROM ({tasks}) t "
    "LEFT JOIN exposure_owner o ON o.id = t.owner "
    "ORDER BY LOWER(COALESCE(NULLIF(o.name, ''), t.owner)), t.owner LIMIT %s OFFSET %s"
)
_COUNTED = "SELECT COUNT(*) FROM ({tasks}) t"


class Roll:
    """Pairs of id and name, as `Paginator` reads them: tens of thousands of owners, of whom a page shows forty."""

    def __init__(self, tasks: "QuerySet[Task]") -> None:
        owners = tasks.order_by().values_list("owner", flat=True).distinct()
        self._tasks, self._values = owners.query.get_compiler("record").as_sql()

    def count(self) -> int:
        """Give how many owners there are."""
        return int(self._ask(_COUNTED)[0][0])

    __len__ = count

    @overload
    def __getitem__(self, part: int) -> tuple[str, str]: ...
    @overload
    def __getitem__(self, part: slice) -> list[tuple[str, str]]: ...
    def __getitem__(self, part: int | slice) -> tuple[str, str] | list[tuple[str, str]]:
        """Give one pair, or those of a page."""
        if isinstance(part, int):
            return self[part : part + 1][0]
        start = part.start or 0
        return self._ask(_NAMED, (part.stop or len(self)) - start, start)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self[:])

    def _ask(self, statement: str, *values: Any) -> list[Any]:
        with connections["record"].cursor() as cursor:
            cursor.execute(statement.format(tasks=self._tasks), [*self._values, *values])
            found: list[Any] = cursor.fetchall()
            return found
