"""Guarantees 10 and 12, as far as the table of rights carries them: who decides is asked, and power is not heaped up."""

from collections.abc import Mapping

DECIDING = (
    "alert.level.propose", "alert.level.approve", "alert.level.receive", "alert.level.look", "alert.glass.break",
    "alert.glass.countersign", "warning.message.draft", "warning.message.approve", "warning.page.publish",
    "partners.release.propose", "partners.release.approve", "accounts.mandate.give", "accounts.move.confirm",
    "erasure.entries.propose", "erasure.entries.carry_out",
)  # fmt: skip
"""What a person alone may start or sign: a verb must ask for each of these rights."""

APART = (
    ("alert.level.propose", "alert.level.approve"),
    ("partners.release.propose", "partners.release.approve"),
    ("erasure.entries.propose", "erasure.entries.carry_out"),
)
"""Rights that no one role carries both of. (Of a warning, the act itself keeps author and signer apart.)"""

_ADMINISTRATORS = "administrator"
_NEVER_ADMINISTRATORS = tuple(right for right in DECIDING if not right.startswith("accounts."))


def unasked(asked: Mapping[str, str]) -> list[str]:
    """List the rights of DECIDING that no verb asks for. asked: name of each verb to the right it asks."""
    return sorted(set(DECIDING) - set(asked.values()))


def heaped(roles: Mapping[str, frozenset[str]]) -> list[tuple[str, str]]:
    """List (role, rights) where one role carries what two must hold, or administrators what is not theirs."""
    found = [
        (role, f"{first}, {second}")
        for role, rights in sorted(roles.items())
        for first, second in APART
        if _carries(rights, first) and _carries(rights, second)
    ]
    own = roles.get(_ADMINISTRATORS, frozenset())
    return found + [(_ADMINISTRATORS, right) for right in _NEVER_ADMINISTRATORS if _carries(own, right)]


def _carries(rights: frozenset[str], right: str) -> bool:
    parts = right.split(".")
    return bool(rights & {right, *(".".join(parts[:n]) + ".*" for n in range(1, len(parts)))})
