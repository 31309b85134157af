"""Guarantee 12: what the database itself must refuse, read from the live database and never from the code that made it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """A constraint that must stand: on which table, under which name, over which columns."""

    table: str
    name: str
    columns: tuple[str, ...]


RULES = (
    Rule("alert_decision", "alert_decision_two_persons", ("approved_by", "proposed_by")),
    Rule("alert_decision", "alert_decision_signed_by_no_editor", ("approved_by", "editors")),
    Rule("alert_decision", "alert_decision_in_force_was_approved", ("state", "approved_by", "decided_at")),
    Rule("alert_decision", "alert_decision_alone_broke_the_glass", ("state", "broken_by", "broken_until")),
    Rule("alert_decision", "alert_decision_alone_stays_alone", ("state", "broken_by", "glass")),
    Rule(
        "alert_decision",
        "alert_decision_countersigned_by_two_others",
        ("glass", "countersigned_by", "approved_by", "broken_by", "proposed_by"),
    ),
    Rule("alert_reception", "alert_reception_second_look", ("looked_by", "received_by")),
    Rule("alert_reception", "alert_reception_in_force_was_looked_at", ("state", "looked_by", "looked_at")),
    Rule("warning_message", "warning_message_two_persons", ("approved_by", "drafted_by")),
    Rule("warning_message", "warning_message_issued_was_approved", ("state", "approved_by", "approved_at")),
    Rule("partners_release", "partners_release_two_persons", ("approved_by", "proposed_by")),
    Rule(
        "partners_release",
        "partners_release_left_with_a_second_person",
        ("state", "approved_by", "bundle", "released_at"),
    ),
    Rule("accounts_move", "accounts_move_two_persons", ("confirmed_by", "proposed_by", "person")),
    Rule("accounts_move", "accounts_move_confirmed_by_somebody", ("state", "confirmed_by")),
    Rule("erasure_erasure", "erasure_erasure_two_persons", ("done_by", "proposed_by")),
    Rule("erasure_erasure", "erasure_erasure_carried_out_by_somebody", ("state", "proposed_by", "done_by")),
    Rule("accounts_alarm", "accounts_alarm_seen_by_another", ("acknowledged_by", "person")),
)
"""Two persons at every act that takes two."""


def missing(live: Mapping[tuple[str, str], str]) -> list[Rule]:
    """List the rules that do not stand. live: (table, constraint) to its definition, as the database tells it."""
    return [
        rule
        for rule in RULES
        if not set(rule.columns) <= set(re.findall(r"\w+", live.get((rule.table, rule.name), "")))
    ]


def checks(table_sql: str) -> dict[str, str]:
    """Give the named check constraints of a table as SQLite keeps its making: name to definition."""
    found = {}
    for match in re.finditer(r'CONSTRAINT "(\w+)" CHECK \(', table_sql):
        depth, at = 1, match.end()
        while depth and at < len(table_sql):
            depth += {"(": 1, ")": -1}.get(table_sql[at], 0)
            at += 1
        found[match[1]] = table_sql[match.end() : at - 1]
    return found
