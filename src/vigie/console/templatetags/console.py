"""Entries in words: `{% load console %}{% entry_words kind count %}`."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext as _, gettext_lazy

from vigie.accounts.queries import title
from vigie.errors import VigieError
from vigie.exposure import areas
from vigie.exposure.dated import Dated

register = template.Library()

# What an entry of each kind says happened. A kind that is not here is said by its own name.
WORDS = {
    "ledger.record.opened": gettext_lazy("Record opened"),
    "ledger.payload.erased": gettext_lazy("What an entry said erased"),
    "ledger.record.exported": gettext_lazy("Record exported"),
    "ledger.outer.signed": gettext_lazy("Checkpoint of a public log signed"),
    "ledger.cosigner.named": gettext_lazy("Key of second signatures named"),
    "ledger.key.changed": gettext_lazy("Key changed"),
    "ledger.rollback.declared": gettext_lazy("Rollback declared"),
    "erasure.request.received": gettext_lazy("Request received for what concerns a person"),
    "erasure.request.answered": gettext_lazy("Request answered"),
    "erasure.entries.proposed": gettext_lazy("Erasure proposed"),
    "erasure.entries.refused": gettext_lazy("Erasure refused"),
    "ledger.backup.rehearsed": gettext_lazy("Putting a backup back rehearsed"),
    "ledger.queue.released": gettext_lazy("Messages held back let go"),
    "accounts.office.opened": gettext_lazy("Office opened"),
    "accounts.mandate.given": gettext_lazy("Mandate given"),
    "accounts.assertion.kept": gettext_lazy("Signer's proof kept"),
    "accounts.person.barred": gettext_lazy("Person barred from signing in"),
    "accounts.person.readmitted": gettext_lazy("Person readmitted"),
    "accounts.session.begun": gettext_lazy("Signed in"),
    "accounts.session.ended": gettext_lazy("Own session ended"),
    "accounts.sessions.ended": gettext_lazy("Sessions ended"),
    "accounts.sign_in.changed": gettext_lazy("Way to sign in changed"),
    "accounts.mandate.ended": gettext_lazy("Mandate ended"),
    "accounts.office.closed": gettext_lazy("Office closed"),
    "accounts.office.deputies": gettext_lazy("Deputies named"),
    "accounts.move.proposed": gettext_lazy("Act that takes two administrators proposed"),
    "accounts.move.confirmed": gettext_lazy("Act that takes two administrators confirmed"),
    "accounts.move.refused": gettext_lazy("Act that takes two administrators refused"),
    "accounts.invitation.made": gettext_lazy("Invitation made"),
    "accounts.invitation.accepted": gettext_lazy("Invitation accepted"),
    "accounts.invitation.revoked": gettext_lazy("Invitation revoked"),
    "accounts.recovery.granted": gettext_lazy("Way back granted to an officer"),
    "accounts.recovery.used": gettext_lazy("New credentials set by an officer"),
    "accounts.alarm.raised": gettext_lazy("Alarm: done by one person at the server’s shell"),
    "accounts.alarm.acknowledged": gettext_lazy("Alarm acknowledged"),
    "accounts.page.sent": gettext_lazy("Second person paged"),
    "accounts.reads.noted": gettext_lazy("Readings noted"),
    "accounts.refusals.noted": gettext_lazy("Refusals noted"),
    "reports.report.received": gettext_lazy("Report kept"),
    "reports.report.corrected": gettext_lazy("Report corrected"),
    "reports.report.withdrawn": gettext_lazy("Report withdrawn"),
    "reports.copy.judged": gettext_lazy("Copy judged"),
    "alert.level.proposed": gettext_lazy("Level proposed"),
    "alert.level.revised": gettext_lazy("Proposal written anew"),
    "alert.level.returned": gettext_lazy("Proposal returned"),
    "alert.level.rejected": gettext_lazy("Proposal refused"),
    "alert.glass.broken": gettext_lazy("Glass broken: level set by one person"),
    "alert.glass.countersigned": gettext_lazy("Level set by one person countersigned"),
    "alert.glass.refused": gettext_lazy("Level set by one person refused"),
    "alert.glass.lapsed": gettext_lazy("Level set by one person ended: not countersigned in time"),
    "alert.level.approved": gettext_lazy("Level signed"),
    "alert.level.kept": gettext_lazy("Measures kept on though the level fell"),
    "alert.level.announced": gettext_lazy("Level announced"),
    "alert.level.received": gettext_lazy("Level received"),
    "feeds.word.heard": gettext_lazy("Heard from elsewhere"),
    "feeds.word.taken": gettext_lazy("What was heard received"),
    "feeds.word.set_aside": gettext_lazy("What was heard set aside"),
    "feeds.road.silent": gettext_lazy("Feed fell silent"),
    "feeds.road.heard_again": gettext_lazy("Feed heard again"),
    "feeds.road.doubted": gettext_lazy("What a feed brought not believed"),
    "alert.level.looked": gettext_lazy("Second person looked"),
    "alert.stand_down.proposed": gettext_lazy("End of a level proposed"),
    "alert.stand_down.settled": gettext_lazy("End of a level settled"),
    "alert.level.expired": gettext_lazy("Level ended at its hour"),
    "exposure.contact.set": gettext_lazy("Contact set"),
    "exposure.event.added": gettext_lazy("Event added"),
    "exposure.event.withdrawn": gettext_lazy("Event withdrawn"),
    "exposure.owner.withdrawn": gettext_lazy("Owner withdrawn"),
    "exposure.owners.imported": gettext_lazy("Owners imported"),
    "exposure.site.withdrawn": gettext_lazy("Site withdrawn"),
    "editions.scheme.added": gettext_lazy("Scheme added"),
    "exposure.sites.imported": gettext_lazy("Sites imported"),
    "alert.meeting.resolved": gettext_lazy("Meeting decided"),
    "alert.meeting.settled": gettext_lazy("Decision of a meeting closed"),
    "alert.meeting.convened": gettext_lazy("Meeting convened"),
    "assessment.claim.graded": gettext_lazy("Claim graded"),
    "assessment.made": gettext_lazy("Assessment made"),
    "assessment.dissent.recorded": gettext_lazy("Dissent recorded"),
    "assessment.dissent.read": gettext_lazy("Dissent read"),
    "assessment.review.done": gettext_lazy("Assessment reviewed"),
    "measures.answer.reason": gettext_lazy("Reason of an answer"),
    "measures.posture.set": gettext_lazy("Measures switched"),
    "measures.tasks.given": gettext_lazy("Tasks given"),
    "measures.tasks.switched": gettext_lazy("Tasks given and ended, messages written"),
    "measures.stop.asked": gettext_lazy("Stop asked"),
    "measures.message.queued": gettext_lazy("Message written"),
    "measures.message.delivered": gettext_lazy("Message delivered"),
    "measures.message.failed": gettext_lazy("Message failed"),
    "measures.message.repeated": gettext_lazy("Message repeated"),
    "measures.proof.given": gettext_lazy("Proof given"),
    "measures.message.dropped": gettext_lazy("Message dropped"),
    "measures.task.answered": gettext_lazy("Owner answered"),
    "measures.owner.called": gettext_lazy("Owner called"),
    "measures.response.set": gettext_lazy("Site's own response set"),
    "measures.drill.called": gettext_lazy("Contact drill called"),
    "measures.drill.left": gettext_lazy("Contact drill sent, or not taken"),
    "measures.drill.answered": gettext_lazy("Contact drill answered"),
    "measures.response.ended": gettext_lazy("Site's own response ended"),
    "measures.response.reason": gettext_lazy("Why a site's response was set or ended"),
    "patrols.plan.drawn": gettext_lazy("Patrols drawn"),
    "patrols.seed.revealed": gettext_lazy("Seed of a plan revealed"),
    "warning.fact.stated": gettext_lazy("Fact stated to the public"),
    "warning.message.drafted": gettext_lazy("Public message drafted"),
    "warning.message.approved": gettext_lazy("Public message issued"),
    "warning.message.withdrawn": gettext_lazy("Public message withdrawn"),
    "warning.page.published": gettext_lazy("Public pages published"),
    "partners.audience.agreed": gettext_lazy("Partner agreed"),
    "partners.consent.recorded": gettext_lazy("Originator's consent recorded"),
    "partners.release.proposed": gettext_lazy("Release proposed"),
    "partners.release.approved": gettext_lazy("Release let go"),
    "partners.release.rejected": gettext_lazy("Release refused"),
    "partners.release.withdrawn": gettext_lazy("Release taken back"),
    "history.figure.recorded": gettext_lazy("Figure recorded as said"),
}


@register.simple_tag
def entry_words(kind: str, count: int = 1) -> str:
    """Say what happened, and how many times when more than once."""
    name = kind.rsplit("/", 1)[0]
    words = str(WORDS.get(name, name))
    return words if count == 1 else _("%(words)s, %(count)d times") % {"words": words, "count": count}


@register.simple_tag(takes_context=True)
def office_words(context: template.Context, office: str) -> str:
    """Give an office's title, asked for once a page; what nobody did is the clock's or the server's."""
    remembered: Any = context.render_context
    known: dict[str, str] = remembered.setdefault("titles of offices", {})
    if office not in known:
        known[office] = _office(office)
    return known[office]


def _office(office: str) -> str:
    role, _colon, named = office.partition(":")
    if role == "owner":
        return _("owner {name}").format(name=named) if named else _("owners, by their links")
    return title(office) if office else _("the machine")


@register.simple_tag
def zone_name(zone: str) -> str:
    """Give the name of a zone in the reader's language; its code where no name is kept."""
    try:
        return areas.name(zone, get_language() or "en")
    except VigieError:
        return zone


@register.simple_tag
def driver(entry: Dated) -> str:
    """Give the name of what falls on a day."""
    return entry.name(get_language() or "en")


@register.simple_tag
def heat(step: int) -> SafeString:
    """Draw how much falls on a day as blocks, and say it to those who hear the page; step: 0 to 4."""
    said = _("%(step)d of 4") % {"step": step}
    return format_html(
        '<span aria-hidden="true">{}</span><span class="heard">{}</span>', "■" * step + "□" * (4 - step), said
    )
