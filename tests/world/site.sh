#!/usr/bin/env bash
# A personal site as many people have one: Jekyll with the minima theme, feed, JSON-LD and sitemap; the front serves it as
# https://alma.test. usage: site.sh up | down (there is nothing to stop: the front does the serving)
. "$(dirname "$0")/common.sh"
DATA=$RUN/site
mapfile -t SEEDS < <(find "$WORLD/site" "$WORLD/site.sh" -type f | sort)

install() { install_packages jekyll jekyll-theme-minima ruby-jekyll-feed ruby-jekyll-seo-tag ruby-jekyll-sitemap; }

build() {
    local week
    rm -rf "$DATA"
    mkdir -p "$DATA"
    cp -R "$WORLD/site" "$DATA/source"
    for week in 01 02 03 04 05 06 07 08 09 10 11 12; do
        printf -- '---\nlayout: post\ntitle: "Tide table %s"\ndate: 2022-%s-03 09:00:00 +0000\n---\nHigh water stood at %s hours.\n' \
            "$week" "$week" "$week" >"$DATA/source/_posts/2022-$week-03-tide-table-$week.md"
    done
    jekyll build -q -s "$DATA/source" -d "$DATA/public" --disable-disk-cache >"$RUN/site.log" 2>&1 \
        || fail "jekyll: $(tail -n 5 "$RUN/site.log")"
    mkdir -p "$DATA/public/drafts" "$DATA/public/big" "$DATA/public/slow"
    echo '<!doctype html><title>Draft</title><p>DRAFT-BEHIND-ROBOTS</p>' >"$DATA/public/drafts/index.html"
    { echo '<!doctype html><title>Big</title><p>'; head -c 4000000 /dev/zero | tr '\0' 'a'; } >"$DATA/public/big/index.html"
    echo '<!doctype html><title>Slow</title><p>a page that comes by drops, a few characters each second</p>' >"$DATA/public/slow/index.html"
    note_made_from site "${SEEDS[@]}"
}

case ${1:-} in
up)
    install
    made_from site "${SEEDS[@]}" || build
    ;;
down) ;;
*) fail "usage: site.sh up | down" ;;
esac
