"""Verbs on offices and who holds them, and the door every verb of every room goes through."""

from vigie.accounts.actions.alarming import acknowledge
from vigie.accounts.actions.door import require, verb
from vigie.accounts.actions.founding import (
    close_here,
    end_here,
    found_deputies,
    found_mandate,
    found_office,
    found_recovery,
)
from vigie.accounts.actions.inviting import INVITED_FOR, accept, invite, revoke
from vigie.accounts.actions.moving import OneAlone, OwnMandate, SameAdministrator, confirm, refuse
from vigie.accounts.actions.opening import (
    LastAdministrator,
    close_office,
    end_mandate,
    give_mandate,
    name_deputies,
    open_office,
)
from vigie.accounts.actions.paging import note_page
from vigie.accounts.actions.recovering import RECOVERED_FOR, ask_recovery, come_back

__all__ = [
    "INVITED_FOR", "RECOVERED_FOR", "LastAdministrator", "OneAlone", "OwnMandate", "SameAdministrator", "accept",
    "acknowledge", "ask_recovery", "close_here", "close_office", "come_back", "confirm", "end_here", "end_mandate",
    "found_deputies", "found_mandate", "found_office", "found_recovery", "give_mandate", "invite", "name_deputies",
    "note_page", "open_office", "refuse", "require", "revoke", "verb",
]  # fmt: skip
