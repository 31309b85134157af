"""By when a request is answered: within one month of the day it came (GDPR, art. 12(3); Regulation 1182/71, art. 3)."""

from datetime import date, timedelta


def due_on(received: date) -> date:
    """Give the last day for the answer: the same day a month later, or the last of that month where it has none."""
    month, year = received.month % 12 + 1, received.year + received.month // 12
    last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month, min(received.day, last))
