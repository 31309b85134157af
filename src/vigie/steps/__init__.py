"""The way of the data: one short function per step that crosses rooms.

    a proposal   ground -> what_follows -> sign      assessment, measures, alert: signed, and its acts given
    one person   break_glass -> countersign          a level set alone, for hours, until two others speak
    a reception  receive -> look                     alert, measures, warning: what was decided elsewhere
    a stand-down propose -> sign, receive -> look    no level stands any more: measures follow what holds, or stand down
    a meeting    dossier -> convene                  everything that stands, frozen
    a feed       listening.listen -> listening.take  what others say is heard; a person receives it
    the clock    clock.tick, clock.go_out            what falls due, and what goes out to witnesses
    the second   seconds.page_seconds                who may be the second person of what waits is paged

Each runs whole or not at all.
"""

from vigie.steps.carrying import StandsStill, carry_out, catch_up, follow, left_behind
from vigie.steps.convening import convene, dossier
from vigie.steps.deciding import break_glass, raise_alone, refuse_glass, sign
from vigie.steps.following import Follows, what_follows
from vigie.steps.grounds import Grounded, ground
from vigie.steps.receiving import look, receive
from vigie.steps.standing_down import look_stand_down, receive_stand_down, sign_stand_down

__all__ = [
    "Follows",
    "Grounded",
    "StandsStill",
    "break_glass",
    "carry_out",
    "catch_up",
    "convene",
    "dossier",
    "follow",
    "ground",
    "left_behind",
    "look",
    "look_stand_down",
    "raise_alone",
    "receive",
    "receive_stand_down",
    "refuse_glass",
    "sign",
    "sign_stand_down",
    "what_follows",
]  # fmt: skip
