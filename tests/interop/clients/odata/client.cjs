// npm @odata/client, a client for any OData service, without knowledge of Dataverse
"use strict";
const assert = require("node:assert/strict");
const { OData } = require("@odata/client");
const { scenarios } = require("../scenarios.cjs");

const { pass, gap, run } = scenarios("OData clients", "@odata/client");
// The client puts the key of a record in quotes, as it does a text. Dataverse refuses a GUID in quotes, as the authors of
// other clients report (Simple.OData.Client, issue 542; XrmDefinitelyTyped, issue 34).
const QUOTED_KEY = "400: the client puts GUIDs in quotes, which Dataverse refuses";
const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const client = OData.New4({ serviceEndpoint: `${process.argv[2]}/api/data/v9.2/`, commonHeaders: { Prefer: "return=representation" } });
const accounts = client.getEntitySet("accounts");

pass("create", async () => {
  const created = await accounts.create({ name: "Contoso & Söhne", revenue: 1234.5 });
  assert.match(created.accountid, GUID);
  assert.deepEqual([created.name, created.revenue], ["Contoso & Söhne", 1234.5]);
});

gap("retrieve", QUOTED_KEY, async () => {
  const { accountid } = await accounts.create({ name: "Contoso" });
  assert.equal((await accounts.retrieve(accountid, client.newOptions().select(["name"]))).name, "Contoso");
});

pass("query with a filter, an order and an expand", async () => {
  const { contactid } = await client.getEntitySet("contacts").create({ firstname: "Ada", lastname: "O'Brien" });
  for (const name of ["Query b", "Query a"]) await accounts.create({ name, "primarycontactid@odata.bind": `contacts(${contactid})` });
  const options = client.newOptions().filter(client.newFilter().property("name").eq("Query a")).expand("primarycontactid");
  const [row, ...rest] = await accounts.query(options);
  assert.deepEqual([row.name, row.primarycontactid.lastname, rest], ["Query a", "O'Brien", []]);
  const sorted = await accounts.query(client.newOptions().filter("startswith(name,'Query')").orderby("name", "asc").select("name"));
  assert.deepEqual(sorted.map((each) => each.name), ["Query a", "Query b"]);
});

pass("count", async () => {
  await accounts.create({ name: "Counted" });
  assert.equal(await accounts.count(client.newFilter().property("name").eq("Counted")), 1);
});

gap("update", QUOTED_KEY, async () => {
  const { accountid } = await accounts.create({ name: "Before" });
  await accounts.update(accountid, { name: "After" });
  assert.equal((await accounts.retrieve(accountid)).name, "After");
});

gap("delete", QUOTED_KEY, async () => {
  const { accountid } = await accounts.create({ name: "Gone" });
  await accounts.delete(accountid);
  await assert.rejects(() => accounts.retrieve(accountid), /Does Not Exist/);
});

pass("a function and a bound action", async () => {
  assert.match((await client.functionImport("WhoAmI")).UserId, GUID);
  const Target = { "@odata.type": "Microsoft.Dynamics.CRM.account", name: "By an action" };
  const answer = await client.newRequest({ collection: "accounts/Microsoft.Dynamics.CRM.CreateMultiple", method: "POST", entity: { Targets: [Target] } });
  assert.equal(answer.Ids.length, 1);
});

pass("a batch", async () => {
  const created = await client.newBatchRequest({ collection: "accounts", entity: { name: "In a batch" }, method: "POST" });
  const read = await client.newBatchRequest({ collection: "accounts", params: client.newOptions().top(1) });
  const answers = await client.execBatchRequests([created, read]);
  const [first, second] = await Promise.all(answers.map((each) => each.json()));
  assert.equal(first.name, "In a batch");
  assert.equal(second.value.length, 1);
});

run();
