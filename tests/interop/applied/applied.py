"""Reads the table that `cargo dataverse apply` has made, and writes a record of it. The URL of the org is the argument."""

import sys
import time

from azure.core.credentials import AccessToken
from PowerPlatform.Dataverse.client import DataverseClient


class AnyToken:
    def get_token(self, *scopes, **_):
        return AccessToken("any token", int(time.time()) + 3600)


client = DataverseClient(sys.argv[1], AnyToken())

table = client.tables.get("new_Loan")
assert (table.logical_name, table.entity_set_name) == ("new_loan", "new_loans"), table
assert (table.primary_id_attribute, table.primary_name_attribute) == ("new_loanid", "new_name"), table
assert "new_loan" in {each["LogicalName"] for each in client.tables.list()}

columns = {each["LogicalName"]: each for each in client.tables.list_columns("new_Loan", typed=True)}
assert columns["new_name"]["MaxLength"] == 100, columns["new_name"]
number = columns["new_number"]
assert (number["MinValue"], number["MaxValue"]) == (0, 1_000_000), number
assert columns["new_condition"]["AttributeType"] == "Picklist"
assert {"createdon", "createdby", "statecode", "statuscode"} <= set(columns), columns.keys()

# The client knows the labels of the options.
loan = client.records.create("new_loan", {"new_name": "Drill", "new_number": 7, "new_condition": "Used"})
found = client.records.retrieve("new_loan", loan, select=["new_name", "new_number", "new_condition"])
assert (found["new_name"], found["new_number"], found["new_condition"]) == ("Drill", 7, 100_000_001), found
print("the Python client reads and writes the table that was applied")
