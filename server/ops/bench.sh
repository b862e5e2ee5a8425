# shellcheck shell=bash
# `./hotline bench`: benchmarks against an instance of their own, release build, on the disk of the clone.
# A benchmark NAME is tests/bench/NAME.sh or the binary build/release/tests/bench_NAME; both find the
# instance in BENCH_CONFIG, BENCH_URL, BENCH_SERVER (binary), BENCH_ACCOUNTS and BENCH_LOGS.

bench_names() {
    find "$ROOT/tests/bench" -maxdepth 1 -name '*.sh' -printf '%f\n' 2>/dev/null | sed 's/\.sh$//'
    find "$ROOT/build/release/tests" -maxdepth 1 -type f -perm -u+x -name 'bench_*' -printf '%f\n' 2>/dev/null |
        sed 's/^bench_//'
}

command_bench() { # command_bench [NAME [ARGS…]]
    local name=${1:-} names dir=$ROOT/build/bench-stack mode='up'
    # These need a browser.
    if [[ -z $name ]] || wants "$name" screens pictures; then mode='test'; fi
    begin_steps 5 "$ROOT/var/log/bench.log"
    trap 'abandon_step; remove_instance "$dir"; exit 130' INT TERM HUP
    local missing
    mapfile -t missing < <(packages_to_install "$mode")
    check_rights "${missing[@]}"
    step 'installing packages' install_packages "${missing[@]}"
    step 'fetching Node for the web build' fetch_node
    step 'building the server and the benchmarks' build_targets release all
    step 'building the web apps' build_web
    use_node
    mapfile -t names < <(bench_names | sort -u)
    if [[ -n $name ]]; then
        wants "$name" "${names[@]}" || die "there is no benchmark '$name'; there are: ${names[*]:-none}"
        names=("$name")
        shift
    else
        # Written into the tree, so only when asked for.
        mapfile -t names < <(printf '%s\n' "${names[@]}" | grep -vx pictures)
    fi
    remove_instance "$dir"
    # shellcheck disable=SC2064  # the folder of now
    trap "remove_instance '$dir'" EXIT
    step 'starting an instance to measure' bench_stack "$dir"
    for name in "${names[@]}"; do run_bench "$dir" "$name" "$@"; done
}

# All load comes from one address, so the bound per address is lifted here.
bench_stack() { # bench_stack DIR
    make_instance "$1"
    cp "$ROOT/server/hotline.toml" "$1/hotline.toml"
    toml_set "$1/hotline.toml" demo enabled true
    toml_set "$1/hotline.toml" server insecure_cookies true
    toml_set "$1/hotline.toml" server max_connections_per_address 0
    start_stack "$1" "$(free_port)" "$(server_binary release)" 2000
}

run_bench() { # run_bench DIR NAME [ARGS…]
    local dir=$1 name=$2 program
    shift 2
    program=$ROOT/tests/bench/$name.sh
    [[ -f $program ]] || program=$ROOT/build/release/tests/bench_$name
    say "== $name"
    BENCH_CONFIG=$dir/hotline.toml BENCH_URL=$(local_url "$dir") BENCH_SERVER=$(server_binary release) \
        BENCH_ACCOUNTS=$dir/secrets/demo-accounts.txt BENCH_LOGS=$dir/log "$program" "$@"
}
