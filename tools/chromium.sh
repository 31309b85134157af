#!/usr/bin/env bash
# Sees to it that the browser tests have a Chromium: the one installed, else Debian's, else Playwright's own.
# Never fails: without one, the tests that need it are skipped by name.
set -u
for name in chromium chromium-browser google-chrome; do
  command -v "$name" >/dev/null 2>&1 && exit 0
done
here=$(cd "$(dirname "$0")/.." && pwd)
"$here/.venv/bin/python" - <<'PY' && exit 0
import pathlib, sys
from playwright.sync_api import sync_playwright
with sync_playwright() as p:
    sys.exit(0 if pathlib.Path(p.chromium.executable_path).exists() else 1)
PY
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing Chromium for the browser tests (once) …"
  (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium) >/dev/null 2>&1 && exit 0
fi
echo "Fetching Playwright's Chromium for the browser tests (once) …"
"$here/.venv/bin/playwright" install chromium >/dev/null 2>&1 && exit 0
echo "No Chromium could be had: the tests under tests/browser are skipped."
exit 0
