#!/usr/bin/env bash
# `./hotline bench pictures`: takes the pictures of the four apps that the READMEs show, of a city that has been at work for a year.
set -euo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
"$root/build/release/tests/fill_screens" 14000 120
cd "$root/web"
E2E_BASE_URL=$BENCH_URL E2E_ACCOUNTS=$BENCH_ACCOUNTS E2E_CONFIG=$BENCH_CONFIG \
    NO_COLOR=1 node_modules/.bin/vitest run tests/pictures --config vitest.bench.config.ts --disable-console-intercept
