"""What left was made of a report; when the report falls, the home knows whom to tell."""

from datetime import date

from tests.partners.test_actions import GROUP, PLACE, approve, judgement
from vigie.partners import actions, queries
from vigie.reports import actions as reports, queries as kept

WIRE = b"""Bomb kills nine in market

BRUSSELS, 21 March 2024 (AFP) - Nine people were killed on Thursday in a bomb attack in Brussels, police said.
The Islamic State group claimed responsibility for the attack on Friday.
"""


def test_a_report_withdrawn_names_the_releases_that_were_made_of_it(people, partner):
    wire = reports.add(people["analysis"], WIRE, name="wire.txt", published=date(2024, 3, 22))
    claim = next(c.id for c in kept.claims_of(wire) if c.kind == "claim_of_responsibility")
    made = actions.propose(
        people["liaison"],
        audience=partner,
        title="Claim of an attack",
        summary="Elements that may be useful to you.",
        marking="TLP:AMBER",
        chosen=[GROUP, PLACE, judgement(claim)],
    )
    approve(people["release"], made)
    reports.withdraw(people["analysis"], wire, reason="The agency withdrew the wire an hour later.")
    (internal,) = queries.internals([claim])
    assert not internal.stands
    (reached,) = queries.releases_made_of(claim)
    actions.withdraw(people["liaison"], reached.id, "The report it rested on was withdrawn.")
    assert queries.release(made).state == "withdrawn"
    assert queries.releases_made_of(claim) == []
