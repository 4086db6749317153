#!/usr/bin/env bash
# Runs foreign parsers and a foreign client over the URLs and filters that the tests leave:
#
#     bash tests/interop/parsers/run.sh target/tmp/interop
#
# odata-query (PyPI) reads every filter, @odata/parser (npm) every URL, and Microsoft's Python client builds the same texts.
# If Python, Node or their registries are missing, the run says so and goes on; with CI=true that is a failure.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
left=$(cd "${1:?the directory that the tests left their files in}" && pwd)
cache=${PARSERS_CACHE:-$here/../../../target/interop/parsers}
mkdir -p "$cache"

# shellcheck source=../skip.sh
. "$here/../skip.sh"

for tool in python3 node npm; do
    command -v "$tool" >/dev/null || skip "$tool is missing"
done
if [ ! -x "$cache/python/bin/python" ]; then
    python3 -m venv "$cache/python" || skip "python3 has no venv"
fi
"$cache/python/bin/python" -m pip install --quiet --disable-pip-version-check \
    odata-query==0.10.0 sly==0.4 PowerPlatform-Dataverse-Client==1.1.0 || skip "PyPI cannot be reached"
if ! grep -qs '"version": "0.2.14"' "$cache/node_modules/@odata/parser/package.json"; then
    npm install --silent --no-audit --no-fund --prefix "$cache" \
        @odata/parser@0.2.14 @odata/metadata@0.2.8 @newdash/newdash@5.23.1 || skip "npm cannot be reached"
fi

"$cache/python/bin/python" "$here/filters.py" "$left"
"$cache/python/bin/python" "$here/client.py" "$left"
NODE_PATH="$cache/node_modules" node "$here/parser.cjs" "$left"
