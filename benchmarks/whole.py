"""The promises about the whole: help, replay (time and memory), console pages (server time and size).

Each line: what was measured, the promise, and what it is measured against in the same run: a bare `python -c pass` for
commands, an empty Django answer for pages.
"""

import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def once(words: list[str], **env: str) -> tuple[float, int]:
    """Run a command; give seconds and peak memory in MB."""
    before = time.perf_counter()
    code = (
        "import resource, subprocess, sys\n"
        "done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)\n"
        "sys.exit(done.returncode)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *words],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, **env},
    )
    return time.perf_counter() - before, int(done.stdout)


def best(words: list[str], runs: int) -> tuple[float, int]:
    """Give the median seconds and the highest peak of several runs."""
    measured = [once(words) for _ in range(runs)]
    return statistics.median(seconds for seconds, _ in measured), max(peak for _, peak in measured)


def pages(home: Path) -> list[tuple[str, float, int]]:
    """Give server seconds (median of five) and bytes of every page one can reach from the situation."""
    os.environ["VIGIE_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "vigie.config.settings"
    import django

    django.setup()
    from django.contrib.auth import get_user_model
    from django.test import Client

    found: dict[str, tuple[float, int]] = {}
    for user in get_user_model().objects.order_by("pk"):
        client = Client(headers={"host": "localhost"})
        client.force_login(user)
        queue = ["/"]
        while queue:
            address = queue.pop()
            if address in found or len(found) > 120:
                continue
            timed = []
            for _ in range(5):
                start = time.perf_counter()
                answer = client.get(address)
                timed.append(time.perf_counter() - start)
            if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
                continue
            body = b"".join(answer) if answer.streaming else answer.content
            found[address] = (statistics.median(timed[1:]), len(body))
            queue += [
                a
                for a in re.findall(r'href="(/[a-z][^"#?]*/)"', body.decode())
                if not a.startswith(("/accounts/", "/static/", "/public/"))
            ]
    return [(address, seconds, size) for address, (seconds, size) in found.items()]


def main() -> None:
    """Measure and print."""
    floor, floor_peak = best([sys.executable, "-c", "pass"], 5)
    vigie = [sys.executable, "-m", "vigie.cli"]
    print(f"{'what':<34}{'promise':>14}{'ours':>12}{'floor':>12}{'ratio':>9}")
    seconds, _ = best([*vigie, "--help"], 5)
    print(f"{'vigie --help':<34}{'<= 0.4 s':>14}{seconds:>10.2f} s{floor:>10.2f} s{seconds / floor:>9.1f}")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        measured = []
        for _ in range(3):
            shutil.rmtree(home, ignore_errors=True)
            measured.append(once([*vigie, "replay", "moscow-2024", "--home", str(home), "--json"]))
        seconds = statistics.median(s for s, _ in measured)
        peak = max(p for _, p in measured)
        print(f"{'replay, time':<34}{'<= 20 s':>14}{seconds:>10.1f} s{floor:>10.2f} s{seconds / floor:>9.0f}")
        print(
            f"{'replay, peak memory':<34}{'<= 300 MB':>14}{peak:>9} MB{floor_peak:>9} MB{peak / floor_peak:>9.1f}"
        )
        rows = sorted(pages(home), key=lambda row: -row[1])
        slow, heavy = rows[0], max(rows, key=lambda row: row[2])
        quick = min(seconds for _, seconds, _ in rows)
        print(
            f"{'slowest of ' + str(len(rows)) + ' pages, server time':<34}{'<= 150 ms':>14}{slow[1] * 1e3:>9.0f} ms{quick * 1e3:>9.0f} ms{slow[1] / quick:>9.1f}   {slow[0]}"
        )
        print(
            f"{'heaviest page':<34}{'<= 150 KB':>14}{heavy[2] / 1024:>9.0f} KB{min(r[2] for r in rows) / 1024:>9.0f} KB{heavy[2] / min(r[2] for r in rows):>9.1f}   {heavy[0]}"
        )
    print(
        f"(this run itself: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB, 2 cores wanted, {os.cpu_count()} here, load {os.getloadavg()[0]:.1f})"
    )


if __name__ == "__main__":
    main()
