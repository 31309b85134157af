"""Brings requests from the server's event loop to Django, each by its lane, and the answers back."""

import asyncio
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from io import BytesIO
from typing import Any

from django.http.response import HttpResponseBase

from vigie.config.lanes import Lanes, Work
from vigie.config.uploads import WIDEST

Environ = dict[str, Any]
Told = tuple[int, list[tuple[str, str]]]
Said = tuple[Told, bytes | HttpResponseBase]

_ANSWER = 4096
"""Bytes of the longest body that may be an answer: no file, which others should not wait for."""

_FIXED: Environ = {
    "SCRIPT_NAME": "",
    "wsgi.version": (1, 0),
    "wsgi.errors": sys.stderr,
    "wsgi.multithread": True,
    "wsgi.multiprocess": False,
    "wsgi.run_once": False,
}


class Bridge:
    """The server's application (RSGI).

    application: Django's, as WSGI has it; owners: how the addresses begin that stand in links sent to owners; answer: takes
    an owner's answer without the application, gives None where it cannot; together: does many such works under one commit of
    the record, and gives what each gave or raised.
    """

    def __init__(
        self,
        application: Callable[[Environ, Callable[..., Any]], HttpResponseBase],
        *,
        owners: str,
        answer: Callable[[Environ, bytes], Told | None],
        together: Callable[[Sequence[Work]], Sequence[Any]],
    ) -> None:
        self._application = application
        self._owners = owners
        self._answer = answer
        self._together = together
        self._lanes: Lanes | None = None

    async def __rsgi__(self, scope: Any, proto: Any) -> None:
        """Answer one request."""
        if self._lanes is None:
            self._lanes = Lanes(self._together)
        environ = environ_of(scope)
        # What is announced as too long is not read: Django refuses it by its length.
        length = environ.get("CONTENT_LENGTH", "")
        brought = await proto() if length.isdecimal() and int(length) <= WIDEST else b""
        (status, headers), said = await self._by_its_lane(self._lanes, scope, environ, brought)
        if isinstance(said, bytes):
            proto.response_bytes(status, headers, said)
        else:
            await self._in_parts(proto.response_stream(status, headers), said)

    async def _by_its_lane(self, lanes: Lanes, scope: Any, environ: Environ, brought: bytes) -> Said:
        whole = partial(self._whole, environ, brought)
        if not scope.path.startswith(self._owners):
            return await lanes.page(whole)
        if scope.method == "POST" and len(brought) <= _ANSWER:
            # What fails is done again by itself: nothing of it was kept, and there it is said why.
            with suppress(Exception):
                told = await lanes.answer(partial(self._answer, environ, brought))
                if told is not None:
                    return told, b""
        return await lanes.owner(whole)

    def _whole(self, environ: Environ, brought: bytes) -> Said:
        """Have Django answer. Gives status and headers, and the body; one that comes in parts as it is."""
        environ["wsgi.input"] = BytesIO(brought)
        told: list[Told] = []

        def start(status: str, headers: list[tuple[str, str]], _fault: Any = None) -> None:
            told.append((int(status.split(" ", 1)[0]), headers))

        answer = self._application(environ, start)
        if answer.streaming:
            return told[0], answer
        try:
            return told[0], b"".join(answer)
        finally:
            answer.close()

    async def _in_parts(self, stream: Any, answer: HttpResponseBase) -> None:
        loop = asyncio.get_running_loop()
        parts: Iterator[bytes] = iter(answer)
        try:
            while part := await loop.run_in_executor(None, next, parts, b""):
                await stream.send_bytes(part)
        finally:
            await loop.run_in_executor(None, answer.close)


def environ_of(scope: Any) -> Environ:
    """Give what WSGI says of a request, without its body."""
    server, _, port = scope.server.rpartition(":")
    environ = {
        **_FIXED,
        "REQUEST_METHOD": scope.method,
        "PATH_INFO": scope.path.encode().decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "SERVER_NAME": server,
        "SERVER_PORT": port,
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "wsgi.url_scheme": scope.scheme,
    }
    if scope.authority:
        environ["HTTP_HOST"] = scope.authority
    for name, said in scope.headers.items():
        if "_" in name:  # would pass for the same name with dashes, which only our proxy may send
            continue
        key = name.upper().replace("-", "_")
        if key not in ("CONTENT_TYPE", "CONTENT_LENGTH"):
            key = f"HTTP_{key}"
            if key in environ and key != "HTTP_HOST":
                said = f"{environ[key]}{'; ' if key == 'HTTP_COOKIE' else ','}{said}"  # noqa: PLW2901
        environ[key] = said
    return environ
