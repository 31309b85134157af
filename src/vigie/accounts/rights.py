"""Who may do what: rights belong to roles, roles to offices; a person holds an office from a day to a day.

A right is `room.noun.verb`; `room.*` stands for all of a room's, `room.noun.*` for all on that noun. Rights that must never meet in one person at
one act (propose and approve) are kept apart by the acts themselves, by person, not by this table alone.

An office is *weighty* when one of its roles does more than look at what every reader sees: it decides for others, or reads what is restricted. It is
given by two administrators, never by one. What no list names is weighty: a right added later cannot slip through.
"""

from collections.abc import Iterable

from vigie.errors import BadInput, Refused

ROLES: dict[str, frozenset[str]] = {
    "reader": frozenset({"console.read", "alert.read", "editions.read", "alert.meeting.settle", "history.read", "exposure.read", "measures.read", "warning.read"}),
    "analyst": frozenset({"console.read", "alert.read", "editions.read", "alert.meeting.settle", "history.*", "reports.*", "assessment.read", "assessment.claim.grade"}),
    "assessor": frozenset({"console.read", "alert.read", "editions.read", "alert.meeting.settle", "history.read", "reports.read", "assessment.*"}),
    "duty": frozenset(
        {
            "console.read", "alert.read", "editions.read", "alert.meeting.settle", "alert.level.receive", "alert.level.look", "history.read", "exposure.*", "measures.*",
            "reports.read", "reports.report.add", "assessment.read", "warning.read", "warning.page.publish", "ledger.read",
            "console.selfcheck", "editions.scheme.add",
        }
    ),
    "proposer": frozenset(
        {
            "console.read", "alert.read", "editions.read", "alert.level.propose", "alert.level.announce", "alert.meeting.*", "alert.glass.break",
            "reports.read", "assessment.read", "assessment.dissent.read", "measures.read", "history.read", "exposure.read", "warning.read",
            "editions.scheme.add",
        }
    ),
    "approver": frozenset(
        {
            "console.read", "alert.read", "editions.read", "alert.meeting.settle", "alert.level.approve", "alert.level.announce", "alert.glass.break",
            "alert.glass.countersign", "reports.read", "assessment.read", "assessment.dissent.read", "measures.read", "measures.switch", "history.read",
            "exposure.read", "warning.read", "warning.message.approve", "warning.message.withdraw",
        }
    ),
    "information": frozenset({"console.read", "alert.read", "editions.read", "alert.meeting.settle", "history.read", "reports.read", "measures.read", "warning.*"}),
    "planner": frozenset({"console.read", "alert.read", "editions.read", "alert.meeting.settle", "exposure.read", "measures.read", "patrols.*"}),
    "team-leader": frozenset({"console.read", "alert.read", "editions.read", "alert.meeting.settle", "patrols.read", "patrols.sheet.read"}),
    "liaison": frozenset(
        {
            "console.read", "alert.read", "editions.read", "alert.meeting.settle", "reports.read", "assessment.read", "partners.read", "partners.release.propose",
            "partners.release.withdraw", "partners.consent.record",
        }
    ),
    "releaser": frozenset(
        {
            "console.read", "alert.read", "editions.read", "alert.meeting.settle", "reports.read", "assessment.read", "partners.read", "partners.release.approve",
            "partners.release.withdraw", "partners.audience.agree",
        }
    ),
    "auditor": frozenset(
        {
            "console.read", "alert.read", "editions.read", "alert.meeting.settle", "history.read", "ledger.read", "reports.read", "assessment.read", "measures.read",
            "exposure.read", "warning.read", "partners.read", "patrols.read", "accounts.alarm.acknowledge",
            "erasure.read", "erasure.entries.carry_out", "accounts.reads.count", "console.selfcheck",
        }
    ),
    # Watches over personal data: what is asked for, erased, kept too long. Decides nothing, runs nothing.
    "privacy": frozenset({"console.read", "alert.read", "editions.read", "alert.meeting.settle", "ledger.read", "erasure.read", "erasure.request.*", "erasure.entries.propose", "accounts.reads.count"}),
    # Runs the machine and the list of offices; decides nothing, approves nothing, reads nothing restricted.
    "administrator": frozenset(
        {
            "console.read", "alert.read", "editions.read", "alert.meeting.settle", "accounts.read", "accounts.office.open", "accounts.mandate.give", "accounts.move.confirm",
            "accounts.recovery.grant", "accounts.alarm.acknowledge", "accounts.session.end", "accounts.person.bar",
            "console.selfcheck",
        }
    ),
}  # fmt: skip

DECIDING = (
    "alert.level.propose", "alert.level.approve", "alert.level.receive", "alert.level.look", "warning.message.draft",
    "warning.message.approve", "partners.release.propose", "partners.release.approve", "accounts.mandate.give",
)  # fmt: skip
"""What cannot be done while the offices that carry it are empty: these offices are listed first."""


class NotAllowed(Refused):
    """The office does not hold the right."""


class UnknownRole(BadInput):
    """A role that is not in the table."""


def check_roles(roles: list[str]) -> None:
    """Raise UnknownRole when one of `roles` is not in the table."""
    for role in roles:
        if role not in ROLES:
            raise UnknownRole(
                "There is no role {given!r}. Roles: {known}.", given=role, known=", ".join(sorted(ROLES))
            )


def holds(roles: list[str], right: str) -> bool:
    """Say whether one of `roles` carries `right`."""
    parts = right.split(".")
    wanted = {right, *(".".join(parts[:n]) + ".*" for n in range(1, len(parts)))}
    return any(wanted & ROLES.get(role, frozenset()) for role in roles)


def weighty(roles: Iterable[str]) -> bool:
    """Say whether an office of these roles decides for others or reads what is restricted: two persons give it."""
    return any(ROLES.get(role, frozenset()) - ROLES["reader"] for role in roles)


def decides(roles: list[str]) -> bool:
    """Say whether one of `roles` carries a right of DECIDING."""
    return any(holds(roles, right) for right in DECIDING)


def roles_with(right: str) -> list[str]:
    """List the roles that carry `right`: a refusal says which office to ask."""
    return [role for role in ROLES if holds([role], right)]
