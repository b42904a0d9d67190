#!/usr/bin/env bash
# MediaWiki from Debian's package on SQLite, as https://wiki.test behind the front, which speaks FastCGI to it. usage: wiki.sh up | down
. "$(dirname "$0")/common.sh"
DATA=$RUN/wiki
CODE=/usr/share/mediawiki
SEEDS=("$WORLD/wiki.sh" "$WORLD/wiki/export.py" "$WORLD/wiki/hide.py" "$WORLD/wiki/settings.php")
export MW_CONFIG_FILE=$DATA/LocalSettings.php

# nginx stands first: with it the dependency on a web server is met and Apache is not pulled in.
install() { install_packages nginx-light php-cli php-cgi php-sqlite3 php-apcu mediawiki; }

maintain() { # SCRIPT WORD...
    local script=$1
    shift
    php "$CODE/maintenance/$script.php" "$@" >>"$RUN/wiki-fill.log" 2>&1 || fail "$script: $(tail -n 5 "$RUN/wiki-fill.log")"
}

# Written once: MediaWiki takes seconds to fill, and nothing that the tests do changes it.
fill() {
    rm -rf "$DATA" "$RUN/wiki-fill.log"
    mkdir -p "$DATA"
    # An installation with a settings file in its environment refuses to run.
    (
        unset MW_CONFIG_FILE
        maintain install --dbtype sqlite --dbpath "$DATA" --dbname wiki --server "https://$WIKI_HOST" --scriptpath /w \
            --confpath "$DATA" --pass "$(password)" "Sluice Wiki" Keeper
    )
    cat "$WORLD/wiki/settings.php" >>"$MW_CONFIG_FILE"
    while read -r name; do maintain createAndPromote "$name" "$(password)"; done < <("$PYTHON" "$WORLD/wiki/export.py" people)
    "$PYTHON" "$WORLD/wiki/export.py" dump >"$DATA/dump.xml"
    maintain importDump --username-prefix='' --no-updates "$DATA/dump.xml"
    "$PYTHON" "$WORLD/wiki/export.py" deleted >"$DATA/deleted.txt"
    maintain deleteBatch -u Keeper "$DATA/deleted.txt"
    "$PYTHON" "$WORLD/wiki/hide.py" "$DATA/wiki.sqlite"
    maintain refreshLinks
    maintain initSiteStats --update
    maintain initEditCount
    note_made_from wiki "${SEEDS[@]}"
}

password() { "$PYTHON" -c 'import secrets; print(secrets.token_hex(12))'; }

up() {
    install
    stop_server wiki
    made_from wiki "${SEEDS[@]}" || fill
    PHP_FCGI_CHILDREN=3 PHP_FCGI_MAX_REQUESTS=0 start_server wiki "$WIKI_PORT" php-cgi -b "127.0.0.1:$WIKI_PORT"
    wait_for wiki "$WIKI_PORT"
}

case ${1:-} in
up) up ;;
down) stop_server wiki ;;
*) fail "usage: wiki.sh up | down" ;;
esac
