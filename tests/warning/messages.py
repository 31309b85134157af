"""Messages to try things on: one sound message to break, and hypothesis strategies for many."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from vigie.warning.cap import Area, Info, Message, Pair, Point, Reference, time_text, unsayable

SENT = datetime(2026, 5, 24, 18, 30, tzinfo=UTC)

SOUND = """<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
  <identifier>demo-1</identifier>
  <sender>demo@example.org</sender>
  <sent>2026-05-24T18:30:00-00:00</sent>
  <status>Actual</status>
  <msgType>Update</msgType>
  <scope>Public</scope>
  <note>second bulletin</note>
  <references>demo@example.org,demo-0,2026-05-24T08:00:00-00:00</references>
  <info>
    <language>fr-FR</language>
    <category>Security</category>
    <event>Niveau d'alerte</event>
    <urgency>Immediate</urgency>
    <severity>Severe</severity>
    <certainty>Possible</certainty>
    <effective>2026-05-24T20:30:00+02:00</effective>
    <onset>2026-05-24T20:30:00+02:00</onset>
    <expires>2026-05-31T20:30:00+02:00</expires>
    <web>https://example.org/fr</web>
    <resource>
      <resourceDesc>Carte</resourceDesc>
      <mimeType>image/png</mimeType>
      <size>1200</size>
      <uri>https://example.org/carte.png</uri>
    </resource>
    <area>
      <areaDesc>Paris</areaDesc>
      <polygon>48.8,2.2 48.8,2.5 48.95,2.5 48.95,2.2 48.8,2.2</polygon>
      <circle>48.85,2.35 5</circle>
      <geocode>
        <valueName>ISO3166-2</valueName>
        <value>FR-75C</value>
      </geocode>
      <altitude>0</altitude>
      <ceiling>3000</ceiling>
    </area>
  </info>
</alert>
"""


def broken(old: str, new: str) -> bytes:
    """Give the sound message with one text replaced, once; the text must be there."""
    assert old in SOUND, old
    return SOUND.replace(old, new, 1).encode()


def message(identifier: str = "demo-1", **changes: object) -> Message:
    """Give a whole message in two languages, with any field changed."""
    fields = {
        "identifier": identifier,
        "sender": "demo@example.org",
        "sent": SENT,
        "status": "Actual",
        "kind": "Alert",
        "infos": (info(), info(language="fr-FR", event="Niveau d'alerte")),
        **changes,
    }
    return Message(**fields)


def info(**changes: object) -> Info:
    """Give one info, with any field changed."""
    fields = {
        "language": "en-GB",
        "event": "Alert level",
        "urgency": "Immediate",
        "severity": "Severe",
        "certainty": "Possible",
        "responses": ("Monitor",),
        "effective": SENT,
        "expires": SENT + timedelta(days=7),
        "headline": "The level is raised",
        "areas": (Area("Paris", geocodes=(Pair("ISO3166-2", "FR-75C"),)),),
        **changes,
    }
    return Info(**fields)


def after(
    earlier: Message, identifier: str, kind: str = "Update", hours: int = 1, **changes: object
) -> Message:
    """Give a message that refers to an earlier one, sent `hours` after it."""
    changes = {"references": (earlier.reference,), "sent": earlier.sent + timedelta(hours=hours), **changes}
    return message(identifier, kind=kind, **changes)


names = st.text("abcdefghijklmnopqrstuvwxyzABC0123456789.:-_@", min_size=1, max_size=30)
said = (
    st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=60)
    .filter(lambda text: not any(unsayable(text)))
    # What begins or ends a text, or is all of it, must be visible: blanks alone say nothing.
    .map(str.strip)
    .filter(bool)
)
instants = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001
    lambda at: at.replace(microsecond=0)
)
pairs = st.lists(st.builds(Pair, said, said), max_size=3).map(tuple)


@st.composite
def rings(draw):
    """A rectangle: closed, and never crossing itself."""
    south, west = draw(st.integers(-89, 80)), draw(st.integers(-179, 0))
    high, wide = draw(st.integers(1, 9)), draw(st.integers(1, 170))
    corners = [
        (south, west),
        (south, west + wide),
        (south + high, west + wide),
        (south + high, west),
        (south, west),
    ]
    return tuple(Point(Decimal(lat) / 4, Decimal(lon)) for lat, lon in corners)


areas = st.builds(
    Area,
    said,
    st.lists(rings(), max_size=2).map(tuple),
    st.lists(st.builds(Pair, said, said), min_size=1, max_size=2).map(tuple),
)


@st.composite
def infos(draw, sent: datetime):
    """An info whose times make sense."""
    start = sent + timedelta(hours=draw(st.integers(0, 48)))
    return Info(
        language=draw(st.sampled_from(["fr-FR", "en-GB", "br", "ar"])),
        event=draw(said),
        urgency=draw(st.sampled_from(["Immediate", "Expected", "Future", "Past", "Unknown"])),
        severity=draw(st.sampled_from(["Extreme", "Severe", "Moderate", "Minor", "Unknown"])),
        certainty=draw(st.sampled_from(["Observed", "Likely", "Possible", "Unlikely", "Unknown"])),
        responses=tuple(draw(st.lists(st.sampled_from(["Monitor", "Avoid", "Shelter"]), max_size=2))),
        event_codes=draw(pairs),
        effective=start,
        onset=draw(st.none() | st.just(start)),
        expires=draw(st.none() | st.integers(1, 100).map(lambda hours: start + timedelta(hours=hours))),
        sender_name=draw(said),
        headline=draw(said),
        description=draw(said),
        instruction=draw(said),
        web="https://example.org/",
        parameters=draw(pairs),
        areas=tuple(draw(st.lists(areas, max_size=2))),
    )


@st.composite
def sound_messages(draw):
    """A message without fault: what vigie may emit."""
    sent = draw(instants)
    kind = draw(st.sampled_from(["Alert", "Update", "Cancel"]))
    earlier = st.builds(
        lambda name, hours: Reference("old@example.org", name, time_text(sent - timedelta(hours=hours))),
        names,
        st.integers(1, 999),
    )
    references = draw(st.lists(earlier, min_size=1, max_size=3, unique=True)) if kind != "Alert" else []
    return Message(
        identifier=draw(names),
        sender=draw(names),
        sent=sent,
        status=draw(st.sampled_from(["Actual", "Exercise", "System", "Test"])),
        kind=kind,
        source=draw(said),
        codes=tuple(draw(st.lists(said, max_size=2))),
        note=draw(said),
        references=tuple(references),
        incidents=draw(st.just("") | names),
        infos=tuple(draw(st.lists(infos(sent), min_size=1, max_size=2))),
    )
