"""A home in which everything that can be erased stands: a report, contacts, a reason, a plan and its seed."""

from datetime import date

import pytest

from tests.measures.conftest import OWNERS, SITES
from tests.patrols.conftest import OVER, week
from tests.patrols.weeks import NAMES
from vigie import times

TOKEN = "Quixelbury"
"""A word that stands in every erasable thing of this home, and nowhere else."""

REPORT = f"""Bomb kills nine in market of {TOKEN}

BRUSSELS, 21 March 2024 (AFP) - Nine people were killed on Thursday in a bomb attack in {TOKEN}, police said.

The Islamic State group claimed responsibility for the attack on Friday.
"""


@pytest.fixture
def report(people):
    from vigie.reports import actions

    return actions.add(people["analysis"], REPORT.encode(), name=f"{TOKEN}.txt", published=date(2024, 3, 21))


@pytest.fixture
def owners(people):
    """Five owners with four sites; the station's is reached at an address of its own."""
    from vigie.exposure.actions import import_owners, import_sites

    import_sites(people["watch"], SITES.encode())
    import_owners(people["watch"], OWNERS.replace("gares@", f"{TOKEN.lower()}@").encode())
    return people


@pytest.fixture
def cannot(owners):
    """The level is raised, and the station's owner says why one act cannot be done. Gives the answer's id."""
    from vigie import steps
    from vigie.measures import actions, queries
    from vigie.measures.models import Answer

    steps.receive(
        owners["watch"], scheme="fr-vigipirate-2016", code="UA", zone="FR", authority="PM", words="UA",
        source="https://gouv.example", effective=times.now(),
    )  # fmt: skip
    task = queries.open_tasks("o-rail")[0].id
    reason = f"The gate of {TOKEN} is stuck."
    actions.take_down(owners["watch"], "o-rail", "cannot", via="phone", tasks=[task], reason=reason)
    return Answer.objects.latest("at").id


@pytest.fixture
def plan(people):
    """A plan drawn under names of its own, over and revealed; the clock stands at its end. Gives its id."""
    from vigie.patrols import actions

    names = NAMES | {"mall": TOKEN}
    made = actions.draw_from(people["planning"], present=week(), names=names, teams=2)
    with times.held(OVER):
        actions.reveal(people["planning"], made)
        yield made


@pytest.fixture
def erase(people):
    """Erase entries as two persons: `erase(12, 13)` gives the erasure's id."""
    from vigie.erasure import actions

    def run(*seqs, request=""):
        made = actions.propose(
            people["privacy"], list(seqs), ground="The person concerned asked for it.", authority="DPO",
            request=request,
        )  # fmt: skip
        actions.carry_out(people["audit"], made)
        return made

    return run


@pytest.fixture
def number():
    """Give the number of the newest entry of a kind: `number("reports.report.received")`."""
    from vigie.ledger.models import Entry

    return lambda name: Entry.objects.filter(kind__startswith=f"{name}/").latest("seq").seq
