# Ends a run that lacks a tool or a registry: the run says so, and with CI=true fails. Each run.sh that stops there sources it.
skip() {
    if [ "${CI:-}" = true ]; then
        echo "FAILED: $1" >&2
        exit 1
    fi
    echo "SKIPPED: $1"
    exit 0
}
