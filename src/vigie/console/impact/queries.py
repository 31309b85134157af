"""The assessment of the running home: from vigie.toml, the tables, the kinds of entries and the selfcheck."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from vigie import times
from vigie.accounts.models import Office
from vigie.alert.models import Decision, Reception
from vigie.console.impact.document import Document, Section, Table
from vigie.console.impact.kept import WHOSE
from vigie.console.selfcheck.queries import check
from vigie.erasure import terms
from vigie.exposure.models import Owner, Site
from vigie.homes import Home
from vigie.ledger.kinds import KINDS, Kind
from vigie.ledger.queries import head
from vigie.partners.queries import partners
from vigie.patrols.models import Plan
from vigie.reports.models import Report
from vigie.warning.models import Message


def assessment() -> Document:
    """Fill the assessment in the present language. It names no person and holds no contact's address."""
    home: Home = settings.VIGIE_HOME
    return Document(
        title=_("Impact assessment on persons and their rights: {title}").format(title=home.title),
        blank=_("To be written by a person:"),
        sections=(
            _responsible(home),
            _purposes(home),
            _kept(home),
            _places(home),
            _access(),
            _recipients(home),
            _deciding(home),
            _measures(home),
            _rights(),
            _notice(home),
            _risks(),
        ),
    )


def _responsible(home: Home) -> Section:
    size, root = head()
    said = [
        _("This text was filled from the running configuration on {at}, when the record held {entries} entries under the root {root}.").format(at=times.text(times.now()), entries=size, root=root.hex()),
        _("{title}, instance {instance}, answers at {address}.").format(title=home.title, instance=home.instance, address=home.address),
    ]  # fmt: skip
    if home.exercise:
        said.append(_("This home is an exercise: what it holds is not real."))
    return Section(
        _("Who is responsible"),
        tuple(said),
        blanks=(
            _("Legal name and address of the controller, and of joint controllers or processors."),
            _("Data protection officer, and when they were asked for their advice."),
            _("Legal basis: which law gives this task to the controller (GDPR art. 6 and 9, or LED art. 8 and 10)."),
        ),
    )  # fmt: skip


def _purposes(home: Home) -> Section:
    decided = "; ".join(f"{d.scheme}: {', '.join(d.zones)}" for d in home.decides)
    used = (
        (
            _("Decide alert levels: {where}").format(where=decided or _("none")),
            bool(home.decides) or Decision.objects.exists(),
        ),
        (_("Receive alert levels decided elsewhere"), Reception.objects.exists()),
        (_("Tell whoever answers for a place what changes for it, and take their answer"), Owner.objects.exists()),
        (_("Weigh published reports as evidence"), Report.objects.exists()),
        (_("Plan the presence of teams at places"), Plan.objects.exists()),
        (_("Warn the public"), Message.objects.exists()),
        (_("Pass elements to partner services"), bool(partners())),
    )  # fmt: skip
    said = (
        _("An alert level becomes acts at the places concerned, on a record that anyone can check later."),
        _("Places on the list: {sites}. Owners who answer for them: {owners}.").format(sites=Site.objects.count(), owners=Owner.objects.count()),
    )  # fmt: skip
    rows = tuple((what, _("yes") if now else _("not so far")) for what, now in used)
    return Section(
        _("Purposes"),
        said,
        Table((_("Purpose"), _("Used here")), rows),
        blanks=(_("Why each purpose is needed, and why nothing lighter would do."),),
    )


def _kept(home: Home) -> Section:
    erasable = {kind.name: _how_long(home, kind) for kind in KINDS.values() if kind.erasable}
    rows = [(_(whose), _(what), erasable[name]) for name, (whose, what) in WHOSE.items()]
    rows += [
        (_("Officers of this home"), _("An opaque number (such as p-3), the offices it held, and the acts it signed; no name"), _("for good: it is what the record is for")),
        (_("Officers of this home"), _("A chosen sign-in word, credentials, and how they are paged; apart from the record"), _("until they leave and the account is removed")),
        (_("Officers of this home"), _("Sessions: since when, from which browser"), _("{length} at most").format(length=_hours(home.session_longest))),
    ]  # fmt: skip
    return Section(
        _("What is kept about whom, and for how long"),
        (
            _("No table, field or index is made for private persons; the selfcheck below reads the live databases for it."),
            _("Names of private persons are masked in reports before anything is stored."),
            _("What is erased, by its term or by order of two persons, can be opened nowhere any more; the record proves that it was erased, not what it said."),
        ),
        Table((_("About whom"), _("What"), _("How long")), tuple(rows)),
        blanks=(_("Whether these lengths are right for this controller, and who orders an erasure."),),
    )  # fmt: skip


def _how_long(home: Home, kind: Kind) -> str:
    term = terms.term_of(kind)
    days = terms.days(home, term) if term else 0
    if term is None or not days:
        return _("until its erasure is ordered")
    return _("{days} days from {since}").format(days=days, since=_(term.since))


def _places(home: Home) -> Section:
    if home.database:
        databases = f"{home.database.record}, {home.database.desk}"
    else:
        databases = f"{home.record_db}, {home.desk_db}"
    kept = home.backups
    term = _("every {days} days").format(days=kept.every_days) if kept.every_days else _("by hand")
    rows = (
        (_("Databases"), databases),
        (_("Sealed originals"), str(home.originals)),
        (_("Keys"), str(home.keys)),
        (_("Backups"), _("{folder}, made {term}; {keep} of data are kept, keys for {days} days").format(folder=kept.folder, term=term, keep=kept.keep, days=kept.keys_days)),
        (_("Letters to send by hand"), str(home.outbox)),
        (_("Public pages"), str(home.public)),
    )  # fmt: skip
    return Section(
        _("Where it lies"),
        table=Table((_("What"), _("Where")), rows),
        blanks=(
            _(
                "In which building and country these machines and backups stand, and who can reach them there."
            ),
        ),
    )


def _access() -> Section:
    now = times.now()
    held = Q(mandate__since__lte=now) & (Q(mandate__until__isnull=True) | Q(mandate__until__gt=now))
    offices = Office.objects.filter(closed_at__isnull=True).annotate(
        holders=Count("mandate__person", filter=held, distinct=True)
    )
    rows = tuple((row.title, ", ".join(row.roles), str(row.holders)) for row in offices)
    return Section(
        _("Who has access"),
        (
            _("Rights belong to offices; people hold an office from a day to a day. Whoever administrates decides nothing and reads nothing restricted."),
        ),
        Table((_("Office"), _("Roles"), _("People who hold it now")), rows),
        blanks=(_("Who has access to the server itself, and how that is watched."),),
    )  # fmt: skip


def _recipients(home: Home) -> Section:
    # An address of a channel may hold a password or somebody's mail address: only its sort is said.
    sorts = sorted({channel.partition(":")[0] for channel in home.channels})
    rows = [
        (_("Whoever answers for a place"), _("what changes for that place"), ", ".join(sorts) or _("files to send by hand")),
        (_("The public"), _("levels, messages, statements; nothing about persons"), home.address),
        *((row.name, _("released bundles, up to {ceiling}").format(ceiling=row.ceiling), _("two persons release each")) for row in partners()),
        *((one.name, _("signed heads of the record: a size and a hash"), one.url) for one in home.witnesses.of),
        *((one.name, _("that somebody signs in here; no name is asked for"), one.issuer) for one in home.providers),
    ]  # fmt: skip
    if home.time_stamps:
        rows.append((home.time_stamps.authority, _("hashes to be dated"), home.time_stamps.url))
    return Section(
        _("Recipients"),
        table=Table((_("Who"), _("What"), _("By which way")), tuple(rows)),
        blanks=(
            _(
                "Contracts and agreements with each, and transfers outside the European Union if there are any."
            ),
        ),
    )


def _deciding(home: Home) -> Section:
    step = _("a passkey") if home.step_up == "passkey" else _("a passkey, or password and code")
    return Section(
        _("What is automatic, and who decides"),
        (
            _("No model learns or scores here: reports are read by rules and lists of words, and each suggestion shows its evidence, its gaps and its dissent."),
            _("A machine sets no level, publishes nothing, releases nothing and tasks nobody. A person proposes, another signs what they read, with {step}; reasons are compulsory.").format(step=step),
            _("In an emergency one person may set a level alone, for some hours; every page says so, and two others must countersign."),
        ),
        blanks=(_("How those who sign are trained, and how long and how often the system is in use."),),
    )  # fmt: skip


def _measures(home: Home) -> Section:
    words = {"holds": _("holds"), "warns": _("to be looked at"), "fails": _("does not hold")}
    rows = tuple((words[finding.state], finding.said) for finding in check(whole=False))
    idle = _("Sessions end after {idle} without use, and after {longest} in any case.")
    return Section(
        _("Security measures in force, as the selfcheck found them"),
        (idle.format(idle=_hours(home.session_idle), longest=_hours(home.session_longest)),),
        Table((_("State"), _("Found")), rows),
        blanks=(_("Measures outside vigie: network, premises, staff, updates, handling of incidents."),),
    )


def _rights() -> Section:
    return Section(
        _("Rights of the persons concerned"),
        (
            _("Contacts can ask to see, to correct and to erase what is kept on them. What is erased loses its key: it can be opened nowhere any more, and every proof of the record still holds."),
            _("Officers see their own acts and sessions. Their numbered acts stay: they are owed to whoever was touched by a decision."),
        ),
        blanks=(
            _("Where a request is sent, who answers it, within which time, and the supervisory authority to complain to."),
        ),
    )  # fmt: skip


def _notice(home: Home) -> Section:
    return Section(
        _("Notice for contacts, ready to send"),
        (
            _("{title} keeps a mail address and a telephone number by which your function, and its deputy, is told what a change of the alert level means for your place. Give those of the function, not your own.").format(title=home.title),
            _("They are used for nothing else, shown only to those who must reach you, and passed on to nobody but the service that carries the message. A newer contact takes the place of an older one at once; when you leave the list, yours is used no more, and can be erased on request."),
            _("What you answer is on a record that cannot be changed. If you give a reason, its words can be erased later; please name no person in it."),
            _("You may ask to see, correct or erase what is kept, and complain to the supervisory authority."),
        ),
        blanks=(_("Address for such requests, and the supervisory authority."),),
    )  # fmt: skip


def _risks() -> Section:
    return Section(
        _("Risks and conclusion"),
        blanks=(
            _("Risks to the rights of those concerned (of residents, visitors, worshippers, staff, owners), how likely and how grave."),
            _("What was asked of those concerned or of who speaks for them, and what they said."),
            _("What is done should a risk become real, and who is told."),
            _("Conclusion, date, name of who approves it, and when it is looked at again."),
        ),
    )  # fmt: skip


def _hours(length: timedelta) -> str:
    minutes = int(length.total_seconds()) // 60
    hours, rest = divmod(minutes, 60)
    if not rest:
        return _("{hours} h").format(hours=hours)
    return _("{hours} h {minutes} min").format(hours=hours, minutes=rest) if hours else _("{minutes} min").format(minutes=rest)  # fmt: skip
