import contextlib
from datetime import date

import pytest
from hypothesis import given, strategies as st

from vigie.errors import BadInput
from vigie.exposure import events
from vigie.exposure.events import BadEvent

SOUND = {"en": "Fair", "start": date(2025, 5, 1), "known_on": date(2025, 1, 1), "areas": ["FR-75"]}


def test_a_file_of_events_is_read():
    (event,) = events.read(
        b"events:\n- {id: fair, en: Fair, fr: Foire, start: 2025-05-01, end: 2025-05-12, areas: FR-75, site: ex-1,"
        b" hours: '10:00-19:00', attendance: {low: 1000, high: 40000}, organiser: Town hall, known_on: 2025-01-01, source: x}\n"
    )
    assert (event.id, event.kind, event.name("fr"), event.areas, event.site) == (
        "fair",
        "event",
        "Foire",
        ("FR-75C",),
        "ex-1",
    )
    assert event.hours == (600, 1140)
    assert (event.attendance.low, event.attendance.high) == (1000, 40000)
    assert event.basis == "sourced"


def test_what_comes_with_vigie_is_sourced_and_dated():
    register = events.shipped_register()
    games = {e.id: e for e in register}["olympic-games-2024"]
    assert (games.start, games.end) == (date(2024, 7, 26), date(2024, 8, 11))
    for event in register:
        assert event.source.startswith("http"), event.id
        assert event.known_on is not None
        assert event.known_on <= event.start


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"en": ""}, "a name"),
        ({"en": "=1+1"}, "formula"),
        ({"start": "09/01/2024"}, "year-month-day"),
        ({"start": None}, "year-month-day"),
        ({"end": date(2025, 4, 1)}, "comes before"),
        ({"end": date(2026, 12, 1)}, "day and month may be swapped"),
        ({"known_on": None}, "year-month-day"),
        ({"known_on": date(2025, 6, 1)}, "before the event ends"),
        ({"areas": ["Nowhere"]}, "is not an area"),
        ({"hours": "evening"}, "from and to"),
        ({"attendance": 5}, "low, high or both"),
        ({"attendance": {"low": -1}}, "whole number"),
        ({"attendance": {"low": 10, "high": 5}}, "smaller number as low"),
        ({"attendance": {"high": 1.5}}, "whole number"),
        ({"attendance": {"high": True}}, "whole number"),
        ({"id": "Not An Id"}, "small letters"),
        ({"suspects": 3}, "suspects"),
    ],
)
def test_an_event_that_cannot_be_is_refused(change, said):
    with pytest.raises(BadInput, match=said):
        events.of({**SOUND, **change})


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "no list of events"),
        (b"events: 3", "no list of events"),
        (b"events: [3]", "expected fields"),
        (b"events: [{", "not YAML"),
        (b"\xff\xfe\x00", "not YAML"),
        (b"events: []" + b" " * events.MAX_BYTES, "more than"),
        (
            b"events:\n- {id: a, en: A, start: 2025-01-01, known_on: 2025-01-01}\n- {id: a, en: B, start: 2025-01-01, known_on: 2025-01-01}\n",
            "is taken",
        ),
        (b"events:\n- !!python/object/apply:os.system [ls]\n", "not YAML"),
    ],
)
def test_a_file_that_holds_no_events_is_refused(data, said):
    with pytest.raises(BadEvent, match=said):
        events.read(data)


def test_a_file_that_would_unfold_without_end_is_refused_at_once():
    levels = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30))
    bomb = (
        f"a0: &a0 [x, x]\n{levels}events:\n- {{id: a, en: *a29, start: 2025-01-01, known_on: 2025-01-01}}\n"
    )
    with pytest.raises(BadEvent, match="one value, or a short list"):
        events.read(bomb.encode())


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(BadEvent, match="cannot be read"):
        events.read_file(tmp_path / "none.yaml")


@given(
    st.dictionaries(
        st.sampled_from(sorted(events._KEYS)),
        st.one_of(st.none(), st.text(max_size=8), st.integers(), st.lists(st.integers(), max_size=2)),
        max_size=6,
    )
)
def test_any_fields_give_an_event_or_one_sentence(entry):
    with contextlib.suppress(BadInput):
        assert events.of(entry).kind == "event"


def test_a_refusal_is_said_in_the_readers_language():
    with pytest.raises(BadEvent) as refusal:
        events.of({**SOUND, "hours": "evening"})
    french = {
        "{called}, {field}: {given!r}; expected {expected}.": "{called}, {field} : {given!r} ; attendu : {expected}.",
        "from and to, such as 20:00-23:30": "de et à, comme 20:00-23:30",
    }
    assert (
        refusal.value.said(lambda s: french.get(s, s))
        == "the event, hours : 'evening' ; attendu : de et à, comme 20:00-23:30."
    )
