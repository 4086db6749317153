"""Checks that each published package needs no newer Rust than it declares: no dependency of it declares a newer one.

    cargo metadata --format-version 1 --all-features --locked | python3 .ci/rust_version.py
"""

import json
import sys


def version(text):
    parts = [int(part) for part in text.split(".")]
    return tuple((parts + [0, 0])[:3])


metadata = json.load(sys.stdin)
packages = {package["id"]: package for package in metadata["packages"]}
nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}


def needed(root):
    """The packages that are built for a user of `root`."""
    seen, ahead = set(), [root]
    while ahead:
        package = ahead.pop()
        if package in seen:
            continue
        seen.add(package)
        for dependency in nodes[package]["deps"]:
            if any(kind["kind"] in (None, "build") for kind in dependency["dep_kinds"]):
                ahead.append(dependency["pkg"])
    return seen


failed = 0
for root in metadata["workspace_members"]:
    package = packages[root]
    if package["publish"] == []:
        continue
    declared = package["rust_version"]
    newer = {
        f"{packages[each]['name']} {packages[each]['version']} needs {packages[each]['rust_version']}"
        for each in needed(root)
        if packages[each]["rust_version"] and version(packages[each]["rust_version"]) > version(declared)
    }
    for each in sorted(newer):
        print(f"{package['name']} declares Rust {declared}, but {each}", file=sys.stderr)
    failed += bool(newer)
sys.exit(failed)
