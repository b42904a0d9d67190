#!/usr/bin/env bash
# The AT Protocol's own development network (PDS, AppView, directory) from npm, as https://public.api.bsky.app and
# https://pds.test behind the front; with PostgreSQL and Redis from Debian. usage: sky.sh up | down
. "$(dirname "$0")/common.sh"
DATA=$RUN/sky
PACKAGES=$RUN/sky-packages
WANTED=("$WORLD/sky/package.json" "$WORLD/sky/package-lock.json")

# Of all the packages' own scripts one runs: better-sqlite3 is compiled, or fetched compiled where that is possible.
install() {
    install_packages redis-server postgresql
    command -v npm >/dev/null || install_packages nodejs npm
    command -v g++ >/dev/null || install_packages g++ make
    [ "$(cat "$PACKAGES/made-from" 2>/dev/null)" = "$(digest "${WANTED[@]}")" ] && return 0
    say "installing the packages of sky/package.json, and compiling one: some three minutes"
    rm -rf "$PACKAGES" && mkdir -p "$PACKAGES" && cp "${WANTED[@]}" "$PACKAGES"
    (cd "$PACKAGES" && npm ci --ignore-scripts --no-audit --no-fund && npm rebuild better-sqlite3) >"$RUN/sky-install.log" 2>&1 \
        || fail "npm: $(tail -n 5 "$RUN/sky-install.log")"
    digest "${WANTED[@]}" >"$PACKAGES/made-from"
}

# PostgreSQL runs under no root: then it has a user of its own, who must be able to enter its folder.
database() {
    local bin as=()
    bin=$(find /usr/lib/postgresql -name initdb -print -quit) && bin=$(dirname "$bin")
    [ "$(id -u)" -ne 0 ] || as=(runuser -u postgres --)
    POSTGRES=$(mktemp -d "${TMPDIR:-/tmp}/footprint-world-sky-XXXXXX")
    echo "$POSTGRES" >"$DATA/postgres"
    [ "$(id -u)" -ne 0 ] || chown postgres "$POSTGRES"
    (cd / && "${as[@]}" "$bin/initdb" -A trust -U world -E UTF8 -D "$POSTGRES/data") >"$RUN/sky-fill.log" 2>&1 || fail "initdb: $(tail -n 3 "$RUN/sky-fill.log")"
    start_server sky-db "$SKY_DB_PORT" "${as[@]}" "$bin/postgres" -D "$POSTGRES/data" -p "$SKY_DB_PORT" -k "$POSTGRES" \
        -c listen_addresses=127.0.0.1 -c fsync=off
    wait_for sky-db "$SKY_DB_PORT"
}

down() {
    stop_server sky
    stop_server sky-cache
    stop_server sky-db
    [ ! -f "$DATA/postgres" ] || rm -rf -- "$(cat "$DATA/postgres")"
    rm -rf "$DATA"
}

up() {
    install
    down
    mkdir -p "$DATA/tmp"
    database
    start_server sky-cache "$SKY_CACHE_PORT" redis-server --port "$SKY_CACHE_PORT" --bind 127.0.0.1 --save '' --dir "$DATA"
    wait_for sky-cache "$SKY_CACHE_PORT"
    TMPDIR=$DATA/tmp NODE_ENV=test LOG_ENABLED=false PACKAGES=$PACKAGES READY=$DATA/ready \
        APPVIEW_PORT=$SKY_PORT PDS_PORT=$SKY_HOME_PORT REDIS_HOST=127.0.0.1:$SKY_CACHE_PORT \
        DB_POSTGRES_URL=postgresql://world@127.0.0.1:$SKY_DB_PORT/postgres \
        start_server sky "$SKY_PORT" node "$WORLD/sky/serve.cjs"
    wait_until_filled
}

wait_until_filled() {
    local tries pid _
    read -r pid _ <"$RUN/sky.pid"
    for ((tries = 0; tries < 1200; tries++)); do
        [ ! -f "$DATA/ready" ] || return 0
        kill -0 "$pid" 2>/dev/null || break
        sleep 0.1
    done
    fail "was not filled: $(tail -n 5 "$RUN/sky.log")"
}

case ${1:-} in
up) up ;;
down) down ;;
*) fail "usage: sky.sh up | down" ;;
esac
