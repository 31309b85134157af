"""The words that rows carry as their state, kind or role, as a reader is told them.

A row keeps one fixed English word; a page says it in the reader's language. What is not listed here is shown as kept.
"""

from vigie.translatable import gettext_noop

WORDS: dict[str, str] = {
    # of a decision or a reception, of a release, of a link between copies
    "proposed": gettext_noop("proposed"),
    "returned": gettext_noop("returned"),
    "rejected": gettext_noop("rejected"),
    "in force": gettext_noop("in force"),
    "superseded": gettext_noop("superseded"),
    "expired": gettext_noop("expired"),
    "one person": gettext_noop("seen by one person"),
    "waits for a second": gettext_noop("waiting for a second person"),
    "withdrawn": gettext_noop("withdrawn"),
    "released": gettext_noop("released"),
    "confirmed": gettext_noop("confirmed"),
    # of an assessment
    "stands": gettext_noop("in force"),
    "replaced": gettext_noop("replaced"),
    "ended": gettext_noop("ended"),
    # of a task, and what may happen to it
    "open": gettext_noop("not sent yet"),
    "sent": gettext_noop("sent"),
    "failed": gettext_noop("sending failed"),
    "not reached": gettext_noop("not reached"),
    "reached": gettext_noop("reached"),
    "acknowledged": gettext_noop("acknowledged"),
    "doing": gettext_noop("being done"),
    "done": gettext_noop("done"),
    "cannot": gettext_noop("cannot"),
    "stop": gettext_noop("stop"),
    "stop asked": gettext_noop("asked to stop"),
    "stopped": gettext_noop("stopped"),
    "replace": gettext_noop("replaced"),
    "nothing": gettext_noop("nothing"),
    "nothing more": gettext_noop("nothing more"),
    # of a public message: its CAP kind and status
    "waits": gettext_noop("waiting for a second person"),
    "issued": gettext_noop("issued"),
    "active": gettext_noop("in force"),
    "cancelled": gettext_noop("cancelled"),
    "contradictory": gettext_noop("contradictory"),
    "closing": gettext_noop("a cancellation"),
    "Alert": gettext_noop("Alert"),
    "Update": gettext_noop("Update"),
    "Cancel": gettext_noop("Cancellation"),
    "Actual": gettext_noop("Actual"),
    "Exercise": gettext_noop("Exercise"),
    # of a reference between messages that does not count
    "dangling": gettext_noop("refers to a message that is not here"),
    "sent-differs": gettext_noop("refers to another sending time"),
    "foreign": gettext_noop("refers to another sender's message"),
    "crosses-worlds": gettext_noop("refers across exercise and reality"),
    "backwards": gettext_noop("refers to a later message"),
    "same-name": gettext_noop("two files bear one name"),
    "fork": gettext_noop("two messages replace one"),
    # of an entry: by which way it came
    "console": gettext_noop("by the console"),
    "api": gettext_noop("by the API"),
    "shell": gettext_noop("by the command line"),
    "link": gettext_noop("by an owner's link"),
    "replay": gettext_noop("by the replay"),
    "invitation": gettext_noop("by an invitation"),
    "recovery": gettext_noop("by a code handed over"),
    "clock": gettext_noop("by the clock"),
    # of an office: its roles
    "reader": gettext_noop("reader"),
    "analyst": gettext_noop("analyst"),
    "assessor": gettext_noop("assessor"),
    "duty": gettext_noop("duty"),
    "proposer": gettext_noop("proposer"),
    "approver": gettext_noop("approver"),
    "information": gettext_noop("information"),
    "planner": gettext_noop("planner"),
    "team-leader": gettext_noop("team leader"),
    "liaison": gettext_noop("liaison"),
    "releaser": gettext_noop("releaser"),
    "auditor": gettext_noop("auditor"),
    "administrator": gettext_noop("administrator"),
}
"""Each word as it is kept, with the English a reader is told."""
