"""Messages left, left again, or did not."""

from vigie.ledger.projections import Written, projects, writing
from vigie.measures import kinds
from vigie.measures.models import Message, Repeat, Task


@projects(kinds.DELIVERED)
def delivered(entry: Written, body: kinds.Delivered) -> None:
    """Messages got through."""
    settled = {
        "channel": body.channel,
        "why": "",
        "settled_at": entry.instant,
        "left_at": entry.instant,
        "tries": writing.More(1),
    }
    writing.change_each(Message, body.messages, state="delivered", **settled)
    writing.change_each(Task, body.told, told=True)
    writing.change_each(Task, body.sent, state="sent")


@projects(kinds.FAILED)
def failed(entry: Written, body: kinds.Failed) -> None:
    """Messages did not get through."""
    settled = {
        "channel": body.channel,
        "why": body.why,
        "settled_at": entry.instant,
        "left_at": entry.instant,
        "tries": writing.More(1),
    }
    writing.change_each(Message, body.messages, state="failed", **settled)
    writing.change_each(Task, body.unreached, state="not_reached")


@projects(kinds.REPEATED)
def repeated(entry: Written, body: kinds.Repeated) -> None:
    """Messages left again; who is told by it knows of the tasks."""
    writing.change_each(Message, body.messages, left_at=entry.instant)
    writing.add_each(
        Repeat,
        (
            {
                "id": f"repeat-{entry.seq}-{place}",
                "message_id": message,
                "wave": body.wave,
                "at": entry.instant,
                "delivered": body.delivered,
                "channel": body.channel,
                "why": body.why,
            }
            for place, message in enumerate(body.messages)
        ),
    )
    writing.change_each(Task, body.told, told=True)
    writing.change_each(Task, body.sent, state="sent")


@projects(kinds.DROPPED)
def dropped(entry: Written, body: kinds.Dropped) -> None:
    """Messages were not sent: nothing was left to say."""
    writing.change_each(Message, body.messages, state="dropped", settled_at=entry.instant)
