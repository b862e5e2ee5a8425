# shellcheck shell=bash
# The commands about the one instance people use: up, down, status, logs, server.

readonly var=$ROOT/var
readonly default_port=8080
readonly default_enterprises=20000

require_argument() { (($# >= 2)) || die "$1 needs a value; see ./hotline help"; }

command_up() {
    local fresh='' detach='' port='' enterprises=$default_enterprises
    while (($# > 0)); do
        case $1 in
        --fresh) fresh=yes ;;
        --detach) detach=yes ;;
        --port) require_argument "$@" && port=$2 && shift ;;
        --enterprises) require_argument "$@" && enterprises=$2 && shift ;;
        *) die "up does not know '$1'; see ./hotline help" ;;
        esac
        shift
    done
    [[ $enterprises =~ ^[0-9]+$ ]] || die "'$enterprises' is no number of enterprises"
    take_lock
    port=${port:-$(remembered_port)}
    if [[ -z $fresh && $port == "$(remembered_port)" ]] && all_running "$var" && server_answers "$var"; then
        say "already running since $(running_since "$var" server)"
        print_addresses "$var"
        return
    fi
    stop_stack "$var"
    if [[ -n $fresh ]]; then remove_instance "$var"; fi
    bring_up "$port" "$enterprises"
    print_addresses "$var"
    if [[ -z $detach ]]; then stay_attached; fi
}

# One `up` or `down` at a time. Keepers close the descriptor, so the lock ends with this command.
take_lock() {
    mkdir -p "$var/log"
    exec 9>"$var/log/lock"
    flock -n 9 || die 'another ./hotline command is starting or stopping this instance; wait for it to finish'
}

remembered_port() {
    local port=''
    if [[ -f $var/hotline.toml ]]; then port=$(toml_get "$var/hotline.toml" server port); fi
    say "${port:-$default_port}"
}

bring_up() { # bring_up PORT ENTERPRISES
    local binary missing
    binary=$(server_binary release)
    # Whatever goes wrong on the way, nothing half-started stays behind.
    trap 'stop_stack "$var"' EXIT
    trap 'abandon_step; exit 130' INT TERM HUP
    begin_steps 10 "$var/log/up.log"
    check_debian
    mapfile -t missing < <(packages_to_install up)
    check_rights "${missing[@]}"
    step 'checking this machine' check_machine "$1"
    step 'installing packages' install_packages "${missing[@]}"
    step 'fetching Node for the web build' fetch_node
    step 'building the server' build_server release
    step 'building the web apps' build_web
    step 'starting Redis and MariaDB' start_stores "$var"
    write_config "$var" "$1"
    step 'laying out the tables' migrate "$var" "$binary"
    step 'laying down the city' seed "$var" "$binary" "$2"
    step 'learning from sample texts' learn "$var" "$binary"
    step 'starting the server' start_service "$var" server "$binary" 30
    trap - EXIT
}

check_machine() {
    # mariadb-install-db does not quote what it is given.
    [[ $ROOT != *[[:space:]]* ]] || die "MariaDB cannot live in a folder whose name has spaces; move $ROOT"
    check_disk
    check_port "$1"
}

print_addresses() { # print_addresses DIR
    local base accounts=$1/secrets/demo-accounts.txt
    base=$(base_url "$1")
    cat <<TEXT

企盼渭来 · ready

  企业门户  portal    $base/portal
  坐席台    console   $base/console
  帮扶干部  mobile    $base/mobile
  驾驶舱    dash      $base/dash
  接口文档  API       $base/api/docs

TEXT
    if [[ -s $accounts ]]; then
        say "Demonstration log-ins ($accounts):"
        sed 's/^/  /' "$accounts"
        say ''
    fi
    say "Configuration: $1/hotline.toml   Logs: ./hotline logs   Stop: ./hotline down"
}

stay_attached() {
    exec 9>&-
    trap 'leave' INT TERM HUP
    say 'Ctrl-C stops everything.'
    while running_pid "$var" server.keeper >/dev/null; do sleep 0.5; done
}

leave() {
    trap '' INT TERM HUP
    printf '\nstopping …' || true
    stop_stack "$var"
    printf ' stopped\n' || true
    exit 0
}

command_down() {
    (($# == 0)) || die 'down takes no arguments'
    take_lock
    local name was=''
    for name in "${services[@]}"; do
        if running_pid "$var" "$name" >/dev/null || running_pid "$var" "$name.keeper" >/dev/null; then was=yes; fi
    done
    [[ -n $was ]] || { say 'nothing is running' && return; }
    stop_stack "$var"
    say 'stopped'
}

all_running() { # all_running DIR
    local name
    for name in "${services[@]}"; do
        running_pid "$1" "$name" >/dev/null && running_pid "$1" "$name.keeper" >/dev/null || return 1
    done
}

running_since() { date -r "$1/run/$2.pid" '+%F %T'; } # running_since DIR SERVICE

# Says what runs; the code is 0 when all of it does and the server is ready, else 3.
command_status() {
    local name pid code=0 where
    printf '%-9s %-8s %-8s %-20s %s\n' service state pid since where
    for name in "${services[@]}"; do
        case $name in
        server) where=$([[ -f $var/hotline.toml ]] && local_url "$var") || where=- ;;
        *) where=$(socket_dir "$var")/$name.sock ;;
        esac
        if pid=$(running_pid "$var" "$name"); then
            printf '%-9s %-8s %-8s %-20s %s\n' "$name" running "$pid" "$(running_since "$var" "$name")" "$where"
        else
            printf '%-9s %-8s\n' "$name" stopped
            code=3
        fi
    done
    if running_pid "$var" server >/dev/null; then
        printf 'readyz    %s\n' "$(curl -sk --noproxy '*' --max-time 3 "$(local_url "$var")/readyz" || say 'no answer')"
        server_answers "$var" || code=3
    fi
    return "$code"
}

command_logs() { # command_logs [server|redis|mariadb|up]
    local file=$var/log/${1:-server}.log
    [[ -f $file ]] || die "there is no log of '${1:-server}' yet; choose server, redis, mariadb or up"
    exec tail -n 100 -F "$file"
}

command_server() {
    local binary
    binary=$(server_binary release)
    [[ -x $binary && -f $var/hotline.toml ]] || die 'nothing is built and configured yet; run ./hotline up first'
    run_server "$var" "$binary" "$@"
}
