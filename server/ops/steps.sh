# shellcheck shell=bash
# Progress lines, clear errors and stamps. Every command that takes time goes through step().

step_no=0
step_total=0
step_log=/dev/null
step_pid=
job_code=0
reason_file=

# A step function returns this when there was nothing to do.
readonly NOTHING_TO_DO=3

say() { printf '%s\n' "$*"; }

# One sentence and the end; inside a step the sentence travels to the step's caller.
die() {
    if [[ -n $reason_file ]]; then printf '%s\n' "$*" >"$reason_file"; else printf 'hotline: %s\n' "$*" >&2; fi
    exit 1
}

begin_steps() { # begin_steps TOTAL LOG
    step_no=0
    step_total=$1
    step_log=$2
    mkdir -p "$(dirname "$step_log")"
    printf '\n== %s\n' "$(date '+%F %T')" >>"$step_log"
}

# run_job HEAD LOG REASON FUNCTION [ARGS…]: runs it in a process group of its own, so that Ctrl-C reaches
# only this shell, which then ends the whole group. Prints HEAD, on a terminal with the seconds running. Leaves the
# exit code in job_code: called before || or in a condition, bash would let FUNCTION run on after an error.
run_job() {
    local head=$1 log=$2 reason=$3 ticker='' began=$SECONDS
    shift 3
    job_code=0
    printf '%s' "$head"
    set -m
    (
        set -e
        reason_file=$reason
        "$@"
    ) </dev/null >>"$log" 2>&1 &
    step_pid=$!
    set +m
    if [[ -t 1 ]]; then
        tick "$head" "$began" "$log" &
        ticker=$!
    fi
    wait "$step_pid" || job_code=$?
    step_pid=
    if [[ -n $ticker ]]; then
        kill "$ticker" 2>/dev/null || true
        wait "$ticker" 2>/dev/null || true
        printf '\r\033[K%s' "$head"
    fi
}

# A step function called inside another one: that it had nothing to do is no failure.
within_step() { # within_step FUNCTION [ARGS…]
    local code=0
    ("$@") &
    wait $! || code=$?
    ((code == 0 || code == NOTHING_TO_DO)) || exit "$code"
}

# step TEXT FUNCTION [ARGS…]: "[2/9] TEXT … 38 s"; output goes to the log, the end of it is shown on failure.
step() {
    local text=$1 began=$SECONDS reason
    shift
    step_no=$((step_no + 1))
    reason=$(mktemp)
    run_job "[$step_no/$step_total] $text …" "$step_log" "$reason" "$@"
    case $job_code in
    0) printf ' %d s\n' "$((SECONDS - began))" ;;
    "$NOTHING_TO_DO") printf ' up to date\n' ;;
    *)
        printf ' failed\n'
        explain_failure "$text" "$reason"
        ;;
    esac
    rm -f "$reason"
}

explain_failure() { # explain_failure TEXT REASON_FILE
    if [[ -s $2 ]]; then
        printf 'hotline: %s\n' "$(<"$2")" >&2
    else
        tail -n 15 "$step_log" | sed 's/^/    /' >&2
        printf 'hotline: %s failed; all of its output is in %s\n' "$1" "$step_log" >&2
    fi
    rm -f "$2"
    exit 1
}

# Seconds and, when the step prints any, its last "[n/m]" or percentage, on a terminal only.
tick() { # tick HEAD BEGAN LOG
    local hint from
    from=$(wc -c <"$3")
    trap 'exit 0' TERM
    # In the background, so that TERM need not wait for it.
    while sleep 1 & wait $!; do
        hint=$(tail -c "+$((from + 1))" "$3" | tail -c 400 | tr '\r' '\n' | grep -oE '^\[[0-9]+/[0-9]+\]|[0-9]+ ?%' | tail -n 1) || true
        printf '\r\033[K%s %d s %s' "$1" "$((SECONDS - $2))" "$hint"
    done
}

# Ends the step that is running, with everything it started.
abandon_step() {
    if [[ -n $step_pid ]]; then
        kill -TERM -- "-$step_pid" 2>/dev/null || true
        wait "$step_pid" 2>/dev/null || true
        printf '\n'
    fi
}

# One hash over the names and contents of all files below the given paths, without what is built there.
inputs_hash() {
    (cd "$ROOT" && find "$@" \( -name node_modules -o -name dist -o -name playwright-report \) -prune \
        -o -type f ! -name '*.md' -print0 | LC_ALL=C sort -z | xargs -0 -r sha256sum | sha256sum | cut -d' ' -f1)
}

stamp_matches() { [[ -f $ROOT/build/stamps/$1 && $(<"$ROOT/build/stamps/$1") == "$2" ]]; }

write_stamp() {
    mkdir -p "$ROOT/build/stamps"
    printf '%s\n' "$2" >"$ROOT/build/stamps/$1"
}

# make_secret FILE: 32 random bytes in hexadecimal, once; mode 0600.
make_secret() {
    [[ -s $1 ]] && return 0
    (umask 077 && od -An -N32 -tx1 /dev/urandom | tr -d ' \n' >"$1.new" && printf '\n' >>"$1.new" && mv "$1.new" "$1")
}
