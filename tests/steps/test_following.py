"""What follows is said before anybody signs, and it is what then follows: measures, owners, the public page, the burden."""

import html
import re
from datetime import timedelta

import pytest

from vigie import steps, times
from vigie.alert import actions as alert, queries as levels
from vigie.alert.actions.keeping import NothingToKeep
from vigie.alert.keeping import covering
from vigie.alert.models import Keeping
from vigie.alert.signing import DraftEdited
from vigie.ledger.queries import head, verify
from vigie.measures.actions.switching import NoCatalogue
from vigie.measures.models import Message, Posture, Task
from vigie.measures.posture import NotActive
from vigie.patrols.models import Plan
from vigie.warning.public import as_text
from vigie.warning.views import site

FR = "fr-vigipirate-2016"
WHY = "An attack was claimed by a group that has tried here before."
GONE = "The elements that led to it are gone; the reasons for schools are not."


@pytest.fixture
def propose(home, places):
    """Have the cabinet propose a level for the country; gives its id."""

    def made(code):
        return alert.propose(
            places["cabinet"], scheme=FR, code=code, zone="FR", reasons=WHY, effective=times.now()
        )

    return made


@pytest.fixture
def raised(propose, places):
    made = propose("UA")
    steps.sign(places["prime-minister"], made, seen=levels.decision(made).digest)
    return made


def foresee(code, **given):
    return steps.what_follows(FR, code, "FR", times.now(), **given)


def seen_of(decision, keep=(), why=""):
    return covering(levels.decision(decision).digest, keep, why)


def test_owners_are_named_with_what_each_would_have_to_do(home, places):
    follows = foresee("UA")
    assert (len(follows.asked), follows.unnamed) == (follows.owners, 0)
    assert sum(one.tasks for one in follows.asked) == follows.tasks > 0
    assert all(one.name for one in follows.asked)


def test_the_tasks_foreseen_are_the_tasks_given(propose, places):
    follows, made = foresee("UA"), propose("UA")
    steps.sign(places["prime-minister"], made, seen=levels.decision(made).digest)
    assert Task.objects.count() == follows.tasks
    assert Message.objects.count() == follows.owners
    assert list(dict(follows.switch)["on"]) == Posture.objects.get().on


def test_the_public_page_is_foreseen_word_for_word(propose, places):
    from vigie.accounts.queries import title

    made = propose("UA")
    row = levels.decision(made)
    follows = foresee("UA", office=title("prime-minister"))
    steps.sign(places["prime-minister"], made, seen=row.digest)
    drawn = {page.language: as_text(page) for page in site.site().pages if page.zone == "FR"}
    assert {said.language: said.text for said in follows.texts} == drawn
    assert set(drawn) == {"en", "fr"}


def test_a_graver_level_of_the_place_stays_on_the_page_foreseen(home, places):
    """Foreseeing a level for the country says what the country's page would say, whatever a part of it has."""
    part = alert.propose(
        places["cabinet"], scheme=FR, code="UA", zone="FR-IDF", reasons=WHY, effective=times.now()
    )
    steps.sign(places["prime-minister"], part, seen=levels.decision(part).digest)
    assert "Vigilance" in foresee("VIG").texts[0].text
    idf = steps.what_follows(FR, "VIG", "FR-75", times.now()).texts[0].text
    assert "Urgence attentat" in idf


def test_what_is_not_known_of_patrols_and_burden_is_said_and_not_reckoned(home, places):
    follows = foresee("UA")
    assert (follows.patrols.asked, follows.patrols.available) == (None, None)
    assert (follows.burden.hours, follows.burden.euros) == (None, None)
    said = " ".join((*follows.patrols.lines, *follows.burden.lines))
    assert "no patrol plan is drawn for that time" in said
    assert "no measure says how many it needs" in said
    on = sum(count for heading, count in follows.counts if heading != "lifted")
    assert f"not known for {on} of {on} measures" in said


def test_the_teams_of_the_plan_of_that_time_are_what_is_available(home, places):
    now = times.now()
    Plan.objects.create(
        id="plan-1", first_day=now.date(), days=1, teams=24, sites=[], names={}, halves=[], exposed=0, least=0, rivals={},
        assumed_share=0, assumed_low={}, assumed_high={}, commitment="", draws=[], starts=now, ends=now + timedelta(days=1),
        drawn_at=now - timedelta(hours=1), drawn_office="planning",
    )  # fmt: skip
    assert foresee("UA").patrols.available == 24
    later = steps.what_follows(FR, "UA", "FR", now + timedelta(days=2))
    assert later.patrols.available is None


def test_foreseeing_writes_nothing(home, places):
    before = head()
    foresee("UA")
    assert head() == before


def test_what_would_go_may_be_kept_and_is_then_not_lifted(raised, places):
    bare = foresee("VIG")
    lifted = dict(bare.switch)["lifted"]
    keep = [lifted[0]]
    assert lifted[0] in {name for name, _words in bare.keepable}
    follows = foresee("VIG", keep=keep)
    assert set(dict(follows.switch)["lifted"]) == set(lifted) - set(keep)
    assert keep[0] in dict(follows.switch)["kept"]


def test_nothing_can_be_kept_where_a_level_rises(raised, propose, home, places):
    assert foresee("UA").keepable == ()


def test_what_the_signer_keeps_stays_on_with_its_reason_and_no_owner_is_asked_to_stop_it(
    raised, propose, places, settings
):
    from vigie.measures import actions as measures

    measures.deliver_due(settings.VIGIE_HOME)
    lower = propose("VIG")
    keep = [dict(foresee("VIG").switch)["lifted"][0]]
    steps.sign(places["prime-minister"], lower, seen=seen_of(lower, keep, GONE), keep=keep, keep_reason=GONE)
    row = Posture.objects.get(ended_at=None)
    assert keep[0] in row.active
    assert row.reason == GONE
    kept = levels.kept(lower)
    assert (kept.measures, kept.reason, kept.kept_office) == (keep, GONE, "prime-minister")
    assert "stop_asked" not in set(Task.objects.filter(measure=keep[0]).values_list("state", flat=True))
    assert verify().verified


def test_what_was_seen_covers_what_is_kept(raised, propose, places):
    lower = propose("VIG")
    keep = [dict(foresee("VIG").switch)["lifted"][0]]
    before = head()
    for seen, kept, why in (
        (levels.decision(lower).digest, keep, GONE),
        (seen_of(lower, keep, GONE), keep, GONE + " And more."),
        (seen_of(lower, keep, GONE), [], ""),
    ):
        with pytest.raises(DraftEdited):
            steps.sign(places["prime-minister"], lower, seen=seen, keep=kept, keep_reason=why)
    assert head() == before


def test_keeping_needs_a_reason(raised, propose, places):
    lower = propose("VIG")
    keep = [dict(foresee("VIG").switch)["lifted"][0]]
    with pytest.raises(alert.NoReason):
        steps.sign(
            places["prime-minister"], lower, seen=seen_of(lower, keep, "so"), keep=keep, keep_reason="so"
        )


def test_what_is_not_on_cannot_be_kept_and_nothing_is_half_signed(propose, places):
    made = propose("VIG")
    never = dict(foresee("UA").switch)["on"][-1]
    before = head()
    with pytest.raises(NotActive):
        steps.sign(
            places["prime-minister"], made, seen=seen_of(made, [never], GONE), keep=[never], keep_reason=GONE
        )
    assert head() == before
    assert not Keeping.objects.exists()


def test_without_a_catalogue_nothing_can_be_kept(home, places):
    with pytest.raises(NoCatalogue):
        steps.what_follows("nl-dtn", "4", "NL", times.now(), keep=["X"])


def test_the_page_shows_what_follows_with_what_is_kept_and_signs_just_that(raised, propose, places, sign_in):
    lower = propose("VIG")
    name = dict(foresee("VIG").switch)["lifted"][0]
    client = sign_in("prime-minister")
    page = client.get(f"/decide/{lower}/").content.decode()
    for words in (
        "What the public page would say",
        "Teams available",
        "Keep some measures on",
    ):
        assert words in page
    asked = {"keep": name, "keep_reason": GONE}
    shown = client.post(f"/decide/{lower}/", asked | {"show": "1"})
    assert shown.status_code == 200
    assert levels.decision(lower).state == "proposed"
    seen = shown.context["form"].initial["seen"]
    assert seen == seen_of(lower, [name], GONE)
    assert seen in shown.content.decode()
    assert (
        client.post(
            f"/decide/{lower}/", asked | {"seen": levels.decision(lower).digest, "typed": "VIG"}
        ).status_code
        == 400
    )
    assert client.post(f"/decide/{lower}/", asked | {"seen": seen, "typed": "VIG"}).status_code == 302
    assert levels.kept(lower).measures == [name]


def test_the_form_that_signs_carries_what_is_kept(raised, propose, places, sign_in):
    lower = propose("VIG")
    keep = sorted(dict(foresee("VIG").switch)["lifted"])[:2]
    client = sign_in("prime-minister")
    page = client.post(f"/decide/{lower}/", {"keep": keep, "keep_reason": GONE, "show": "1"})
    sent = hidden_in_the_form_of(page.content.decode(), "typed")
    assert client.post(f"/decide/{lower}/", sent | {"typed": "VIG"}).status_code == 302
    assert (levels.kept(lower).measures, levels.kept(lower).reason) == (keep, GONE)


def hidden_in_the_form_of(page, field):
    """Give what a browser would send from the hidden fields of the form that has this field."""
    [form] = [each for each in re.findall(r"<form.*?</form>", page, re.DOTALL) if f'name="{field}"' in each]
    found = {}
    for tag in re.findall(r'<input type="hidden"[^>]*>', form):
        name, value = (html.unescape(re.search(rf'{what}="([^"]*)"', tag)[1]) for what in ("name", "value"))
        found.setdefault(name, []).append(value)
    return found


def test_the_page_wants_to_know_why_measures_stay(raised, propose, places, sign_in):
    lower = propose("VIG")
    name = dict(foresee("VIG").switch)["lifted"][0]
    answer = sign_in("prime-minister").post(
        f"/decide/{lower}/", {"keep": name, "keep_reason": "", "show": "1"}
    )
    assert answer.status_code == 400
    assert "Say in a sentence why these measures stay on." in answer.content.decode()


def test_whoever_looks_at_a_lowering_received_may_keep_measures_too(receiving_home, places, sign_in):
    given = {
        "scheme": FR,
        "zone": "FR",
        "authority": "Prime Minister",
        "source": "a letter",
        "effective": times.now(),
    }
    steps.receive(places["watch"], code="UA", words="Urgence attentat.", **given)
    made = steps.receive(places["watch"], code="VIG", words="Vigilance.", **given)
    assert levels.reception(made).state == "waits for a second"
    name = dict(foresee("VIG").switch)["lifted"][0]
    client = sign_in("second-watch")
    asked = {"keep": name, "keep_reason": GONE}
    assert "Vigilance." in client.get(f"/look/{made}/").context["follows"].texts[0].text
    shown = client.post(f"/look/{made}/", asked | {"show": "1"})
    sent = hidden_in_the_form_of(shown.content.decode(), "agrees")
    assert client.post(f"/look/{made}/", sent | {"agrees": "yes"}).status_code == 302
    assert levels.kept(made).measures == [name]
    assert name in Posture.objects.get(ended_at=None).active


def test_nothing_is_kept_by_looking_at_a_raise_or_by_withdrawing_a_lowering(receiving_home, places):
    given = {
        "scheme": FR,
        "zone": "FR",
        "authority": "Prime Minister",
        "source": "a letter",
        "effective": times.now(),
    }
    made = steps.receive(places["watch"], code="UA", words="Urgence attentat.", **given)
    lower = steps.receive(places["watch"], code="VIG", words="Vigilance.", **given)
    for reception, agrees in ((made, True), (lower, False)):
        with pytest.raises(NothingToKeep):
            steps.look(
                places["second-watch"],
                reception,
                agrees=agrees,
                reason=GONE,
                keep=["INS-11"],
                keep_reason=GONE,
            )


def test_anyone_who_reads_levels_may_ask_what_would_follow(home, places, sign_in):
    client = sign_in("cabinet")
    page = client.get("/follows/?level=fr-vigipirate-2016/UA&zone=fr")
    assert page.status_code == 200
    assert "Owner by owner" in page.content.decode()
    assert client.get("/follows/").status_code == 200
    wrong = client.get("/follows/?level=fr-vigipirate-2016/UA&zone=ZZ")
    assert wrong.status_code == 400


def test_the_api_says_all_that_the_page_says_and_the_digest_to_sign(raised, propose, places, sign_in):
    lower = propose("VIG")
    client = sign_in("prime-minister")
    asked = {"scheme": FR, "code": "VIG", "zone": "FR", "effective": times.text(times.now())}
    bare = client.get("/api/steps/follows", asked).json()
    assert bare["seen"] == ""
    assert bare["keepable"]
    name = bare["measures"]["lifted"][0]
    more = client.get(
        "/api/steps/follows", asked | {"keep": [name], "keep_reason": GONE, "about": lower}
    ).json()
    assert name in more["measures"]["kept"]
    assert more["seen"] == seen_of(lower, [name], GONE)
    assert {said["language"] for said in more["texts"]} == {"en", "fr"}
    assert more["load"]["teams_asked"] is None
    assert more["load"]["said"]
    body = {"seen": more["seen"], "keep": [name], "keep_reason": GONE}
    answer = client.post(f"/api/steps/proposals/{lower}/sign", body, content_type="application/json")
    assert answer.status_code == 204, answer.content
    assert levels.kept(lower).measures == [name]
