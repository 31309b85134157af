"""What waits for an office: each thing with the page where it is done."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, gettext as _, ngettext

from vigie import times
from vigie.accounts.actors import Actor
from vigie.accounts.queries import emptying, may, moves_waiting, title
from vigie.alert import queries as levels
from vigie.assessment import queries as assessments
from vigie.feeds import queries as heard
from vigie.homes import Home
from vigie.measures.queries import totals
from vigie.partners import queries as partners
from vigie.schemes.reader import load
from vigie.steps import left_behind
from vigie.ui import dates
from vigie.warning import queries as warning


@dataclass(frozen=True)
class Wait:
    """Something that waits for an act: what, where it is done, since when, and whether it is late."""

    title: str
    detail: str
    href: str
    since: datetime | None = None
    late: bool = False


def waits_for(actor: Actor) -> list[Wait]:
    """List what waits for this person's office, the late first, then the longest waiting."""
    found = [
        *_levels_waiting(actor),
        *_glass_waiting(actor),
        *_offices_waiting(actor),
        *_assessments_waiting(actor),
        *_texts_waiting(actor),
        *_owners_waiting(actor),
        *_meetings_waiting(actor),
    ]
    return sorted(found, key=lambda wait: (not wait.late, wait.since or times.now(), wait.href))


def _levels_waiting(actor: Actor) -> list[Wait]:
    found = []
    if may(actor, "alert.level.approve"):
        found += [
            Wait(
                _("Read and sign: {level} for {zone}").format(level=words_of(d.scheme, d.code), zone=d.zone),
                _("proposed by {office}").format(office=title(d.proposed_office)),
                reverse("console:decide", args=[d.id]),
                d.proposed_at,
            )
            for d in levels.proposals()
            if d.state == "proposed" and actor.person not in {d.proposed_by, *d.editors}
        ]
    if may(actor, "alert.level.propose"):
        found += [
            Wait(
                _("Write anew: {level} for {zone}").format(level=words_of(d.scheme, d.code), zone=d.zone),
                _("returned: {reason}").format(reason=d.state_reason),
                f"{reverse('alert:propose')}?anew={d.id}",
                d.proposed_at,
            )
            for d in levels.proposals()
            if d.state == "returned"
        ]
        found += [
            Wait(
                _("Review: {level} for {zone}").format(level=words_of(d.scheme, d.code), zone=d.zone),
                _("its review date is past"),
                reverse("alert:level", args=[d.id]),
                d.review,
                late=True,
            )
            for d in levels.overdue()
        ]
    found += [
        Wait(
            _("Sign that no level stands any more: {level} for {zone}").format(
                level=words_of(row.scheme, row.code), zone=row.zone
            ),
            _("said by {office}").format(office=title(down.proposed_office)),
            reverse(
                "console:look_stand_down" if down.authority else "console:sign_stand_down", args=[down.id]
            ),
            down.proposed_at,
        )
        for down in levels.stand_downs()
        for row in [levels.level(down.level)]
        if actor.person != down.proposed_by
        and may(actor, "alert.level.look" if down.authority else "alert.level.approve")
    ]
    if may(actor, "alert.level.receive"):
        found += [
            Wait(
                _("Receive or set aside: {level} for {zone}").format(
                    level=words_of(call.scheme, call.code) if call.code else _("no level stands any more"),
                    zone=call.zone,
                ),
                _("heard from {who}, holds nothing here yet").format(who=call.first.authority),
                reverse("console:heard"),
                call.first.heard_at,
            )
            for call in heard.calls()
        ]
    if may(actor, "alert.level.look"):
        found += [
            Wait(
                _("Look at: {level} for {zone}").format(level=words_of(r.scheme, r.code), zone=r.zone),
                _("a lowering: it does not hold before a second look")
                if r.state == "waits for a second"
                else _("holds on one person's word")
                if r.holds
                else _("received by one person; it does not hold at this moment"),
                reverse("console:look", args=[r.id]),
                r.received_at,
            )
            for r in levels.unlooked()
            if r.received_by != actor.person
        ]
    return found


def _glass_waiting(actor: Actor) -> list[Wait]:
    found = []
    if may(actor, "alert.glass.countersign"):
        found += [
            Wait(
                _("Countersign or refuse: {level} for {zone}").format(
                    level=words_of(d.scheme, d.code), zone=d.zone
                ),
                _("set by one person alone ({office})").format(office=title(d.broken_office)),
                reverse("console:countersign", args=[d.id]),
                d.decided_at,
                late=d.stage != "alone",
            )
            for d in levels.broken()
            if actor.person not in {d.broken_by, d.proposed_by, d.countersigned_by, *d.editors}
        ]
    if may(actor, "measures.switch"):
        found += [
            Wait(
                _("Let measures follow: {level} for {zone} has ended").format(
                    level=words_of(row.scheme, row.level), zone=row.zone
                ),
                _("places still do what it asked"),
                reverse("console:follow", args=[row.id]),
                row.set_at,
                late=True,
            )
            for row in left_behind()
        ]
    return found


def _offices_waiting(actor: Actor) -> list[Wait]:
    if not may(actor, "accounts.mandate.give"):
        return []
    found = [
        Wait(
            _("An act that takes two administrators: {office}").format(
                office=title(move.office) if move.office else move.person
            ),
            _("proposed by another administrator"),
            f"{reverse('accounts:offices')}#{move.id}",
            move.proposed_at,
        )
        for move in moves_waiting()
        if actor.person not in {move.proposed_by, move.person}
    ]
    return found + [
        Wait(
            _("Find who holds {office}").format(office=one.office.title),
            _("nobody holds it")
            if one.at <= times.now()
            else _("nobody will hold it from {day} on").format(day=_day(one.at)),
            reverse("accounts:office", args=[one.office.id]),
            late=one.deciding and one.at <= times.now(),
        )
        for one in emptying()
    ]


def _day(at: datetime) -> str:
    home: Home = settings.VIGIE_HOME
    return dates.day(at.astimezone(times.time_zone(home.zone)).date(), get_language() or "en")


def _assessments_waiting(actor: Actor) -> list[Wait]:
    if not may(actor, "assessment.review.do"):
        return []
    return [
        Wait(
            _("Review the assessment: {level} for {zone}").format(
                level=words_of(row.scheme, row.level), zone=row.zone
            ),
            _("stale: its review date is past"),
            reverse("assessment:evidence", args=[row.id]),
            row.review,
            late=True,
        )
        for row in assessments.stale()
    ]


def _owners_waiting(actor: Actor) -> list[Wait]:
    if not may(actor, "measures.answer.take"):
        return []
    late = totals().chips["late"]
    if not late:
        return []
    return [
        Wait(
            ngettext("Call whoever is late: {n} task", "Call whoever is late: {n} tasks", late).format(
                n=late
            ),
            _("their answer was due"),
            reverse("measures:calls", args=["late"]),
            late=True,
        )
    ]


def _meetings_waiting(actor: Actor) -> list[Wait]:
    return [
        Wait(
            row.words,
            _("a proposal of a level that a meeting decided: {meeting}").format(meeting=row.meeting.title)
            if row.becomes == "proposal"
            else _("a task that a meeting decided: {meeting}").format(meeting=row.meeting.title),
            f"{reverse('console:meeting', args=[row.meeting_id])}#{row.id}",
            row.due,
            late=row.due < times.now(),
        )
        for row in levels.owed(actor.office)
    ]


def _texts_waiting(actor: Actor) -> list[Wait]:
    found = []
    if may(actor, "warning.message.approve"):
        found += [
            Wait(
                _("Read and sign the public message: {level} for {zone}").format(
                    level=words_of(row.scheme, row.code), zone=row.zone
                ),
                _("drafted by {office}").format(office=title(row.drafted_office)),
                reverse("warning:message", args=[row.id]),
                row.drafted_at,
            )
            for row in warning.waiting()
            if actor.person not in {row.drafted_by, *row.authors}
        ]
    if may(actor, "warning.message.draft"):
        found += [
            Wait(
                _("End the public message for {zone}").format(zone=row.zone),
                _("it is in force and its level is not"),
                reverse("warning:message", args=[row.id]),
                row.sent,
                late=True,
            )
            for row in warning.left_behind()
        ]
    if may(actor, "partners.release.approve"):
        found += [
            Wait(
                _("Read and let go: {title}").format(title=row.title),
                _("to {partner}, proposed by {office}").format(
                    partner=row.audience.name, office=title(row.proposed_office)
                ),
                reverse("partners:release", args=[row.id]),
                row.proposed_at,
            )
            for row in partners.releases("proposed")
            if actor.person != row.proposed_by
        ]
    return found


def words_of(scheme: str, code: str) -> str:
    """Give a level's printed code and official words in one line: `3/3 Urgence attentat`."""
    level = load(scheme).level(code)
    return f"{level.printed} {level.word('')}"
