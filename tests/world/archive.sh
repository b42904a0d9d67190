#!/usr/bin/env bash
# pywb as an index server in Common Crawl's form, behind the front under Common Crawl's name: what it knows is an invented
# past of https://alma.test. usage: archive.sh up | down
. "$(dirname "$0")/common.sh"
DATA=$RUN/archive
SEEDS=("$WORLD/archive.sh" "$WORLD/archive/past.py" "$WORLD/archive/zipnum.py")

fill() {
    rm -rf "$DATA" "$RUN/archive-fill.log"
    mkdir -p "$DATA/index"
    (
        cd "$DATA"
        "$PYWB/python" "$WORLD/archive/past.py" past.warc.gz
        "$PYWB/wb-manager" init past
        "$PYWB/wb-manager" add past past.warc.gz
        "$PYWB/python" "$WORLD/archive/zipnum.py" collections/past/indexes/index.cdxj index
    ) >"$RUN/archive-fill.log" 2>&1 || fail "the archive could not be filled: $(tail -n 3 "$RUN/archive-fill.log")"
    cat >"$DATA/config.yaml" <<YAML
collections:
  CC-MAIN-2024-51:
    index: {type: zipnum, path: $DATA/index/index.idx, shard_index_loc: $DATA/index/index.loc, max_blocks: 5}
    archive_paths: $DATA/collections/past/archive/
cdx_api_endpoint: '-index'
YAML
    note_made_from archive "${SEEDS[@]}"
}

up() {
    PYWB=$(bash "$WORLD/tools.sh" up)/pywb/bin
    stop_server archive
    made_from archive "${SEEDS[@]}" || fill
    cd "$DATA"
    start_server archive "$ARCHIVE_PORT" "$PYWB/wayback" --bind 127.0.0.1 -p "$ARCHIVE_PORT"
    wait_for archive "$ARCHIVE_PORT"
}

case ${1:-} in
up) up ;;
down) stop_server archive ;;
*) fail "usage: archive.sh up | down" ;;
esac
