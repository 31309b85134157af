"""Whether the running instance keeps the guarantees it may not lose, asked of its live databases and its own verbs."""

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.apps import apps
from django.db import connections
from django.utils.module_loading import module_has_submodule
from django.utils.translation import gettext as _

from vigie.accounts.actions import require
from vigie.accounts.actors import Actor
from vigie.accounts.rights import ROLES, NotAllowed
from vigie.guarantees import CHECKED, inputs, persons, roles, separation
from vigie.ledger import append_only

_HERE = "vigie."
_NOBODY = Actor(person="", office="", via="shell")
_ASK_ELSEWHERE = {"accounts.require", "measures.follow_glass"}
"""Take an actor and are no verbs: the one that asks for all verbs, and what follows for who broke the glass (checked there)."""


@dataclass(frozen=True)
class Broken:
    """A guarantee that does not hold here. number: as in docs/guarantees; said: what was found, for people."""

    number: int
    said: str


def broken() -> list[Broken]:
    """List what does not hold, by number; empty when the instance conforms."""
    asked: dict[int, Callable[[], Iterator[str]]] = {1: _persons, 5: _inputs, 10: _rights, 12: _two_persons}
    return [Broken(number, said) for number in CHECKED for said in asked[number]()]


def conformant() -> bool:
    """Say whether this instance may say of itself that it conforms."""
    return not broken()


def _persons() -> Iterator[str]:
    brought = {model._meta.db_table for model in apps.get_models() if not _is_ours(model)}  # noqa: SLF001
    for alias in ("default", "record"):
        for table, column in _columns(alias):
            # The frameworks' own table of people who sign in has columns for names: they must stay empty.
            if table not in brought and (persons.forbidden(table) or persons.forbidden(column)):
                yield _("The database has {table}.{column}: no table or field is made for private persons.").format(table=table, column=column)  # fmt: skip
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM auth_user WHERE first_name <> '' OR last_name <> '' OR email <> ''"
        )
        named = cursor.fetchone()[0]
    if named:
        yield _("The sign-in desk keeps names or mail addresses of {count} people; it asks for neither.").format(count=named)  # fmt: skip


def _inputs() -> Iterator[str]:
    for column in inputs.let_in():
        yield _("A table of places with the column «{column}» would be taken.").format(column=column)


def _rights() -> Iterator[str]:
    asked, open_ = _verbs()
    for name in open_:
        yield _("{verb} acts without asking for a right.").format(verb=name)
    for right in roles.unasked(asked):
        yield _("No verb asks for the right {right}.").format(right=right)
    for right in roles.DECIDING:
        try:
            require(_NOBODY, right)
        except NotAllowed:
            continue
        yield _("The right {right} is granted to nobody in particular.").format(right=right)
    for role, rights in roles.heaped(ROLES):
        yield _("The role {role} carries what is not one role's: {rights}.").format(role=role, rights=rights)


def _two_persons() -> Iterator[str]:
    live, triggers = _constraints(), _triggers()
    for rule in separation.missing(live):
        yield _("The table {table} lost its rule {rule}: the database would take it.").format(table=rule.table, rule=rule.name)  # fmt: skip
    for table, name in sorted(append_only.standing(connections["record"].vendor) - triggers):
        yield _("The table {table} lost its guard {guard}: what was written could be changed.").format(table=table, guard=name)  # fmt: skip


def _is_ours(model: type[Any]) -> bool:
    return model.__module__.startswith(_HERE)


def _verbs() -> tuple[dict[str, str], list[str]]:
    """Give each verb of the rooms with the right it asks; and what takes an actor, is called from outside, and asks none."""
    asked: dict[str, str] = {}
    open_: list[str] = []
    for config in apps.get_app_configs():
        if not config.name.startswith(_HERE) or not module_has_submodule(config.module, "actions"):
            continue
        home = f"{config.name}.actions"
        for name, function in inspect.getmembers(import_module(home), inspect.isfunction):
            if name.startswith("_") or not function.__module__.startswith(home):
                continue
            called = f"{config.label}.{name}"
            if right := getattr(function, "right", ""):
                asked[called] = right
            elif _takes_an_actor(function) and called not in _ASK_ELSEWHERE:
                open_.append(called)
    return asked, open_


def _takes_an_actor(function: Callable[..., Any]) -> bool:
    first = next(iter(inspect.signature(function).parameters.values()), None)
    return first is not None and first.annotation is Actor


def _columns(alias: str) -> list[tuple[str, str]]:
    if connections[alias].vendor == "sqlite":
        statement = "SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'"
    else:
        statement = (
            "SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid "
            "WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm') AND a.attnum > 0 AND NOT a.attisdropped"
        )
    with connections[alias].cursor() as cursor:
        cursor.execute(statement)
        return sorted(cursor.fetchall())


def _constraints() -> dict[tuple[str, str], str]:
    with connections["record"].cursor() as cursor:
        if connections["record"].vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
            return {
                (table, name): definition
                for table, sql in cursor.fetchall()
                for name, definition in separation.checks(sql or "").items()
                if definition == _as_made(table, name)
            }
        cursor.execute(
            "SELECT t.relname, c.conname, pg_get_constraintdef(c.oid) FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid "
            "WHERE c.contype = 'c' AND c.convalidated AND t.relnamespace = 'public'::regnamespace"
        )
        return {(table, name): definition for table, name, definition in cursor.fetchall()}


def _as_made(table: str, name: str) -> str | None:
    """Give the definition a constraint of ours is made with, in SQLite's words."""
    editor = connections["record"].schema_editor()
    for model in apps.get_models():
        if model._meta.db_table == table:  # noqa: SLF001
            for constraint in model._meta.constraints:  # noqa: SLF001
                if constraint.name == name:
                    return separation.checks(str(constraint.constraint_sql(model, editor))).get(name)
    return None


def _triggers() -> set[tuple[str, str]]:
    """Name the triggers that stand and refuse: (table, trigger)."""
    with connections["record"].cursor() as cursor:
        if connections["record"].vendor == "sqlite":
            cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger'")
            there = {_plain(sql) for (sql,) in cursor.fetchall()}
            made = {
                _plain(sql): found for sql in append_only.guards("sqlite") if (found := _named(_plain(sql)))
            }
            return {found for sql, found in made.items() if sql in there}
        # A: fires for replicas too. Anything less can be stepped around.
        cursor.execute(
            "SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid "
            "WHERE t.tgenabled = 'A' AND NOT t.tgisinternal AND p.prosrc LIKE '%%RAISE EXCEPTION%%'"
        )
        return set(cursor.fetchall())


def _plain(sql: str) -> str:
    return " ".join(sql.replace("IF NOT EXISTS ", "").split())


def _named(sql: str) -> tuple[str, str] | None:
    found = re.match(r"CREATE TRIGGER (\w+) BEFORE \w+ ON (\w+) ", sql)
    return (found[2], found[1]) if found else None
