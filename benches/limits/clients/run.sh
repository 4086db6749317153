#!/usr/bin/env bash
# Installs npm dynamics-web-api and PyPI PowerPlatform-Dataverse-Client, and loads rows with each and with our client:
#
#     bash benches/limits/clients/run.sh [ROWS]
set -euo pipefail
limits=$(cd "$(dirname "$0")/.." && pwd)
cache=${CLIENTS_CACHE:-$limits/target/clients}
mkdir -p "$cache"
npm install --silent --no-audit --no-fund --prefix "$cache" dynamics-web-api@2.5.0
[ -x "$cache/python/bin/python3" ] || python3 -m venv "$cache/python"
"$cache/python/bin/python3" -m pip install --quiet --disable-pip-version-check "PowerPlatform-Dataverse-Client[async]==1.1.0"
NODE_PATH=$cache/node_modules PATH=$cache/python/bin:$PATH \
    cargo run --release --locked --manifest-path "$limits/Cargo.toml" -- side-by-side "$@"
