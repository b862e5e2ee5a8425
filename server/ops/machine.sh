# shellcheck shell=bash
# What this machine must offer, the packages it needs, and how they are installed.

readonly build_packages=(
    g++ cmake ninja-build ccache pkg-config make
    libboost1.81-dev libboost-context1.81-dev libboost-url1.81-dev libboost-json1.81-dev
    libhiredis-dev libmysqlcppconn7v5 libspdlog-dev libfmt-dev doctest-dev libbenchmark-dev
    libcli11-dev libtomlplusplus-dev libsodium-dev libssl-dev prometheus-cpp-dev zlib1g-dev libbrotli-dev libjemalloc-dev
    libturbojpeg0-dev libpng-dev libwebp-dev libcurl4-openssl-dev libpugixml-dev libxlsxwriter-dev
)
# The -core packages bring MariaDB's programs without a service of the machine's own.
readonly run_packages=(redis-server mariadb-server-core mariadb-client-core curl openssl procps)
readonly test_packages=(chromium chromium-headless-shell fonts-noto-cjk clang-format-19 clang-tidy-19 shellcheck python3 gcovr)
readonly sanitize_packages=(clang-19 libclang-rt-19-dev llvm-19)

# Kilobytes free that a first build and its data need; measured figures stand in README.md.
readonly first_build_kb=$((3 * 1024 * 1024))
readonly next_run_kb=$((512 * 1024))

check_debian() {
    local ID='' VERSION_ID='' PRETTY_NAME=''
    # shellcheck source=/dev/null
    [[ -r /etc/os-release ]] && . /etc/os-release
    [[ $ID == debian && $VERSION_ID == 12 ]] ||
        die "this is ${PRETTY_NAME:-an unknown system}; the packages the hotline is built from are those of Debian 12, use a machine or container with it"
}

check_disk() {
    local need=$next_run_kb free
    [[ -x $(server_binary release) ]] || need=$first_build_kb
    free=$(df -Pk "$ROOT" | awk 'NR == 2 { print $4 }')
    ((free >= need)) ||
        die "disk full: $((free / 1024)) MB are free where $ROOT lies and $((need / 1024)) MB are needed; make room or clone onto a larger disk"
}

port_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

check_port() {
    if ! [[ $1 =~ ^[0-9]{1,5}$ ]] || ((10#$1 < 1 || 10#$1 > 65535)); then die "'$1' is no port; give a number from 1 to 65535"; fi
    if port_taken "$1"; then die "port $1 is taken by another program; choose another one: ./hotline up --port N"; fi
}

free_port() {
    local port
    for _ in {1..50}; do
        port=$((20000 + RANDOM % 12000))
        port_taken "$port" || { say "$port" && return 0; }
    done
    die 'no free port found between 20000 and 32000'
}

# Names of the given packages that are not installed, one a line.
missing_packages() {
    local installed
    # dpkg-query fails when it does not know one of them.
    # shellcheck disable=SC2016  # dpkg's own placeholders
    installed=$({ dpkg-query -W -f '${Package} ${db:Status-Status}\n' "$@" 2>/dev/null || true; } |
        awk '$2 == "installed" { print $1 }')
    printf '%s\n' "$@" | grep -vxF -f <(printf '%s\n' "$installed") || true
}

wanted_packages() { # wanted_packages up|test|sanitize
    printf '%s\n' "${build_packages[@]}" "${run_packages[@]}"
    if [[ $1 != up ]]; then printf '%s\n' "${test_packages[@]}"; fi
    if [[ $1 == sanitize ]]; then printf '%s\n' "${sanitize_packages[@]}"; fi
}

packages_to_install() {
    local wanted
    mapfile -t wanted < <(wanted_packages "$1")
    missing_packages "${wanted[@]}"
}

# Before any step, since sudo may ask for a password on the terminal.
check_rights() { # check_rights MISSING…
    if (($# == 0 || EUID == 0)); then return 0; fi
    command -v sudo >/dev/null ||
        die "you are not root, there is no sudo, and packages are missing; as root run: apt-get install --no-install-recommends $*"
    sudo -v || die "sudo refused, and packages are missing; as root run: apt-get install --no-install-recommends $*"
}

as_root() { if ((EUID == 0)); then "$@"; else sudo -n "$@"; fi; }

apt_get() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 \
        -o APT::Keep-Downloaded-Packages=false \
        -o Acquire::Retries=2 -o Acquire::http::Timeout=20 -o Acquire::https::Timeout=20 "$@"
}

install_packages() { # install_packages MISSING…
    (($# > 0)) || return "$NOTHING_TO_DO"
    apt_get -o APT::Update::Error-Mode=any update || explain_apt 'reading the package lists'
    guard_services
    trap release_services EXIT
    trap 'exit 1' TERM
    apt_get install --no-install-recommends -o Dpkg::Options::=--force-confold "$@" || explain_apt 'installing packages'
    if [[ " $* " == *' redis-server '* ]]; then retire_service redis-server; fi
}

explain_apt() {
    local said
    said=$(tail -n 40 "$step_log")
    case $said in
    *'Temporary failure resolving'* | *'Could not resolve'* | *'Could not connect'* | *'Cannot initiate the connection'* | *'Network is unreachable'* | *'onnection timed out'* | *'Unable to connect'*)
        die "no network: $1 failed because the package server cannot be reached; connect this machine or set apt's proxy, then run the same command again" ;;
    *'No space left on device'* | *"don't have enough free space"*)
        die "disk full: $1 needs more room in /var or /usr" ;;
    *'Could not get lock'*)
        die "another program has been installing packages for five minutes; wait for it and run the same command again" ;;
    esac
    die "$1 failed; apt's own words are in $step_log"
}

# Debian starts a service when its package is installed. This machine's services are not ours to start.
guard_services() {
    guarding=
    [[ -e /usr/sbin/policy-rc.d ]] && return 0
    guarding=yes
    printf '#!/bin/sh\nexit 101\n' | as_root tee /usr/sbin/policy-rc.d >/dev/null
    as_root chmod 755 /usr/sbin/policy-rc.d
}

release_services() { if [[ -n $guarding ]]; then as_root rm -f /usr/sbin/policy-rc.d; fi; }

# Nor to start at the next boot, for a package that came only now and for us.
retire_service() {
    if command -v systemctl >/dev/null; then as_root systemctl disable "$1" || true; fi
    if command -v update-rc.d >/dev/null; then as_root update-rc.d "$1" disable || true; fi
}
