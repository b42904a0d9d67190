#!/usr/bin/env bash
# What the browser tests stand on: Chromium and fonts from Debian, Playwright and axe-core from PyPI, beside the tests and
# in no other environment. usage: browser.sh up
. "$(dirname "$0")/../world/common.sh"
BROWSER=$(cd "$(dirname "$0")" && pwd)
RUN=$BROWSER/run
SITE=$RUN/.site
WANTED=$BROWSER/requirements.txt
mkdir -p "$RUN"

up() {
    command -v chromium >/dev/null || install_packages chromium
    command -v pdftotext >/dev/null || install_packages poppler-utils
    if [ "$(cat "$SITE/made-from" 2>/dev/null)" != "$(digest "$WANTED")" ]; then
        say "installing Playwright and axe-core"
        rm -rf "$SITE"
        "$PYTHON" -m pip install --quiet --disable-pip-version-check --no-deps --target "$SITE" -r "$WANTED"
        digest "$WANTED" >"$SITE/made-from"
    fi
}

case ${1:-} in
up) up ;;
*) fail "usage: browser.sh up" ;;
esac
