"""Which witnesses this home named in its vigie.toml, and the keys to check them with."""

from vigie.homes import BadHome, Home
from vigie.ledger.note import COSIGNATURE, BadVerifier, Verifier, read_vkey


def verifiers(home: Home) -> dict[str, Verifier]:
    """Give each witness's key by the name vigie.toml gives it. Raises BadHome naming the one that cannot be read."""
    found = {}
    for witness in home.witnesses.of:
        try:
            found[witness.name] = read_vkey(witness.vkey, type=COSIGNATURE)
        except BadVerifier as fault:
            raise BadHome(
                "{file}: the witness {name}: {fault}",
                file=home.path / "vigie.toml",
                name=witness.name,
                fault=fault,
            ) from None
    return found
