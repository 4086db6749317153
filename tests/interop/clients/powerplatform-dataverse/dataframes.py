"""client.dataframe and to_dataframe(), with pandas"""

import warnings

import pandas
from PowerPlatform.Dataverse.models.filters import col
from scenarios import Scenarios

scenarios = Scenarios("dataframes")


def created(client, name, faxes):
    frame = pandas.DataFrame([{"name": name, "fax": fax} for fax in faxes])
    frame["accountid"] = client.dataframe.create("account", frame)
    return frame


def read(client, name):
    query = client.query.builder("account").select("accountid", "fax", "telephone1").where(col("name") == name).order_by("fax")
    return query.execute().to_dataframe()


@scenarios.passes
def create_and_read(client):
    frame = created(client, "Created", ["1", "2"])
    found = read(client, "Created")
    assert list(found["fax"]) == ["1", "2"]
    assert list(found["accountid"]) == list(frame["accountid"])


@scenarios.passes
def create_leaves_out_missing_values(client):
    frame = pandas.DataFrame([{"name": "Missing", "revenue": 7}, {"name": "Missing", "revenue": None}])
    client.dataframe.create("account", frame)
    found = client.records.list("account", filter="name eq 'Missing'", select=["revenue"]).to_dataframe()
    assert list(found["revenue"].dropna()) == [7]


@scenarios.passes
def update(client):
    frame = created(client, "Updated", ["1", "2"])
    frame["telephone1"] = ["one", "two"]
    client.dataframe.update("account", frame, id_column="accountid")
    assert list(read(client, "Updated")["telephone1"]) == ["one", "two"]


@scenarios.passes
def update_keeps_or_clears_missing_values(client):
    frame = created(client, "Cleared", ["1"])
    changes = pandas.DataFrame([{"accountid": frame["accountid"][0], "fax": None, "telephone1": "5"}])
    client.dataframe.update("account", changes, id_column="accountid")
    assert list(read(client, "Cleared")["fax"]) == ["1"]
    client.dataframe.update("account", changes, id_column="accountid", clear_nulls=True)
    assert list(read(client, "Cleared")["fax"]) == [None]


@scenarios.passes
def delete(client):
    frame = created(client, "Deleted", ["1", "2"])
    client.dataframe.delete("account", frame["accountid"], use_bulk_delete=False)
    assert read(client, "Deleted").empty


@scenarios.absent("the emulator has no background operations")
def delete_by_a_bulk_deletion(client):
    frame = created(client, "Bulk", ["1", "2"])
    client.dataframe.delete("account", frame["accountid"])


@scenarios.passes
def the_older_get(client):
    frame = created(client, "Got", ["1", "2"])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        found = client.dataframe.get("account", filter="name eq 'Got'", select=["fax"], orderby=["fax"], page_size=1)
        one = client.dataframe.get("account", record_id=frame["accountid"][1], select=["fax"])
    assert list(found["fax"]) == ["1", "2"] and list(one["fax"]) == ["2"]


@scenarios.passes
def pages_as_frames(client):
    created(client, "Paged", ["1", "2", "3"])
    query = client.query.builder("account").select("fax").where(col("name") == "Paged").order_by("fax").page_size(2)
    assert [list(page.to_dataframe()["fax"]) for page in query.execute_pages()] == [["1", "2"], ["3"]]


@scenarios.passes
def in_a_batch(client):
    frame = created(client, "Batched", ["1", "2"])
    batch = client.batch.new()
    batch.dataframe.create("account", pandas.DataFrame([{"name": "Batched", "fax": "3"}]))
    frame["telephone1"] = ["one", "two"]
    batch.dataframe.update("account", frame, id_column="accountid")
    batch.dataframe.delete("account", frame["accountid"][:1], use_bulk_delete=False)
    result = batch.execute()
    assert not result.has_errors, result
    assert list(read(client, "Batched")["fax"]) == ["2", "3"]


scenarios.run()
