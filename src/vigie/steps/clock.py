"""The clock: what falls due, and what goes out to witnesses and time-stamping authorities."""

import logging
from collections.abc import Callable

from django.conf import settings

from vigie.accounts.actions.reading import take_up_readings
from vigie.accounts.actions.refusing import take_up
from vigie.alert import actions as alert
from vigie.erasure import actions as erasure
from vigie.feeds import actions as feeds
from vigie.homes import Home
from vigie.ledger import holds
from vigie.ledger.actions import by_one_clock
from vigie.ledger.backups import actions as backups
from vigie.ledger.proofs.actions import keep_tiles
from vigie.ledger.second.actions import sign_again
from vigie.ledger.stamps import actions as stamps
from vigie.ledger.witnesses import actions as witnesses
from vigie.measures import actions as measures
from vigie.steps.seconds import page_seconds


@by_one_clock
def tick() -> dict[str, int]:
    """Do what the tables say is due, as `_due` lists it. Gives how many of each; what is held counts none.

    One that fails does not keep the others from being done; the first fault is raised at the end.
    """
    home: Home = settings.VIGIE_HOME
    done: dict[str, int] = {}
    faults: list[Exception] = []
    for doing in _due(home):
        try:
            done |= doing()
        except holds.Held:
            continue
        except Exception as fault:  # noqa: BLE001 - raised below, once the others had their turn
            faults.append(fault)
    if faults:
        raise faults[0]
    return done


def _due(home: Home) -> tuple[Callable[[], dict[str, int]], ...]:
    """List what the clock does, in its order."""
    return (
        lambda: {"levels expired": len(alert.note_expiries())},
        lambda: {"roads silent or heard again": feeds.note_silences(home.feeds)},
        lambda: _paged(home),
        lambda: _delivered(home),
        lambda: {"messages of drills sent": measures.leave_drills(home)},
        lambda: {"messages repeated": measures.repeat_due(home)},
        lambda: {"refusals noted": take_up()},
        lambda: {"readings noted": take_up_readings()},
        lambda: {"entries erased": erasure.enforce()},
        _tiles_kept,
        lambda: {"checkpoints signed a second time": sign_again()},
        lambda: {"backups made": backups.back_up_when_due()},
        lambda: {"backups tried out": backups.rehearse_when_due()},
    )


def _paged(home: Home) -> dict[str, int]:
    paged = page_seconds(home)
    return {"second persons paged": sum(paged), "pages failed": len(paged) - sum(paged)}


def _tiles_kept() -> dict[str, int]:
    keep_tiles()
    return {}


def _delivered(home: Home) -> dict[str, int]:
    sent = measures.deliver_due(home)
    return {"messages delivered": sent.delivered, "messages failed": sent.failed}


def go_out() -> None:
    """Show the newest checkpoint to the record's witnesses, and have what waits stamped. Never inside a transaction.

    What somebody outside does not do is told and tried again; it stops nothing but what vigie.toml says it must.
    """
    witnesses.exchange()
    fault = stamps.stamp_due().fault
    if fault is not None:
        logging.getLogger("vigie").warning("%s", fault)
