"""What every page is given: the home's name, the exercise word, the languages, the zone."""

from collections.abc import Callable
from typing import TypedDict

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import get_language_info

from vigie.homes import Home


class Language(TypedDict):
    """One language of the switch, in its own words."""

    code: str
    name: str
    current: bool


class PageContext(TypedDict):
    """Names every template may use."""

    exercise: bool
    exercise_word: str
    home_title: str
    home_zone: str
    languages: list[Language]


def page_context(request: HttpRequest) -> PageContext:
    """Give the names of the home to every template (a context processor)."""
    del request
    home: Home = settings.VIGIE_HOME
    current = translation.get_language() or settings.LANGUAGE_CODE
    return {
        "exercise": home.exercise,
        "exercise_word": home.frame,
        "home_title": home.title,
        "home_zone": home.zone,
        "languages": [
            {
                "code": code,
                "name": get_language_info(code)["name_local"],
                "current": current.split("-")[0] == code,
            }
            for code in home.languages
        ],
    }


class PageHeaders:
    """Headers of every answer: an exercise is never indexed, and nothing behind a sign-in is kept by a cache."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, then set the headers."""
        response = self.get_response(request)
        home: Home = settings.VIGIE_HOME
        if home.exercise:
            response["X-Robots-Tag"] = "noindex, nofollow"
        if "Cache-Control" not in response and hasattr(request, "user") and request.user.is_authenticated:
            response["Cache-Control"] = "private, no-store"
        return response
