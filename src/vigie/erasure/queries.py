"""Questions asked: what a term makes due, what is kept beyond it and why, which files go, what waits."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from vigie import times
from vigie.alert import queries as alert
from vigie.assessment import queries as assessment
from vigie.erasure import terms
from vigie.erasure.models import Erasure, Request
from vigie.erasure.terms import TERMS, Term
from vigie.errors import NotFound
from vigie.exposure import queries as exposure
from vigie.homes import Home
from vigie.ledger import queries as ledger
from vigie.ledger.kinds import kind_of, read_as
from vigie.ledger.projections import Written
from vigie.measures import kinds as measure_kinds, queries as measures
from vigie.patrols import kinds as patrol_kinds, queries as patrols, sealed as seeds
from vigie.reports import kinds as report_kinds, queries as reports, sealed as originals


@dataclass(frozen=True)
class Kept:
    """Something kept beyond its term: its entry, what it is, and why it stays."""

    seq: int
    about: str
    why: str


@dataclass(frozen=True)
class Due:
    """What a term makes due: entries that go, and those that stay although it is over."""

    term: Term
    goes: tuple[int, ...]
    stays: tuple[Kept, ...]


@dataclass(frozen=True)
class Line:
    """An entry that is to be erased: what it is, and what rests on it. erased: nothing of it is left already."""

    entry: Written
    what: str
    erased: bool
    why_kept: str


def due(now: datetime | None = None) -> list[Due]:
    """Say of each term what is due, oldest first."""
    home: Home = settings.VIGIE_HOME
    found = []
    for term in TERMS:
        before = terms.cutoff(home, term, now or times.now())
        goes, stays = _OVER[term.name](before) if before else ([], [])
        found.append(Due(term, tuple(goes), tuple(stays)))
    return found


def kept_beyond() -> list[Kept]:
    """List what is kept although its term is over, with the reason."""
    return [kept for one in due() for kept in one.stays]


def companions(seqs: Iterable[int]) -> list[int]:
    """Give entries with those that say the same again: the seed of a plan draws the plan. In order, each once."""
    wanted = set(seqs)
    for seq in list(wanted):
        entry, _said = ledger.one(seq) or (None, None)
        if entry and kind_of(entry.kind) is patrol_kinds.DRAWN:
            wanted.update(_seeds({entry.subjects[0]}))
    return sorted(wanted)


def lines(seqs: Iterable[int]) -> list[Line]:
    """Give what a person reads before they erase entries; numbers the record does not have are left out."""
    resting = dict(_reports_needed())
    found = []
    for seq in seqs:
        entry, said = ledger.one(seq) or (None, None)
        if entry is not None:
            term = terms.term_of(kind_of(entry.kind))
            what = term.what if term else entry.kind
            found.append(Line(entry, what, said is None, resting.get(f"report-{seq}", "")))
    return found


def files(seqs: Sequence[int]) -> list[Path]:
    """List the files that go with what entries say: sealed originals, seeds that wait, letters in the outbox."""
    home: Home = settings.VIGIE_HOME
    found: list[Path] = []
    for seq in seqs:
        entry, _said = ledger.one(seq) or (None, None)
        if entry is None:
            continue
        kind = kind_of(entry.kind)
        if kind in read_as(report_kinds.RECEIVED):
            digest = reports.report(f"report-{seq}").sha256
            found += [originals.path_of(home.originals, name) for name in (f"report-{seq}", digest) if name]
        elif kind is measure_kinds.PROOF_GIVEN:
            found.append(originals.path_of(home.originals, f"proof-{seq}"))
        elif kind is patrol_kinds.DRAWN:
            plan = next((row for row in patrols.plans() if row.id == entry.subjects[0]), None)
            found += [seeds.path_of(home.keys, plan.commitment)] if plan else []
        elif kind.name == "exposure.contact.set":
            found += [home.outbox / f"{name}.eml" for name in measures.messages_to(entry.subjects[0])]
    return found


def orphans() -> list[Path]:
    """List sealed originals that no report and no proof has any more: a crash came between an erasure and the removal of its file."""
    home: Home = settings.VIGIE_HOME
    known = {name for row in reports.reports() if not row.erased for name in (row.id, row.sha256)}
    known |= set(measures.proofs_kept())
    return [path for path in sorted(home.originals.glob("*.sealed")) if path.stem not in known]


def erasure(id: str) -> Erasure:  # noqa: A002 - the record calls it so
    """Give an erasure. Raises NotFound."""
    found = Erasure.objects.filter(id=id).first()
    if found is None:
        raise NotFound("There is no erasure {given}.", given=id)
    return found


def request(id: str) -> Request:  # noqa: A002
    """Give a request. Raises NotFound."""
    found = Request.objects.filter(id=id).first()
    if found is None:
        raise NotFound("There is no request {given}.", given=id)
    return found


def waiting() -> list[Erasure]:
    """List the erasures that wait for a second person, oldest first."""
    return list(Erasure.objects.filter(state="proposed").order_by("proposed_at", "id"))


def settled(limit: int = 100) -> list[Erasure]:
    """List the erasures that were carried out or refused, newest first."""
    return list(Erasure.objects.exclude(state="proposed").order_by("-done_at", "-id")[:limit])


def open_requests() -> list[Request]:
    """List the requests nobody has answered, the most pressing first."""
    return list(Request.objects.filter(answered_at=None))


def answered_requests(limit: int = 50) -> list[Request]:
    """List the requests that were answered, newest first."""
    return list(Request.objects.exclude(answered_at=None).order_by("-answered_at", "-id")[:limit])


def erasable(entry: Written) -> bool:
    """Say whether what an entry says can be erased."""
    return kind_of(entry.kind).erasable


def overdue(on: date) -> list[Request]:
    """List the requests whose answer is past its day."""
    return [row for row in open_requests() if row.due < on]


_Found = tuple[list[int], list[Kept]]


def _reports(before: datetime) -> _Found:
    needed = dict(_reports_needed())
    goes, stays = [], []
    for row in reports.older_than(before):
        seq = int(row.id.removeprefix("report-"))
        if row.id in needed:
            stays.append(Kept(seq, row.id, needed[row.id]))
        else:
            goes.append(seq)
    return goes, stays


def _reports_needed() -> list[tuple[str, str]]:
    """Pair each report with what rests on it: an assessment that stands, or a level that holds, waits or may come back."""
    resting = {row.assessment: row.id for row in alert.live_decisions() if row.assessment}
    resting |= {row.id: row.id for row in assessment.assessments() if row.state == "stands"}
    needed = []
    for claim, on in assessment.claims_under(resting):
        report = claim.replace("claim-", "report-", 1).rpartition("-")[0]
        needed.append((report, _("{thing} rests on it").format(thing=resting[on])))
    return needed


def _contacts(before: datetime) -> _Found:
    return exposure.contacts_past(before), []


def _answers(before: datetime) -> _Found:
    live = measures.answers_in_force()
    goes, stays = [], []
    for seq, entry in _old(before, "answers"):
        answer = entry.subjects[0]
        if answer in live:
            stays.append(Kept(seq, answer, _("{thing} is not closed").format(thing=live[answer])))
        else:
            goes.append(seq)
    return goes, stays


def _patrols(before: datetime) -> _Found:
    over = {row.id for row in patrols.over_before(before)}
    return sorted({*(int(plan.removeprefix("plan-")) for plan in over), *_seeds(over)}), []


def _seeds(plans: set[str]) -> list[int]:
    revealed = ledger.unerased([patrol_kinds.REVEALED.name])
    return [seq for seq, entry in revealed if entry.subjects[0] in plans]


def _by_age(before: datetime, name: str) -> _Found:
    return [seq for seq, _entry in _old(before, name)], []


def _old(before: datetime, name: str) -> list[tuple[int, Written]]:
    term = next(term for term in TERMS if term.name == name)
    return ledger.unerased(term.kinds, before=before)


_OVER: dict[str, Callable[[datetime], _Found]] = {
    "reports": _reports,
    "contacts": _contacts,
    "answers": _answers,
    "patrols": _patrols,
    "logs": lambda before: _by_age(before, "logs"),
    "signatures": lambda before: _by_age(before, "signatures"),
}
