#!/usr/bin/env bash
# Runs a command beside a PostgreSQL of its own: tools/postgresql.sh [--disc] COMMAND...
# The server is Debian's package, in a fresh cluster on a free loopback port; it stops and is wiped when the command ends.
# The command finds its address in VIGIE_TEST_DATABASE. Where no PostgreSQL can be had, says so and exits 0.
# With --disc, for benchmarks, the cluster lies on the disc, and the command runs even where no PostgreSQL can be had.
set -eu
oldest=15
if [ "$1" = --disc ]; then disc=1; shift; else disc=0; fi

programs() {  # the newest PostgreSQL in Debian's place; what PATH calls `postgres` may be anything
  local folder
  for folder in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -t/ -k5 -nr); do
    [ -x "$folder/initdb" ] && [ "$(basename "$(dirname "$folder")")" -ge "$oldest" ] && { echo "$folder"; return; }
  done
  return 1
}

install() {
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 || return 1
  echo "Installing PostgreSQL for the tests on it (once) …" >&2
  # Debian's package would make and start a server of its own on 5432: nobody asked for that.
  mkdir -p /etc/postgresql-common
  [ -e /etc/postgresql-common/createcluster.conf ] || echo "create_main_cluster = false" > /etc/postgresql-common/createcluster.conf
  (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    -o Dpkg::Options::=--force-confold postgresql) >/dev/null 2>&1
}

bin=$(programs) || { install && bin=$(programs); } || { echo "No PostgreSQL $oldest or later could be had: what needs one is skipped." >&2; [ $disc = 0 ] || exec "$@"; exit 0; }

# The server refuses to run as root: root lends it Debian's own user.
as() { if [ "$(id -u)" = 0 ]; then setpriv --reuid=postgres --regid=postgres --init-groups "$@"; else "$@"; fi; }

room=${TMPDIR:-/tmp}
# Memory instead of disc where there is a gigabyte of it, unless asked: a flush costs nothing there, and is still asked for.
[ $disc = 0 ] && [ "$(df -Pk /dev/shm 2>/dev/null | awk 'NR==2 {print int($4 / 1048576)}')" -ge 1 ] 2>/dev/null && room=/dev/shm
cd /  # the server's user may not be able to stand where we do
place=$(as mktemp -d "$room/vigie-postgresql.XXXXXX")
stop() { as "$bin/pg_ctl" -D "$place/data" -m immediate -w stop >/dev/null 2>&1 || true; rm -rf "$place"; }
trap stop EXIT
trap 'kill "$child" 2>/dev/null || true; exit 130' INT
trap 'kill "$child" 2>/dev/null || true; exit 143' TERM HUP
child=

password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
printf %s "$password" | as sh -c "umask 077; cat > '$place/password'"
as "$bin/initdb" -D "$place/data" --username=vigie_test --pwfile="$place/password" --encoding=UTF8 --locale=C.UTF-8 \
  --auth=scram-sha-256 --no-sync >/dev/null
for attempt in 1 2 3; do
  port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  as "$bin/pg_ctl" -D "$place/data" -l "$place/log" -w -t 60 start \
    -o "-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories=$place -c lc_messages=C" >/dev/null && break
  [ "$attempt" = 3 ] && { echo "PostgreSQL did not start:" >&2; cat "$place/log" >&2; exit 1; }
done
export VIGIE_TEST_DATABASE="postgresql://vigie_test:$password@127.0.0.1:$port" VIGIE_TEST_CLUSTER="$place/data"
cd "$OLDPWD"
"$@" &
child=$!
wait "$child"  # a signal ends a wait, and would not end a command in the foreground
