"""Addresses of this room, each with its rule; the public site stands apart, under /public/."""

from vigie.accounts import rates
from vigie.accounts.routes import ANOTHERS, ANY, CLEAR, GREEN, HERE, PUBLISHED
from vigie.accounts.urls import BOTH, PUBLIC, Route, patterns
from vigie.warning.site import HEARD
from vigie.warning.views import console, heard, public

app_name = "warning"
ROUTES = [
    Route("", console.messages, "messages", right="warning.read", shows=GREEN),
    Route(
        "facts/", console.fact, "fact", right="warning.fact.state", methods=BOTH, shows=CLEAR,
        records=("warning.fact.stated/1", "ledger.outer.signed/1", "warning.page.published/1"),
    ),
    Route(
        "publish/", console.publish, "publish", right="warning.page.publish", methods="POST",
        records=("ledger.outer.signed/1", "warning.page.published/1"),
    ),
    Route(
        "draft/<slug:id>/", console.draft, "draft", right="warning.message.draft", methods=BOTH, objects=HERE, shows=GREEN,
        records=("warning.message.drafted/1",),
    ),
    Route("<slug:id>/", console.message, "message", right="warning.read", objects=ANY, shows=GREEN),
    Route("<slug:id>/cap/", console.cap, "cap", right="warning.read", objects=ANY, shows=GREEN),
    Route(
        "<slug:id>/approve/", console.approve, "approve", right="warning.message.approve", methods="POST", objects=ANOTHERS,
        step_up=True, records=("warning.message.approved/1", "accounts.assertion.kept/1", "ledger.outer.signed/1", "warning.page.published/1"),
    ),
    Route(
        "<slug:id>/withdraw/", console.withdraw, "withdraw", right="warning.message.withdraw", methods="POST", objects=ANY,
        records=("warning.message.withdrawn/1",),
    ),
    Route(
        "<slug:id>/correct/", console.correct, "correct", right="warning.message.draft", methods="POST", objects=HERE,
        records=("warning.message.drafted/1",),
    ),
]  # fmt: skip
urlpatterns = patterns(app_name, ROUTES)

PUBLIC_ROUTES = [
    Route("", public.serve, "index", right=PUBLIC, objects=PUBLISHED, shows=CLEAR, rate=rates.OPEN),
    Route(HEARD, heard.now, "heard", right=PUBLIC, shows=CLEAR, rate=rates.OPEN),
    Route("<path:name>", public.serve, "file", right=PUBLIC, objects=PUBLISHED, shows=CLEAR, rate=rates.OPEN),
]
public_urls = (patterns("public", PUBLIC_ROUTES), "public")
"""For `include`: the public site, served as it was published."""
