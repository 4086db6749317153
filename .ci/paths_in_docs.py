"""Checks that the files and folders that CONTRIBUTING.md and ARCHITECTURE.md name exist.

    python3 .ci/paths_in_docs.py
"""

import pathlib
import re
import sys

root = pathlib.Path(__file__).parent.parent
folders = {path.name for path in root.iterdir() if path.is_dir()} - {"target"}
missing = []
for page in ("CONTRIBUTING.md", "ARCHITECTURE.md"):
    text = re.sub(r"^```.*?^```", "", (root / page).read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    for path in re.findall(r"`([\w.-]+/[\w./*-]*)`", text):
        # Other paths are relative to a folder that the sentence names before.
        if path.split("/")[0] not in folders:
            continue
        if not any(root.glob(path.rstrip("/"))):
            missing.append(f"{page} names `{path}`, which does not exist")
print("\n".join(missing) or "every file that the pages name exists", file=sys.stderr if missing else sys.stdout)
sys.exit(bool(missing))
