import pytest


@pytest.fixture
def people(people):
    """Everybody, and a second administrator: what is weighty takes two of them."""
    from django.contrib.auth import get_user_model

    from vigie.accounts.actions import found_mandate
    from vigie.accounts.actors import Actor

    user = get_user_model().objects.create_user(username="other-machine-room")
    found_mandate(f"p-{user.pk}", "machine-room")
    return {**people, "other-machine-room": Actor(f"p-{user.pk}", "machine-room", "shell")}
