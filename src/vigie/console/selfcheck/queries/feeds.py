"""What this home listens to: whether each feed is heard, and whether what came was believed."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext as _

from vigie import times
from vigie.console.selfcheck.finding import Finding, holds, warns
from vigie.feeds import queries
from vigie.homes import Home

_LATELY = timedelta(days=7)


def findings(home: Home) -> Iterator[Finding]:
    """Ask which feeds are silent, and what was not believed within the last week."""
    if not home.feeds:
        yield holds("feeds.heard", _("No feed is named: levels decided elsewhere are received by hand."))
        return
    silent = queries.silent()
    for road in silent:
        yield warns(
            "feeds.heard",
            _("Nothing has been heard from {who} since {at}: {why}").format(
                who=road.feed.title, at=times.text(road.since) if road.since else "–", why=road.fault or "–"
            ),
            _("Ask by another road what holds, and look at the feed with: vigie feeds fetch {name}").format(
                name=road.feed.name
            ),
        )
    if not silent:
        yield holds("feeds.heard", _("Every feed is heard as often as is expected of it."))
    doubts = queries.doubts_within(_LATELY)
    if doubts:
        newest = doubts[0]
        yield warns(
            "feeds.believed",
            _("{count} times within a week, what came was not believed; last from {name}: {why}").format(
                count=len(doubts), name=newest.feed, why=newest.why
            ),
            _("Ask its owner by another road. docs/elsewhere says what each refusal means."),
        )
    else:
        yield holds("feeds.believed", _("What the feeds brought was believed."))
