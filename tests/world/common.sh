# shellcheck shell=bash
# What the scripts of this folder share: places, ports, starting and stopping. Sourced, never run.
#
# Every server gets a session of its own (setsid), so that it can be ended whole: PHP's workers outlive a killed parent.
# A pid file holds the pid and the time that process was started, so that a number which the system has since given to
# somebody else is never signalled.
set -euo pipefail

WORLD=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
RUN=$WORLD/run
FIRST_PORT=${FOOTPRINT_WORLD_PORT:-29440}
WIKI_PORT=$((FIRST_PORT + 1)) SOCIAL_PORT=$((FIRST_PORT + 2)) FRONT_PORT=$((FIRST_PORT + 3))
BLOG_PORT=$((FIRST_PORT + 4)) SEARCH_PORT=$((FIRST_PORT + 5)) ARCHIVE_PORT=$((FIRST_PORT + 6))
WIKI_PLAIN=$((FIRST_PORT + 7)) BLOG_PLAIN=$((FIRST_PORT + 8)) # without TLS, for the search engine, which knows no authority of the day
SKY_PORT=$((FIRST_PORT + 9)) SKY_HOME_PORT=$((FIRST_PORT + 10)) SKY_DB_PORT=$((FIRST_PORT + 11)) SKY_CACHE_PORT=$((FIRST_PORT + 12))
WIKI_HOST=wiki.test SOCIAL_HOST=social.test SITE_HOST=alma.test BLOG_HOST=blog.test SEARCH_HOST=search.test
# The collectors know one address of each of these; here it leads to loopback, and nowhere else.
ARCHIVE_HOST=index.commoncrawl.org SKY_HOST=public.api.bsky.app
SKY_HOME_HOST=pds.test
PYTHON=${PYTHON:-$WORLD/../../.venv/bin/python}
mkdir -p "$RUN"

say() { printf '%s: %s\n' "$(basename "$0" .sh)" "$*" >&2; }

fail() {
    say "$*"
    exit 1
}

# install_packages NAME...: those that are not there yet. One installation at a time; daemons are not started by apt.
install_packages() {
    local missing=() name
    for name in "$@"; do
        dpkg-query -W -f '${db:Status-Abbrev}' "$name" 2>/dev/null | grep -q '^ii' || missing+=("$name")
    done
    [ ${#missing[@]} -eq 0 ] || apt_install "${missing[@]}"
}

# apt_install WORD...: what apt-get install is given: names, or .deb files. Old lists name files that are gone: then once more.
apt_install() {
    [ "$(id -u)" -eq 0 ] || fail "must be root to install: $*"
    say "installing $*"
    (
        flock 9
        trap allow_daemons EXIT
        forbid_daemons
        fill_lists
        apt_get_install "$@" || { update_lists && apt_get_install "$@"; } || fail "apt-get could not install $*: $(tail -n 5 "$RUN/apt.log")"
    ) 9>"$RUN/apt.lock"
}

apt_get_install() {
    DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 install \
        --no-install-recommends "$@" >"$RUN/apt.log" 2>&1
}

update_lists() { apt-get -q -o Acquire::Retries=3 update >"$RUN/apt.log" 2>&1; }

fill_lists() { # on a new machine apt may know no package yet
    [ -n "$(find /var/lib/apt/lists -name '*_Packages*' -print -quit)" ] || update_lists || fail "apt-get update: $(tail -n 3 "$RUN/apt.log")"
}

# Debian's packages start their daemon on installation unless this file says no; where there is one, it is left alone.
POLICY=/usr/sbin/policy-rc.d
forbid_daemons() {
    [ -e $POLICY ] || printf '#!/bin/sh\n# footprint-world\nexit 101\n' >$POLICY
    chmod +x $POLICY
}
allow_daemons() { if grep -q '^# footprint-world$' $POLICY; then rm -f $POLICY; fi; }

listening() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

started_at() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d ' ' -f 20; } # field 22 of proc(5)

# start_server NAME PORT COMMAND...: starts COMMAND in a session of its own and writes its pid down.
start_server() {
    local name=$1 port=$2 pid
    shift 2
    ! listening "$port" || fail "port $port is taken by another program; set FOOTPRINT_WORLD_PORT to the first of thirteen free ports"
    setsid "$@" </dev/null >"$RUN/$name.log" 2>&1 9>&- &
    pid=$!
    printf '%s %s\n' "$pid" "$(started_at $pid)" >"$RUN/$name.pid"
}

# group_lives GROUP: true while a process of the group runs. One that has ended and is not collected yet does not count.
group_lives() {
    awk -v group="$1" '{ sub(/.*\) /, ""); if ($3 == group && $1 != "Z") found = 1 } END { exit !found }' \
        < <(cat /proc/[0-9]*/stat 2>/dev/null)
}

# stop_server NAME: ends the session that start_server wrote down, first politely; no word if there is none.
stop_server() {
    local file=$RUN/$1.pid pid since now tries
    [ -f "$file" ] || return 0
    read -r pid since <"$file"
    now=$(started_at "$pid" || true)
    if [ -z "$now" ] || [ "$now" = "$since" ]; then
        kill -TERM -- "-$pid" 2>/dev/null || true
        for ((tries = 0; tries < 50; tries++)); do
            group_lives "$pid" || break
            sleep 0.1
        done
        kill -KILL -- "-$pid" 2>/dev/null || true
    fi
    rm -f "$file"
}

# wait_for NAME PORT: until the server NAME listens; shows the end of its log if it never does.
wait_for() {
    local tries pid _
    read -r pid _ <"$RUN/$1.pid"
    for ((tries = 0; tries < 150; tries++)); do
        ! listening "$2" || return 0
        kill -0 "$pid" 2>/dev/null || break
        sleep 0.1
    done
    fail "does not listen on port $2: $(tail -n 5 "$RUN/$1.log")"
}

# made_from NAME FILE...: true where run/NAME was filled from these very files, in this very place.
made_from() {
    local name=$1
    shift
    [ "$(cat "$RUN/$name/made-from" 2>/dev/null)" = "$(digest "$@")" ]
}

# note_made_from NAME FILE...: writes that down, when the filling is complete.
note_made_from() {
    local name=$1
    shift
    digest "$@" >"$RUN/$name/made-from"
}

digest() { { cat "$@"; echo "$WORLD"; } | sha256sum | cut -d ' ' -f 1; }
