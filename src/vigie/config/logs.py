"""How the server's log is written: one line for each thing that happened, in UTC, and nothing that came in can forge one."""

import logging
from datetime import UTC, datetime

_ESCAPED = {code: f"\\x{code:02x}" for code in (*range(0x20), *range(0x7F, 0xA0))} | {
    0x0A: "\\n", 0x0D: "\\r", 0x09: "\\t", 0x2028: "\\u2028", 0x2029: "\\u2029",
}  # fmt: skip


class OneLine(logging.Formatter):
    """`2030-01-31T20:00:00Z WARNING django.request Not Found: /…`; a traceback's lines follow, each behind a bar.

    Control characters of what is said are written as escapes, so that an address, a name or a file sent by a stranger
    can neither begin a line of its own nor move the cursor of whoever reads.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Give the line, and the traceback behind it."""
        at = datetime.fromtimestamp(record.created, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        line = f"{at} {record.levelname} {record.name} {record.getMessage().translate(_ESCAPED)}"
        if not record.exc_info:
            return line
        trace = self.formatException(record.exc_info).split("\n")
        return "\n".join([line, *(f"  | {each.translate(_ESCAPED)}" for each in trace)])
