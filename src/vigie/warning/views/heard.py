"""Which feeds this home hears at this moment: said afresh to whoever asks, beside pages whose bytes do not change."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from vigie.homes import Home
from vigie.warning.views.public import TYPES
from vigie.warning.views.site import heard_now
from vigie.warning.words import words


@never_cache
@require_safe
def now(request: HttpRequest) -> HttpResponse:
    """Say it in every language of the home, as plain text. It is about this machine's ears, and no level stands in it."""
    del request
    home: Home = settings.VIGIE_HOME
    frame = [f"*** {home.frame} ***"] if home.exercise else []
    lines = [*frame, home.title]
    for language in home.languages:
        exercise = [words(language)["exercise"]] if home.exercise else []
        lines += ["", *exercise, *heard_now(language, home.zone)]
    return HttpResponse("\n".join(lines) + "\n", content_type=TYPES["txt"])
