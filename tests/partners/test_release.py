"""What may go to whom."""

import pytest
from hypothesis import given, strategies as st

from tests.partners.drafts import GROUP, JUDGEMENT, LEVEL, MEASURE, PLACE, draft
from vigie.markings import Marking, Tlp, parse
from vigie.partners.release import (
    Audience,
    Consent,
    NoConsent,
    NotReleasable,
    SamePerson,
    Source,
    UnknownSource,
    objections,
    require_releasable,
    require_second_person,
)

PARTNER = Audience("partner-x", "Service X", Tlp.AMBER, frozenset({"no-press"}))
GREEN = {source: Source(Marking(Tlp.GREEN)) for source in ("decision-12", "claim-4-1", "claim-4-2")}


def test_a_release_within_every_marking_may_go():
    require_releasable(draft(), PARTNER, GREEN, set())


def test_a_label_above_the_agreement_is_refused():
    with pytest.raises(
        NotReleasable, match=r"marked TLP:RED; the agreement with Service X goes up to TLP:AMBER"
    ):
        require_releasable(draft(marking="TLP:RED", recipients=("Duty office",)), PARTNER, GREEN, set())


def test_red_needs_named_recipients():
    red = Audience("partner-x", "Service X", Tlp.RED)
    require_releasable(draft(marking="TLP:RED", recipients=("Duty office",)), red, GREEN, set())
    with pytest.raises(NotReleasable, match="Name the offices"):
        require_releasable(draft(marking="TLP:RED"), red, GREEN, set())


def test_a_caveat_the_partner_has_not_undertaken_to_honour_is_refused():
    require_releasable(draft(marking="TLP:AMBER//CAVEAT no-press"), PARTNER, GREEN, set())
    with pytest.raises(NotReleasable, match="honour the caveat own-eyes"):
        require_releasable(draft(marking="TLP:AMBER//CAVEAT own-eyes"), PARTNER, GREEN, set())


def test_a_stricter_source_blocks_until_the_lowering_is_argued():
    sources = GREEN | {"claim-4-1": Source(Marking(Tlp.RED))}
    with pytest.raises(NotReleasable, match="«judgement» is made of items marked TLP:RED"):
        require_releasable(draft(), PARTNER, sources, set())
    require_releasable(draft(lowering="The new text holds only what was printed."), PARTNER, sources, set())


def test_a_release_marked_for_others_does_not_go_to_this_partner():
    require_releasable(draft(marking="TLP:AMBER//FOR partner-x, partner-y"), PARTNER, GREEN, set())
    with pytest.raises(NotReleasable, match="confines it to other audiences than Service X"):
        require_releasable(draft(marking="TLP:AMBER//FOR partner-y"), PARTNER, GREEN, set())


def test_a_caveat_of_a_source_is_kept_unless_its_leaving_is_argued():
    sources = GREEN | {"claim-4-1": Source(parse("TLP:GREEN//CAVEAT no-press"))}
    with pytest.raises(NotReleasable, match="«judgement» is made of items marked TLP:GREEN//CAVEAT no-press"):
        require_releasable(draft(), PARTNER, sources, set())
    require_releasable(draft(marking="TLP:AMBER//CAVEAT no-press"), PARTNER, sources, set())
    require_releasable(
        draft(lowering="The new text holds nothing the press did not print."), PARTNER, sources, set()
    )


def test_an_originator_blocks_whatever_the_reason_for_lowering():
    sources = GREEN | {"claim-4-1": Source(parse("TLP:GREEN//ORIGIN service-a"))}
    with pytest.raises(NoConsent, match="consent of service-a"):
        require_releasable(draft(lowering="Rewritten."), PARTNER, sources, set())


def test_consent_is_for_one_item_and_one_audience():
    sources = GREEN | {"claim-4-1": Source(parse("TLP:GREEN//ORIGIN service-a"))}
    require_releasable(draft(), PARTNER, sources, {Consent("service-a", "claim-4-1", "partner-x")})
    for other in (
        Consent("service-a", "claim-4-1", "partner-y"),
        Consent("service-a", "claim-4-2", "partner-x"),
    ):
        with pytest.raises(NoConsent):
            require_releasable(draft(), PARTNER, sources, {other})


def test_an_originator_need_not_consent_to_get_its_own_item_back():
    sources = GREEN | {"claim-4-1": Source(parse("TLP:GREEN//ORIGIN partner-x"))}
    require_releasable(draft(), PARTNER, sources, set())


def test_sources_confined_to_others_block_and_rewriting_does_not_help():
    sources = GREEN | {"claim-4-2": Source(parse("TLP:GREEN//FOR partner-y"))}
    with pytest.raises(NotReleasable, match="«measure» is made of items confined"):
        require_releasable(draft(lowering="Rewritten."), PARTNER, sources, set())


def test_an_id_of_this_home_in_a_text_blocks():
    leaking = MEASURE.__class__(
        key="measure", name="Bag checks", text="See claim-4-2.", sources=("claim-4-2",)
    )
    found = objections(draft(LEVEL, GROUP, PLACE, JUDGEMENT, leaking), PARTNER, GREEN, set())
    assert [o.element for o in found] == ["measure"]
    assert "names claim-4-2" in found[0].said()
    assert objections(draft(title="From assessment-7"), PARTNER, GREEN, set())


def test_a_source_that_is_not_there_is_named():
    with pytest.raises(UnknownSource, match="decision-12"):
        objections(draft(), PARTNER, {}, set())


def test_what_no_longer_stands_does_not_leave():
    sources = GREEN | {"claim-4-1": Source(Marking(Tlp.GREEN), stands=False)}
    with pytest.raises(NotReleasable, match="«judgement» is made of claim-4-1, which no longer stands"):
        require_releasable(draft(), PARTNER, sources, set())


def test_every_objection_is_told_at_once():
    sources = {source: Source(parse("TLP:RED//ORIGIN service-a")) for source in GREEN}
    found = objections(draft(marking="TLP:AMBER+STRICT"), PARTNER, sources, set())
    assert len(found) == 1 + 2 * 3


@given(st.sampled_from(Tlp), st.sampled_from(Tlp), st.booleans())
def test_what_goes_out_is_never_above_the_agreement_nor_below_its_sources_without_a_reason(
    own, of_sources, lowered
):
    sources = {source: Source(Marking(of_sources)) for source in GREEN}
    told = draft(marking=own.label, recipients=("Duty office",), lowering="Rewritten." if lowered else "")
    allowed = not objections(told, PARTNER, sources, set())
    assert allowed == (own <= PARTNER.ceiling and (lowered or of_sources <= own))


def test_nobody_lets_go_what_they_proposed():
    require_second_person("p-1", "p-2")
    with pytest.raises(SamePerson, match="Someone other than the proposer"):
        require_second_person("p-1", "p-1")
