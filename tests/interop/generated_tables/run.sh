#!/usr/bin/env bash
# Checks what `cargo dataverse generate` writes for the tables of a real org. See README.md.
#
#     bash tests/interop/generated_tables/run.sh sample [DOCUMENT]
#     bash tests/interop/generated_tables/run.sh csdl [DOCUMENT]
#     bash tests/interop/generated_tables/run.sh writable [DOCUMENT]
#     bash tests/interop/generated_tables/run.sh definitions [DOCUMENT...]
#
# For sample, csdl and writable, DOCUMENT is a `$metadata` document; without it, that of the real org.
#
# For definitions, each DOCUMENT is an answer of `EntityDefinitions` or `RetrieveMetadataChanges`, or a `$metadata` document, all of one
# org. Without them: definition.json, and then the answers of the real org.
#
# If ../real_tables/run.sh could not download the documents of the real org, the run says so and goes on; with CI=true that is a failure.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
scratch=${GENERATED_TABLES:-$root/target/interop/generated_tables}
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$root/target}
real=$root/target/interop/real_tables/package/src/__tests__/data
what=${1:?sample, csdl, writable or definitions}
crate=$scratch/$what
mkdir -p "$scratch"
server=
trap '[ -z "$server" ] || kill "$server"' EXIT

# shellcheck source=../skip.sh
. "$here/../skip.sh"

built() {
    cargo build --quiet --manifest-path "$root/Cargo.toml" -p dataverse-codegen -p dataverse-emulator
}

# tables DOCUMENT TABLES WRITABLE: generates a crate of the tables below $crate, with drafts if WRITABLE is true, in a workspace with
# this library and its locked dependencies.
tables() {
    rm -rf "$crate"
    mkdir -p "$crate/tables" "$crate/src"
    printf 'tables = [%s]\noutput = "."\n[org]\nmetadata = "%s"\n[generate]\ncrate = "org_tables"\nassume_writable = %s\n' \
        "$2" "$(realpath "$1")" "$3" >"$crate/tables/dataverse.toml"
    (cd "$crate/tables" && "$CARGO_TARGET_DIR/debug/cargo-dataverse" pull && "$CARGO_TARGET_DIR/debug/cargo-dataverse" generate)
    cat >"$crate/Cargo.toml" <<MANIFEST
[package]
name = "generated_$what"
version = "0.0.0"
edition = "2024"
publish = false
[workspace]
members = ["tables"]
[patch.crates-io]
dataverse-entity = { path = "$root/runtime" }
[dependencies]
MANIFEST
    cp "$root/Cargo.lock" "$crate/"
}

# round_trip DOCUMENT...: generates a crate as a user does, reads its facts back, and compares them with the documents. Clippy finds
# nothing in it.
round_trip() {
    local document
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
sample)
    document=${2:-$real/edmx.xml}
    [ -f "$document" ] || skip "there is no $document: ../real_tables/run.sh downloads it"
    built
    # The emulator loads the document while the program compiles.
    "$CARGO_TARGET_DIR/debug/dataverse-emulator" --port 0 --definitions "$document" >"$scratch/emulator" 2>"$scratch/emulator.warnings" &
    server=$!
    tables "$document" "$(python3 -B "$here/sample.py" choose "$document")" true
    cat >>"$crate/Cargo.toml" <<MANIFEST
bytes = "1"
dataverse-entity = { version = "*", features = ["client", "rust_decimal"] }
http = "1"
org_tables = { path = "tables" }
serde_json = "1"
tokio = { version = "1", features = ["macros", "rt"] }
MANIFEST
    python3 -B "$here/sample.py" list "$crate/tables" "$document" >"$crate/src/listing.rs"
    cp "$here/sample.rs" "$crate/src/main.rs"
    cargo build --quiet --manifest-path "$crate/Cargo.toml"
    for _ in $(seq 600); do
        url=$(sed -n 's|^Dataverse Web API at \(.*\)/api/data/v9.2/$|\1|p' "$scratch/emulator")
        [ -z "$url" ] || break
        sleep 0.1
    done
    [ -n "$url" ] || { tail -n 3 "$scratch/emulator.warnings" >&2; echo "FAILED: the emulator does not start" >&2; exit 1; }
    "$CARGO_TARGET_DIR/debug/generated_sample" "$url"
    ;;
csdl | writable)
    document=${2:-$real/edmx.xml}
    [ -f "$document" ] || { echo "FAILED: there is no $document: ../real_tables/run.sh downloads one" >&2; exit 1; }
    built
    if [ "$what" = writable ]; then tables "$document" '"*"' true; else tables "$document" '"*"' false; fi
    echo 'dataverse-entity = { version = "*", features = ["rust_decimal"] }' >>"$crate/Cargo.toml"
    touch "$crate/src/lib.rs"
    cd "$crate"
    # The empty crate above the tables has the same dependencies.
    python3 -B "$here/measured.py" 'the library' cargo check --quiet
    python3 -B "$here/measured.py" 'the tables' cargo rustc --quiet -p org_tables --lib --profile check -- -D warnings -D missing-docs
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
    else
        skip "there is no $real/edmx.xml: ../real_tables/run.sh downloads it"
    fi
    ;;
*)
    echo "sample, csdl, writable or definitions, not $what" >&2
    exit 2
    ;;
esac
