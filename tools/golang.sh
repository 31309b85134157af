#!/usr/bin/env bash
# Sees to it that the record's tests have Go and its library of transparent logs, where Debian has them and this is root.
# Never fails: without them, the tests that need them are skipped by name.
set -u
if command -v go >/dev/null 2>&1 && [ -d /usr/share/gocode/src/golang.org/x/mod/sumdb/tlog ]; then
  exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing Go for the tests of the record's outside checker (once) …"
  (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends golang-go golang-golang-x-mod-dev) >/dev/null 2>&1 && exit 0
fi
echo "No Go could be had: the tests of tools/verify_log.go are skipped."
exit 0
