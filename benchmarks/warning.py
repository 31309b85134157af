"""How fast `vigie cap check` judges, beside what it cannot be faster than.

    python benchmarks/warning.py [FOLDER]

FOLDER holds CAP files and, if it can be had, the schema CAP-v1.2.xsd. The floor is lxml parsing alone; the peer is lxml
parsing plus that schema, which sees less (it has no rule beyond structure). Without a folder, messages of our own are
judged and the peer is left out.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

from lxml import etree

from vigie.warning.cap_check import check

SECONDS = 1.0
OWN = """<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>i</identifier><sender>s</sender>
<sent>2026-05-24T18:30:00-00:00</sent><status>Actual</status><msgType>Alert</msgType><scope>Public</scope>{infos}</alert>"""
INFO = """<info><language>fr</language><category>Security</category><event>e</event><urgency>Immediate</urgency>
<severity>Severe</severity><certainty>Possible</certainty><description>{text}</description>
<area><areaDesc>a</areaDesc>{rings}</area></info>"""


def rate(work: Callable[[], object]) -> float:
    """Runs per second, over at least SECONDS."""
    runs, start = 0, time.perf_counter()
    while (spent := time.perf_counter() - start) < SECONDS or runs < 3:
        work()
        runs += 1
    return runs / spent


def own() -> dict[str, bytes]:
    ring = "<polygon>" + " ".join(
        f"{40 + i // 60 / 100:.2f},{i % 60 / 100 if i // 60 % 2 else 1 - i % 60 / 100:.3f}" for i in range(2)
    )
    ring += " 40.5,0.5 40,1.0</polygon>"
    long_ring = (
        "<polygon>" + " ".join(f"{40 + i / 1000:.3f},0" for i in range(800)) + " 40.8,1 40,1 40,0</polygon>"
    )
    return {
        "2 kB, 1 info": OWN.format(infos=INFO.format(text="word " * 250, rings=ring)).encode(),
        "20 kB, 4 infos": OWN.format(infos=INFO.format(text="word " * 900, rings=ring) * 4).encode(),
        "15 kB, 800 points": OWN.format(infos=INFO.format(text="w", rings=long_ring)).encode(),
    }


def main(folder: str | None) -> None:
    files = {p.name[:28]: p.read_bytes() for p in sorted(Path(folder).glob("*.xml"))} if folder else own()
    xsd = Path(folder) / "CAP-v1.2.xsd" if folder else None
    schema = etree.XMLSchema(file=str(xsd)) if xsd and xsd.exists() else None
    print(
        f"{'message':<30}{'bytes':>8}{'ours/s':>10}{'peer/s':>10}{'floor/s':>10}{'peer/ours':>11}{'floor/ours':>12}"
    )
    for name, data in files.items():
        ours = rate(lambda data=data: check(data))
        floor = rate(lambda data=data: etree.fromstring(data))
        peer = rate(lambda data=data: schema.validate(etree.fromstring(data))) if schema else None
        columns = f"{name:<30}{len(data):>8}{ours:>10.0f}{(f'{peer:.0f}' if peer else '-'):>10}{floor:>10.0f}"
        print(columns + f"{(f'{peer / ours:.1f}' if peer else '-'):>11}{floor / ours:>12.1f}")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)
