#!/usr/bin/env bash
# snac2, a server of the fediverse, as https://social.test behind the front. usage: social.sh up | down
. "$(dirname "$0")/common.sh"
DATA=$RUN/social
# A server of the fediverse sends each post on to others. Here there are none: what it sends goes to a proxy that is not
# there, so that it fails at once and no name is asked of a resolver.
NOWHERE=http://127.0.0.1:9

install_snac() {
    command -v snac >/dev/null || {
        fill_lists
        if apt-cache show snac2 >/dev/null 2>&1; then apt_install snac2; else install_from_backports; fi
    }
}

# The package alone is fetched from backports, into a folder of ours; what it needs comes from the system's own release.
install_from_backports() {
    local codename mirror state=$RUN/backports options
    codename=$(. /etc/os-release && echo "$VERSION_CODENAME")
    mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' "Codename: $codename" 'Origin: Debian' 'Label: Debian' | head -n 1)
    [ -n "$mirror" ] || fail "apt knows no Debian mirror"
    mkdir -p "$state/lists/partial"
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $codename-backports main" >"$state/sources.list"
    options=(-q -o "Dir::Etc::sourcelist=$state/sources.list" -o Dir::Etc::sourceparts=- -o "Dir::State::lists=$state/lists"
        -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= -o APT::Sandbox::User=root -o Acquire::Retries=3)
    { apt-get "${options[@]}" update && cd "$state" && rm -f -- *.deb && apt-get "${options[@]}" download snac2; } \
        >"$RUN/apt-backports.log" 2>&1 || fail "no snac2 in backports: $(tail -n 3 "$RUN/apt-backports.log")"
    apt_install "$state"/snac2_*.deb
}

prepare() {
    rm -rf "$DATA"
    printf '127.0.0.1\n%s\n%s\n\n\n' "$SOCIAL_PORT" "$SOCIAL_HOST" | snac init "$DATA" >"$RUN/social-fill.log" 2>&1
    "$PYTHON" "$WORLD/social/fill.py" accounts "$DATA" >>"$RUN/social-fill.log" 2>&1 || not_filled
}

not_filled() { fail "could not be filled: $(tail -n 5 "$RUN/social-fill.log")"; }

up() {
    install_snac
    stop_server social
    prepare # each time anew: it takes two seconds, and nothing of an earlier run can be left over
    export http_proxy=$NOWHERE https_proxy=$NOWHERE
    start_server social "$SOCIAL_PORT" snac httpd "$DATA"
    wait_for social "$SOCIAL_PORT"
    "$PYTHON" "$WORLD/social/fill.py" posts "$DATA" >>"$RUN/social-fill.log" 2>&1 || not_filled
}

case ${1:-} in
up) up ;;
down) stop_server social ;;
*) fail "usage: social.sh up | down" ;;
esac
