#!/usr/bin/env bash
# Copies tables from one org to another with `cargo dataverse`, and reads them with Microsoft's Python client:
#
#     bash tests/interop/applied/run.sh target/debug/dataverse-emulator target/debug/cargo-dataverse
#
# Both orgs are emulators. The second one starts again on its database with TLS, which the Python client needs. If Python or PyPI
# is missing, the run says so and goes on; with CI=true that is a failure.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
emulator=$(realpath "${1:?the binary of the emulator}")
tool=$(realpath "${2:?the binary of cargo dataverse}")
cache=${CLIENTS_CACHE:-$here/../../../target/interop/clients}
work=$(mktemp -d)
server=
trap 'stop; rm -rf "$work"' EXIT

# shellcheck source=../skip.sh
. "$here/../skip.sh"

# Starts an emulator; its URL is in $url.
start() {
    : >"$work/out"
    "$emulator" --port 0 "$@" >"$work/out" &
    server=$!
    url=
    for _ in $(seq 100); do
        url=$(sed -n 's|^Dataverse Web API at \(.*\)/api/data/v9.2/$|\1|p' "$work/out")
        [ -z "$url" ] || return 0
        sleep 0.1
    done
    echo "FAILED: the emulator does not start" >&2
    exit 1
}

stop() {
    [ -n "$server" ] || return 0
    kill "$server"
    wait "$server" 2>/dev/null || true
    server=
}

settings() {
    printf 'tables = ["new_*"]\n[org]\nurl = "%s"\ntoken = "none"\n' "$url" >"$work/dataverse.toml"
}

cd "$work"
start --definitions "$here/../../../codegen/examples/loan.json"
settings
"$tool" pull
stop
start --database "$work/database"
settings
"$tool" apply --from dataverse --yes >"$work/applied"
tail -n 1 "$work/applied"
[ "$("$tool" apply --from dataverse)" = 'nothing to do' ] || {
    echo 'FAILED: the second time, something is left to do' >&2
    exit 1
}
stop

command -v python3 >/dev/null || skip "python3 is missing"
mkdir -p "$cache"
[ -x "$cache/python/bin/python" ] || python3 -m venv "$cache/python" || skip "python3 has no venv"
"$cache/python/bin/python" -m pip install --quiet --disable-pip-version-check \
    "PowerPlatform-Dataverse-Client[async]==1.1.0" || skip "PyPI cannot be reached"
start --database "$work/database" --certificate "$work/certificate.pem"
REQUESTS_CA_BUNDLE=$work/certificate.pem "$cache/python/bin/python" "$here/applied.py" "$url"
