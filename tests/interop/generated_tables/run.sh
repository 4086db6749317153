#!/usr/bin/env bash
# Checks that foreign tables compile as annotated structs, with no name changed and no lint allowed. See README.md.
#
#     bash tests/interop/generated_tables/run.sh csdl [DOCUMENT]
#     bash tests/interop/generated_tables/run.sh definitions [DOCUMENT]
#
# DOCUMENT is a `$metadata` document, or an answer of `EntityDefinitions` with its attributes and relationships. Without it: the
# `$metadata` of a real org that ../real_tables/run.sh downloads, or definition.json.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
scratch=${GENERATED_TABLES:-$root/target/interop/generated_tables}
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$root/target}
what=${1:?csdl or definitions}

# write SCRIPT DOCUMENT: writes the crate, with the workspace's locked dependencies.
write() {
    rm -rf "$scratch/$what"
    mkdir -p "$scratch/$what"
    python3 -B "$here/$1" "$2" "$root/runtime" "$scratch/$what"
    cp "$root/Cargo.lock" "$scratch/$what/"
}

case $what in
csdl)
    document=${2:-$root/target/interop/real_tables/package/src/__tests__/data/edmx.xml}
    [ -f "$document" ] || { echo "FAILED: there is no $document: ../real_tables/run.sh downloads one" >&2; exit 1; }
    write from_csdl.py "$document"
    SECONDS=0
    cargo check --quiet --manifest-path "$scratch/$what/Cargo.toml"
    echo "checked in $SECONDS s, with the library"
    ;;
definitions)
    document=${2:-$here/definition.json}
    write from_definitions.py "$document"
    cargo run --quiet --manifest-path "$scratch/$what/Cargo.toml" >"$scratch/printed.json"
    python3 -B "$here/compare.py" "$document" "$scratch/printed.json"
    ;;
*)
    echo "csdl or definitions, not $what" >&2
    exit 2
    ;;
esac
