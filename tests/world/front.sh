#!/usr/bin/env bash
# nginx with TLS in front of the others: real https names on one loopback port, under an authority made for the day.
# usage: front.sh up | down. Clients pin the names to 127.0.0.1 and the port, and trust run/front/client.pem.
. "$(dirname "$0")/common.sh"
DATA=$RUN/front

certify() {
    local names=("$WIKI_HOST" "$SOCIAL_HOST" "$SITE_HOST" "$BLOG_HOST" "$SEARCH_HOST" "$ARCHIVE_HOST" "$SKY_HOST" "$SKY_HOME_HOST")
    [ "$(cat "$DATA/names" 2>/dev/null)" = "${names[*]}" ] && [ -n "$(find "$DATA/server.pem" -mtime -30)" ] && return 0
    "$PYTHON" -m trustme -q -d "$DATA" -i "${names[@]}" || fail "trustme is not installed for $PYTHON"
    echo "${names[*]}" >"$DATA/names"
}

configure() {
    local line
    line=$(sed -e "s|@RUN@|$RUN|g" -e "s|@FRONT_PORT@|$FRONT_PORT|g" -e "s|@WIKI_PORT@|$WIKI_PORT|g" -e "s|@SOCIAL_PORT@|$SOCIAL_PORT|g" \
        -e "s|@WIKI_PLAIN@|$WIKI_PLAIN|g" -e "s|@BLOG_PLAIN@|$BLOG_PLAIN|g" -e "s|@BLOG_HOST@|$BLOG_HOST|g" -e "s|@BLOG_PORT@|$BLOG_PORT|g" -e "s|@SEARCH_HOST@|$SEARCH_HOST|g" -e "s|@SEARCH_PORT@|$SEARCH_PORT|g" \
        -e "s|@ARCHIVE_HOST@|$ARCHIVE_HOST|g" -e "s|@ARCHIVE_PORT@|$ARCHIVE_PORT|g" -e "s|@SKY_HOST@|$SKY_HOST|g" -e "s|@SKY_PORT@|$SKY_PORT|g" \
        -e "s|@SKY_HOME_HOST@|$SKY_HOME_HOST|g" -e "s|@SKY_HOME_PORT@|$SKY_HOME_PORT|g" -e "s|@WIKI_HOST@|$WIKI_HOST|g" -e "s|@SOCIAL_HOST@|$SOCIAL_HOST|g" -e "s|@SITE_HOST@|$SITE_HOST|g" "$WORLD/front/nginx.conf.in")
    # Started by root, nginx would give its workers to another user, who may not be able to read this folder.
    if [ "$(id -u)" -eq 0 ]; then line="user root;"$'\n'"$line"; fi
    printf '%s\n' "$line" >"$DATA/nginx.conf"
    cp "$WORLD/front/fastcgi.conf" "$DATA/fastcgi.conf"
}

up() {
    install_packages nginx-light
    stop_server front
    mkdir -p "$DATA"
    certify
    configure
    rm -f "$RUN/front-access.log"
    : >"$DATA/nobody" # who may enter the members' pages
    start_server front "$FRONT_PORT" nginx -e "$RUN/front.log" -c "$DATA/nginx.conf"
    wait_for front "$FRONT_PORT"
}

case ${1:-} in
up) up ;;
down) stop_server front ;;
*) fail "usage: front.sh up | down" ;;
esac
