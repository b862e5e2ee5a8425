# shellcheck shell=bash
# `./hotline phone-e2e`: callers and agents of sipp on a whole hotline through a real Asterisk, which lies in a folder of its own and
# runs, with everything else of the test, in a network of its own: nothing of it can be reached, and nothing can leave.

readonly pbx_folder=$ROOT/build/asterisk
readonly pbx_root=$pbx_folder/root
# Debian 12 has no Asterisk; a package of another release is not put onto this machine.
readonly pbx_suite=sid pbx_mirror=http://deb.debian.org/debian
readonly pbx_packages=(asterisk asterisk-moh-opsound-wav)
# Where telephones in browsers sign in, and who has one: the fourth agent.
readonly pbx_address=10.99.0.1 browser_extension=8004

command_phone_e2e() {
    local missing dir
    ((EUID == 0)) ||
        die 'phone-e2e has to be root: it unpacks a small Debian with an Asterisk into build/asterisk and gives all it starts a network of its own; as root run: ./hotline phone-e2e'
    unshare --net --mount --pid --fork true 2>/dev/null ||
        die 'phone-e2e needs a network of its own (unshare --net) and this machine or container does not give it one'
    begin_steps 6 "$ROOT/var/log/phone-e2e.log"
    trap 'abandon_step; exit 130' INT TERM HUP
    check_debian
    mapfile -t missing < <(packages_to_install up && missing_packages debootstrap sip-tester iproute2 python3 chromium-headless-shell espeak-ng sox)
    step 'installing packages' install_packages "${missing[@]}"
    step 'fetching Node' fetch_node
    step 'installing the web packages' install_web
    step 'building the server' build_targets dev hotline-server
    step 'building the web apps' build_web
    step 'fetching an Asterisk' fetch_pbx
    dir=$(mktemp -d /tmp/hotline-phone.XXXXXX)
    # shellcheck disable=SC2064  # the folder of now
    trap "rm -rf '$dir'" EXIT
    # With the first process of it everything ends that was started there.
    unshare --net --mount --pid --fork --mount-proc --kill-child "$ROOT/hotline" phone-line "$dir" "$@"
}

# A Debian of its own, without a service that starts.
fetch_pbx() {
    local want
    want="$pbx_suite ${pbx_packages[*]}"
    if [[ -f $pbx_folder/holds && $(<"$pbx_folder/holds") == "$want" ]]; then return "$NOTHING_TO_DO"; fi
    rm -rf --one-file-system "$pbx_folder"
    mkdir -p "$pbx_root"
    # Mounts of the unpacking end with it.
    unshare --mount debootstrap --variant=minbase --include=ca-certificates "$pbx_suite" "$pbx_root" "$pbx_mirror" ||
        die "no Debian could be unpacked from $pbx_mirror; connect this machine, then run the same command again"
    printf '#!/bin/sh\nexit 101\n' >"$pbx_root/usr/sbin/policy-rc.d"
    chmod 755 "$pbx_root/usr/sbin/policy-rc.d"
    cp /etc/resolv.conf "$pbx_root/etc/resolv.conf"
    DEBIAN_FRONTEND=noninteractive chroot "$pbx_root" apt-get -q -y install --no-install-recommends "${pbx_packages[@]}"
    chroot "$pbx_root" apt-get clean
    mv "$pbx_root/etc/asterisk" "$pbx_root/etc/asterisk.debian"
    printf '%s\n' "$want" >"$pbx_folder/holds"
}

# The first process of the network of the test.
phone_line() { # phone_line DIR [PARTS…]
    local dir=$1
    shift
    begin_steps 2 "$ROOT/var/log/phone-e2e.log"
    trap 'abandon_step; exit 130' INT TERM HUP
    export PHONE_PBX=$pbx_root PHONE_PASSWORD PHONE_FOLDER=$dir/phone
    mkdir -p "$PHONE_FOLDER"
    PHONE_PASSWORD=$(od -An -N12 -tx1 /dev/urandom | tr -d ' \n')
    python3 "$ROOT/tests/phone/speech.py" "$PHONE_FOLDER" 150
    ip link set lo up
    # The carrier's address in the sample configuration is here.
    ip address add 192.0.2.10/32 dev lo
    # A browser and an Asterisk offer each other no address of a loopback.
    ip link add pbx0 type veth peer name desk0
    ip address add "$pbx_address/24" dev pbx0
    ip link set pbx0 up
    ip link set desk0 up
    step 'starting an Asterisk' start_pbx "$dir"
    step 'starting a hotline' phone_stack "$dir"
    cd "$ROOT/web"
    use_node
    PHONE_SERVER=$(server_binary dev) E2E_BASE_URL=$(local_url "$dir") E2E_CONFIG=$dir/hotline.toml E2E_ACCOUNTS=$dir/secrets/demo-accounts.txt \
        npm run phone -- "$@" || tell_phone_trouble "$dir"
    printf '%s\n' '' '| what | what came of it |' '|---|---|'
    cat "$PHONE_FOLDER/results"
}

tell_phone_trouble() {
    mkdir -p "$results"
    rm -rf "$results/phone-e2e"
    cp -r "$PHONE_FOLDER" "$results/phone-e2e"
    cp -r "$1/log" "$results/phone-e2e/log"
    die "what the telephones, the Asterisk and the server noted is in $results/phone-e2e"
}

phone_stack() {
    install -m 600 <(printf '%s\n' "$PHONE_PASSWORD") "$PHONE_FOLDER/pbx_password"
    export HOTLINE_TELEPHONY_EXCHANGE_URL=https://localhost:8089/ari \
        HOTLINE_TELEPHONY_EXCHANGE_CA_FILE=$PHONE_FOLDER/pbx.pem \
        HOTLINE_TELEPHONY_EXCHANGE_PASSWORD_FILE=$PHONE_FOLDER/pbx_password \
        HOTLINE_TELEPHONY_EXCHANGE_SOFTPHONE_URL=wss://$pbx_address:8089/ws \
        HOTLINE_TELEPHONY_EXCHANGE_SHOWN_NUMBER=12345 HOTLINE_TELEPHONY_EXCHANGE_MOST_WAITING=1000
    start_stack "$1" "$(free_port)" "$(server_binary dev)"
    tell_pbx_telephones "$1"
}

# As integrations/ari/asterisk/README.md has it.
tell_pbx_telephones() { # tell_pbx_telephones DIR
    local list=$pbx_root/etc/asterisk/telephones.conf
    run_server "$1" "$(server_binary dev)" telephones "$browser_extension" >"$list"
    chroot "$pbx_root" chown asterisk:asterisk /etc/asterisk/telephones.conf
    chmod 600 "$list"
    chroot "$pbx_root" asterisk -rx 'module reload res_pjsip.so' >/dev/null
}

# The sample's TLS, with a certificate only the test's server and browser believe.
give_pbx_certificate() { # give_pbx_certificate SETTINGS
    mkdir -p "$1/keys"
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost \
        -addext "subjectAltName=DNS:localhost,IP:$pbx_address" -keyout "$1/keys/pbx.key" -out "$1/keys/pbx.pem" 2>/dev/null
    chroot "$pbx_root" chown -R asterisk:asterisk /etc/asterisk/keys
    cp "$1/keys/pbx.pem" "$PHONE_FOLDER/pbx.pem"
    sed -i 's/^;tls/tls/' "$1/http.conf"
}

# Debian's own configuration, ours over it as integrations/ari/asterisk/README.md has it, and the test's telephones.
start_pbx() { # start_pbx DIR
    local settings=$pbx_root/etc/asterisk shipped=$ROOT/integrations/ari/asterisk limit=$((SECONDS + 20))
    local sounds=$pbx_root/usr/share/asterisk/sounds/zh/hotline
    rm -rf "$settings"
    cp -a "$settings.debian" "$settings"
    cp "$shipped"/*.conf "$settings"
    for extension in {8001..8003} {8011..8021} {8101..8220}; do
        sed "s/EXTENSION/$extension/" "$ROOT/tests/phone/desk.conf"
    done >>"$settings/pjsip.conf"
    sed -i "s/CHANGE-ME/$PHONE_PASSWORD/; s/^;entityid/entityid/" "$settings"/*.conf
    # The carrier is on the same machine, where the Asterisk itself has the port.
    sed -i 's/192\.0\.2\.10:5060/192.0.2.10:5070/' "$settings/pjsip.conf"
    give_pbx_certificate "$settings"
    # Without a network a name is not looked for.
    printf '127.0.0.1 localhost %s\n' "$(hostname)" >"$pbx_root/etc/hosts"
    : >"$pbx_root/etc/resolv.conf"
    rm -rf "$sounds"
    "$shipped/speak_sounds.sh" "$sounds"
    # Telephones of the run before are not there any more.
    rm -rf "$pbx_root/var/lib/asterisk/astdb.sqlite3" "$pbx_root/var/spool/asterisk/recording"
    rm -rf "$pbx_root/var/log/asterisk/cdr-csv"
    mkdir -p "$pbx_root/var/spool/asterisk/recording" "$pbx_root/run/asterisk" "$pbx_root/var/log/asterisk/cdr-csv"
    chroot "$pbx_root" chown asterisk:asterisk /var/spool/asterisk/recording /run/asterisk /var/log/asterisk/cdr-csv
    setsid chroot --userspec=asterisk:asterisk "$pbx_root" /usr/sbin/asterisk -f -vvv >"$PHONE_FOLDER/pbx.log" 2>&1 9>&- &
    until chroot "$pbx_root" asterisk -rx 'core waitfullybooted' >/dev/null 2>&1; do
        ((SECONDS < limit)) || die 'the Asterisk did not start'
        sleep 0.1
    done
}
