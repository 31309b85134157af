"""Where a seed waits for the end of its plan: a file of the home, sealed with the home's own key.

Not on the record: what is on the record is shown to those who may read it, and a seed read before the end is
the plan.
"""

from pathlib import Path

from vigie import files
from vigie.errors import NotFound
from vigie.ledger import keys
from vigie.patrols.seal import SEED_BYTES, Seal


class SeedLost(NotFound):
    """The seed of a plan is not in this home."""


def path_of(folder: Path, commitment: str) -> Path:
    """Give where a seed waits under its commitment."""
    return folder / "draws" / f"{commitment}.sealed"


def keep(folder: Path, seal: Seal) -> Path:
    """Seal a seed into `folder` (the home's keys), under its commitment. Gives the file."""
    path = path_of(folder, seal.commitment)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    files.put(path, keys.seal(folder, path.name, seal.seed + seal.salt))
    return path


def take(folder: Path, commitment: str) -> Seal:
    """Open the seed kept under a commitment. Raises SeedLost, BadKey, BadSeal."""
    path = path_of(folder, commitment)
    try:
        sealed = path.read_bytes()
    except FileNotFoundError:
        raise SeedLost(
            "The seed of this plan is not in this home ({path}). Put the file back from a backup of the home's keys.",
            path=path,
        ) from None
    opened = keys.unseal(folder, path.name, sealed)
    seal = Seal(opened[:SEED_BYTES], opened[SEED_BYTES:])
    seal.open(commitment)
    return seal
