"""Tables are made by migrations that say what the models say."""

import pytest
from django.core.management import call_command


@pytest.mark.django_db(databases=["default", "record"])
def test_no_model_has_changed_without_its_migration(capsys):
    call_command("makemigrations", check=True, dry_run=True)
    assert "No changes detected" in capsys.readouterr().out
