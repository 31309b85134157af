"""A home in which something of every kind lies, each begun by somebody: what the doors are tried on."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.contrib.auth import get_user_model

from tests.patrols.weeks import FOUR, NAMES, present
from tests.reports.test_actions import REPRINT, WIRE
from vigie import steps, times
from vigie.accounts import actions as accounts
from vigie.accounts.actions import found_mandate, found_office
from vigie.accounts.actions.arriving import code_for, link_to
from vigie.accounts.actors import Actor
from vigie.accounts.models import Alarm, Mandate
from vigie.accounts.rights import ROLES
from vigie.alert import actions as alert, queries as levels
from vigie.assessment import actions as assessment, criteria
from vigie.erasure import actions as erasure
from vigie.exposure import actions as exposure, events, shipped
from vigie.feeds import actions as feeds
from vigie.history import actions as history
from vigie.listening import Feed
from vigie.measures import actions as measures, queries as tasks
from vigie.measures.models import Message, Posture, Proof, Task
from vigie.partners import actions as partners
from vigie.partners.elements import Group, Judgement, Place
from vigie.patrols import actions as patrols
from vigie.reports import actions as reports, queries as kept
from vigie.warning import actions as warning, queries as messages

CLAIMED = b"""Group says it carried out the attack

BRUSSELS, 21 March 2024 (Example Wire) - The Islamic State group claimed responsibility on Thursday for an attack that struck a
concert hall near Brussels, in a statement on its own channel.

The interior minister said a second attack is feared.
"""
WHY = "A group that has tried here before claims an attack abroad."
SCHEME = "fr-vigipirate-2016"
SECOND_HAT = ["proposer", "duty", "information", "liaison", "privacy"]
"""Roles of an office everybody holds besides their own: it lets each begin what they then may not finish themselves."""


@dataclass
class World:
    """Ids by what they are: `other` begun by someone else, `own` by the person of a role."""

    people: dict
    other: dict = field(default_factory=dict)
    own: dict = field(default_factory=dict)
    roles: dict = field(default_factory=dict)


def build(people):
    """Fill the home of `people`. Takes some seconds."""
    world = World(people)
    _offices(world)
    _administration(world)
    _rooms(world)
    for role in ("reader", "approver", "information", "duty", "releaser", "administrator", "auditor"):
        world.own[role] = _begun(world, Actor(world.roles[role].person, "second-hat", "shell"), role)
    return world


def _offices(world):
    found_office("second-hat", "Second hat", SECOND_HAT)
    found_office("reading-room", "Reading room", ["reader"])
    for role in ROLES:
        found_office(f"role-{role}", role.title(), [role])
        user = get_user_model().objects.create_user(username=f"role-{role}")
        for office in (f"role-{role}", "second-hat"):
            found_mandate(f"p-{user.pk}", office)
        world.roles[role] = Actor(f"p-{user.pk}", f"role-{role}", "shell")


def _administration(world):
    who, other = world.people, world.other
    first, second = who["machine-room"], world.roles["administrator"]
    other["seat"] = Mandate.objects.get(person=who["planning"].person).id
    late = get_user_model().objects.create_user(username="late")
    found_mandate(f"p-{late.pk}", "deputy")  # at the shell, where two administrators are: that is loud
    other["alarm"] = Alarm.objects.get(person=f"p-{late.pk}").id
    other["invitation"] = accounts.invite(first, "reading-room", since=times.now())
    other["invited"] = link_to(other["invitation"]).rstrip("/").rpartition("/")[2]
    vouched = accounts.ask_recovery(first, who["planning"].person, "Lost the telephone with the passkey.")
    other["code"] = code_for(accounts.confirm(second, vouched))
    other["barred"] = f"p-{late.pk}"
    late.is_active = False
    late.save()
    other["move"] = _move(first, who)


def _move(actor, who):
    return accounts.give_mandate(actor, who["planning"].person, "prime-minister", since=times.now())


def propose(actor, code="UA", zone="FR", **more):
    """Propose a level. Gives the decision's id."""
    return alert.propose(
        actor, scheme=SCHEME, code=code, zone=zone, reasons=WHY, effective=times.now(), **more
    )


def break_glass(actor, zone):
    """Set a level alone. Gives the decision's id."""
    return steps.raise_alone(actor, scheme=SCHEME, code="UA", zone=zone, reasons=WHY, reason=WHY, hours=3)


def signed(who, zone):
    """Sign a level nobody is tasked by. Gives the decision's id."""
    made = propose(who["cabinet"], zone=zone)
    alert.approve(who["prime-minister"], made, seen=levels.decision(made).digest)
    return made


def stand_down(actor, level, **more):
    """Propose that a level decided here stands no longer. Gives the stand-down's id."""
    return alert.propose_stand_down(actor, level, reason=WHY, **more)


def stood_down(who, made):
    """Sign it, and let no measure follow yet."""
    alert.sign_stand_down(who["prime-minister"], made, seen=levels.stand_down(made).digest)


def end(actor, level):
    """Record that a level received stands no longer. Gives the stand-down's id."""
    return steps.receive_stand_down(
        actor, level, authority="SÄPO", words="Nivån gäller inte.", source="a letter"
    )


def receive(actor, code, scheme="be-ocam", zone="BE"):
    """Receive a level of elsewhere. Gives the reception's id."""
    return steps.receive(
        actor, scheme=scheme, code=code, zone=zone, authority="OCAM", words=f"Niveau {code}.", source="a letter", effective=times.now(),
    )  # fmt: skip


def hear(code):
    """A feed says a level of elsewhere. Gives the word's id."""
    feed = Feed("dutch", "rss", "NCTV", "https://example.org/feed", "nl-dtn", ("NL",))
    return feeds.hear(
        feed, zone="NL", code=code, authority="NCTV", words=f"Niveau {code}", effective=times.now(), until=None, identity=code,
        sent=times.now(), source="https://example.org/feed", sha256="", evidence="",
    )  # fmt: skip


def elements(claim):
    """What a release tells: a group, a place, a judgement made of one claim."""
    return [
        Group(key="group", name="Invented Front", text="Claims an attack abroad."),
        Place(key="place", name="France", country="FR"),
        Judgement(
            key="judgement-1", title="Claim", text="We hold it to be probably true.", about=("group", "place"), sources=(claim,),
        ),
    ]  # fmt: skip


def release(actor, claim):
    """Propose a release to the partner. Gives its id."""
    return partners.propose(
        actor, audience="service-x", title="Level raised", summary="Elements that may be useful to you.", marking="TLP:AMBER",
        chosen=elements(claim),
    )  # fmt: skip


def _rooms(world):
    who, other = world.people, world.other
    exposure.import_sites(who["watch"], shipped.text("example-sites.csv").encode())
    exposure.import_owners(who["watch"], shipped.text("example-owners.csv").encode())
    day = {
        "en": "Street fair",
        "start": "2024-04-06",
        "areas": ["FR-72"],
        "known_on": "2024-03-01",
        "site": "ex-square",
    }
    other["event"] = exposure.add_event(who["watch"], events.of(day))
    other["report"] = reports.add(who["analysis"], WIRE.encode(), name="wire.txt")
    other["reprint"] = reports.add(who["analysis"], REPRINT.encode(), name="reprint.txt")
    other["copy"] = kept.links([other["reprint"]])[0].id
    other["pair"] = criterion, need, claim = _pair(reports.add(who["analysis"], CLAIMED, name="claimed.txt"))
    other["claim"] = claim
    other["assessment"] = assessment.assess(
        who["assessment-desk"], scheme=SCHEME, level="UA", zone="FR", evidence=[assessment.Chosen(claim, criterion, need, "for")],
        reasons=WHY, review=times.now() + timedelta(days=9), override="precaution",
    )  # fmt: skip
    other["dissent"] = assessment.dissent(
        who["assessment-desk"], other["assessment"], "The claim may be opportunistic."
    )
    other["level"] = propose(who["cabinet"], "SRRA")
    steps.sign(who["prime-minister"], other["level"], seen=levels.decision(other["level"]).digest)
    stood_down(who, stand_down(who["cabinet"], other["level"], effective=times.parse(ENDS)))
    other["stand_down"] = stand_down(who["cabinet"], signed(who, "FR-66"))
    other["end"] = end(who["watch"], receive(who["watch"], "3", "se-sapo", "SE"))
    other["meeting"] = steps.convene(
        who["cabinet"], title="Council", question="Is it enough?", agenda=["The level"], offices=["Cabinet"], held=times.now()
    )  # fmt: skip
    other["outcome"] = alert.resolve(
        who["cabinet"], other["meeting"], words="Draw the patrols again.", becomes="task", office="cabinet",
        due=times.now() + timedelta(days=2),
    )  # fmt: skip
    other["decision"] = propose(who["cabinet"])
    other["glass"] = break_glass(who["cabinet"], "FR-2A")
    other["reception"] = receive(who["watch"], "3")
    other["word"] = hear("5")
    other["posture"] = Posture.objects.get(cause=other["level"]).id
    other["task"] = Task.objects.filter(owner="ex-venues", posture_id=other["posture"]).first().id
    message = Message.objects.filter(owner="ex-venues", posture_id=other["posture"]).first()
    other["token"] = tasks.link_for("ex-venues", message.posture_id).rstrip("/").rpartition("/")[2]
    other["gateway"] = tasks.gateway_address().rstrip("/").rpartition("/")[2]
    other["text_code"] = tasks.code_for(message.id)
    elsewhere = Task.objects.filter(posture_id=other["posture"]).exclude(owner="ex-venues").first()
    measures.take_down(who["watch"], elsewhere.owner, "done", via="paper", proof=b"%PDF-1.7 scanned")
    other["proof"] = Proof.objects.get(owner=elsewhere.owner).id
    other["response"] = measures.respond(
        who["watch"],
        "ex-mall",
        "gb-response",
        "NORMAL",
        reason="Crowd expected",
        review=times.now() + timedelta(days=9),
    )
    other["drill"] = measures.call_drill(who["watch"], owners=["ex-venues"])[0]
    other["drill_token"] = (
        tasks.drill_link(tasks.drill(other["drill"]), "ex-venues").rstrip("/").rpartition("/")[2]
    )
    holder = tasks.owners_of("ex-mall")[0].id
    other["sites_token"] = tasks.sites_link(holder).rstrip("/").rpartition("/")[2]
    other["draft"] = warning.draft(who["information"], other["level"])
    # An issued message: what can be corrected.
    other["issued"] = warning.draft(who["information"], other["level"])
    warning.approve(who["prime-minister"], other["issued"], seen=messages.message(other["issued"]).digest)
    warning.withdraw(who["information"], other["draft"], "Drafted before the one that was issued.")
    other["draft"] = warning.draft(who["information"], other["level"])
    partners.agree(who["release"], "service-x", name="Service X", contact="Duty desk", ceiling="TLP:AMBER")
    other["left"] = release(who["liaison"], claim)
    partners.approve(who["release"], other["left"], seen=_seen(other["left"]))
    other["release"] = release(who["liaison"], claim)
    other["plan"] = patrols.draw_from(who["planning"], present=present(FOUR, 1, FIRST), names=NAMES, teams=1)
    other["figure"] = history.record_figure(
        who["analysis"], what=["foiled"], value="fifty", said_by="office not named", as_of="2024-03-22", window_from="2015-01",
        window_to="2024-03-22", area="FR", source="https://example.org/report",
    )  # fmt: skip
    found_office("data-protection", "Data protection", ["privacy"])
    officer = Actor(who["watch"].person, "data-protection", "shell")
    found_mandate(officer.person, officer.office)
    seq = int(other["report"].partition("-")[2])
    other["letter"] = erasure.note_request(
        officer, "erasure", reference="letter 12", received=times.now().date(), entries=[seq]
    )
    other["erasure"] = erase(officer, seq)
    measures.deliver_due(_home())


def erase(actor, seq):
    """Propose an erasure. Gives its id."""
    return erasure.propose(
        actor, [seq], ground="Asked for by the person it names, letter 12.", authority="data protection"
    )


def _begun(world, actor, role):
    owed = {"words": "Draw the patrols again.", "becomes": "task", "due": times.now() + timedelta(days=2)}
    begun = {
        "outcome": alert.resolve(
            world.people["cabinet"], world.other["meeting"], office=f"role-{role}", **owed
        )
    }
    if role == "administrator":
        begun["move"] = _move(world.roles[role], world.people)
    if role == "approver":
        begun["decision"] = propose(actor)
        begun["glass"] = break_glass(actor, "FR-2B")
        begun["stand_down"] = stand_down(actor, signed(world.people, "FR-31"))
    if role == "duty":
        begun["reception"] = receive(actor, "4", "nl-dtn", "NL")
        begun["end"] = end(actor, receive(actor, "4", "es-naa", "ES"))
    if role in {"approver", "information"}:
        begun["draft"] = warning.draft(actor, world.other["level"])
    if role == "auditor":
        begun["erasure"] = erase(actor, int(world.other["reprint"].partition("-")[2]))
    if role == "releaser":
        begun["release"] = release(actor, world.other["claim"])
    return begun


def _pair(report):
    """A question of the criteria that one of the report's claims can answer."""
    asked = criteria.load(SCHEME, "UA")
    for claim in kept.claims_of(report):
        for criterion in asked.criteria:
            for need in criterion.needs:
                if claim.kind in need.kinds:
                    return criterion.id, need.id, claim.id
    raise AssertionError("no claim of the report answers any question")


def _seen(item):
    from vigie.partners.queries import release as row

    return row(item).digest


def _home():
    from django.conf import settings

    return settings.VIGIE_HOME


FIRST = times.parse_day("2024-03-25")
OVER = "2024-04-01T00:00:00Z"
"""The plan is over."""
ENDS, ENDED = "2024-05-01T00:00:00Z", "2024-05-01T00:00:01Z"
"""The level ends; it has ended."""
