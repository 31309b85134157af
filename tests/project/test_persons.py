"""No table, field or index for private persons: the schema itself is read."""

import pytest
from django.apps import apps

from vigie.guarantees.persons import forbidden
from vigie.ledger.projections import ROOMS

EVERY = ("ledger", "desk", *ROOMS)


@pytest.mark.parametrize("room", EVERY)
def test_no_table_or_field_of_a_room_is_made_for_private_persons(room):
    named = []
    for model in apps.get_app_config(room).get_models():
        named += [
            model._meta.db_table,
            *(f"{model._meta.db_table}.{field.name}" for field in model._meta.get_fields()),
        ]
    assert named
    assert [name for name in named if forbidden(name)] == []


def test_the_list_does_find_what_it_forbids():
    assert all(
        forbidden(word)
        for word in ("suspect_id", "watchlist", "face_hash", "number_plate", "religion", "birthday")
    )


def test_the_desk_asks_nobodys_name_and_signs_in_by_a_chosen_word(db):
    from vigie.config import settings

    assert {"username"} == settings.ACCOUNT_LOGIN_METHODS
    assert settings.ACCOUNT_SIGNUP_FIELDS == ["username*", "password1*"]
