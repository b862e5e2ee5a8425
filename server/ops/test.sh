# shellcheck shell=bash
# `./hotline test`: builds everything once (preset dev), runs the suites beside a running `up`, prints one
# table and, as its very last line, "N passed, N failed".

readonly results=$ROOT/build/test-results
readonly all_suites=(lint unit coverage integration faults web e2e)
readonly tidy_budget_s=420
readonly binary_budget_s=900

test_preset=dev
result_rows=()
figures=''
passed_sum=0
failed_sum=0

command_test() {
    local sanitize='' suites=() missing mode=test
    while (($# > 0)); do
        case $1 in
        --sanitize) sanitize=yes && mode=sanitize ;;
        lint | unit | coverage | integration | faults | web | e2e) suites+=("$1") ;;
        *) die "test does not know '$1'; see ./hotline help" ;;
        esac
        shift
    done
    mkdir -p "$results"
    # Whatever ends the run before its table, the last line still counts it.
    trap 'say "0 passed, 1 failed"' EXIT
    trap 'abandon_step; exit 130' INT TERM HUP
    check_debian
    check_disk
    mapfile -t missing < <(packages_to_install "$mode")
    check_rights "${missing[@]}"
    if [[ -n $sanitize ]]; then
        test_sanitized "${suites[@]}"
    else
        if ((${#suites[@]} == 0)); then suites=("${all_suites[@]}"); fi
        test_plain "${suites[@]}"
    fi
    print_results
}

wants() { # wants SUITE SUITES…
    local suite=$1
    shift
    [[ " $* " == *" $suite "* ]]
}

test_plain() { # test_plain SUITES…
    local suite steps=2 node='' build=yes
    if wants web "$@" || wants e2e "$@" || wants integration "$@"; then node=yes steps=4; fi
    if [[ "$*" == web ]]; then build='' steps=3; fi
    begin_steps "$steps" "$results/build.log"
    step 'installing packages' install_packages "${missing[@]}"
    if [[ -n $node ]]; then
        step 'fetching Node' fetch_node
        step 'installing the web packages' install_web
    fi
    if [[ -n $build ]]; then step 'building everything with its tests' build_targets dev all; fi
    # In this order, whatever the one they are named in: coverage looks at what unit did.
    for suite in "${all_suites[@]}"; do
        if wants "$suite" "$@"; then run_suite "$suite" "suite_$suite" "$@"; fi
    done
}

# AddressSanitizer with UBSan, then ThreadSanitizer, over what runs in one process with us.
test_sanitized() { # test_sanitized [SUITES…]
    local suite
    if (($# == 0)); then set -- unit integration; fi
    begin_steps 3 "$results/build.log"
    step 'installing packages' install_packages "${missing[@]}"
    export UBSAN_OPTIONS=print_stacktrace=1 TSAN_OPTIONS=second_deadlock_stack=1
    if [[ -f $ROOT/tests/support/tsan.supp ]]; then TSAN_OPTIONS+=:suppressions=$ROOT/tests/support/tsan.supp; fi
    for test_preset in asan tsan; do
        step "building for $test_preset" build_targets "$test_preset" all
        for suite in "$@"; do run_suite "$suite-$test_preset" run_binaries "$suite"; done
    done
}

# run_suite NAME FUNCTION [ARGS…]: its output is kept in a file of its own; its counts become a row.
run_suite() {
    local name=$1 log=$results/$1.log reason=$results/$1.reason began=$SECONDS counts
    shift
    : >"$log"
    rm -f "$reason"
    run_job "$name …" "$log" "$reason" "$@"
    printf ' %d s\n' "$((SECONDS - began))"
    if [[ -s $reason ]]; then cat "$reason" >>"$log"; fi
    read -r -a counts < <(count_results "$log")
    # A suite that failed without a failed test, or ran none at all, has failed once.
    if ((counts[1] == 0)) && ((job_code != 0 || counts[0] == 0)); then counts[1]=1; fi
    if [[ $name == e2e ]]; then figures=$(tell_figures "$log"); fi
    result_rows+=("$(printf '%-18s %8d %8d %7d s' "$name" "${counts[@]}" "$((SECONDS - began))")")
    passed_sum=$((passed_sum + counts[0]))
    failed_sum=$((failed_sum + counts[1]))
    if ((counts[1] > 0)); then
        tell_failures "$log" | sed 's/^/    /'
        say "    all of it: $log"
    fi
}

# What of a log tells which tests failed, and its end for what died without a word; a log may tell none.
tell_failures() {
    sed 's/\x1b\[[0-9;]*m//g' "$1" | grep -E -B 6 -A 12 ' ERROR: |TEST CASE: .*FAILED|^ FAIL |[1-9][0-9]* failed$| error: ' | head -n 200 || true
    say '… and its end:'
    tail -n 20 "$1"
}

# Adds up the summaries of doctest, vitest and our own checks in a log.
count_results() {
    sed 's/\x1b\[[0-9;]*m//g' "$1" | awk '
        function take(line) {
            if (match(line, /[0-9]+ passed/)) passed += substr(line, RSTART, RLENGTH)
            if (match(line, /[0-9]+ failed/)) failed += substr(line, RSTART, RLENGTH)
        }
        /^\[doctest\] test cases:/ || /^ *Tests  / || /^[0-9]+ passed, [0-9]+ failed$/ { take($0) }
        END { print passed + 0, failed + 0 }'
}

# What journeys in the browser measured, as "21: first list after 1938 ms"; the numbers are those of web/README.md.
tell_figures() { sed 's/\x1b\[[0-9;]*m//g' "$1" | grep -E '^[0-9]{1,2}: ' | sort -n || true; }

print_results() {
    trap - EXIT
    printf '\n%-18s %8s %8s %9s\n' suite passed failed time
    printf '%s\n' "${result_rows[@]}"
    if [[ -n $figures ]]; then printf '\nmeasured\n%s\n' "$figures"; fi
    printf '\n%d passed, %d failed\n' "$passed_sum" "$failed_sum"
    ((failed_sum == 0))
}

# All doctest binaries of a suite, build/PRESET/tests/SUITE_*, as many beside each other as there are cores, or one more
# of those that wait for their stores half of the time: each has its own. The largest first, which tend to take longest,
# so that none is left running alone.
run_binaries() { # run_binaries SUITE
    local binary cases logs code=0 beside started=0
    beside=$(build_jobs)
    if [[ $1 != unit ]]; then beside=$((beside + 1)); fi
    logs=$(mktemp -d)
    trap 'kill $(jobs -p) 2>/dev/null; exit 1' TERM
    while read -r binary cases; do
        while (($(jobs -rp | wc -l) >= beside)); do wait -n || true; done
        run_binary "$binary" "$cases" >"$logs/${binary##*/}.$started" 2>&1 &
        started=$((started + 1))
    done < <(binaries_of "$1")
    wait
    for binary in "$logs"/*; do
        [[ -f $binary ]] || continue
        cat "$binary"
        grep -q '^== ended well$' "$binary" || code=1
    done
    rm -rf "$logs"
    trap - TERM
    return "$code"
}

# The files, each with the cases that are wanted of it; what takes longer than all others together is run in two pieces, at
# once, and first.
binaries_of() { # binaries_of SUITE
    local binary half
    for binary in $(find "$ROOT/build/$test_preset/tests" -maxdepth 1 -type f -executable -name "$1_*" -printf '%s %p\n' | sort -rn | cut -d ' ' -f 2); do
        case ${binary##*/} in
        integration_figures) half='source-file%s=*simulated_year_test.cpp,*exports_test.cpp' ;;
        faults_stores) half='test-case%s=*server was killed*,*Redis is killed*' ;;
        *) half='' ;;
        esac
        if [[ -z $half ]]; then
            say "$binary"
        else
            # shellcheck disable=SC2059  # a format of ours
            printf "$binary --$half\n" '' && printf "$binary --$half\n" -exclude
        fi
    done | sort -s -r -k 2,2
}

run_binary() { # run_binary FILE [CASES]: one that died before its summary counts as one failure
    local out began=$SECONDS
    out=$(mktemp)
    say "== ${1##*/} $2"
    if timeout --kill-after=10 "$binary_budget_s" "$1" ${2:+"$2"} 2>&1 | tee "$out"; then say '== ended well'; fi
    grep -q '^\[doctest\] test cases:' "$out" || say '0 passed, 1 failed'
    say "== ${1##*/} $2 took $((SECONDS - began)) s"
    rm -f "$out"
}

suite_unit() {
    forget_branches
    run_binaries unit
}

# Whether the unit tests of the core go both ways at every branch of it: the figure of suite unit when that has just
# run, else of these two programs run now. tests/README.md says what is counted.
suite_coverage() { # suite_coverage SUITES…
    local program code=0
    if ! wants unit "$@"; then
        forget_branches
        for program in unit_sla unit_ticketing; do
            timeout --kill-after=10 "$binary_budget_s" "$ROOT/build/dev/tests/$program" || code=1
        done
    fi
    check 'every branch of the core' count_branches || code=1
    return "$code"
}

# Programs add what they count to what is there.
forget_branches() { find "$ROOT/build/dev/tests" -name '*.gcda' -delete; }

count_branches() {
    local report=$results/coverage.txt code=0
    cd "$ROOT"
    gcovr --root . -j "$(build_jobs)" --branches --fail-under-branch 100 --fail-under-line 100 --print-summary \
        --exclude-branches-by-pattern '.*(switch \(|operator==.* = default;).*' \
        --filter 'sla/(alarm|calendar|clock|date_text|default_policy|derivation|limit|local_time|policy)' --filter 'ticketing/(lifecycle/|permission|replay)' \
        build/dev/tests/CMakeFiles/unit_sla_measured.dir build/dev/tests/CMakeFiles/unit_ticketing_measured.dir \
        >"$report" || code=1
    # The figures, and the rows that lack something.
    grep -vE ' (100|--)% *$' "$report"
    return "$code"
}
suite_integration() {
    local code=0 oracles=$results/oracles.log
    # They are busy on one core for half a minute, while many of the programs wait for their stores.
    (calendar_oracle && push_oracle && say '== ended well') >"$oracles" 2>&1 &
    run_binaries integration || code=1
    wait
    cat "$oracles"
    grep -q '^== ended well$' "$oracles" || code=1
    return "$code"
}

# The calendar against another implementation of its rules, through the binary.
calendar_oracle() {
    oracle calendar_oracle python3 "$ROOT/tests/calendar_oracle/compare.py" "$(server_binary "$test_preset")" calendar eval
}

# What web pushes are made of, against libraries that have nothing in common with the sender.
push_oracle() {
    use_node
    oracle push_oracle node "$ROOT/tests/push_tool/compare.mjs" "$ROOT/build/$test_preset/tests/push_tool/push_tool"
}

oracle() { # oracle NAME COMMAND…: one that died before its summary counts as one failure
    local out code=0
    say "== $1"
    shift
    out=$(timeout --kill-after=10 "$binary_budget_s" "$@" 2>&1) || code=1
    say "$out"
    [[ $out == *' passed, '*' failed' ]] || say '0 passed, 1 failed'
    return "$code"
}

suite_faults() { run_binaries faults; }

suite_web() {
    local code=0 sources job
    sources=$results/web-sources.log
    use_node
    cd "$ROOT/web"
    export NO_COLOR=1
    # Each of them is at work on one core.
    npm run check:sources >"$sources" 2>&1 &
    job=$!
    # shellcheck disable=SC2064  # the job of now
    trap "kill $job 2>/dev/null; exit 1" TERM
    if npm run check:work; then write_stamp web "$(inputs_hash web server/api)"; else code=1; fi
    wait "$job" || code=1
    cat "$sources"
    return "$code"
}

# The journeys in Chromium and what the API promises, by two workers beside each other, each with an instance of its own.
# E2E_ONLY names the files that are wanted, in vitest's words: E2E_ONLY='journeys/redo screens/phone'.
suite_e2e() {
    local worker jobs=() code=0 counted
    within_step build_web
    use_node
    e2e_dirs=()
    trap 'kill "${jobs[@]}" 2>/dev/null; exit 1' TERM
    trap remove_e2e_instances EXIT
    rm -rf "$results"/e2e-stack-*
    # Other systems of the journeys are on this machine and speak plain HTTP.
    export HOTLINE_WEBHOOKS_STAND_INS=true
    for worker in 1 2; do
        e2e_dirs[worker]=$(mktemp -d /tmp/hotline-e2e.XXXXXX)
        start_stack "${e2e_dirs[worker]}" "$(free_port)" "$(server_binary dev)" &
        jobs+=("$!")
    done
    for worker in 1 2; do
        wait "${jobs[worker - 1]}" || die "the instance of worker $worker did not start"
        export "E2E_BASE_URL_$worker=$(local_url "${e2e_dirs[worker]}")" "E2E_CONFIG_$worker=${e2e_dirs[worker]}/hotline.toml" \
            "E2E_ACCOUNTS_$worker=${e2e_dirs[worker]}/secrets/demo-accounts.txt"
    done
    export E2E_WORKERS=2 NO_COLOR=1
    cd "$ROOT/web"
    counted=$(mktemp)
    # shellcheck disable=SC2086  # words
    node_modules/.bin/vitest run --config vitest.e2e.config.ts ${E2E_ONLY:-} > >(tee "$counted") 2>&1 &
    jobs=("$!")
    wait "${jobs[0]}" || code=1
    # One that died before its summary counts as one failure.
    grep -q '^ *Tests  ' "$counted" || say '0 passed, 1 failed'
    rm -f "$counted"
    return "$code"
}

remove_e2e_instances() {
    local worker
    for worker in "${!e2e_dirs[@]}"; do
        cp -r "${e2e_dirs[worker]}/log" "$results/e2e-stack-$worker" 2>/dev/null || true
        remove_instance "${e2e_dirs[worker]}"
        rm -rf "${e2e_dirs[worker]}"
    done
}

suite_lint() {
    local code=0
    cd "$ROOT"
    check 'clang-tidy' lint_tidy || code=1
    # Each of them is at work on one core.
    (check 'clang-format' lint_format) >"$results/format.log" 2>&1 &
    check 'shellcheck' lint_shell || code=1
    tests/layering/self_test.sh || code=1
    tests/layering/run || code=1
    wait $! || code=1
    cat "$results/format.log"
    return "$code"
}

check() { # check NAME FUNCTION: one line of our own summary
    say "== $1"
    if "$2"; then say '1 passed, 0 failed'; else say '0 passed, 1 failed' && return 1; fi
}

cpp_files() { find sla ticketing integrations server tests \( -name '*.cpp' -o -name '*.hpp' \) -print0; }

lint_format() { cpp_files | xargs -0 -r clang-format-19 --dry-run -Werror; }

lint_shell() { shellcheck -x -a hotline && shellcheck integrations/ari/asterisk/speak_sounds.sh && shellcheck -x -P tests/layering .ci/run tests/layering/run tests/layering/self_test.sh; }

# The core and whatever is changed and not committed; a core that was clean before is not read again.
lint_tidy() {
    local hash files
    hash=$(inputs_hash sla ticketing .clang-tidy)
    mapfile -t files < <(
        stamp_matches tidy "$hash" || find sla ticketing -name '*.cpp' | sort | tidy_batches
        git diff --name-only --diff-filter=d HEAD -- 'server/*.cpp' 'integrations/*.cpp' 2>/dev/null
    )
    ((${#files[@]} > 0)) || return 0
    printf '%s\0' "${files[@]}" | timeout "$tidy_budget_s" \
        xargs -0 -n 1 -P "$(build_jobs)" clang-tidy-19 -p build/dev --quiet --checks=-bugprone-suspicious-include \
        2> >(grep -vE 'warnings? generated|Processing file' >&2) || return 1
    write_stamp tidy "$hash"
}

# Twelve files are read as one, as hotline_batch compiles them: most of the time goes into the headers they share.
tidy_batches() {
    local folder=$ROOT/build/dev/tidy
    rm -rf "$folder"
    mkdir -p "$folder"
    awk -v root="$ROOT" -v folder="$folder" '{
        batch = sprintf("%s/batch_%d.cpp", folder, (NR - 1) / 12)
        if (NR % 12 == 1) print batch
        printf "#include \"%s/%s\"\n", root, $0 > batch
    }'
}
