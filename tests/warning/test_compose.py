from datetime import timedelta

import pytest
from hypothesis import given, settings, strategies as st

from tests.warning.messages import SENT, said
from vigie.schemes.reader import all_ids, load
from vigie.warning.cap import Reference
from vigie.warning.cap_check import check
from vigie.warning.cap_xml import from_bytes, to_bytes
from vigie.warning.compose import Draft, Text, alert_of, cancel_of, checked_texts, digest, weight_of

LEVELS = [(load(name), level) for name in all_ids() for level in load(name).levels]


def draft(scheme, level, **changes):
    fields = {
        "identifier": "home.message-1",
        "sender": "home@example.org",
        "sender_name": "Home",
        "sent": SENT,
        "effective": SENT,
        "expires": SENT + timedelta(days=7),
        "scheme": scheme,
        "level": level,
        "zone": "FR-IDF",
        "zone_names": {"en": "Here", "fr": "Ici"},
        "addresses": {"en": "https://example.org/en", "fr": "https://example.org/fr"},
        "weight": weight_of(level),
        **changes,
    }
    return Draft(**fields)


texts = st.tuples(
    *(
        st.builds(
            Text,
            language=st.just(language),
            headline=said,
            description=said,
            instruction=said,
            correction=said,
        )
        for language in ("en", "fr")
    )
)
earlier = Reference("home@example.org", "home.message-0", "2026-05-24T08:00:00-00:00")


@settings(max_examples=60)
@given(st.sampled_from(LEVELS), texts, st.sampled_from(["", "REPLAY"]), st.booleans())
def test_whatever_is_composed_is_sound_and_accepted_by_the_schema(schema, chosen, given_texts, frame, refers):
    from lxml import etree

    plan = draft(*chosen, frame=frame, references=(earlier,) if refers else ())
    words = checked_texts(given_texts, ("en", "fr"))
    made = [alert_of(plan, words), *([cancel_of(plan, words)] if refers else [])]
    for message in made:
        data = to_bytes(message, "Europe/Paris")
        assert check(data).findings == ()
        schema.assertValid(etree.fromstring(data))
        assert from_bytes(data) == message
        assert (message.status == "Exercise") == bool(frame)


@given(texts, texts)
def test_one_changed_letter_of_bytes_or_texts_is_another_digest(one, other):
    assert (digest(b"a", one) == digest(b"a", other)) == (one == other)
    assert digest(b"a", one) != digest(b"b", one)


def test_the_order_of_languages_is_that_of_the_home():
    given_texts = [
        Text(language=language, headline="h", description="d", instruction="i", correction="c")
        for language in ("fr", "en", "de")
    ]
    assert [text.language for text in checked_texts(given_texts, ("en", "fr"))] == ["en", "fr"]


@pytest.mark.parametrize(
    ("scheme", "level"), LEVELS, ids=lambda value: getattr(value, "code", getattr(value, "id", ""))
)
def test_the_gravest_level_weighs_most(scheme, level):
    order = ["Minor", "Moderate", "Severe"]
    assert order.index(weight_of(level).severity) <= order.index(weight_of(scheme.levels[-1]).severity)
