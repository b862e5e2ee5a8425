#!/usr/bin/env bash
# `./hotline bench screens [TICKETS]`: how long every list, page and board of the apps takes in a browser when so many tickets
# are there, a million unless said otherwise, and how smoothly one types. The instance is told by its environment (server/ops/bench.sh).
set -euo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
"$root/build/release/tests/fill_screens" "$@"
cd "$root/web"
E2E_BASE_URL=$BENCH_URL E2E_ACCOUNTS=$BENCH_ACCOUNTS E2E_CONFIG=$BENCH_CONFIG \
    NO_COLOR=1 node_modules/.bin/vitest run tests/bench --config vitest.bench.config.ts --disable-console-intercept
