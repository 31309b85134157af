"""How a projection writes its rows: added, put over, changed, dropped by their keys, with statements made once.

The statements are plain, and run on the database's own driver: Django's querysets would build each of them anew, which
takes a hundred times as long as to run it. Values are written as Django writes them, field by field, so that its
querysets read them back. Fields go by the names of their columns: `report_id`, not `report`.

Everything here raises Django's database errors, FieldError for a field the table does not have, and
TransactionManagementError outside a transaction: rows stand or fall with the entry they are made from.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import islice
from typing import Any, NamedTuple, TypeAlias

import orjson
from django.core.exceptions import FieldError
from django.db import connections, models
from django.db.transaction import TransactionManagementError

from vigie.ledger import batch, statements


class Once(NamedTuple):
    """A value that is written only where the row holds none yet."""

    value: Any


class More(NamedTuple):
    """A number that is added to the one the row holds."""

    value: Any


def add(model: type[models.Model], /, **values: Any) -> None:
    """Add a row; fields that are not given hold their defaults."""
    connection, table = _open(model)
    _run(connection, table.insert, table.whole(connection, values))


def add_each(model: type[models.Model], each: Iterable[Mapping[str, Any]], /, **same: Any) -> None:
    """Add many rows, of which all give the same fields in the same order. same: further fields, of all rows alike."""
    connection, table = _open(model)
    rows, at_once = iter(each), _AT_ONCE // len(table.columns)
    while part := list(islice(rows, at_once)):
        names = tuple(part[0])
        alike = table.filled(connection, same)
        given = table.given(names, alike)
        rest = list(alike.values())
        written: list[Any] = []
        for row in part:
            if tuple(row) != names:
                raise FieldError(f"rows of {table.name} give {', '.join(row)} beside {', '.join(names)}")
            written += [
                value if type(value) is plain else convert(value, connection)
                for value, (plain, convert) in zip(row.values(), given, strict=True)
            ]
            written += rest
        _run(connection, table.insert_of((*names, *alike), len(part)), written)


def put(model: type[models.Model], /, **values: Any) -> None:
    """Add a row, or where one of its key stands, change the fields that are given, and those alone."""
    put_each(model, [values])


def put_each(model: type[models.Model], each: Sequence[Mapping[str, Any]], /) -> None:
    """Put many rows, of which all give the same fields."""
    if each:
        connection, table = _open(model)
        statement = table.upsert(_shape(each[0]))
        _run_each(connection, statement, (table.whole(connection, values) for values in each))


def change(model: type[models.Model], key: str, /, **values: Any) -> bool:
    """Change fields of the row of that key. Gives whether there is one."""
    connection, table = _open(model)
    written = [*table.some(connection, values), key]
    return bool(_run(connection, table.update(_shape(values)), written).rowcount)


def change_each(model: type[models.Model], keys: Iterable[str], /, **values: Any) -> None:
    """Change fields of many rows alike, of each once; keys of which there is no row are passed over."""
    connection, table = _open(model)
    written, shape, every = table.some(connection, values), _shape(values), iter(keys)
    while part := list(islice(every, _AT_ONCE - len(written))):
        _run(connection, table.update(shape, len(part)), [*written, *part])


def drop(model: type[models.Model], key: str, /) -> None:
    """Drop the row of that key, if there is one."""
    connection, table = _open(model)
    _run(connection, table.delete, [key])


_Convert: TypeAlias = Callable[[Any, Any], Any]
"""What turns a value into what the driver of a connection takes."""
_Shape: TypeAlias = tuple[tuple[str, ...], tuple[type, ...]]
"""What a statement is made for: the fields it writes, in order, and the types of what is written."""
_HELD: dict[type, str] = {Once: "{to} = coalesce({held}, {new})", More: "{to} = {held} + {new}"}
_PLAINLY = "{to} = {new}"
_AT_ONCE = 3_000
"""Values in one statement: one of many rows takes two thirds of the time of as many statements. SQLite takes 32,766, PostgreSQL 65,535."""


@dataclass(frozen=True)
class _Table:
    """A table, as one driver is spoken to about it.

    columns: their quoted names; plain: the type whose values its driver takes as they are; convert: what other values
    go through; blank: a row of defaults, converted. Each by the name of the field, in the order of the columns.
    """

    name: str
    key: str
    mark: str
    columns: dict[str, str]
    plain: dict[str, type]
    convert: dict[str, _Convert]
    blank: dict[str, Any]
    insert: str
    delete: str
    made: dict[tuple[str, _Shape], str] = field(default_factory=dict)

    def whole(self, connection: Any, values: Mapping[str, Any]) -> list[Any]:
        """Give the values of a whole row."""
        row = self.blank.copy()
        row.update(zip(values, self.some(connection, values), strict=True))
        return list(row.values())

    def filled(self, connection: Any, values: Mapping[str, Any]) -> dict[str, Any]:
        """Give a row of defaults and of these values, converted."""
        return self.blank | dict(zip(values, self.some(connection, values), strict=True))

    def given(self, names: Iterable[str], alike: dict[str, Any]) -> list[tuple[type, _Convert]]:
        """Give what values of these fields are read with; they are taken out of those that are alike."""
        try:
            found = [(self.plain[name], self.convert[name]) for name in names]
        except KeyError as fault:
            raise FieldError(f"{self.name} has no field {fault}") from None
        for name in names:
            del alike[name]
        return found

    def some(self, connection: Any, values: Mapping[str, Any]) -> list[Any]:
        """Give the values of some fields, in the order given."""
        plain, convert = self.plain, self.convert
        try:
            return [
                value if type(value) is plain[name] else convert[name](value, connection)
                for name, value in values.items()
            ]
        except KeyError as fault:
            raise FieldError(f"{self.name} has no field {fault}") from None

    def insert_of(self, names: Sequence[str], rows: int) -> str:
        """Give the statement that adds so many rows, whose values come in the order of these fields."""
        columns, marks = ", ".join(self.columns[name] for name in names), ", ".join([self.mark] * len(names))
        return f"INSERT INTO {self.name} ({columns}) VALUES ({marks})" + f", ({marks})" * (rows - 1)  # noqa: S608

    def update(self, shape: _Shape, rows: int = 1) -> str:
        """Give the statement that changes so many rows."""
        one = self.made.get(("update", shape)) or self._make("update", shape)
        if rows == 1:
            return one
        return f"{one.removesuffix(f'= {self.mark}')}IN ({', '.join([self.mark] * rows)})"

    def upsert(self, shape: _Shape) -> str:
        """Give the statement that adds a row or changes the one that stands."""
        return self.made.get(("upsert", shape)) or self._make("upsert", shape)

    def _make(self, what: str, shape: _Shape) -> str:
        unknown = set(shape[0]) - self.columns.keys()
        if unknown:
            raise FieldError(f"{self.name} has no field {', '.join(sorted(unknown))}")
        key = self.columns[self.key]
        written = [
            _HELD.get(kind, _PLAINLY).format(
                to=self.columns[name],
                held=f"{self.name}.{self.columns[name]}",
                new=self.mark if what == "update" else f"excluded.{self.columns[name]}",
            )
            for name, kind in zip(*shape, strict=True)
            if name != self.key
        ]
        said = ", ".join(written)
        if what == "update":
            made = f"UPDATE {self.name} SET {said} WHERE {key} = {self.mark}"  # noqa: S608 - names are the models' own
        else:
            made = f"{self.insert} ON CONFLICT ({key}) DO UPDATE SET {said}"
        self.made[what, shape] = made
        return made


def _shape(values: Mapping[str, Any]) -> _Shape:
    return tuple(values), tuple(map(type, values.values()))


def _open(model: type[models.Model]) -> tuple[Any, _Table]:
    connection = connections["record"]
    if not connection.in_atomic_block:
        raise TransactionManagementError("rows are written inside the transaction of their entry only")
    return connection, _table(model, connection.vendor)


@cache
def _table(model: type[models.Model], vendor: str) -> _Table:
    connection = connections["record"]
    quote = connection.ops.quote_name
    meta: Any = model._meta  # noqa: SLF001 - Django documents _meta
    fields = {of.attname: of for of in meta.concrete_fields}
    name, key, mark = quote(meta.db_table), meta.pk.attname, statements.marked("%s", vendor)
    columns = {each: quote(of.column) for each, of in fields.items()}
    convert = {each: _converter(_kept(of), vendor) for each, of in fields.items()}
    return _Table(
        name=name,
        key=key,
        mark=mark,
        columns=columns,
        plain={each: _plain(_kept(of)) for each, of in fields.items()},
        convert=convert,
        blank={each: convert[each](of.get_default(), connection) for each, of in fields.items()},
        insert=f"INSERT INTO {name} ({', '.join(columns.values())}) VALUES ({', '.join([mark] * len(columns))})",  # noqa: S608
        delete=f"DELETE FROM {name} WHERE {columns[key]} = {mark}",  # noqa: S608
    )


def _kept(of: Any) -> Any:
    """Give the field whose values a column holds: for a foreign key, the one it points at."""
    return _kept(of.target_field) if of.is_relation else of


def _plain(of: Any) -> type:
    if isinstance(of, models.CharField | models.TextField):
        return str
    if isinstance(of, models.BooleanField):
        return bool
    return int if isinstance(of, models.IntegerField) else _Never


class _Never:
    """The type of no value."""


def _converter(of: Any, vendor: str) -> _Convert:
    prepared = of.get_db_prep_save
    if isinstance(of, models.DateField):
        prepared = _dated(of.get_internal_type(), vendor)
    elif isinstance(of, models.JSONField) and of.encoder is None and vendor == "sqlite":
        prepared = _json
    return lambda value, connection: prepared(value.value if type(value) in _HELD else value, connection)


def _json(value: Any, connection: Any) -> str | None:
    """Write JSON as SQLite holds it: the same value as Django writes, closer together and in a tenth of the time."""
    del connection
    return None if value is None else orjson.dumps(value).decode()


@cache
def _dated(kind: str, vendor: str) -> _Convert:
    """Give what converts instants or days. It remembers: an entry's own time is written several times over."""
    del vendor  # drivers take them in different forms, each in a memory of its own
    of = getattr(models, kind)()

    @lru_cache
    def remembered(value: Any) -> Any:
        return of.get_db_prep_save(value, connections["record"])

    return lambda value, _: remembered(value)


def _run(connection: Any, statement: str, values: Sequence[Any]) -> Any:
    _met(statement)
    with connection.wrap_database_errors:
        return connection.connection.execute(statement, values)


def _run_each(connection: Any, statement: str, each: Iterable[Sequence[Any]]) -> None:
    _met(statement)
    with connection.wrap_database_errors, closing(connection.connection.cursor()) as cursor:
        cursor.executemany(statement, each)


def _met(statement: str) -> None:
    """Have the batch make ready for a statement that does not go through Django, which would tell it."""
    under_way = batch.current.get()
    if under_way is not None:
        under_way.meet(statement)
