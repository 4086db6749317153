#!/usr/bin/env bash
# Parses the diagrams that `cargo dataverse diagram --format mermaid` prints with Mermaid:
#
#     bash tests/interop/diagrams/run.sh
#
# The diagrams are the golden files of codegen/tests/diagrams; parser.mjs says what Mermaid has to find in them.
# If Node or npm's registry is missing, the run says so and goes on; with CI=true that is a failure.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cache=${DIAGRAMS_CACHE:-$here/../../../target/interop/diagrams}
mkdir -p "$cache"

# shellcheck source=../skip.sh
. "$here/../skip.sh"

for tool in node npm; do
    command -v "$tool" >/dev/null || skip "$tool is missing"
done
if ! grep -qs '"version": "12.3.0"' "$cache/node_modules/mermaid/package.json"; then
    # jsdom is the page that Mermaid runs in.
    npm install --silent --no-audit --no-fund --prefix "$cache" mermaid@12.3.0 jsdom@26.1.0 || skip "npm cannot be reached"
fi
cp "$here/parser.mjs" "$cache/parser.mjs"
node "$cache/parser.mjs" "$here/../../../codegen/tests/diagrams"
