"""Addresses of this room, each with its right; the public site stands apart, under /public/."""

from vigie.accounts.urls import PUBLIC, Route, patterns
from vigie.warning.views import console, public

app_name = "warning"
ROUTES = [
    Route("", console.messages, "messages", right="warning.read"),
    Route("facts/", console.fact, "fact", right="warning.fact.state"),
    Route("publish/", console.publish, "publish", right="warning.page.publish"),
    Route("draft/<slug:id>/", console.draft, "draft", right="warning.message.draft"),
    Route("<slug:id>/", console.message, "message", right="warning.read"),
    Route("<slug:id>/cap/", console.cap, "cap", right="warning.read"),
    Route("<slug:id>/approve/", console.approve, "approve", right="warning.message.approve"),
    Route("<slug:id>/withdraw/", console.withdraw, "withdraw", right="warning.message.withdraw"),
    Route("<slug:id>/correct/", console.correct, "correct", right="warning.message.draft"),
]
urlpatterns = patterns(app_name, ROUTES)

PUBLIC_ROUTES = [
    Route("", public.serve, "index", right=PUBLIC),
    Route("<path:name>", public.serve, "file", right=PUBLIC),
]
public_urls = (patterns("public", PUBLIC_ROUTES), "public")
"""For `include`: the public site, served as it was published."""
