#!/usr/bin/env bash
# Tools that others wrote, each in a place of its own, so that none of them can change ours: py-wacz, FastWARC, playwright
# and pywb in virtual environments, ReplayWeb.page as files, age and Chromium from the system. They stay where they are
# for the next run, in FOOTPRINT_WORLD_TOOLS, or in a folder of the system's for temporary files.
# usage: tools.sh up: installs what is missing and prints the folder
. "$(dirname "$0")/common.sh"
TOOLS=${FOOTPRINT_WORLD_TOOLS:-${TMPDIR:-/tmp}/footprint-world-tools-$(id -u)}

# environment NAME REQUIREMENT...: a virtual environment with these packages, unless it is complete already.
environment() {
    local place=$TOOLS/$1
    shift
    [ "$(cat "$place/made-from" 2>/dev/null)" != "$*" ] || return 0
    say "installing $*"
    rm -rf "$place"
    { "$PYTHON" -m venv "$place" && "$place/bin/python" -m pip install --quiet --disable-pip-version-check "$@"; } \
        >"$RUN/tools.log" 2>&1 || fail "pip could not install $*: $(tail -n 3 "$RUN/tools.log")"
    echo "$*" >"$place/made-from"
}

# player VERSION: the files of ReplayWeb.page, unpacked and not installed: nothing of it is run but in the browser.
player() {
    local place=$TOOLS/player
    [ "$(cat "$place/made-from" 2>/dev/null)" != "$1" ] || return 0
    say "fetching replaywebpage $1"
    command -v npm >/dev/null || fail "npm is needed, to fetch ReplayWeb.page"
    rm -rf "$place"
    mkdir -p "$place"
    { cd "$place" && npm pack --silent "replaywebpage@$1" && tar -xzf replaywebpage-*.tgz && rm replaywebpage-*.tgz; } \
        >"$RUN/tools.log" 2>&1 || fail "npm could not fetch replaywebpage $1: $(tail -n 3 "$RUN/tools.log")"
    echo "$1" >"$place/made-from"
}

up() {
    (umask 077 && mkdir -p "$TOOLS")
    [ -O "$TOOLS" ] || fail "$TOOLS belongs to somebody else; set FOOTPRINT_WORLD_TOOLS to a folder of yours"
    install_packages age chromium
    (
        flock 9
        environment readers wacz==0.6.0 FastWARC==2.0.1 playwright==1.65.2
        environment pywb pywb==2.10.0
        player 2.5.3
    ) 9>"$TOOLS/lock"
    echo "$TOOLS"
}

case ${1:-} in
up) up ;;
*) fail "usage: tools.sh up" ;;
esac
