# shellcheck shell=bash
# The private Redis and MariaDB of one instance. An instance is a folder: run/ sockets and process ids,
# redis/ mysql/ data, secrets/ passwords and keys, log/, and hotline.toml.

readonly mysql_schema=hotline

# Where an instance's sockets lie. A socket's path may have 107 characters; deep folders get a short one.
socket_dir() { # socket_dir DIR
    if ((${#1} <= 85)); then
        say "$1/run"
    else
        say "/tmp/hotline-$(id -u)-$(printf '%s' "$1" | cksum | cut -d' ' -f1)"
    fi
}

make_instance() { # make_instance DIR
    local sockets
    sockets=$(socket_dir "$1")
    mkdir -p "$1/log" "$1/redis"
    # Only the owner reaches sockets and secrets; both stores rely on it.
    mkdir -p "$1/run" "$1/secrets" "$1/tmp"
    chmod 700 "$1/run" "$1/secrets"
    [[ -d $sockets ]] || mkdir -m 700 "$sockets"
    [[ -O $sockets ]] || die "$sockets belongs to somebody else; remove it or clone into a shorter path"
    local name
    for name in mysql_root_password mysql_owner_password mysql_password; do
        make_secret "$1/secrets/$name"
    done
}

# 202 promises that the appeal is on disk: one fsync per turn of the event loop, nothing ever evicted.
# In a rush 64 MB, Redis's own bound, would have it rewrite its file every few seconds; a start reads 256 MB in two.
write_redis_conf() { # write_redis_conf DIR
    cat >"$1/run/redis.conf" <<CONF
port 0
unixsocket "$(socket_dir "$1")/redis.sock"
unixsocketperm 700
dir "$1/redis"
logfile "$1/log/redis.log"
daemonize no
databases 1
save ""
appendonly yes
appendfsync always
no-appendfsync-on-rewrite no
aof-use-rdb-preamble yes
auto-aof-rewrite-min-size 256mb
maxmemory 512mb
maxmemory-policy noeviction
CONF
}

# MariaDB runs this before it admits anybody, at every start, so accounts and passwords are always right.
write_mariadb_init() { # write_mariadb_init DIR
    local secrets=$1/secrets
    (umask 077 && sed -e '/^--/d' -e '/^$/d' -e "s/@schema@/$mysql_schema/g" \
        -e "s/@root_password@/$(<"$secrets/mysql_root_password")/" \
        -e "s/@owner_password@/$(<"$secrets/mysql_owner_password")/" \
        -e "s/@password@/$(<"$secrets/mysql_password")/" \
        "$ROOT/integrations/mysql/provision/accounts.sql" >"$secrets/mysql_init.sql")
}

# --force: a bare machine may not know its own name, which nothing here needs.
lay_down_mariadb() { # lay_down_mariadb DIR
    [[ -f $1/mysql/.complete ]] && return 0
    rm -rf "$1/mysql"
    TMPDIR=$1/tmp mariadb-install-db --no-defaults --datadir="$1/mysql" --user="$(id -un)" \
        --auth-root-authentication-method=normal --skip-test-db --skip-name-resolve --force
    touch "$1/mysql/.complete"
}

exec_redis() { exec redis-server "$1/run/redis.conf"; }

# An eighth of the memory for pages, 256 MB to 1 GB; a log of half as much lets bursts be written in order.
buffer_pool_mb() {
    awk '/^MemTotal/ { mb = int($2 / 8192); print (mb < 256 ? 256 : (mb > 1024 ? 1024 : mb)) }' /proc/meminfo
}

# A folder for temporary tables of its own: a MariaDB that starts deletes those it finds in a shared one.
exec_mariadb() {
    local pool
    pool=$(buffer_pool_mb)
    exec mariadbd --no-defaults --datadir="$1/mysql" --user="$(id -un)" \
        --socket="$(socket_dir "$1")/mariadb.sock" --skip-networking --skip-name-resolve --tmpdir="$1/tmp" \
        --pid-file="$1/run/mariadbd.pid" --log-error="$1/log/mariadb.log" --init-file="$1/secrets/mysql_init.sql" \
        --innodb-flush-log-at-trx-commit=1 --innodb-buffer-pool-size="${pool}M" --innodb-log-file-size="$((pool / 2))M" \
        --character-set-server=utf8mb4 --collation-server=utf8mb4_general_ci \
        --transaction-isolation=READ-COMMITTED --default-time-zone=+00:00 \
        --sql-mode=STRICT_TRANS_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION \
        --max-connections=100 --max-allowed-packet=64M --local-infile=0 --performance-schema=OFF
}

redis_answers() { [[ $(redis-cli -s "$(socket_dir "$1")/redis.sock" ping 2>/dev/null) == PONG ]]; }

# mysql_as DIR root|hotline_owner|hotline PASSWORD_FILE [ARGS…]
mysql_as() {
    local dir=$1 user=$2 secret=$3
    shift 3
    MYSQL_PWD=$(<"$dir/secrets/$secret") mariadb --no-defaults --default-character-set=utf8mb4 \
        --socket="$(socket_dir "$dir")/mariadb.sock" --user="$user" "$@"
}

mariadb_answers() { mysql_as "$1" hotline_owner mysql_owner_password --execute 'DO 1' 2>/dev/null; }

# The server may add to the event log, the audit log and their checkpoints, and never change them.
grant_tables() { # grant_tables DIR
    sed "s/@schema@/$mysql_schema/g" "$ROOT/integrations/mysql/provision/grants.sql" |
        mysql_as "$1" hotline_owner mysql_owner_password --skip-column-names "$mysql_schema" |
        mysql_as "$1" hotline_owner mysql_owner_password "$mysql_schema"
}
