#!/usr/bin/env bash
# Runs foreign clients, and the requests of Microsoft's samples, against the emulator over loopback:
#
#     bash tests/interop/clients/run.sh target/debug/dataverse-emulator
#
# The packages of npm and the samples over plain HTTP, PyPI PowerPlatform-Dataverse-Client over TLS with a certificate made for
# the run; one emulator for each file. If Node, Python or their registries are missing, the run says so and goes on; with
# CI=true that is a failure. The run compares the outcome of each scenario with README.md; UPDATE_TABLE=1 writes README.md.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
emulator=${1:?the binary of the emulator}
cache=${CLIENTS_CACHE:-$here/../../../target/interop/clients}
mkdir -p "$cache"
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT
export REPORT=$work/report.tsv
: >"$REPORT"
failed=0 skipped=0
# odata2ts accepts any version of TypeScript, but the newest lacks the API that it uses.
NPM=(dynamics-web-api@2.5.0 @odata/client@2.21.10 @odata2ts/odata2ts@0.34.0 typescript@5.4.5)

skip() {
    if [ "${CI:-}" = true ]; then
        echo "FAILED: $1" >&2
        exit 1
    fi
    echo "SKIPPED: $1"
    skipped=1
}

# Runs a command against an emulator of its own: `against OPTIONS... -- COMMAND...`; the URL of the organization comes last.
against() {
    local options=() url=
    while [ "$1" != -- ]; do options+=("$1"); shift; done
    shift
    # Empties the file now, so that the URL of the emulator before is not read.
    : >"$work/out"
    "$emulator" --port 0 --definitions "$here/tables.json" "${options[@]}" >"$work/out" &
    server=$!
    for _ in $(seq 100); do
        url=$(sed -n 's|^Dataverse Web API at \(.*\)/api/data/v9.2/$|\1|p' "$work/out")
        [ -z "$url" ] || break
        sleep 0.1
    done
    [ -n "$url" ] || { echo "FAILED: the emulator does not start" >&2; exit 1; }
    "$@" "$url" || failed=1
    kill "$server"
    wait "$server" 2>/dev/null || true
    server=
}

node_scenarios() {
    command -v node >/dev/null && command -v npm >/dev/null || { skip "node or npm is missing"; return; }
    if [ "$(cat "$cache/npm" 2>/dev/null)" != "${NPM[*]}" ]; then
        npm install --silent --no-audit --no-fund --prefix "$cache" "${NPM[@]}" || { skip "npm cannot be reached"; return; }
        echo "${NPM[*]}" >"$cache/npm"
    fi
    for file in "$here"/dynamics-web-api/*.cjs "$here"/odata/*.cjs "$here"/../samples/*.cjs; do
        if grep -qs "scenarios(" "$file"; then
            against -- env NODE_PATH="$cache/node_modules" node "$file"
        fi
    done
}

python_scenarios() {
    command -v python3 >/dev/null || { skip "python3 is missing"; return; }
    if [ ! -x "$cache/python/bin/python" ]; then
        python3 -m venv "$cache/python" || { skip "python3 has no venv"; return; }
    fi
    "$cache/python/bin/python" -m pip install --quiet --disable-pip-version-check \
        "PowerPlatform-Dataverse-Client[async]==1.1.0" || { skip "PyPI cannot be reached"; return; }
    for file in "$here"/powerplatform-dataverse/*.py; do
        if grep -q 'scenarios.run' "$file"; then
            against --certificate "$work/certificate.pem" -- \
                env REQUESTS_CA_BUNDLE="$work/certificate.pem" SSL_CERT_FILE="$work/certificate.pem" "$cache/python/bin/python" "$file"
        fi
    done
}

node_scenarios
python_scenarios
[ "$failed" = 0 ] || { echo "FAILED: not every scenario ended as it should" >&2; exit 1; }
# Without all scenarios, the table cannot be compared.
[ "$skipped" = 1 ] || node "$here/table.cjs" "$REPORT" "$here/README.md"
