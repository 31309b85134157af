"""A page that holds every part once, for the tests that render it and those that look at it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator

from vigie.ui import shapes

AT = datetime(2015, 6, 26, 18, 30, tzinfo=UTC)


class Example(forms.Form):
    reason = forms.CharField(
        widget=forms.Textarea, label="Reason", help_text="What changed, in two sentences."
    )
    basis = forms.CharField(label="Legal basis", required=False)
    zone = forms.ChoiceField(label="Zone", choices=[("FR", "France"), ("FR-973", "Guyane")])
    seen = forms.BooleanField(label="I have read the dissent")
    way = forms.ChoiceField(
        label="How it was received",
        choices=[("a", "by telephone"), ("b", "on paper")],
        widget=forms.RadioSelect,
    )


def parts() -> dict[str, Any]:
    """The context of gallery.html: one of each part, a form with faults among them."""
    words = ("Minimal", "Moderate", "Substantial", "Severe", "Critical")
    levels = []
    for rank, word in enumerate(words, start=1):
        shape, tone = shapes.spread(rank, len(words))
        levels.append({"shape": shape, "printed": f"{rank}/5", "word": word, "tone": tone})
    rows = [
        {"owner": "Gare centrale", "place": "Hall B, exits 2 and 4", "measure": "Visible patrols", "glyph": "check", "word": "done", "tone": "good", "people": 12},
        {"owner": "Galerie du Nord", "place": "Whole site", "measure": "Bags looked into at each entrance", "glyph": "half", "word": "received", "tone": "", "people": 4},
        {"owner": "Musée des Arts", "place": "Court and ticket hall", "measure": "No queue in the street", "glyph": "cross", "word": "cannot", "tone": "bad", "people": 0},
        {"owner": "Mairie", "place": "Market square", "measure": "Vehicles kept off", "glyph": "clock", "word": "late", "tone": "attention", "people": 1},
    ]  # fmt: skip
    return {
        "at": AT,
        "on": date(2015, 7, 14),
        "length": timedelta(days=72, hours=5),
        "levels": levels,
        "glyphs": list(shapes.GLYPHS),
        "rows": rows,
        "form": Example({"zone": "FR"}),
        "page": Paginator(range(100), 10).page(4),
        "navigation": [
            {
                "title": title,
                "url": f"/{title.lower()}/",
                "current": title == "Situation",
                "count": 3 if title == "Decide" else 0,
            }
            for title in (
                "Situation",
                "Reports",
                "Evidence",
                "Decide",
                "Measures",
                "Patrols",
                "Ahead",
                "History",
                "Partners",
                "Record",
            )
        ],
    }
