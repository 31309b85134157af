"""Uploads stay in memory and within bounds: what a report holds before it is masked must never lie on the disc."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import MemoryFileUploadHandler

WIDEST = 12 * 1024 * 1024
"""Bytes of one upload, form and file together; the rooms' own bounds are below."""


class InMemory(MemoryFileUploadHandler):
    """Django's handler that keeps files in memory, whatever their size, and stops a request that is too big.

    Django's own would leave what is larger to a temporary file in plain text.
    """

    received = 0

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        """Refuse by the length announced, before a byte is read. Raises RequestDataTooBig."""
        length = kwargs.get("content_length", args[2] if len(args) > 2 else 0)
        if length > WIDEST:
            raise RequestDataTooBig("The upload is larger than 12 MB. Send the part that says it.")
        self.activated = True

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Refuse by what really comes. Raises RequestDataTooBig."""
        self.received += len(raw_data)
        if self.received > WIDEST:
            raise RequestDataTooBig("The upload is larger than 12 MB. Send the part that says it.")
        return super().receive_data_chunk(raw_data, start)
