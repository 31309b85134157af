"""From entries to rows: the only writer of this room's tables."""

from vigie import times
from vigie.feeds import kinds
from vigie.feeds.models import Doubt, Silence, Word
from vigie.ledger.projections import Written, projects, writing


@projects(kinds.HEARD)
def heard(entry: Written, body: kinds.Heard) -> None:
    """Another's word is on the record; what the same road said before and nobody took has passed."""
    writing.add(
        Word,
        id=f"word-{entry.seq}",
        feed=body.feed,
        road=body.road,
        scheme=body.scheme,
        edition=body.edition,
        code=body.code,
        zone=body.zone,
        authority=body.authority,
        words=body.words,
        source=body.source,
        source_sha256=body.source_sha256,
        identity=body.identity,
        sent=times.from_text(body.sent),
        effective=times.from_text(body.effective),
        until=times.from_text(body.until) if body.until else None,
        evidence=body.evidence,
        state=body.state,
        state_reason="",
        reception=body.reception,
        by=entry.by.person,
        heard_at=entry.instant,
    )
    writing.change_each(Word, body.supersedes, state="superseded")


@projects(kinds.TAKEN)
def taken(entry: Written, body: kinds.Taken) -> None:
    """A person received the level that these words say."""
    del entry
    writing.change_each(Word, body.words, state="taken", reception=body.reception)


@projects(kinds.SET_ASIDE)
def set_aside(entry: Written, body: kinds.SetAside) -> None:
    """A person made nothing of it."""
    del entry
    writing.change(Word, body.word, state="set aside", state_reason=body.reason)


@projects(kinds.FELL_SILENT)
def fell_silent(entry: Written, body: kinds.FellSilent) -> None:
    """A road is silent."""
    writing.add(
        Silence,
        id=f"silence-{entry.seq}",
        feed=body.feed,
        since=times.from_text(body.since),
        why=body.why,
        noted_at=entry.instant,
        ended_at=None,
    )


@projects(kinds.HEARD_AGAIN)
def heard_again(entry: Written, body: kinds.HeardAgain) -> None:
    """A road is heard again."""
    writing.change(Silence, body.silence, ended_at=entry.instant)


@projects(kinds.DOUBTED)
def doubted(entry: Written, body: kinds.Doubted) -> None:
    """Something was not believed."""
    writing.add(
        Doubt, id=f"doubt-{entry.seq}", feed=body.feed, rule=body.rule, why=body.why, noted_at=entry.instant
    )
