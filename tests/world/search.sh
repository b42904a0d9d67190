#!/usr/bin/env bash
# searx from Debian's package, as https://search.test behind the front: it asks the wiki, the blog, and an engine that is
# dead. usage: search.sh up | down (the wiki and the blog must run)
. "$(dirname "$0")/common.sh"
DATA=$RUN/search

install() { install_packages searx; }

configure() {
    mkdir -p "$DATA"
    WIKI=$WIKI_PLAIN BLOG=$BLOG_PLAIN PORT=$SEARCH_PORT /usr/bin/python3 "$WORLD/search/settings.py" >"$DATA/settings.yml" \
        || fail "the settings of searx could not be made"
}

up() {
    install
    stop_server search
    configure
    SEARX_SETTINGS_PATH=$DATA/settings.yml start_server search "$SEARCH_PORT" searx-run
    wait_for search "$SEARCH_PORT"
}

case ${1:-} in
up) up ;;
down) stop_server search ;;
*) fail "usage: search.sh up | down" ;;
esac
