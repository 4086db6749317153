"""client.batch"""

from scenarios import NOWHERE, Scenarios

scenarios = Scenarios("batches")


def named(client, name):
    return client.records.list("account", filter=f"name eq '{name}'", select=["fax"])


@scenarios.passes
def a_change_set_with_references(client):
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


@scenarios.passes
def a_deletion_in_a_change_set(client):
    key = client.records.create("account", {"name": "To delete"})
    batch = client.batch.new()
    with batch.changeset() as changes:
        changes.records.create("account", {"name": "In its place"})
        changes.records.delete("account", key)
    assert not batch.execute().has_errors
    assert (len(named(client, "To delete")), len(named(client, "In its place"))) == (0, 1)


@scenarios.passes
def a_failed_change_set_leaves_nothing(client):
    batch = client.batch.new()
    with batch.changeset() as changes:
        changes.records.create("account", {"name": "Half"})
        changes.records.create("account", {"name": "x" * 161})
    batch.records.list("account", top=1)
    result = batch.execute(continue_on_error=True)
    assert [response.status_code for response in result.responses] == [400, 200], result
    assert result.failed[0].error_code == "0x80044331", result.failed
    assert len(named(client, "Half")) == 0


@scenarios.passes
def the_first_error_ends_a_batch(client):
    batch = client.batch.new()
    batch.records.create("account", {"name": "Before"})
    batch.records.create("account", {"name": "x" * 161})
    batch.records.create("account", {"name": "Never"})
    result = batch.execute()
    assert [response.status_code for response in result.responses] == [204, 400], result
    assert (len(named(client, "Before")), len(named(client, "Never"))) == (1, 0)


@scenarios.passes
def continue_after_an_error(client):
    batch = client.batch.new()
    batch.records.retrieve("account", NOWHERE)
    batch.records.create("account", {"name": "Goes on"})
    result = batch.execute(continue_on_error=True)
    assert [response.status_code for response in result.responses] == [404, 204], result
    assert result.failed[0].error_code == "0x80040217", result.failed
    assert len(result.entity_ids) == 1 and len(named(client, "Goes on")) == 1


@scenarios.passes
def records_one_and_many(client):
    batch = client.batch.new()
    batch.records.create("account", {"name": "One"})
    batch.records.create("account", [{"name": f"Bulk {number}"} for number in range(3)])
    result = batch.execute()
    ids = result.responses[1].data["Ids"]
    assert len(result.entity_ids) == 1 and len(ids) == 3, result
    batch = client.batch.new()
    batch.records.update("account", result.entity_ids[0], {"fax": "1"})
    batch.records.update("account", ids, {"fax": "2"})
    batch.records.retrieve("account", result.entity_ids[0], select=["fax"])
    batch.records.retrieve("account", ids[2], select=["fax"], expand=["primarycontactid"])
    batch.records.delete("account", ids[0])
    batch.records.delete("account", ids[1:], use_bulk_delete=False)
    result = batch.execute()
    assert not result.has_errors, result.failed
    assert [response.data["fax"] for response in result.responses if response.data] == ["1", "2"], result
    assert client.records.retrieve("account", ids[0]) is None


@scenarios.passes
def upserts(client):
    batch = client.batch.new()
    item = {"alternate_key": {"accountnumber": "B1"}, "record": {"name": "Upserted", "fax": "1"}}
    other = {"alternate_key": {"accountnumber": "B2"}, "record": {"name": "Upserted", "fax": "2"}}
    batch.records.upsert("account", [item])
    batch.records.upsert("account", [item, other])
    assert not batch.execute().has_errors
    assert sorted(row["fax"] for row in named(client, "Upserted")) == ["1", "2"]


@scenarios.passes
def a_list_with_every_option(client):
    client.records.create("account", [{"name": "Listed", "fax": str(number)} for number in range(4)])
    batch = client.batch.new()
    batch.records.list(
        "account", filter="name eq 'Listed'", select=["fax", "statecode"], orderby=["fax desc"], count=True, page_size=2,
        include_annotations="OData.Community.Display.V1.FormattedValue",
    )
    data = batch.execute().responses[0].data
    assert [row["fax"] for row in data["value"]] == ["3", "2"] and data["@odata.count"] == 4, data
    assert data["value"][0]["statecode@OData.Community.Display.V1.FormattedValue"] == "Active", data


@scenarios.passes
def definitions(client):
    batch = client.batch.new()
    batch.tables.get("account")
    batch.tables.list(filter="SchemaName eq 'Contact'", select=["LogicalName"])
    result = batch.execute()
    assert not result.has_errors, result.failed
    assert [row["LogicalName"] for row in result.responses[1].data["value"]] == ["contact"], result


@scenarios.absent("the emulator has no background operations")
def a_bulk_deletion(client):
    keys = client.records.create("account", [{"name": "a"}, {"name": "b"}])
    batch = client.batch.new()
    batch.records.delete("account", keys)
    batch.execute()


@scenarios.passes
def more_than_a_thousand(client):
    batch = client.batch.new()
    for number in range(1001):
        batch.records.retrieve("account", NOWHERE)
    try:
        batch.execute()
    except Exception as error:
        assert "1000" in str(error), error
        return
    raise AssertionError("sent")


scenarios.run()
