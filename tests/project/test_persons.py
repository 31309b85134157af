"""No table, field or index for private persons: the schema itself is read."""

import re

import pytest
from django.apps import apps

FORBIDDEN = re.compile(
    r"suspect|watch_?list|face|plate|phone_?owner|imei|handle|religion|ethnic|origin_country|nationality|first_?name|last_?name|surname|birth|passport|criminal",
    re.IGNORECASE,
)
ROOMS = [
    "ledger",
    "accounts",
    "exposure",
    "reports",
    "assessment",
    "alert",
    "measures",
    "patrols",
    "warning",
    "partners",
    "history",
]


@pytest.mark.parametrize("room", ROOMS)
def test_no_table_or_field_of_a_room_is_made_for_private_persons(room):
    named = []
    for model in apps.get_app_config(room).get_models():
        named += [
            model._meta.db_table,
            *(f"{model._meta.db_table}.{field.name}" for field in model._meta.get_fields()),
        ]
    assert named
    assert [name for name in named if FORBIDDEN.search(name.replace("interface", ""))] == []


def test_the_list_does_find_what_it_forbids():
    assert all(
        FORBIDDEN.search(word)
        for word in ("suspect_id", "watchlist", "face_hash", "number_plate", "religion", "birthday")
    )


def test_the_desk_asks_nobodys_name_and_signs_in_by_a_chosen_word(db):
    from vigie.config import settings

    assert {"username"} == settings.ACCOUNT_LOGIN_METHODS
    assert settings.ACCOUNT_SIGNUP_FIELDS == ["username*", "password1*"]
