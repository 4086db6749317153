"""client.files: the emulator has no file columns"""

import tempfile
from pathlib import Path

from scenarios import Scenarios

scenarios = Scenarios("files")
NONE = "the emulator has no file columns"


def uploaded(client, column, mode):
    key = client.records.create("sample_book", {"sample_name": "With a file"})
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "manuscript.txt"
        path.write_text("Once upon a time")
        client.files.upload("sample_book", key, column, str(path), mode=mode)


@scenarios.absent(NONE)
def upload(client):
    uploaded(client, "sample_Manuscript", "small")


@scenarios.absent(NONE)
def upload_in_chunks(client):
    uploaded(client, "sample_Manuscript", "chunk")


@scenarios.absent(NONE)
def upload_to_a_missing_column(client):
    uploaded(client, "new_Other", None)


scenarios.run()
