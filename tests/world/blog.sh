#!/usr/bin/env bash
# WordPress from Debian's package, as https://blog.test behind the front, which speaks FastCGI to it; its MariaDB listens on
# a socket in run/ and on no port. usage: blog.sh up | down
. "$(dirname "$0")/common.sh"
DATA=$RUN/blog
SEEDS=("$WORLD/blog.sh" "$WORLD/blog/fill.php")
# A path of a socket may have some 100 characters, and a checkout can lie deep.
SOCKET=$(readlink -f "${TMPDIR:-/tmp}")/footprint-world-$(digest /dev/null | head -c 12).sock

install() {
    # nginx first, so that no Apache is pulled in.
    install_packages nginx-light php-cli php-cgi php-mysql php-xml php-mbstring mariadb-server wordpress wordpress-theme-twentytwentythree
}

database() {
    # No port to wait for: `start_server` is given one that nobody has, and the socket is asked.
    start_server blog-db 1 mariadbd --no-defaults --user="$(id -un)" --datadir="$DATA/db" --socket="$SOCKET" --skip-networking
    local tries
    for ((tries = 0; tries < 150; tries++)); do
        ! mariadb --no-defaults -S "$SOCKET" -e 'select 1' >/dev/null 2>&1 || return 0
        sleep 0.1
    done
    fail "MariaDB does not answer: $(tail -n 5 "$RUN/blog-db.log")"
}

configure() {
    cat >"$DATA/site/wp-config.php" <<PHP
<?php
define('DB_NAME', 'blog');
define('DB_USER', '$(id -un)');
define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:$SOCKET');
define('WP_HOME', 'https://$BLOG_HOST');
define('WP_SITEURL', 'https://$BLOG_HOST');
define('DISABLE_WP_CRON', true);
define('WP_HTTP_BLOCK_EXTERNAL', true);
\$table_prefix = 'wp_';
if (!defined('ABSPATH')) { define('ABSPATH', __DIR__ . '/'); }
require_once ABSPATH . 'wp-settings.php';
PHP
}

fill() {
    rm -rf "$DATA" "$RUN/blog-fill.log"
    mkdir -p "$DATA/db"
    mariadb-install-db --no-defaults --user="$(id -un)" --datadir="$DATA/db" --auth-root-authentication-method=normal >"$RUN/blog-fill.log" 2>&1 \
        || fail "mariadb-install-db: $(tail -n 3 "$RUN/blog-fill.log")"
    cp -rL /usr/share/wordpress "$DATA/site" 2>>"$RUN/blog-fill.log" || true # some links of the package lead to settings that are not there
    configure
    database
    mariadb --no-defaults -S "$SOCKET" -e 'create database blog' || fail "the database could not be made"
    SITE=$DATA/site BLOG_HOST=$BLOG_HOST php "$WORLD/blog/fill.php" >>"$RUN/blog-fill.log" 2>&1 || fail "fill.php: $(tail -n 5 "$RUN/blog-fill.log")"
    note_made_from blog "${SEEDS[@]}"
}

down() {
    stop_server blog
    stop_server blog-db
    rm -f "$SOCKET"
}

up() {
    install
    down
    if made_from blog "${SEEDS[@]}"; then database; else fill; fi
    PHP_FCGI_CHILDREN=3 PHP_FCGI_MAX_REQUESTS=0 start_server blog "$BLOG_PORT" php-cgi -b "127.0.0.1:$BLOG_PORT"
    wait_for blog "$BLOG_PORT"
}

case ${1:-} in
up) up ;;
down) down ;;
*) fail "usage: blog.sh up | down" ;;
esac
