"""Checks that each published package needs no newer Rust than it declares: no dependency of it declares a newer one.

    cargo metadata --format-version 1 --all-features --locked | python3 .ci/rust_version.py

With `list`, prints each declared version and the packages that declare it, as arguments for cargo: `1.88.0 -p a -p b`.
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
    """Returns the packages that are built for a user of `root`."""
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


published = [root for root in metadata["workspace_members"] if packages[root]["publish"] != []]

if sys.argv[1:] == ["list"]:
    declared = {}
    for root in published:
        rust = ".".join(map(str, version(packages[root]["rust_version"])))
        declared.setdefault(rust, []).append(f"-p {packages[root]['name']}")
    for rust, names in sorted(declared.items()):
        print(rust, *names)
    sys.exit()

failed = 0
for root in published:
    package = packages[root]
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
