"""A level as a public statement that can be proven: canonical bytes, entered once into the public log.

It says what the public page says of the decision and nothing that changes later, so that its bytes stay the same for as
long as it is shown. `entry` is the hash of the entry it stands on in the record: whoever inspects the record finds it there,
and nobody learns from it how much the record holds.
"""

from typing import Any

from vigie.ledger import canonical


def statement(*, instance: str, frame: str, entry: str, level: dict[str, Any], told: dict[str, str]) -> bytes:
    """Give the bytes. frame: the exercise's word, empty in a real home; entry: leaf hash in hex.

    level: scheme, edition, code, zone, effective, until; told: by whom, and when, or in whose words and from where.
    """
    value = {"instance": instance, "exercise": frame, "entry": entry, **level, **told}
    return canonical.dumps(value)
