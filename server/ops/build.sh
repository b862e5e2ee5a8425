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
    command -v npm >/dev/null && found=$(node --version 2>/dev/null) || return 1
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

# From the npm registry, where a build of Node stands beside everything else web/ is made of: Debian's own is too old, and
# its npm would bring four hundred packages with it.
fetch_node() {
    local hash architecture into=$ROOT/build/node/node_modules
    use_node
    if node_is_new_enough; then return "$NOTHING_TO_DO"; fi
    case $(uname -m) in
    x86_64) architecture=x64 ;;
    aarch64) architecture=arm64 ;;
    *) die "Node $oldest_node or newer is needed to build web/ and is fetched for x86_64 and aarch64 only; install it and run the same command again" ;;
    esac
    hash=$(inputs_hash server/ops/node.lock)
    rm -rf "$ROOT/build/node"
    mkdir -p "$into/.bin"
    fetch_locked "node-linux-$architecture" "$into/node"
    fetch_locked npm "$into/npm"
    ln -s ../node/bin/node "$into/.bin/node"
    ln -s ../npm/bin/npm-cli.js "$into/.bin/npm"
    ln -s ../npm/bin/npx-cli.js "$into/.bin/npx"
    node_is_new_enough || die "the Node fetched into build/node does not run; see $step_log"
    write_stamp node "$hash"
}

fetch_locked() { # fetch_locked PACKAGE DIR: what node.lock says of it, and nothing else
    local version integrity archive=$2.tgz registry=${NPM_CONFIG_REGISTRY:-${npm_config_registry:-https://registry.npmjs.org}}
    read -r _ version integrity < <(grep "^$1 " "$ROOT/server/ops/node.lock")
    curl --fail --silent --show-error --location --retry 3 --connect-timeout 20 -o "$archive" \
        "${registry%/}/$1/-/$1-$version.tgz" ||
        die "no network: $1 $version cannot be fetched from $registry; connect this machine or set NPM_CONFIG_REGISTRY, then run the same command again"
    [[ sha512-$(openssl dgst -sha512 -binary "$archive" | openssl base64 -A) == "$integrity" ]] ||
        die "what $registry gave for $1 $version is not what server/ops/node.lock expects; nothing of it was used"
    mkdir -p "$2"
    tar -xzf "$archive" -C "$2" --strip-components=1 --no-same-owner
    rm "$archive"
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
