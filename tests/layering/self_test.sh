#!/usr/bin/env bash
# A check that cannot fail proves nothing: breaks every rule once in a tree of its own and sees it found.
set -euo pipefail

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
passed=0
failed=0

put() { # put FILE TEXT
    mkdir -p "$tree/$(dirname "$1")"
    printf '#pragma once\n%b\n' "$2" >"$tree/$1"
    touch "$tree/$(dirname "$1")/README.md"
}

clean_tree() {
    rm -rf "${tree:?}"/*
    put sla/clock.hpp '#include <chrono>'
    put ticketing/lifecycle/decide.hpp '#include "sla/clock.hpp"\n#include "ticketing/errors.hpp"'
    put integrations/mysql/pool.cpp '#include "integrations/asio/wait.hpp"\n#include <cppconn/driver.h>\nauto q = "SELECT 1 FROM ticket";'
    put integrations/redis/connection.cpp '#include <hiredis/async.h>'
    put server/http/session.cpp '#include <boost/beast/http.hpp>'
    put server/actions/record_act.cpp '#include "integrations/mysql/pool.hpp"'
}

verdict() { # verdict NAME OUTPUT PATTERN
    if grep -qE "$3" <<<"$2"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf 'not found: %s\n%s\n' "$1" "$2"
    fi
}

# broken RULE FILE TEXT: a clean tree plus one file breaks exactly this rule.
broken() {
    clean_tree
    put "$2" "$3"
    local said
    said=$("$here/run" "$tree" || true)
    verdict "$1" "$said" "FAULT: .*$1"
    verdict "only one fault: $1" "$said" ' 1 failed$'
}

lines() { for ((i = 0; i < $1; i++)); do printf 'x%d();\\n' "$i"; done; }

clean_tree
verdict 'a clean tree' "$("$here/run" "$tree" || true)" ', 0 failed$'

broken 'sla/ includes nothing of ours' sla/bad.cpp '#include "ticketing/errors.hpp"'
broken 'ticketing/ includes ticketing/ and sla/ only' ticketing/bad.cpp '#include "server/app.hpp"'
broken 'never another integration' integrations/redis/bad.cpp '#include "integrations/mysql/pool.hpp"'
broken 'pure part of the standard library' ticketing/bad.cpp '#include <thread>'
broken 'pure part of the standard library' sla/bad.cpp '#include <boost/json.hpp>'
broken 'read no clock' sla/bad.cpp 'auto now = std::chrono::system_clock::now();'
broken 'Beast is used' server/bad.cpp '#include <boost/beast/core.hpp>'
broken 'hiredis is used' integrations/redis/bad.hpp '#include <hiredis/hiredis.h>'
broken 'libxlsxwriter is used' server/api/bad.cpp '#include <xlsxwriter.h>'
broken 'Connector/C\+\+ does not leave' integrations/mysql/bad.hpp '#include <cppconn/driver.h>'
broken 'Connector/C\+\+ does not leave' server/bad.cpp '#include "integrations/mysql/connector_session.hpp"'
broken 'neither HTTP nor JSON' server/actions/bad.cpp '#include <boost/json.hpp>'
broken 'server/api no Redis' server/api/bad.cpp '#include "integrations/redis/intake_stream.hpp"'
broken 'know no domain rules' server/http/bad.cpp '#include "ticketing/lifecycle/decide.hpp"'
broken 'includes name the path' server/bad.cpp '#include "app.hpp"'
broken 'SQL text' server/bad.cpp 'auto q = "UPDATE ticket SET state = 1";'
broken 'utils, manager' server/utils/bad.cpp ''
broken 'longer than 450' server/bad.cpp "$(lines 460)"
broken 'longer than 60' server/bad.cpp "$(lines 3)void f(\n    int a\n) const {\n$(lines 61)}"
broken 'longer than 60' server/bad.cpp "void f() {\n$(lines 61)}"

clean_tree
put sla/bad.hpp ''
sed -i 1d "$tree/sla/bad.hpp"
verdict 'pragma once' "$("$here/run" "$tree" || true)" 'FAULT: every header has #pragma once'
clean_tree
rm "$tree/server/http/README.md"
verdict 'README' "$("$here/run" "$tree" || true)" 'FAULT: every folder with code'
clean_tree
put server/bad.cpp '#include "tests/support/clock.hpp"'
verdict 'tests/' "$("$here/run" "$tree" || true)" 'FAULT: nothing outside tests/'

printf '%d passed, %d failed\n' "$passed" "$failed"
((failed == 0))
