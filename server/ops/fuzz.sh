# shellcheck shell=bash
# `./hotline fuzz`: every parser of what strangers send, under libFuzzer with ASan and UBSan, for so many seconds each. What
# it learns is kept in build/fuzz/learned for the next time; an input that broke something lies in build/fuzz/broken.

command_fuzz() { # command_fuzz [SECONDS [TARGET…]]
    local seconds=${1:-30} missing targets target
    [[ $seconds =~ ^[1-9][0-9]*$ ]] || die "fuzz takes the seconds for each target first, as in: ./hotline fuzz 60"
    shift $(($# > 0 ? 1 : 0))
    if (($# == 0)); then mapfile -t targets < <(fuzz_targets) && set -- "${targets[@]}"; fi
    for target in "$@"; do
        [[ -f $ROOT/tests/fuzz/${target}_fuzz.cpp ]] || die "there is no fuzz target '$target'; there are: $(fuzz_targets | paste -sd' ')"
    done
    begin_steps $(($# + 2)) "$ROOT/var/log/fuzz.log"
    trap 'abandon_step; exit 130' INT TERM HUP
    check_debian
    mapfile -t missing < <(packages_to_install up && missing_packages "${sanitize_packages[@]}")
    check_rights "${missing[@]}"
    step 'installing packages' install_packages "${missing[@]}"
    step 'building the fuzz targets with clang' build_targets fuzz "${@/#/fuzz_}"
    for target in "$@"; do step "$target, $seconds s" fuzz_target "$target" "$seconds"; done
    say 'nothing was broken'
}

fuzz_targets() { find "$ROOT/tests/fuzz" -name '*_fuzz.cpp' -printf '%f\n' | sed 's/_fuzz\.cpp$//' | sort; }

fuzz_target() { # fuzz_target NAME SECONDS
    local learned=$ROOT/build/fuzz/learned/$1 broken=$ROOT/build/fuzz/broken/$1
    mkdir -p "$learned" "$broken"
    "$ROOT/build/fuzz/tests/fuzz/fuzz_$1" -max_total_time="$2" -timeout=10 -rss_limit_mb=1500 -print_final_stats=1 \
        -artifact_prefix="$broken/" "$learned" "$ROOT/tests/fuzz/corpus/$1" ||
        die "$1 was broken; the input lies in $broken, the report in $step_log"
}
