"""Prints the section of a version in CHANGELOG.md: the notes of its release.

    python3 .ci/release_notes.py 0.2.0
    python3 .ci/release_notes.py Unreleased
"""

import pathlib
import re
import sys

if len(sys.argv) != 2:
    sys.exit("name one version, such as 0.2.0 or Unreleased")
version = sys.argv[1].removeprefix("v")
changelog = pathlib.Path(__file__).parent.parent.joinpath("CHANGELOG.md").read_text(encoding="utf-8")
# Each section: its heading, `## [0.2.0] - 2027-01-31`, and what is below.
sections = re.split(r"^## \[(.+?)\].*\n", changelog, flags=re.MULTILINE)
notes = dict(zip(sections[1::2], sections[2::2]))
if version not in notes:
    sys.exit(f"CHANGELOG.md has no section [{version}], but {', '.join(notes)}")
# Link references at the end of the file belong to no section.
text = re.sub(r"^\[.+?\]: \S+\n?", "", notes[version], flags=re.MULTILINE).strip()
if not text and version != "Unreleased":
    sys.exit(f"the section [{version}] of CHANGELOG.md is empty")
print(text)
