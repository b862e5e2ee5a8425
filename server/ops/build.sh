# shellcheck shell=bash
# Building the server and the web apps; every part is skipped while its inputs have not changed.

readonly server_inputs=(CMakeLists.txt CMakePresets.json cmake sla ticketing integrations server)
readonly oldest_node=20.19.0

server_binary() { printf '%s/build/%s/server/hotline-server\n' "$ROOT" "$1"; }

# A Beast translation unit takes 0.8 GB to compile: as many at once as processors and memory allow.
build_jobs() {
    local jobs memory
    jobs=$(nproc)
    memory=$(awk '/^MemAvailable/ { print int($2 / 1000000) }' /proc/meminfo)
    ((memory < jobs)) && jobs=$memory
    say "$((jobs > 0 ? jobs : 1))"
}

build_targets() { # build_targets PRESET TARGET…
    local preset=$1
    shift
    cd "$ROOT"
    # What one clone compiled, another one of the same sources finds in ccache.
    export CCACHE_BASEDIR=$ROOT CCACHE_NOHASHDIR=1
    cmake --preset "$preset"
    cmake --build "build/$preset" -j "$(build_jobs)" --target "$@"
}

build_server() { # build_server PRESET
    local hash
    hash=$(inputs_hash "${server_inputs[@]}")
    if stamp_matches "server-$1" "$hash" && [[ -x $(server_binary "$1") ]]; then return "$NOTHING_TO_DO"; fi
    build_targets "$1" hotline-server
    write_stamp "server-$1" "$hash"
}

node_is_new_enough() {
    local found
    found=$(node --version 2>/dev/null) || return 1
    printf '%s\n%s\n' "$oldest_node" "${found#v}" | sort -C -V
}

# Puts a Node that can build web/ first on the PATH: the machine's own, or the one of fetch_node.
use_node() {
    # Node brings its own list of authorities; the machine's may know more.
    if [[ -z ${NODE_EXTRA_CA_CERTS:-} && -r /etc/ssl/certs/ca-certificates.crt ]]; then
        export NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt
    fi
    node_is_new_enough || PATH=$ROOT/build/node/node_modules/.bin:$PATH
}

fetch_node() {
    local hash
    use_node
    if node_is_new_enough; then return "$NOTHING_TO_DO"; fi
    [[ $(uname -m) == x86_64 ]] ||
        die "Node $oldest_node or newer is needed to build web/ and is fetched for x86_64 only; install it and run the same command again"
    hash=$(inputs_hash server/ops/node)
    mkdir -p "$ROOT/build/node"
    cp "$ROOT"/server/ops/node/package*.json "$ROOT/build/node/"
    npm_in "$ROOT/build/node" ci
    node_is_new_enough || die "the Node fetched into build/node does not run; see $step_log"
    write_stamp node "$hash"
}

npm_in() { # npm_in DIR ARGS…
    local dir=$1 from
    shift
    from=$(wc -c <"$step_log")
    if (cd "$dir" && NO_UPDATE_NOTIFIER=1 npm "$@" --no-fund --no-audit); then return 0; fi
    if tail -c "+$((from + 1))" "$step_log" | grep -qE 'ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|ENETUNREACH'; then
        die 'no network: the npm registry cannot be reached; connect this machine or set npm'\''s proxy, then run the same command again'
    fi
    die "npm $* failed in $dir; its own words are in $step_log"
}

install_web() {
    local hash
    use_node
    hash="$(inputs_hash web/package.json web/package-lock.json) $(node --version)"
    if stamp_matches web-packages "$hash" && [[ -d $ROOT/web/node_modules ]]; then return "$NOTHING_TO_DO"; fi
    npm_in "$ROOT/web" ci
    write_stamp web-packages "$hash"
}

build_web() {
    local hash
    hash=$(inputs_hash web server/api)
    if stamp_matches web "$hash" && [[ -d $ROOT/web/dist ]]; then return "$NOTHING_TO_DO"; fi
    use_node
    within_step install_web
    (cd "$ROOT/web" && NO_COLOR=1 npm run build)
    write_stamp web "$hash"
}
