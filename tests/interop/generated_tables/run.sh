#!/usr/bin/env bash
# Checks that foreign tables compile as annotated structs, with no name changed and no lint allowed. See README.md.
#
#     bash tests/interop/generated_tables/run.sh csdl [DOCUMENT]
#     bash tests/interop/generated_tables/run.sh definitions [DOCUMENT...]
#
# For csdl, DOCUMENT is a `$metadata` document; without it, that of a real org, which ../real_tables/run.sh downloads.
#
# For definitions, each DOCUMENT is an answer of `EntityDefinitions` or `RetrieveMetadataChanges`, or a `$metadata` document, all of one
# org. Without them: definition.json, and then the answers of the real org. If ../real_tables/run.sh could not download these, the run
# says so and goes on; with CI=true that is a failure.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
scratch=${GENERATED_TABLES:-$root/target/interop/generated_tables}
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$root/target}
real=$root/target/interop/real_tables/package/src/__tests__/data
what=${1:?csdl or definitions}

# write SCRIPT DOCUMENT: writes the crate, with the workspace's locked dependencies.
write() {
    rm -rf "$scratch/$what"
    mkdir -p "$scratch/$what"
    python3 -B "$here/$1" "$2" "$root/runtime" "$scratch/$what"
    cp "$root/Cargo.lock" "$scratch/$what/"
}

# round_trip DOCUMENT...: generates a crate as a user does, reads its facts back, and compares them with the documents. Clippy finds
# nothing in it.
round_trip() {
    local crate=$scratch/definitions document
    rm -rf "$crate"
    mkdir -p "$crate"
    cargo run --quiet --manifest-path "$root/Cargo.toml" -p dataverse-codegen --example round_trip -- "$crate" "$@"
    cp "$root/Cargo.lock" "$crate/"
    cargo run --quiet --manifest-path "$crate/Cargo.toml" >"$scratch/printed.json"
    local json=()
    for document in "$@"; do
        case $document in *.xml) ;; *) json+=("$document") ;; esac
    done
    python3 -B "$here/compare.py" "$scratch/printed.json" "${json[@]}"
    cargo clippy --quiet --manifest-path "$crate/Cargo.toml" -- -D warnings
}

case $what in
csdl)
    document=${2:-$real/edmx.xml}
    [ -f "$document" ] || { echo "FAILED: there is no $document: ../real_tables/run.sh downloads one" >&2; exit 1; }
    write from_csdl.py "$document"
    SECONDS=0
    cargo check --quiet --manifest-path "$scratch/$what/Cargo.toml"
    echo "checked in $SECONDS s, with the library"
    ;;
definitions)
    shift
    if [ $# -gt 0 ]; then
        round_trip "$@"
        exit
    fi
    round_trip "$here/definition.json"
    if [ -f "$real/edmx.xml" ]; then
        # EntityMetadata-metadata.json has no table.
        round_trip "$real/edmx.xml" "$real"/{account,cdsify_integrationtest,opportunity,opportunityclose,queueitem}-metadata.json
    elif [ "${CI:-}" = true ]; then
        echo "FAILED: there is no $real/edmx.xml: ../real_tables/run.sh downloads it" >&2
        exit 1
    else
        echo "SKIPPED: there is no $real/edmx.xml: ../real_tables/run.sh downloads it"
    fi
    ;;
*)
    echo "csdl or definitions, not $what" >&2
    exit 2
    ;;
esac
