"""The server's log: one line for each thing, in UTC, and nothing that came in can forge one."""

import logging
import sys

import pytest

from vigie.config.logs import OneLine


def line(message, *arguments, trace=None):
    record = logging.LogRecord("vigie", logging.WARNING, __file__, 1, message, arguments, trace)
    record.created = 1711310400.9
    return OneLine().format(record)


def test_a_line_begins_with_its_instant_in_utc_whatever_the_machine_s_zone(monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert line("Not Found: %s", "/x") == "2024-03-24T20:00:00Z WARNING vigie Not Found: /x"


@pytest.mark.parametrize(
    "sign", ["\n", "\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029", "\x1b[2J", "\x00", "\x9b1A"]
)
def test_what_came_in_neither_begins_a_line_nor_moves_the_cursor(sign):
    told = line("Not Found: %s", f"/x{sign}2024-03-24T20:00:00Z WARNING vigie All is well")
    assert len(told.splitlines()) == 1
    assert all(letter.isprintable() for letter in told)


def test_a_traceback_s_lines_cannot_be_taken_for_lines_of_the_log():
    try:
        raise ValueError("x\n2024-03-24T20:00:00Z WARNING vigie All is well")
    except ValueError:
        told = line("It broke", trace=sys.exc_info())
    first, *rest = told.splitlines()
    assert first.endswith("It broke")
    assert rest
    assert all(each.startswith("  | ") for each in rest)


def test_the_settings_write_the_whole_log_so(settings):
    handlers = settings.LOGGING["handlers"]
    assert {handler["formatter"] for handler in handlers.values()} == {"line"}
    assert settings.LOGGING["formatters"]["line"]["()"] == f"{OneLine.__module__}.OneLine"


def test_an_address_a_stranger_asks_for_stays_on_its_line(home, client, caplog):
    caplog.handler.setFormatter(OneLine())
    client.get("/nowhere/%0A2024-03-24T20:00:00Z%20WARNING%20vigie%20All%20is%20well")
    assert [
        each for each in caplog.text.splitlines() if "All is well" in each and "Not Found" not in each
    ] == []
