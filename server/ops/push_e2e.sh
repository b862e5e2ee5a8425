# shellcheck shell=bash
# `./hotline push-e2e`: a web push from our sender until Firefox shows it, and from a whole hotline until the officials' app
# is shown it. The only command that wants Firefox, so the only one that installs it.

command_push_e2e() {
    local missing dir
    begin_steps 6 "$ROOT/var/log/push-e2e.log"
    trap 'abandon_step; exit 130' INT TERM HUP
    check_debian
    mapfile -t missing < <(packages_to_install up && missing_packages firefox-esr)
    check_rights "${missing[@]}"
    step 'installing packages' install_packages "${missing[@]}"
    step 'fetching Node' fetch_node
    step 'installing the web packages' install_web
    step 'building the sender and the server' build_targets dev push_tool hotline-server
    step 'building the web apps' build_web
    dir=$(mktemp -d /tmp/hotline-push.XXXXXX)
    # shellcheck disable=SC2064  # the folder of now
    trap "remove_instance '$dir'; rm -rf '$dir'" EXIT
    step 'starting a hotline' push_stack "$dir"
    cd "$ROOT/web"
    E2E_BASE_URL=$(local_url "$dir") E2E_CONFIG=$dir/hotline.toml E2E_ACCOUNTS=$dir/secrets/demo-accounts.txt \
        FIREFOX=$(command -v firefox-esr) PUSH_TOOL=$ROOT/build/dev/tests/push_tool/push_tool npm run push
}

# Its push service is on this machine.
push_stack() { # push_stack DIR
    export HOTLINE_NOTIFY_STAND_INS=true HOTLINE_NOTIFY_WEB_PUSH_HOSTS=127.0.0.1 \
        HOTLINE_NOTIFY_WEB_PUSH_CONTACT=mailto:test@example.org
    start_stack "$1" "$(free_port)" "$(server_binary dev)"
}
