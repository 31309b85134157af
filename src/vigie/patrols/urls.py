"""Addresses of this room, each with its right."""

from vigie.accounts.urls import Route, patterns

app_name = "patrols"
ROUTES: list[Route] = []
urlpatterns = patterns(app_name, ROUTES)
