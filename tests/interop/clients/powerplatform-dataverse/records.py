"""client.records: create, retrieve, list, list_pages, update, upsert, delete, and the older get"""

import warnings

from PowerPlatform.Dataverse.models.filters import col
from PowerPlatform.Dataverse.models.upsert import UpsertItem
from scenarios import NOWHERE, Scenarios, refused

scenarios = Scenarios("records")


def account(client, **data):
    return client.records.create("account", {"name": "Contoso", **data})


def value(client, key, column):
    return client.records.retrieve("account", key, select=[column])[column]


@scenarios.passes
def create_one_and_retrieve_it(client):
    key = account(client, name="Contoso & Söhne", revenue=1234.5, accountcategorycode=1)
    row = client.records.retrieve("account", key, select=["name", "revenue"])
    assert row["name"] == "Contoso & Söhne" and row["revenue"] == 1234.5, row


@scenarios.passes
def retrieve_a_missing_record(client):
    assert client.records.retrieve("account", NOWHERE) is None


@scenarios.passes
def retrieve_with_a_lookup_expanded(client):
    person = client.records.create("contact", {"firstname": "Ada", "lastname": "L"})
    key = account(client, **{"primarycontactid@odata.bind": f"/contacts({person})"})
    row = client.records.retrieve("account", key, select=["name"], expand=["primarycontactid"])
    assert row["primarycontactid"]["fullname"] == "Ada L", row


@scenarios.passes
def retrieve_with_formatted_values(client):
    key = account(client, accountcategorycode=1)
    annotation = "OData.Community.Display.V1.FormattedValue"
    row = client.records.retrieve("account", key, select=["accountcategorycode"], include_annotations=annotation)
    assert row[f"accountcategorycode@{annotation}"] == "Preferred Customer", row


@scenarios.passes
def options_by_label(client):
    key = account(client, accountcategorycode="Standard")
    assert value(client, key, "accountcategorycode") == 2
    client.records.update("account", key, {"accountcategorycode": "preferred customer"})
    assert value(client, key, "accountcategorycode") == 1


@scenarios.passes
def create_many(client):
    keys = client.records.create("account", [{"name": f"Many {number}"} for number in range(3)])
    assert [value(client, key, "name") for key in keys] == ["Many 0", "Many 1", "Many 2"]


@scenarios.passes
def create_many_with_one_that_is_wrong_creates_none(client):
    rows = [{"name": "All or nothing"}, {"name": "x" * 161}]
    refused(400, lambda: client.records.create("account", rows))
    assert len(client.records.list("account", filter="name eq 'All or nothing'")) == 0


@scenarios.passes
def update_one(client):
    key = account(client, fax="1")
    client.records.update("account", key, {"telephone1": "2", "fax": None})
    row = client.records.retrieve("account", key, select=["telephone1", "fax"])
    assert (row["telephone1"], row["fax"]) == ("2", None), row


@scenarios.passes
def update_many_with_the_same_and_with_different_values(client):
    keys = client.records.create("account", [{"name": "a"}, {"name": "b"}])
    client.records.update("account", keys, {"fax": "9"})
    assert [value(client, key, "fax") for key in keys] == ["9", "9"]
    client.records.update("account", keys, [{"fax": "1"}, {"fax": "2"}])
    assert [value(client, key, "fax") for key in keys] == ["1", "2"]


@scenarios.passes
def update_a_missing_record(client):
    refused(404, lambda: client.records.update("account", NOWHERE, {"name": "x"}))
    assert client.records.retrieve("account", NOWHERE) is None


@scenarios.passes
def upsert_one(client):
    for name in ["first", "second"]:
        client.records.upsert("account", [UpsertItem({"accountnumber": "A'1"}, {"name": name})])
    found = client.records.list("account", filter="accountnumber eq 'A''1'", select=["name"])
    assert [row["name"] for row in found] == ["second"], list(found)


@scenarios.passes
def upsert_many(client):
    client.records.upsert("account", [UpsertItem({"accountnumber": "M1"}, {"name": "first"})])
    items = [
        {"alternate_key": {"accountnumber": "M1"}, "record": {"name": "second"}},
        {"alternate_key": {"accountnumber": "M2"}, "record": {"name": "new"}},
    ]
    client.records.upsert("account", items)
    found = client.records.list("account", filter="startswith(accountnumber,'M')", select=["name"], orderby=["accountnumber"])
    assert [row["name"] for row in found] == ["second", "new"], list(found)


@scenarios.passes
def upsert_by_columns_that_are_no_key(client):
    item = UpsertItem({"accountnumber": "A", "telephone1": "1"}, {"name": "x"})
    refused(400, lambda: client.records.upsert("account", [item]))


@scenarios.passes
def delete_one(client):
    key = account(client)
    assert client.records.delete("account", key) is None
    assert client.records.retrieve("account", key) is None
    refused(404, lambda: client.records.delete("account", key))


@scenarios.passes
def delete_many_one_by_one(client):
    keys = client.records.create("account", [{"name": "a"}, {"name": "b"}])
    client.records.delete("account", keys, use_bulk_delete=False)
    assert [client.records.retrieve("account", key) for key in keys] == [None, None]


@scenarios.absent("the emulator has no background operations")
def delete_many_by_a_bulk_deletion(client):
    keys = client.records.create("account", [{"name": "a"}, {"name": "b"}])
    client.records.delete("account", keys, use_bulk_delete=True)


@scenarios.passes
def list_filtered_sorted_and_expanded(client):
    parent = account(client, name="Parent")
    bind = {"parentcustomerid_account@odata.bind": f"/accounts({parent})", "lastname": "Listed"}
    client.records.create("contact", [{"firstname": name, **bind} for name in ["Zoe", "Bob", "Eve"]])
    query = {"select": ["firstname"], "orderby": ["firstname desc"], "expand": ["parentcustomerid_account"]}
    found = client.records.list("contact", filter="lastname eq 'listed' and firstname ne 'Bob'", **query)
    assert [row["firstname"] for row in found] == ["Zoe", "Eve"], list(found)
    assert found[0]["parentcustomerid_account"]["name"] == "Parent"
    same = client.records.list("contact", filter=(col("lastname") == "Listed") & (col("firstname") != "Bob"), **query)
    assert [row["firstname"] for row in same] == ["Zoe", "Eve"], list(same)


@scenarios.passes
def list_with_top_count_and_annotations(client):
    client.records.create("account", [{"name": "Topped", "accountcategorycode": 2} for _ in range(3)])
    annotation = "OData.Community.Display.V1.FormattedValue"
    query = {"filter": "name eq 'Topped'", "select": ["accountcategorycode"], "include_annotations": annotation}
    found = client.records.list("account", top=2, count=True, **query)
    assert [row[f"accountcategorycode@{annotation}"] for row in found] == ["Standard", "Standard"], list(found)
    assert found.first()["accountcategorycode"] == 2


@scenarios.passes
def list_pages_and_list_over_all_pages(client):
    client.records.create("account", [{"name": "Paged", "fax": str(number)} for number in range(5)])
    query = {"filter": "name eq 'Paged'", "select": ["fax"], "orderby": ["fax asc"], "page_size": 2}
    pages = list(client.records.list_pages("account", **query))
    assert [[row["fax"] for row in page] for page in pages] == [["0", "1"], ["2", "3"], ["4"]], pages
    assert [row["fax"] for row in client.records.list("account", **query)] == ["0", "1", "2", "3", "4"]


@scenarios.passes
def the_older_get(client):
    keys = client.records.create("account", [{"name": "Got", "fax": str(number)} for number in range(3)])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        assert client.records.get("account", keys[0], select=["fax"])["fax"] == "0"
        pages = list(client.records.get("account", filter="name eq 'Got'", orderby=["fax"], page_size=2))
    assert [[row["fax"] for row in page] for page in pages] == [["0", "1"], ["2"]], pages


@scenarios.passes
def etags(client):
    # This client always sends `If-Match: *` and takes no etag; it reads the one of a record.
    key = account(client)
    first = client.records.retrieve("account", key, select=["name"])
    client.records.update("account", key, {"name": "Changed"})
    second = client.records.retrieve("account", key, select=["name"])
    assert first.etag and first.etag != second.etag, (first.etag, second.etag)
    with client._scoped_odata() as raw:
        url = f"{raw.api}/accounts({key})"
        refused(412, lambda: raw._request("patch", url, json={"name": "x"}, headers={"If-Match": first.etag}))
        refused(412, lambda: raw._request("delete", url, headers={"If-Match": first.etag}))
        raw._request("patch", url, json={"name": "Again"}, headers={"If-Match": second.etag})
    assert value(client, key, "name") == "Again"


@scenarios.passes
def a_reference_by_put(client):
    key, person = account(client), client.records.create("contact", {"lastname": "Referred"})
    with client._scoped_odata() as raw:
        url = f"{raw.api}/accounts({key})/primarycontactid/$ref"
        raw._request("put", url, json={"@odata.id": f"{raw.api}/contacts({person})"})
    assert value(client, key, "_primarycontactid_value") == person


@scenarios.passes
def a_missing_table(client):
    try:
        client.records.create("nosuchtable", {"name": "x"})
    except Exception as error:
        assert type(error).__name__ == "MetadataError", error
        return
    raise AssertionError("created")


scenarios.run()
