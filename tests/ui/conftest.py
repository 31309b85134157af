"""A home that rehearses, and one that does not; pages rendered without a server."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.template import engines
from django.template.backends.django import DjangoTemplates
from django.test import RequestFactory

from tests.ui.gallery import parts
from vigie.homes import Home

GALLERY = Path(__file__).with_name("gallery.html")


def home(*, exercise: bool) -> Home:
    frame = "REPLAY" if exercise else ""
    return Home(
        path=Path("/nonexistent"),
        instance="gallery",
        title="Préfecture d’exemple",
        exercise=exercise,
        frame=frame,
    )


@pytest.fixture
def real_home(settings):
    settings.VIGIE_HOME = home(exercise=False)


@pytest.fixture
def exercise_home(settings):
    settings.VIGIE_HOME = home(exercise=True)


@pytest.fixture
def rendered() -> Callable[..., str]:
    """Render a template's text with the context processors of every page."""

    def render(source: str, context: dict | None = None, address: str = "/gallery/?state=late&page=4") -> str:
        engine = engines["django"]
        assert isinstance(engine, DjangoTemplates)
        return engine.from_string(source).render(context or {}, RequestFactory().get(address))

    return render


@pytest.fixture
def gallery(rendered) -> Callable[[], str]:
    return lambda: rendered(GALLERY.read_text(encoding="utf-8"), parts())
