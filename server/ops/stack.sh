# shellcheck shell=bash
# One instance as a whole: its configuration, its three services and their keepers.
# A keeper is a process `hotline keep DIR SERVICE BINARY` that starts its service again when it dies.

readonly services=(redis mariadb server)

toml_get() { # toml_get FILE SECTION KEY: the bare value, without quotes
    awk -v section="[$2]" -v key="$3" '
        /^\[/ { inside = ($1 == section) }
        inside && $1 == key && $2 == "=" { sub(/^[^=]*= */, ""); gsub(/^"|"$/, ""); print; exit }' "$1"
}

toml_set() { # toml_set FILE SECTION KEY VALUE: VALUE as TOML writes it
    awk -v section="[$2]" -v key="$3" -v value="$4" '
        /^\[/ { if (inside && !done) { print key " = " value; done = 1 } inside = ($1 == section); if (inside) found = 1 }
        inside && !done && $1 == key && $2 == "=" { print key " = " value; done = 1; next }
        { print }
        END { if (!done) { if (!found) print "\n" section; print key " = " value } }' "$1" >"$1.new"
    mv "$1.new" "$1"
}

# Addresses, sockets and key files are ours at every start; anything else in the file is its reader's to change.
write_config() { # write_config DIR PORT
    local file=$1/hotline.toml sockets
    sockets=$(socket_dir "$1")
    if [[ ! -f $file ]]; then
        cp "$ROOT/server/hotline.toml" "$file"
        toml_set "$file" demo enabled true
        # Plain HTTP on this machine alone until a certificate is configured.
        toml_set "$file" server insecure_cookies true
        toml_set "$file" text_models file "\"$1/text.models\""
    fi
    toml_set "$file" server port "$2"
    toml_set "$file" server web_root "\"$ROOT/web/dist\""
    toml_set "$file" mysql socket "\"$sockets/mariadb.sock\""
    toml_set "$file" mysql user '"hotline"'
    toml_set "$file" mysql password_file "\"$1/secrets/mysql_password\""
    toml_set "$file" mysql schema "\"$mysql_schema\""
    toml_set "$file" redis socket "\"$sockets/redis.sock\""
    toml_set "$file" secrets query_code_key_file "\"$1/secrets/query_code_key\""
    toml_set "$file" secrets checkpoint_key_file "\"$1/secrets/checkpoint_key.pem\""
    toml_set "$file" notify.web_push key_file "\"$1/secrets/vapid_key.pem\""
    toml_set "$file" attachments folder "\"$1/attachments\""
    toml_set "$file" telephony.recordings folder "\"$1/recordings\""
    toml_set "$file" demo accounts_file "\"$1/secrets/demo-accounts.txt\""
}

base_url() { # base_url DIR: what people open
    local file=$1/hotline.toml url scheme=http
    url=$(toml_get "$file" server base_url)
    if [[ -n $(toml_get "$file" server tls_certificate) ]]; then scheme=https; fi
    say "${url:-$scheme://localhost:$(toml_get "$file" server port)}"
}

# What this machine asks: never by way of a proxy, and a certificate for another name is no obstacle.
local_url() { # local_url DIR
    local file=$1/hotline.toml address scheme=http
    address=$(toml_get "$file" server address)
    case $address in
    0.0.0.0) address=127.0.0.1 ;;
    ::) address='[::1]' ;;
    *:*) address="[$address]" ;;
    esac
    if [[ -n $(toml_get "$file" server tls_certificate) ]]; then scheme=https; fi
    say "$scheme://$address:$(toml_get "$file" server port)"
}

server_answers() { curl -fsk --noproxy '*' --max-time 2 -o /dev/null "$(local_url "$1")/readyz"; }

# A process is the one that was written down when its start, in ticks since boot, is the same too.
start_ticks() { sed -e 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20 || true; }

write_pid() { # write_pid DIR NAME PID
    printf '%s\n' "$(start_ticks "$3")" >"$1/run/$2.start"
    printf '%s\n' "$3" >"$1/run/$2.pid"
}

running_pid() { # running_pid DIR NAME: the process id, if that process lives
    local pid='' began=''
    # The keeper removes both when it ends, at any moment.
    { read -r pid <"$1/run/$2.pid" && read -r began <"$1/run/$2.start"; } 2>/dev/null || return 1
    [[ -n $began && $(start_ticks "$pid") == "$began" ]] || return 1
    say "$pid"
}

exec_service() { # exec_service DIR SERVICE BINARY
    local hard
    hard=$(ulimit -Hn)
    if [[ $hard == unlimited ]] || ((hard > 65536)); then hard=65536; fi
    ulimit -Sn "$hard"
    case $2 in
    redis) exec_redis "$1" ;;
    mariadb) exec_mariadb "$1" ;;
    server) exec "$3" --config "$1/hotline.toml" serve ;;
    esac
}

# Runs until it is told to stop. A service that died is back at once; one that keeps dying, every five seconds.
keep_service() { # keep_service DIR SERVICE BINARY
    local child='' stopping='' began delay=0 code
    trap 'stopping=yes; if [[ -n $child ]]; then kill -TERM "$child" 2>/dev/null; fi' TERM INT HUP
    write_pid "$1" "$2.keeper" $$
    while [[ -z $stopping ]]; do
        began=$SECONDS
        (trap - TERM INT HUP && exec_service "$@") &
        child=$!
        write_pid "$1" "$2" "$child"
        code=0
        wait "$child" || code=$?
        while kill -0 "$child" 2>/dev/null; do wait "$child" || code=$?; done
        child=
        [[ -n $stopping ]] && break
        printf '%s %s ended with code %d and is started again\n' "$(date '+%F %T')" "$2" "$code"
        if ((SECONDS - began > 10)); then delay=0; fi
        if ((delay > 0)); then sleep "$delay" & wait $! || true; fi
        delay=$((delay == 0 ? 1 : 5))
    done
    rm -f "$1/run/$2.pid" "$1/run/$2.start" "$1/run/$2.keeper.pid" "$1/run/$2.keeper.start"
}

# start_service DIR SERVICE BINARY SECONDS: returns when it answers.
start_service() {
    local log=$1/log/$2.log limit=$((SECONDS + $4))
    if ! running_pid "$1" "$2.keeper" >/dev/null; then
        kill_leftover "$1" "$2"
        setsid -f "$ROOT/hotline" keep "$1" "$2" "$3" </dev/null >>"$log" 2>&1 9>&-
    fi
    until "$2_answers" "$1"; do
        ((SECONDS < limit)) || {
            tail -n 5 "$log"
            die "$2 did not answer within $4 s; its last words: $(tail -n 1 "$log" | cut -c -300)"
        }
        sleep 0.1
    done
}

# A service whose keeper was killed goes on running; it is ended before its successor starts.
kill_leftover() { # kill_leftover DIR NAME
    local pid limit=$((SECONDS + 15))
    pid=$(running_pid "$1" "$2") || return 0
    kill -TERM "$pid" 2>/dev/null || return 0
    while running_pid "$1" "$2" >/dev/null; do
        if ((SECONDS >= limit)); then kill -KILL "$pid" 2>/dev/null || true; fi
        sleep 0.05
    done
    rm -f "$1/run/$2.pid" "$1/run/$2.start"
}

stop_service() { # stop_service DIR SERVICE
    local keeper limit=$((SECONDS + 15))
    if keeper=$(running_pid "$1" "$2.keeper"); then
        kill -TERM "$keeper" 2>/dev/null || true
        while running_pid "$1" "$2.keeper" >/dev/null; do
            if ((SECONDS >= limit)); then
                kill -KILL "$(running_pid "$1" "$2")" 2>/dev/null || true
                limit=$((SECONDS + 5))
            fi
            sleep 0.05
        done
    fi
    kill_leftover "$1" "$2"
}

# The server first, so that it can still write what it accepted; then the stores.
stop_stack() { # stop_stack DIR
    stop_service "$1" server
    stop_service "$1" redis
    stop_service "$1" mariadb
}

start_stores() { # start_stores DIR
    make_instance "$1"
    write_redis_conf "$1"
    write_mariadb_init "$1"
    lay_down_mariadb "$1"
    start_service "$1" redis '' 30
    start_service "$1" mariadb '' 120
}

# hotline-server on an instance. What lays out or fills tables does so as their owner.
run_server() { # run_server DIR BINARY ARGS…
    local dir=$1 binary=$2
    shift 2
    case ${1:-} in
    migrate | seed)
        HOTLINE_MYSQL_USER=hotline_owner HOTLINE_MYSQL_PASSWORD_FILE=$dir/secrets/mysql_owner_password \
            "$binary" --config "$dir/hotline.toml" "$@" ;;
    *) "$binary" --config "$dir/hotline.toml" "$@" ;;
    esac
}

migrate() { # migrate DIR BINARY
    run_server "$1" "$2" migrate
    grant_tables "$1"
}

seed() { # seed DIR BINARY ENTERPRISES
    [[ -f $1/secrets/seeded ]] && return "$NOTHING_TO_DO"
    run_server "$1" "$2" seed --enterprises "$3"
    chmod -f 600 "$1/secrets/demo-accounts.txt" || true
    date '+%F %T' >"$1/secrets/seeded"
}

# The models of the demonstration; `train --from-tickets` replaces them when there are tickets.
learn() { # learn DIR BINARY
    local file
    file=$(toml_get "$1/hotline.toml" text_models file)
    if [[ -z $file || -f $file ]]; then return "$NOTHING_TO_DO"; fi
    run_server "$1" "$2" train --sample --out "$file"
}

# A whole instance in one call, for tests and benchmarks: start_stack DIR PORT BINARY [ENTERPRISES]
start_stack() {
    start_stores "$1"
    write_config "$1" "$2"
    migrate "$1" "$3"
    within_step seed "$1" "$3" "${4:-200}"
    within_step learn "$1" "$3"
    start_service "$1" server "$3" 30
}

remove_instance() { # remove_instance DIR
    local sockets
    sockets=$(socket_dir "$1")
    stop_stack "$1"
    rm -rf "$1/mysql" "$1/redis" "$1/attachments" "$1/recordings" "$1/secrets" "$1/run" "$1/tmp" "$1/hotline.toml" "$1/text.models"
    if [[ $sockets == /tmp/hotline-* ]]; then rm -rf "$sockets"; fi
}
