"""A server on loopback that answers what a test tells it to, and files that a feed reads."""

import threading
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from vigie import importers
from vigie.importers.said import Known
from vigie.listening import Feed

NOTHING = Known()
NOW = datetime(2024, 3, 25, 12, 0, tzinfo=UTC)


class Site:
    """What a server has: by path, (status, headers, body), or a function of the request's headers that gives them."""

    def __init__(self, port):
        self.port, self.has, self.asked = port, {}, []

    @property
    def address(self):
        return f"http://127.0.0.1:{self.port}/"

    def put(self, path, body, status=200, **headers):
        self.has[path] = (status, {k.replace("_", "-"): v for k, v in headers.items()}, body)


@contextmanager
def site_on_loopback():
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            site.asked.append((self.path, dict(self.headers)))
            found = site.has.get(self.path, (404, {}, b""))
            status, headers, body = found(self.headers) if callable(found) else found
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                for piece in [body] if isinstance(body, bytes) else body:
                    self.wfile.write(piece)
            except OSError:  # who asked had enough
                pass

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site = Site(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def site():
    with site_on_loopback() as found:
        yield found


@pytest.fixture
def look(tmp_path):
    """Look at bytes as a feed of a kind: `look("rss", data)`."""

    def at(
        kind,
        data,
        known=NOTHING,
        *,
        exercise=False,
        now=NOW,
        scheme="gb-national-2019",
        zones=("GB",),
        **more,
    ):
        file = tmp_path / "feed.xml"
        file.write_bytes(data if isinstance(data, bytes) else data.encode())
        feed = Feed("service", kind, "The Service", str(file), scheme, zones, **more)
        return importers.look(feed, known, exercise=exercise, now=now)

    return at
