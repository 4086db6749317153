"""Runs scenarios and prints the outcome of each, as `scenarios.cjs` does: pass, expected 501, or gap.

A scenario is a function of a client; its name, with spaces, is the scenario's. The URL of the organization is the program's
argument; the certificate to trust is in REQUESTS_CA_BUNDLE, and for aiohttp in SSL_CERT_FILE.
"""

import os
import sys
import time
import traceback

from azure.core.credentials import AccessToken
from PowerPlatform.Dataverse.client import DataverseClient
from PowerPlatform.Dataverse.core.errors import HttpError

GROUP = "PowerPlatform-Dataverse-Client"
NOWHERE = "0d2c7a10-1111-4111-8111-111111111111"


class AnyToken:
    def get_token(self, *scopes, **_):
        return AccessToken("any token", int(time.time()) + 3600)


class Scenarios:
    """The scenarios of one file. `part` is its subject."""

    def __init__(self, part):
        self.part = part
        self.all = []

    def passes(self, work):
        self.all.append(("pass", "", work))
        return work

    def absent(self, why):
        return lambda work: self.all.append(("expected 501", why, work)) or work

    def gap(self, why):
        return lambda work: self.all.append(("gap", why, work)) or work

    def run(self, sample=None):
        client = DataverseClient(sys.argv[1], AnyToken())
        if sample:
            sample(client)
        failed = sum(not self.ended(client, *each) for each in self.all)
        if failed:
            sys.exit(f"FAILED: {failed} of {len(self.all)} scenarios")

    def ended(self, client, kind, why, work):
        name = work.__name__.replace("_", " ")
        error = None
        try:
            if kind == "expected 501":
                refused(501, lambda: work(client))
            else:
                work(client)
        except Exception as thrown:
            error = thrown
        if error and kind != "gap":
            print(f"FAILED        {self.part}: {name}", flush=True)
            traceback.print_exception(error, limit=-3, chain=False, file=sys.stdout)
            return False
        outcome = "pass" if kind == "gap" and not error else kind
        print(f"{outcome:12}  {self.part}: {name}", flush=True)
        if kind == "gap":
            print(f"              {str(error or 'no longer a gap: unmark it')[:300]}", flush=True)
        report([GROUP, self.part, name, outcome, "" if outcome == "pass" else why])
        return True


def report(row):
    if path := os.environ.get("REPORT"):
        with open(path, "a", encoding="utf-8") as file:
            file.write("\t".join(row) + "\n")


def refused(status, work):
    """Asserts that a call is refused with a status, and returns the error."""
    try:
        result = work()
    except HttpError as error:
        assert error.status_code == status, error
        return error
    raise AssertionError(f"not refused with {status}: {result}")
