"""Addresses of this room, each with its rule."""

from vigie.accounts import rates
from vigie.accounts.routes import AMBER, ANOTHERS, ANY, GREEN, HERE, OWED, RED
from vigie.accounts.urls import BOTH, Route, patterns
from vigie.console.views import (
    deciding,
    following,
    glass,
    hearing,
    meetings,
    record,
    search,
    selfcheck,
    situation,
    standing_down,
)
from vigie.measures.kinds import OF_A_SWITCH

app_name = "console"
ROUTES = [
    Route("", situation.situation, "situation", right="console.read", shows=AMBER, apart="exposure.read"),
    Route("handover/", situation.handover, "handover", right="console.read", shows=AMBER, apart="exposure.read"),
    Route("read/", situation.seen, "seen", right="console.read", methods="POST"),
    Route("find/", search.search, "search", right="console.read", shows=RED, apart="each room's own"),
    Route("record/", record.record, "record", right="ledger.read", shows=GREEN),
    Route("record/check/", record.verify, "verify", right="ledger.read", methods="POST", shows=GREEN, rate=rates.HEAVY),
    Route(
        "record/bundle/", record.bundle, "bundle", right="ledger.read", methods="POST", shows=RED, rate=rates.HEAVY,
        records=("ledger.record.exported/1",),
    ),
    Route(
        "record/selfcheck/", selfcheck.selfcheck, "selfcheck", right="console.selfcheck", methods=BOTH, shows=GREEN,
        rate=rates.HEAVY,
    ),
    Route("record/impact/", selfcheck.impact, "impact", right="ledger.read", shows=GREEN),
    Route("record/<int:seq>/", record.entry, "entry", right="console.read", objects=ANY, shows=RED, apart="ledger.read"),
    Route(
        "decide/<slug:id>/", deciding.decide, "decide", right="alert.level.approve", methods=BOTH, objects=ANOTHERS, shows=GREEN,
        step_up=True, records=("alert.level.approved/1", "accounts.assertion.kept/1", "alert.level.kept/1", *OF_A_SWITCH),
    ),
    Route(
        "receive/", deciding.receive, "receive", right="alert.level.receive", methods=BOTH, rate=rates.UPLOAD,
        records=("alert.level.received/1", "feeds.word.taken/1", "feeds.word.heard/1", *OF_A_SWITCH, "ledger.outer.signed/1", "warning.page.published/1"),
    ),
    Route("heard/", hearing.heard, "heard", right="console.read", shows=GREEN),
    Route(
        "heard/<slug:id>/take/", hearing.take, "take", right="alert.level.receive", methods="POST", objects=ANY,
        records=("alert.level.received/1", "alert.stand_down.proposed/1", "feeds.word.taken/1", *OF_A_SWITCH, "ledger.outer.signed/1", "warning.page.published/1"),
    ),
    Route(
        "heard/<slug:id>/aside/", hearing.set_aside, "set_aside", right="alert.level.receive", methods="POST", objects=ANY,
        records=("feeds.word.set_aside/1",),
    ),
    Route(
        "look/<slug:id>/", deciding.look, "look", right="alert.level.look", methods=BOTH, objects=ANOTHERS, shows=GREEN,
        step_up=True, records=("alert.level.looked/1", "accounts.assertion.kept/1", "alert.level.kept/1", *OF_A_SWITCH, "ledger.outer.signed/1", "warning.page.published/1"),
    ),
    Route(
        "alone/", glass.alone, "alone", right="alert.glass.break", methods=BOTH, objects=HERE, shows=GREEN, step_up=True,
        records=("alert.level.proposed/1", "alert.glass.broken/1", *OF_A_SWITCH),
    ),
    Route(
        "alone/<slug:id>/", glass.break_, "break", right="alert.glass.break", methods=BOTH, objects=HERE, shows=GREEN, step_up=True,
        records=("alert.glass.broken/1", "accounts.assertion.kept/1", *OF_A_SWITCH),
    ),
    Route(
        "countersign/<slug:id>/", glass.countersign, "countersign", right="alert.glass.countersign", methods=BOTH, objects=ANOTHERS,
        shows=GREEN, step_up=True, records=("alert.glass.countersigned/1", "accounts.assertion.kept/1"),
    ),
    Route(
        "countersign/<slug:id>/refuse/", glass.refuse, "refuse_glass", right="alert.glass.countersign", methods="POST", objects=ANOTHERS,
        records=("alert.glass.refused/1", *OF_A_SWITCH),
    ),
    Route("follows/", following.follows, "follows", right="alert.read", shows=GREEN),
    Route(
        "follow/<slug:id>/", following.follow, "follow", right="measures.switch", methods=BOTH, objects=ANY, shows=GREEN,
        records=OF_A_SWITCH,
    ),
    Route(
        "stand-down/<slug:id>/", standing_down.stand_down, "stand_down", right="alert.level.propose", methods=BOTH, objects=ANY,
        shows=GREEN, records=("alert.stand_down.proposed/1",),
    ),
    Route(
        "end/<slug:id>/", standing_down.end, "end", right="alert.level.receive", methods=BOTH, objects=ANY, shows=GREEN,
        records=("alert.stand_down.proposed/1", "feeds.word.taken/1"),
    ),
    Route(
        "stand-down/<slug:id>/sign/", standing_down.sign, "sign_stand_down", right="alert.level.approve", methods=BOTH,
        objects=ANOTHERS, shows=GREEN, step_up=True,
        records=("alert.stand_down.settled/1", "accounts.assertion.kept/1", *OF_A_SWITCH),
    ),
    Route(
        "end/<slug:id>/look/", standing_down.look, "look_stand_down", right="alert.level.look", methods=BOTH, objects=ANOTHERS,
        shows=GREEN, step_up=True,
        records=(
            "alert.stand_down.settled/1", "accounts.assertion.kept/1", *OF_A_SWITCH, "ledger.outer.signed/1", "warning.page.published/1",
        ),
    ),
    Route(
        "convene/", deciding.convene, "convene", right="alert.meeting.convene", methods=BOTH, shows=GREEN,
        records=("alert.meeting.convened/2",),
    ),
    Route("meetings/<slug:id>/", meetings.meeting, "meeting", right="alert.read", objects=ANY, shows=AMBER, apart="exposure.read"),
    Route(
        "meetings/<slug:id>/resolve/", meetings.resolve, "resolve", right="alert.meeting.resolve", methods="POST", objects=ANY,
        records=("alert.meeting.resolved/1",),
    ),
    Route(
        "meetings/outcomes/<slug:id>/settle/", meetings.settle, "settle", right="alert.meeting.settle", methods="POST", objects=OWED,
        records=("alert.meeting.settled/1",),
    ),
]  # fmt: skip
urlpatterns = patterns(app_name, ROUTES)
