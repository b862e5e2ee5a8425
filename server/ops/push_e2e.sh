# shellcheck shell=bash
# `./hotline push-e2e`: a web push from our sender until Firefox shows it. The only command that wants Firefox, so the
# only one that installs it.

command_push_e2e() {
    local missing
    begin_steps 4 "$ROOT/var/log/push-e2e.log"
    trap 'abandon_step; exit 130' INT TERM HUP
    check_debian
    mapfile -t missing < <(packages_to_install up && missing_packages firefox-esr)
    check_rights "${missing[@]}"
    step 'installing packages' install_packages "${missing[@]}"
    step 'fetching Node' fetch_node
    step 'installing the web packages' install_web
    step 'building the sender' build_targets dev push_tool
    cd "$ROOT/web"
    FIREFOX=$(command -v firefox-esr) PUSH_TOOL=$ROOT/build/dev/tests/push_tool/push_tool npm run push
}
