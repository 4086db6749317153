"""AsyncDataverseClient: the scenarios of the other files in short, with await"""

import asyncio
import sys
import time

import pandas
from azure.core.credentials import AccessToken
from PowerPlatform.Dataverse.aio import AsyncDataverseClient
from PowerPlatform.Dataverse.models.filters import col
from scenarios import NOWHERE, Scenarios

scenarios = Scenarios("asynchronous")


class AnyToken:
    async def get_token(self, *scopes, **_):
        return AccessToken("any token", int(time.time()) + 3600)

    async def close(self):
        pass

    async def __aenter__(self):
        return self

    async def __aexit__(self, *_):
        pass


def awaited(work):
    """Runs a scenario with an asynchronous client of its own."""

    def scenario(_):
        async def run():
            async with AsyncDataverseClient(sys.argv[1], AnyToken()) as client:
                await work(client)

        asyncio.run(run())

    scenario.__name__ = work.__name__
    return scenario


@scenarios.passes
@awaited
async def records(client):
    key = await client.records.create("account", {"name": "Async", "accountcategorycode": "Standard"})
    row = await client.records.retrieve("account", key, select=["name", "accountcategorycode"])
    assert (row["name"], row["accountcategorycode"]) == ("Async", 2), row
    await client.records.update("account", key, {"name": "Changed"})
    assert (await client.records.retrieve("account", key, select=["name"]))["name"] == "Changed"
    await client.records.delete("account", key)
    assert await client.records.retrieve("account", key) is None
    assert await client.records.retrieve("account", NOWHERE) is None


@scenarios.passes
@awaited
async def many_records_at_once(client):
    one_by_one = [client.records.create("account", {"name": "Gathered", "fax": str(number)}) for number in range(20)]
    keys = await asyncio.gather(*one_by_one)
    assert len(set(keys)) == 20
    await client.records.update("account", list(keys), {"telephone1": "1"})
    found = await client.records.list("account", filter="name eq 'Gathered' and telephone1 eq '1'", page_size=7)
    assert len(found) == 20, found


@scenarios.passes
@awaited
async def queries_and_pages(client):
    await client.records.create("account", [{"name": "Paged", "fax": str(number)} for number in range(3)])
    query = client.query.builder("account").select("fax").where(col("name") == "Paged").order_by("fax").page_size(2)
    pages = [[row["fax"] for row in page] async for page in query.execute_pages()]
    assert pages == [["0", "1"], ["2"]], pages
    xml = """<fetch><entity name='account'><attribute name='fax'/><order attribute='fax' descending='true'/>
      <filter><condition attribute='name' operator='eq' value='Paged'/></filter></entity></fetch>"""
    assert [row["fax"] for row in await client.query.fetchxml(xml).execute()] == ["2", "1", "0"]


@scenarios.passes
@awaited
async def a_batch_with_a_change_set(client):
    batch = client.batch.new()
    async with batch.changeset() as changes:
        contact = changes.records.create("contact", {"lastname": "Async batch"})
        changes.records.create("account", {"name": "Async batch", "primarycontactid@odata.bind": contact})
    batch.records.list("account", filter="name eq 'Async batch'", select=["name"], expand=["primarycontactid"])
    result = await batch.execute()
    assert not result.has_errors, result
    assert result.responses[-1].data["value"][0]["primarycontactid"]["lastname"] == "Async batch", result


@scenarios.passes
@awaited
async def dataframes(client):
    frame = pandas.DataFrame([{"name": "Async frame"}, {"name": "Async frame"}])
    assert len(await client.dataframe.create("account", frame)) == 2
    found = await client.query.builder("account").select("name").where(col("name") == "Async frame").execute()
    assert list(found.to_dataframe()["name"]) == ["Async frame", "Async frame"]


@scenarios.passes
@awaited
async def definitions(client):
    table = await client.tables.get("account")
    assert table.entity_set_name == "accounts", table
    assert [key.key_attributes for key in await client.tables.get_alternate_keys("account")] == [["accountnumber"]]


scenarios.run()
