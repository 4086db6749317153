"""Microsoft's Python client against the emulator: python powerplatform_dataverse.py <url of the organization>

The certificate to trust is in REQUESTS_CA_BUNDLE.
"""

import sys
import time

from azure.core.credentials import AccessToken
from PowerPlatform.Dataverse.client import DataverseClient
from PowerPlatform.Dataverse.core.errors import HttpError
from PowerPlatform.Dataverse.models.filters import col
from PowerPlatform.Dataverse.models.query_builder import ExpandOption
from PowerPlatform.Dataverse.models.upsert import UpsertItem


class AnyToken:
    def get_token(self, *scopes, **_):
        return AccessToken("any token", int(time.time()) + 3600)


STEPS = []


def step(work):
    STEPS.append(work)
    return work


class World:
    """What the steps hand on."""


@step
def create_and_retrieve(client, world):
    world.account = client.records.create("account", {"name": "Contoso & Söhne", "revenue": 1234.5, "accountcategorycode": 1})
    row = client.records.retrieve("account", world.account, select=["name", "revenue"])
    assert row["name"] == "Contoso & Söhne" and row["revenue"] == 1234.5, row
    assert client.records.retrieve("account", "0d2c7a10-1111-4111-8111-111111111111") is None


@step
def options_by_label(client, world):
    other = client.records.create("account", {"name": "By label", "accountcategorycode": "Standard"})
    assert client.records.retrieve("account", other, select=["accountcategorycode"])["accountcategorycode"] == 2
    client.records.delete("account", other)


@step
def bulk_create_and_update(client, world):
    rows = [
        {"firstname": name, "lastname": "Sample", "parentcustomerid_account@odata.bind": f"/accounts({world.account})"}
        for name in ["Zoe", "Bob", "Eve", "Dan", "O'Brien"]
    ]
    world.contacts = client.records.create("contact", rows)
    assert len(world.contacts) == 5
    client.records.update("contact", world.contacts, {"jobtitle": "Buyer"})
    client.records.update("contact", world.contacts[:2], [{"fax": "1"}, {"fax": "2"}])
    faxes = [client.records.retrieve("contact", each, select=["fax"])["fax"] for each in world.contacts[:2]]
    assert faxes == ["1", "2"], faxes


@step
def query_with_filter_order_and_expand(client, world):
    found = client.records.list(
        "contact",
        filter="lastname eq 'sample' and firstname ne 'Bob'",
        select=["firstname"],
        orderby=["firstname desc"],
        expand=["parentcustomerid_account"],
        top=3,
    )
    assert [row["firstname"] for row in found] == ["Zoe", "O'Brien", "Eve"], list(found)
    assert list(found)[0]["parentcustomerid_account"]["name"] == "Contoso & Söhne"


@step
def pages(client, world):
    found = list(client.records.list_pages("contact", select=["firstname"], orderby=["firstname asc"], page_size=2))
    assert [len(page) for page in found] == [2, 2, 1], found
    assert [row["firstname"] for page in found for row in page] == ["Bob", "Dan", "Eve", "O'Brien", "Zoe"]


@step
def query_builder(client, world):
    query = (
        client.query.builder("contact")
        .select("firstname")
        .where((col("firstname") == "O'Brien") | col("firstname").contains("E"))
        .where(col("jobtitle").in_(["buyer", "seller"]))
        .order_by("firstname")
        .expand(ExpandOption("parentcustomerid_account").select("name"))
        .include_formatted_values()
    )
    found = list(query.execute())
    assert [row["firstname"] for row in found] == ["Eve", "O'Brien", "Zoe"], found
    assert found[0]["parentcustomerid_account"]["name"] == "Contoso & Söhne"


@step
def fetch_xml_with_pages(client, world):
    xml = "<fetch count='2'><entity name='contact'><attribute name='firstname'/><order attribute='firstname'/></entity></fetch>"
    found = list(client.query.fetchxml(xml).execute_pages())
    assert [row["firstname"] for page in found for row in page] == ["Bob", "Dan", "Eve", "O'Brien", "Zoe"], found
    assert len(found) == 3


@step
def update(client, world):
    client.records.update("account", world.account, {"telephone1": "1", "fax": None})
    assert client.records.retrieve("account", world.account, select=["telephone1"])["telephone1"] == "1"
    refused(404, lambda: client.records.update("account", world.contacts[0], {"name": "x"}))


@step
def upsert(client, world):
    client.records.upsert("account", [UpsertItem({"accountnumber": "A'1"}, {"name": "first"})])
    client.records.upsert("account", [UpsertItem({"accountnumber": "A'1"}, {"name": "second"})])
    client.records.upsert(
        "account",
        [UpsertItem({"accountnumber": "A'1"}, {"name": "third"}), UpsertItem({"accountnumber": "A2"}, {"name": "new"})],
    )
    found = client.records.list("account", filter="accountnumber ne null", select=["name"], orderby=["accountnumber asc"])
    assert [row["name"] for row in found] == ["third", "new"], list(found)


@step
def etags(client, world):
    # This client sends `If-Match: *` on its own and takes no etag; it sees the one of a record.
    first = client.records.retrieve("account", world.account, select=["name"])
    client.records.update("account", world.account, {"name": "Contoso"})
    second = client.records.retrieve("account", world.account, select=["name"])
    assert first.etag and first.etag != second.etag, (first.etag, second.etag)
    with client._scoped_odata() as raw:
        url = f"{raw.api}/accounts({world.account})"
        refused(412, lambda: raw._request("patch", url, json={"name": "x"}, headers={"If-Match": first.etag}))
        refused(412, lambda: raw._request("delete", url, headers={"If-Match": first.etag}))
        raw._request("patch", url, json={"name": "Contoso, Ltd."}, headers={"If-Match": second.etag})


@step
def associate(client, world):
    with client._scoped_odata() as raw:
        url = f"{raw.api}/accounts({world.account})/primarycontactid/$ref"
        raw._request("put", url, json={"@odata.id": f"{raw.api}/contacts({world.contacts[0]})"})
    row = client.records.retrieve("account", world.account, select=["_primarycontactid_value"])
    assert row["_primarycontactid_value"] == world.contacts[0]


@step
def batch_with_a_change_set_and_a_reference(client, world):
    batch = client.batch.new()
    with batch.changeset() as changes:
        contact = changes.records.create("contact", {"lastname": "In a batch"})
        account = changes.records.create("account", {"name": "In a batch", "primarycontactid@odata.bind": contact})
        changes.records.update("account", account, {"fax": "7"})
    batch.records.list("account", filter="name eq 'In a batch'", select=["name", "fax"], expand=["primarycontactid"])
    result = batch.execute()
    assert not result.has_errors, result
    assert len(result.entity_ids) >= 2, result
    row = result.responses[-1].data["value"][0]
    assert row["fax"] == "7" and row["primarycontactid"]["lastname"] == "In a batch", row


@step
def a_change_set_that_fails_leaves_nothing(client, world):
    batch = client.batch.new()
    with batch.changeset() as changes:
        changes.records.create("account", {"name": "Half"})
        changes.records.create("account", {"name": "x" * 161})
    result = batch.execute(continue_on_error=True)
    assert result.has_errors
    assert len(client.records.list("account", filter="name eq 'Half'")) == 0


@step
def bulk_in_a_batch(client, world):
    batch = client.batch.new()
    batch.records.create("account", [{"name": f"Bulk {number}"} for number in range(3)])
    result = batch.execute()
    ids = result.succeeded[0].data["Ids"]
    assert len(ids) == 3
    for each in ids:
        client.records.delete("account", each)


@step
def definitions(client, world):
    table = client.tables.get("account")
    assert table is not None and table.entity_set_name == "accounts", table
    names = {column["LogicalName"] for column in client.tables.list_columns("account")}
    assert {"accountid", "name", "revenue"} <= names
    keys = client.tables.get_alternate_keys("account")
    assert [key.key_attributes for key in keys] == [["accountnumber"]], keys
    assert client.tables.get("nosuch") is None


@step
def what_is_not_there_is_said(client, world):
    refused(501, lambda: client.query.sql("SELECT TOP 3 name FROM account"))


@step
def delete(client, world):
    client.records.delete("contact", world.contacts, use_bulk_delete=False)
    client.records.delete("account", world.account)
    assert client.records.retrieve("account", world.account) is None
    refused(404, lambda: client.records.delete("account", world.account))


def refused(status, work):
    try:
        work()
    except HttpError as error:
        assert error.status_code == status, error
        return
    raise AssertionError(f"not refused with {status}")


def main():
    client = DataverseClient(sys.argv[1], AnyToken())
    world = World()
    for work in STEPS:
        work(client, world)
        print(f"ok  {work.__name__.replace('_', ' ')}", flush=True)
    print(f"PowerPlatform-Dataverse-Client: {len(STEPS)} steps")


main()
