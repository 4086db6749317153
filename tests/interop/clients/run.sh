#!/usr/bin/env bash
# Clients that nobody here wrote, against the emulator over loopback:
#
#     bash tests/interop/clients/run.sh target/debug/dataverse-emulator
#
# npm dynamics-web-api over plain HTTP, PyPI PowerPlatform-Dataverse-Client over TLS with a certificate made for the run.
# Where Node, Python or their registries are missing, the run says so and goes on; with CI=true that is a failure.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
emulator=${1:?the binary of the emulator}
cache=${CLIENTS_CACHE:-$here/../../../target/interop/clients}
mkdir -p "$cache"
work=$(mktemp -d)
servers=()
trap 'for server in "${servers[@]}"; do kill "$server" 2>/dev/null || true; done; rm -rf "$work"' EXIT

skip() {
    if [ "${CI:-}" = true ]; then
        echo "FAILED: $1" >&2
        exit 1
    fi
    echo "SKIPPED: $1"
}

# Starts a server and sets `url` to that of its organization.
serve() {
    local out=$work/$1.out
    shift
    "$emulator" --port 0 --definitions "$here/keys.json" "$@" >"$out" &
    servers+=($!)
    for _ in $(seq 100); do
        if grep -q '^Dataverse Web API at ' "$out"; then
            url=$(sed -n 's|^Dataverse Web API at \(.*\)/api/data/v9.2/$|\1|p' "$out")
            return
        fi
        sleep 0.1
    done
    echo "FAILED: the emulator does not start" >&2
    exit 1
}

node_client() {
    command -v node >/dev/null && command -v npm >/dev/null || { skip "node or npm is missing"; return; }
    if ! grep -qs '"version": "2.5.0"' "$cache/node_modules/dynamics-web-api/package.json"; then
        npm install --silent --no-audit --no-fund --prefix "$cache" dynamics-web-api@2.5.0 ||
            { skip "npm cannot be reached"; return; }
    fi
    serve plain
    NODE_PATH="$cache/node_modules" node "$here/dynamics_web_api.cjs" "$url"
}

python_client() {
    command -v python3 >/dev/null || { skip "python3 is missing"; return; }
    if [ ! -x "$cache/python/bin/python" ]; then
        python3 -m venv "$cache/python" || { skip "python3 has no venv"; return; }
    fi
    "$cache/python/bin/python" -m pip install --quiet --disable-pip-version-check \
        PowerPlatform-Dataverse-Client==1.1.0 || { skip "PyPI cannot be reached"; return; }
    serve tls --certificate "$work/certificate.pem"
    REQUESTS_CA_BUNDLE="$work/certificate.pem" "$cache/python/bin/python" "$here/powerplatform_dataverse.py" "$url"
}

node_client
python_client
