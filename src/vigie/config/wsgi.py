"""The server's entry: the pages, the one writer they hand their acts to, the clock, and the word to those outside."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vigie.config.settings")
application = get_wsgi_application()

from vigie.config import clock, hearing, outside  # noqa: E402 - Django must be set up before the rooms can be read
from vigie.ledger.actions import start_writer  # noqa: E402

start_writer()
clock.start()
hearing.start()
outside.start()
