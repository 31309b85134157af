"""What people do with measures: switch them, catch up with new owners, stand down, answer, take down an answer, call, respond; and sending, once and again."""

from vigie.measures.actions.answering import answer, call, take_by_link, take_down
from vigie.measures.actions.delivering import Sent, alone, deliver_due, release_queue
from vigie.measures.actions.drilling import answer_drill, call_drill, leave_drills
from vigie.measures.actions.repeating import repeat_due
from vigie.measures.actions.responding import end_response, end_response_by_link, respond, respond_by_link
from vigie.measures.actions.switching import Switched, catch_up, follow_glass, stand_down, switch
from vigie.measures.actions.texting import answer_by_text

__all__ = [
    "Sent",
    "Switched",
    "alone",
    "answer",
    "answer_by_text",
    "answer_drill",
    "call",
    "call_drill",
    "catch_up",
    "deliver_due",
    "end_response",
    "end_response_by_link",
    "follow_glass",
    "leave_drills",
    "release_queue",
    "repeat_due",
    "respond",
    "respond_by_link",
    "stand_down",
    "switch",
    "take_by_link",
    "take_down",
]
