"""What is kept about whom, in words: one line for each kind of entry that can be erased, because persons may be in it."""

from vigie.translatable import gettext_noop

WHOSE: dict[str, tuple[str, str]] = {
    "reports.report.received": (
        gettext_noop("Whoever a published text speaks of"),
        gettext_noop("Reports: their words with private names masked, their claims, their sealed originals"),
    ),
    "exposure.contact.set": (
        gettext_noop("Who answers for a place"),
        gettext_noop("Mail address and telephone number of the function, its deputy and its superior"),
    ),
    "measures.answer.reason": (
        gettext_noop("Who answers for a place"),
        gettext_noop("The reason they gave for an answer, in their words"),
    ),
    "measures.response.reason": (
        gettext_noop("Who answers for a place"),
        gettext_noop("The reason they gave for their site's response, in their words"),
    ),
    "measures.proof.given": (
        gettext_noop("Whoever a photograph of a place may show"),
        gettext_noop("Files that owners sent as proof, sealed each under a key of its own"),
    ),
    "patrols.plan.drawn": (
        gettext_noop("Members of patrol teams"),
        gettext_noop("Which team is to be where and when; no member is named"),
    ),
    "patrols.seed.revealed": (
        gettext_noop("Members of patrol teams"),
        gettext_noop("The number by which a plan can be drawn again and checked"),
    ),
    "accounts.session.begun": (
        gettext_noop("Officers of this home"),
        gettext_noop("That they signed in, when, and by which way"),
    ),
    "accounts.session.ended": (
        gettext_noop("Officers of this home"),
        gettext_noop("That sessions of theirs ended, and how many"),
    ),
    "accounts.reads.noted": (
        gettext_noop("Officers of this home"),
        gettext_noop("Which restricted things they opened, when; not what these say"),
    ),
    "accounts.refusals.noted": (
        gettext_noop("Officers of this home"),
        gettext_noop("What they were refused, and how often"),
    ),
    "accounts.assertion.kept": (
        gettext_noop("Officers of this home"),
        gettext_noop("How they showed, for one solemn act, that it was they: a signature of their passkey"),
    ),
}
"""Name of an erasable kind to: about whom, what."""
