"""One call for each door: the thing it is about, and a body with which whoever may do it does it.

An entry is (parameters of the address, body of the act, query). Parameters name the world's things; the body of a page is
a form, that of an operation of the API is JSON unless it carries a file.
"""

import re
from copy import deepcopy
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import MULTIPART_CONTENT
from django.urls import URLResolver, get_resolver

from tests.conftest import PASSWORD, own_password
from tests.patrols.weeks import FOUR, present
from tests.project import world as worlds
from vigie.alert import queries as levels
from vigie.partners import queries as partners
from vigie.schemes.reader import digest
from vigie.warning import queries as messages

NOTHING = "nothing-999999"
"""An id that nothing has."""
OWNERS = "id,name,kind,language,mail\nnew,New,site-manager,en,new@example.org\n"
SITES = "id,name,kind,lat,lon,area\nnew-site,New,station,48.1,0.2,FR-72\n"
OWN_SCHEME = (files("vigie.schemes") / "blank.yaml").read_text(encoding="utf-8")
BOTH = "name,kind,lat,lon,area,exploitant,mail\nBoth,station,48.1,0.2,FR-72,Office of both,both@example.org\n"
LATER = "2024-04-08T12:00:00Z"


@dataclass(frozen=True)
class Act:
    """at: parameters of the address; body: of the act; query: of the page; files: names of the body that are files."""

    at: tuple[Any, ...] = ()
    body: dict = field(default_factory=dict)
    query: dict = field(default_factory=dict)
    clock: str = worlds.times.text(worlds.times.parse("2024-03-22T12:00:00Z"))


REASON = {"reason": "This is why, in a sentence of some length."}


def acts(world, own=None):
    """Every door's call, about what others began; with `own`, about what the person of a role began where there is such."""
    it = {**world.other, **(own or {})}
    criterion, need, claim = it["pair"]
    return {
        **_accounts(world, it),
        **_console(it, claim, criterion, need),
        **_rooms(it, claim),
        **_erasure(it),
        **_partners(it, claim),
        **_api(it, claim, criterion, need),
    }


def address(name, at, query=None):
    """Fill a door's pattern with parameters. query: of a page."""
    pattern = PATTERNS[name]
    for value in at:
        pattern = re.sub(r"<[^>]+>", str(value), pattern, count=1)
    asked = "&".join(f"{key}={value}" for key, value in (query or {}).items())
    return f"/{pattern}" + (f"?{asked}" if asked else "")


def call(client, method, name, act, *, at=None):
    """Knock: as a browser does at a page, as a program does at the API."""
    kept = deepcopy(client.cookies)
    try:
        answer = _sent(client, method, name, act, address(name, act.at if at is None else at, act.query))
        if answer.streaming:
            list(
                answer
            )  # read to its end its file is closed; `close` would end the test's own transaction with it
        return answer
    finally:
        client.cookies = kept  # what an answer set must not outlive the session that is taken back


def _sent(client, method, name, act, where):
    files = [value for value in act.body.values() if hasattr(value, "seek")]
    for file in files:
        file.seek(0)
    if method == "GET":
        return client.get(where)
    kind = "application/json" if name.startswith("api/") and not files else MULTIPART_CONTENT
    return client.post(where, own_password(act.body, kind), content_type=kind)


def absent(name, act):
    """The same address about something that is not there."""
    kind = re.search(r"<(?:(\w+):)?\w+>", PATTERNS[name])[1]
    return (999_999 if kind == "int" else NOTHING, *act.at[1:])


def _file(name, text):
    return SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode())


def _accounts(world, it):
    person, secret = world.people["planning"].person, "correct horse battery staple"
    return {
        "accounts:offices": Act(),
        "accounts:open_office": Act(body={"office": "harbour", "title": "Harbour", "roles": ["planner"]}),
        "accounts:office": Act(("reading-room",)),
        "accounts:give": Act(
            ("planning",), {"person": world.people["watch"].person, "since": "2024-03-22T12:00"}
        ),
        "accounts:invite": Act(("reading-room",), {"since": "2024-03-22T12:00"}),
        "accounts:deputies": Act(("reading-room",), {"deputies": ["audit"]}),
        "accounts:close": Act(("reading-room",), REASON),
        "accounts:end": Act((it["seat"],), REASON),
        "accounts:confirm": Act((it["move"],)),
        "accounts:refuse": Act((it["move"],), REASON),
        "accounts:revoke": Act((it["invitation"],), REASON),
        "accounts:vouch": Act(body={"person": person, **REASON}),
        "accounts:alarms": Act(),
        "accounts:acknowledge": Act((it["alarm"],)),
        "accounts:choose_office": Act(body={"office": "second-hat", "next": "/"}),
        "accounts:pager": Act(body={"address": "desk@example.org"}),
        "accounts:invited": Act((it["invited"],), {"name": "newcomer", "password": secret, "again": secret}),
        "accounts:people": Act(),
        "accounts:reads": Act(),
        "accounts:end_sessions": Act(body={"person": person, **REASON}),
        "accounts:bar": Act(body={"person": person, **REASON}),
        "accounts:readmit": Act(body={"person": it["barred"], **REASON}),
        "accounts:again": Act(body={"password": PASSWORD}),
        "accounts:sessions": Act(),
        "accounts:own_data": Act(),
        "accounts:end_session": Act(body={"session": "others"}),
        "accounts:back": Act(
            body={"name": "planning", "code": it["code"], "password": secret, "again": secret}
        ),
    }


def _console(it, claim, criterion, need):
    down, end = levels.stand_down(it["stand_down"]), levels.stand_down(it["end"])
    decision, reception, glass = (
        levels.decision(it["decision"]),
        it["reception"],
        levels.decision(it["glass"]),
    )
    return {
        "console:situation": Act(),
        "console:handover": Act(),
        "console:seen": Act(body={"position": "3"}),
        "console:search": Act(query={"q": "station"}),
        "console:record": Act(),
        "console:verify": Act(),
        "console:entry": Act((3,)),
        "console:decide": Act((decision.id,), {"seen": decision.digest, "typed": decision.code}),
        "console:receive": Act(
            body={
                "level": "nl-dtn/5", "zone": "NL", "authority": "NCTV", "words": "Niveau 5.", "source": "a letter",
                "effective": "2024-03-22T13:00",
            }
        ),
        "console:heard": Act(),
        "console:take": Act((it["word"],)),
        "console:set_aside": Act((it["word"],), REASON),
        "console:look": Act((reception,), {"agrees": "yes"}),
        "console:bundle": Act(),
        "console:selfcheck": Act(),
        "console:impact": Act(),
        "console:alone": Act(
            body={"level": "fr-vigipirate-2016/UA", "zone": "FR-75", "reasons": worlds.WHY, "reason": worlds.WHY, "hours": "2", "sure": "on"}
        ),
        "console:break": Act(
            (decision.id,), {"seen": decision.digest, "typed": decision.code, "reason": worlds.WHY, "hours": "2"}
        ),
        "console:countersign": Act((glass.id,), {"seen": glass.digest, "typed": glass.code}),
        "console:refuse_glass": Act((glass.id,), REASON),
        "console:follows": Act(query={"level": "fr-vigipirate-2016/UA", "zone": "FR"}),
        "console:follow": Act((it["posture"],), clock=worlds.ENDED),
        "console:stand_down": Act((it["level"],), {**REASON, "effective": "2024-03-22T12:00"}),
        "console:end": Act(
            (it["reception"],),
            {"authority": "OCAM", "words": "Plus de niveau.", "source": "a letter", "effective": "2024-03-22T13:00"},
        ),
        "console:sign_stand_down": Act((down.id,), {"seen": down.digest, "agrees": "yes"}),
        "console:look_stand_down": Act((end.id,), {"seen": end.digest, "agrees": "yes"}),
        "console:convene": Act(
            body={
                "title": "Council", "question": "Is it enough?", "agenda": "The level", "offices": "cabinet", "held": "2024-03-23T09:00",
            }
        ),
        "console:meeting": Act((it["meeting"],)),
        "console:resolve": Act(
            (it["meeting"],), {"words": "Draw the patrols again.", "becomes": "task", "office": "cabinet", "due": "2024-04-01T09:00"}
        ),
        "console:settle": Act((it["outcome"],), {"done": "yes", "words": "It was drawn again on Monday."}),
        "alert:levels": Act(),
        "alert:meetings": Act(),
        "alert:level": Act((it["level"],)),
        "alert:propose": Act(
            body={
                "level": "fr-vigipirate-2016/UA", "zone": "FR", "effective": "2024-03-22T13:00", "reasons": worlds.WHY,
                "review": "2024-04-08T12:00",
            }
        ),
        "alert:return": Act((decision.id,), REASON),
        "alert:reject": Act((decision.id,), REASON),
        "alert:announce": Act(
            (it["level"],), {"announcer": "Prime minister", "where": "Television", "announced": "2024-03-22T12:00"}
        ),
        "assessment:assessments": Act(),
        "assessment:assess": Act(
            query={"level": "fr-vigipirate-2016/UA", "zone": "FR"},
            body={
                f"{criterion}.{need}.{claim}": "for", "reasons": worlds.WHY, "review": "2024-04-08T12:00", "override": "precaution",
            },
        ),
        "assessment:grade": Act(
            (claim,), {"source": "B", "why_source": "It is near the group.", "item": "2", "why_item": "It fits the rest."}
        ),
        "assessment:evidence": Act((it["assessment"],)),
        "assessment:print": Act((it["assessment"],)),
        "assessment:dissent": Act((it["assessment"],), {"words": "I hold the claim to be propaganda."}),
        "assessment:read_dissent": Act((it["dissent"],)),
        "assessment:review": Act((it["assessment"],), {"upheld": "no", "words": "The claim proved false."}),
    }  # fmt: skip


def _rooms(it, claim):
    draft = messages.message(it["draft"])
    texts = {"zone": "FR", "state": "known", "source": "Prefect"}
    return {
        "editions:schemes": Act(),
        "editions:add": Act(body={"file": _file("own.yaml", OWN_SCHEME)}),
        "editions:scheme": Act((worlds.SCHEME,)),
        "editions:edition": Act((worlds.SCHEME, digest(worlds.SCHEME))),
        "editions:download": Act((worlds.SCHEME, digest(worlds.SCHEME))),
        "exposure:sites": Act(),
        "exposure:import_sites": Act(body={"table": _file("sites.csv", SITES)}),
        "exposure:import_both": Act(body={"table": _file("both.csv", BOTH)}),
        "exposure:export_sites": Act(),
        "exposure:owners": Act(),
        "exposure:export_owners": Act(),
        "exposure:import_owners": Act(body={"table": _file("owners.csv", OWNERS)}),
        "exposure:withdraw_owner": Act(("ex-town",), REASON),
        "exposure:ahead": Act(query={"area": "FR-72"}),
        "exposure:add_event": Act(body={"en": "Fair", "start": "2024-05-06", "areas": "FR-72", "known_on": "2024-03-01"}),
        "exposure:withdraw_event": Act((it["event"],), REASON),
        "exposure:site": Act(("ex-mall",)),
        "exposure:withdraw_site": Act(("ex-mall",), REASON),
        "reports:reports": Act(body={"text": "PARIS, 20 March 2024 (Example Wire) - France lowered its terror alert on Tuesday."}),
        "reports:judge": Act((it["copy"],), {"confirmed": "yes", **REASON}),
        "reports:report": Act((it["report"],)),
        "reports:correct": Act((it["report"],), {"claims": [f"claim-{it['report'].partition('-')[2]}-1"], **REASON}),
        "reports:withdraw": Act((it["report"],), REASON),
        "measures:matrix": Act(),
        "measures:matrix_file": Act(),
        "measures:calls": Act(("not-reached",)),
        "measures:calls_file": Act(query={"show": "not-reached"}),
        "measures:task": Act((it["task"],)),
        "measures:owner": Act(("ex-venues",), {"given": "done", "via": "phone"}),
        "measures:own_page": Act(("ex-venues",)),
        "measures:proof": Act((it["proof"],)),
        "measures:called": Act(("ex-venues",), {"reached": "yes"}),
        "measures:posture": Act((it["posture"],)),
        "measures:directive": Act((it["posture"], "pdf")),
        "measures:adjust": Act((it["posture"],), {"active": [], "reason": "Eased where nothing asks for it."}),
        "measures:responses": Act(
            body={"site": "ex-mall", "level": "gb-response/HEIGHTENED", "reason": "Crowd expected", "review": "2024-03-30T12:00"}
        ),
        "measures:contrast": Act(),
        "measures:drills": Act(body={"minutes": 15}),
        "measures:drill": Act((it["drill"],)),
        "measures:drill_answer": Act((it["drill_token"],)),
        "measures:response_of": Act(("ex-mall",), {"reason": "The crowd has gone home"}),
        "measures:your_sites": Act(
            (it["sites_token"],),
            {"site": "ex-mall", "level": "gb-response/HEIGHTENED", "reason": "Crowd expected", "review": "2024-03-30T12:00"},
        ),
        "measures:yours": Act((it["token"],), {"given": "acknowledged"}),
        "measures:yours_file": Act((it["token"],)),
        "measures:texts": Act((it["gateway"],), {"id": "text-1", "text": f"{it['text_code']} 1"}),
        "patrols:plans": Act(),
        "patrols:draw": Act(body={"teams": 1, "first_day": "2024-03-25", "days": 1, "area": "FR-72", "reason": "Two of them"}),
        "patrols:plan": Act((it["plan"],)),
        "patrols:verify": Act((it["plan"],), clock=worlds.OVER),
        "patrols:reveal": Act((it["plan"],), clock=worlds.OVER),
        "patrols:sheet": Act((it["plan"], "2024-03-25", "am", 1)),
        "warning:messages": Act(),
        "warning:fact": Act(body={**texts, "text_en": "The station is open.", "text_fr": "La gare est ouverte."}),
        "warning:publish": Act(),
        "warning:draft": Act((it["level"],), _drafted(draft)),
        "warning:message": Act((draft.id,)),
        "warning:cap": Act((draft.id,)),
        "warning:approve": Act((draft.id,), {"seen": draft.digest}),
        "warning:withdraw": Act((draft.id,), REASON),
        "warning:correct": Act((it["issued"],), REASON),
        "history:index": Act(),
        "history:then": Act(query={"at": "2024-03-22T12:00:00Z"}),
        "history:figures": Act(),
        "history:record_figure": Act(
            body={
                "what": ["foiled"], "modifier": "nearly", "value": "sixty", "said_by": "office not named", "as_of": "2024-03-22",
                "window_from": "2015-01", "window_to": "2024-03-22", "area": "FR", "source": "https://example.org/report",
            }
        ),
        "history:figures_data": Act(),
        "history:figure": Act((it["figure"],)),
        "history:incidents": Act(),
        "history:scheme": Act(("fr-vigipirate-2016",)),
        "history:download": Act(("fr-vigipirate-2016", "csv")),
    }  # fmt: skip


def _erasure(it):
    told = {"ground": "Asked for by the person it names, letter 12.", "authority": "data protection"}
    return {
        "erasure:overview": Act(),
        "erasure:propose": Act(body={"entries": it["reprint"].partition("-")[2], **told}),
        "erasure:note_request": Act(
            body={"what": "copy", "reference": "letter 13", "received": "2024-03-20"}
        ),
        "erasure:answer": Act((it["letter"],), {"outcome": "done", "words": "All of it was erased."}),
        "erasure:erasure": Act((it["erasure"],)),
        "erasure:carry_out": Act((it["erasure"],)),
        "erasure:refuse": Act((it["erasure"],), REASON),
    }


def _drafted(draft):
    fields = {
        "urgency": "Immediate",
        "severity": "Severe",
        "certainty": "Likely",
        "expires": "2024-03-28T12:00",
    }
    for text in draft.texts:
        for name in ("headline", "description", "instruction", "correction"):
            fields[f"{name}_{text['language']}"] = text[name]
    return fields


def _partners(it, claim):
    row = partners.release(it["release"])
    sets = {
        "judgement-TOTAL_FORMS": "4", "judgement-INITIAL_FORMS": "0", "judgement-0-claim": claim, "judgement-0-title": "Claim",
        "judgement-0-text": "We hold it to be probably true.", "measure-TOTAL_FORMS": "2", "measure-INITIAL_FORMS": "0",
    }  # fmt: skip
    told = {
        "audience": "service-x", "title": "Level raised", "summary": "Elements that may be useful.", "language": "en",
        "tlp": "TLP:AMBER", "group": "Invented Front", "group_text": "Claims an attack.", "place": "France", "country": "fr",
    }  # fmt: skip
    return {
        "partners:releases": Act(),
        "partners:propose": Act(body=told | sets),
        "partners:agree": Act(body={"audience": "y", "name": "Service Y", "contact": "Desk", "ceiling": "TLP:GREEN"}),
        "partners:consent": Act(body={"originator": "service-a", "item": claim, "audience": "service-x", "words": "By telephone at noon."}),
        "partners:release": Act((row.id,)),
        "partners:approve": Act((row.id,), {"seen": row.digest, "typed": "TLP:AMBER"}),
        "partners:reject": Act((row.id,), REASON),
        "partners:withdraw": Act((it["left"],), REASON),
        "partners:proof": Act((it["left"],)),
        "partners:bundle": Act((it["left"],)),
    }  # fmt: skip


def _api(it, claim, criterion, need):
    decision, draft = levels.decision(it["decision"]), messages.message(it["draft"])
    down, end = levels.stand_down(it["stand_down"]), levels.stand_down(it["end"])
    row = partners.release(it["release"])
    level = {"scheme": worlds.SCHEME, "code": "UA", "zone": "FR", "effective": "2024-03-22T12:00:00Z"}
    cause = it["level"]
    people = [
        {"site": p.site, "day": p.day.isoformat(), "half": p.half, "low": p.low, "high": p.high, "basis": p.basis}
        for p in present(FOUR, 1, worlds.FIRST)
    ]  # fmt: skip
    told = [
        {"type": "group", "key": "group", "name": "Invented Front", "text": "Claims an attack."},
        {"type": "judgement", "key": "judgement-1", "title": "Claim", "text": "Probably true.", "about": ["group"], "sources": [claim]},
    ]  # fmt: skip
    return {
        "api/openapi.json": Act(),
        "api/steps/follows": Act(query=level),
        "api/levels/meetings/<id>": Act((it["meeting"],)),
        "api/levels/meetings/<id>/outcomes": Act(
            (it["meeting"],), {"words": "Draw the patrols again.", "becomes": "task", "office": "cabinet", "due": LATER}
        ),
        "api/levels/outcomes/<id>/settle": Act((it["outcome"],), {"done": True, "words": "It was drawn again on Monday."}),
        "api/steps/ask": Act(body={"act": "alert.level.approve", "subject": decision.id, "digest": decision.digest}),
        "api/steps/receptions": Act(
            body=level | {"scheme": "nl-dtn", "code": "5", "zone": "NL", "authority": "NCTV", "words": "Niveau 5.", "source": "a letter"}
        ),
        "api/steps/receptions/<id>/look": Act((it["reception"],), {"agrees": True}),
        "api/steps/proposals/<id>/sign": Act((decision.id,), {"seen": decision.digest}),
        "api/steps/ends": Act(body={"level": it["reception"], "authority": "OCAM", "words": "Plus de niveau.", "source": "a letter"}),
        "api/steps/stand-downs/<id>/sign": Act((down.id,), {"seen": down.digest}),
        "api/steps/ends/<id>/look": Act((end.id,), {"seen": end.digest}),
        "api/levels/stand-downs": Act(body={"level": it["level"], **REASON}),
        "api/steps/meetings": Act(
            body={"title": "Council", "question": "Is it enough?", "agenda": ["The level"], "offices": ["cabinet"], "held": LATER}
        ),
        "api/places/sites": Act(),
        "api/places/owners": Act(),
        "api/places/gaps": Act(),
        "api/places/sites/import": Act(body={"table": _file("sites.csv", SITES)}),
        "api/schemes": Act(body={"file": _file("own.yaml", OWN_SCHEME)}),
        "api/schemes/<id>": Act((worlds.SCHEME,)),
        "api/places/import": Act(body={"table": _file("both.csv", BOTH)}),
        "api/places/owners/import": Act(body={"table": _file("owners.csv", OWNERS)}),
        "api/places/sites/<id>/withdraw": Act(("ex-mall",), REASON),
        "api/places/events": Act(body={"en": "Fair", "start": "2024-05-06", "areas": ["FR-72"], "known_on": "2024-03-01"}),
        "api/places/present": Act(query={"start": "2024-03-25", "days": 1}),
        "api/places/ahead": Act(query={"area": "FR-72", "days": 3}),
        "api/reports": Act(body={"file": _file("wire.txt", "PARIS, 20 March 2024 (Example Wire) - France lowered its alert on Tuesday.")}),
        "api/reports/<id>": Act((it["report"],)),
        "api/reports/<id>/correct": Act((it["report"],), {"claims": [f"claim-{it['report'].partition('-')[2]}-1"], **REASON}),
        "api/reports/<id>/withdraw": Act((it["report"],), REASON),
        "api/reports/copies/<id>/judge": Act((it["copy"],), {"confirmed": True, **REASON}),
        "api/assessments": Act(
            body={
                "scheme": worlds.SCHEME, "level": "UA", "zone": "FR", "reasons": worlds.WHY, "review": LATER, "override": "precaution",
                "evidence": [{"claim": claim, "criterion": criterion, "need": need, "stance": "for"}],
            }
        ),
        "api/assessments/<id>": Act((it["assessment"],)),
        "api/assessments/dissents/<id>/read": Act((it["dissent"],)),
        "api/assessments/<id>/dissents": Act((it["assessment"],), {"words": "I hold the claim to be propaganda."}),
        "api/assessments/<id>/reviews": Act((it["assessment"],), {"upheld": False, "words": "The claim proved false."}),
        "api/assessments/claims/<claim>/grades": Act((claim,), {"source": "B", "item": "2", "why": "It fits the rest of what we know."}),
        "api/levels/holding": Act(query={"scheme": worlds.SCHEME, "zone": "FR"}),
        "api/levels/proposals": Act(body=level | {"reasons": worlds.WHY}),
        "api/levels/proposals/<id>/return": Act((decision.id,), REASON),
        "api/levels/proposals/<id>/reject": Act((decision.id,), REASON),
        "api/measures/postures": Act(),
        "api/measures/postures/<id>/directive": Act((it["posture"],)),
        "api/measures/owners/<owner>/page": Act(("ex-venues",)),
        "api/measures/follows": Act(query={"scheme": worlds.SCHEME, "level": "UA", "zone": "FR"}),
        "api/measures/tasks": Act(),
        "api/measures/switch/<cause>": Act((cause,), {"off": [], "keep": [], "reason": "Looked at once more."}),
        "api/measures/stand-down/<cause>": Act((cause,), REASON, clock=worlds.ENDED),
        "api/measures/owners/<owner>/answers": Act(("ex-venues",), {"given": "done", "via": "phone"}),
        "api/measures/owners/<owner>/calls": Act(("ex-venues",), {"reached": True}),
        "api/measures/responses": Act(
            body={"site": "ex-mall", "scheme": "gb-response", "level": "HEIGHTENED", "reason": "Crowd expected", "review": LATER}
        ),
        "api/measures/drills": Act(body={"minutes": 15}),
        "api/measures/drills/<drill>": Act((it["drill"],)),
        "api/measures/responses/<response>/end": Act((it["response"],), {"reason": "The crowd has gone home"}),
        "api/patrols/plans": Act(body={"teams": 1, "first_day": "2024-03-25", "days": 1, "area": "FR-72", "reason": "Two of them"}),
        "api/patrols/plans/from-people": Act(body={"teams": 1, "present": people, "reason": "Two of them"}),
        "api/patrols/plans/<id>": Act((it["plan"],)),
        "api/patrols/plans/<id>/reveal": Act((it["plan"],), clock=worlds.OVER),
        "api/patrols/plans/<id>/verify": Act((it["plan"],), clock=worlds.OVER),
        "api/patrols/plans/<id>/sheets/<day>/<half>/<team>": Act((it["plan"], "2024-03-25", "am", 1)),
        "api/warnings": Act(body={"level": it["level"]}),
        "api/warnings/check": Act(body={"cap": draft.cap}),
        "api/warnings/facts": Act(
            body={"zone": "FR", "state": "known", "source": "Prefect", "texts": {"en": "It is open.", "fr": "C’est ouvert."}}
        ),
        "api/warnings/publications": Act(),
        "api/warnings/<id>": Act((draft.id,)),
        "api/warnings/<id>/approve": Act((draft.id,), {"seen": draft.digest}),
        "api/warnings/<id>/withdraw": Act((draft.id,), REASON),
        "api/warnings/<id>/correct": Act((it["issued"],), REASON),
        "api/partners/agreements": Act(body={"audience": "y", "name": "Service Y", "contact": "Desk", "ceiling": "TLP:GREEN"}),
        "api/partners/consents": Act(
            body={"originator": "service-a", "item": claim, "audience": "service-x", "words": "By telephone at noon."}
        ),
        "api/partners/releases": Act(
            body={"audience": "service-x", "title": "T", "summary": "S", "marking": "TLP:AMBER", "elements": told}
        ),
        "api/partners/releases/<id>": Act((row.id,)),
        "api/partners/releases/<id>/approve": Act((row.id,), {"seen": row.digest}),
        "api/partners/releases/<id>/reject": Act((row.id,), REASON),
        "api/partners/releases/<id>/withdraw": Act((it["left"],), REASON),
        "api/history/level": Act(query={"scheme": worlds.SCHEME, "at": "2024-03-22"}),
        "api/history/count": Act(query={"scheme": worlds.SCHEME, "level": "UA"}),
        "api/history/schemes/<scheme>": Act((worlds.SCHEME,)),
        "api/history/incidents/count": Act(query={"since": "2015-01", "until": "2024-03-25"}),
        "api/history/figures": Act(
            body={
                "what": ["foiled"], "value": "sixty", "said_by": "office not named", "as_of": "2024-03-22", "window_from": "2015-01",
                "window_to": "2024-03-22", "area": "FR", "source": "https://example.org/report",
            }
        ),
    }  # fmt: skip


def _patterns(resolver=None, prefix="", namespace=""):

    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _patterns(entry, prefix + str(entry.pattern), inner)
        else:
            whole = prefix + str(entry.pattern)
            yield (whole if namespace.startswith("api-") else f"{namespace}{entry.name}"), whole


PATTERNS = dict(_patterns())
